import { parseList, type ListItem, type ParsedList } from './parseList';

/** A list that was read, and the text that it was read from. */
export interface ReadList {
  readonly text: string;
  readonly list: ParsedList;
}

/**
 * Reads a list that was edited since it was read before: what `parseList` says of the text, for the price of what was edited.
 * Items that were not touched keep their `members`, so that whoever knows something of an item finds it by these.
 */
export function rereadList(text: string, before: ReadList): ParsedList {
  if (text === before.text) return before.list;
  return readTouched(text, before) ?? parseList(text);
}

/** Undefined where it takes reading all of it: it is or was no plain array of messages, or the edit opened something. */
function readTouched(text: string, { text: old, list }: ReadList): ParsedList | undefined {
  const { items } = list;
  if (!list.isList || list.brokenAt !== undefined || list.odd.length > 0 || items.length === 0)
    return undefined;
  const { start, end } = commonEnds(old, text);
  const moved = text.length - old.length;
  const [open, close] = [old.indexOf('['), old.lastIndexOf(']')];
  if (start <= open || old.length - end > close || old.slice(0, open).includes('{')) return undefined;
  const first = countUntil(items, ({ range }) => range.offset + range.length > start);
  const next = countUntil(items, ({ range }) => range.offset >= old.length - end);
  const [last, following] = [items[first - 1], items[next]];
  // Between what stands before and after it; these are put there as empty objects.
  const from = last ? last.range.offset + last.range.length : open + 1;
  const to = (following ? following.range.offset : close) + moved;
  const [head, tail] = [last ? '[{}' : '[', following ? '{}]' : ']'];
  const piece = parseList(`${head}${text.slice(from, to)}${tail}`);
  if (piece.brokenAt !== undefined || piece.odd.length > 0) return undefined;
  const inPiece = head.length + to - from;
  // What was edited may have become one with the object behind it.
  if (following && piece.items.at(-1)?.range.offset !== inPiece) return undefined;
  const read = piece.items.slice(last ? 1 : 0, following ? -1 : undefined);
  return {
    isList: true,
    odd: [],
    items: [
      ...items.slice(0, first),
      ...read.map((item, index) => movedItem(item, first + index, from - head.length)),
      ...items.slice(next).map((item, index) => movedItem(item, first + read.length + index, moved)),
    ],
  };
}

function movedItem(item: ListItem, index: number, by: number): ListItem {
  const { range } = item;
  if (by === 0 && index === item.index) return item;
  return { ...item, index, range: { offset: range.offset + by, length: range.length } };
}

/** How many of the first items are not yet so; items stand in the order of their places. */
function countUntil(items: readonly ListItem[], isSo: (item: ListItem) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item && isSo(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Stretches are compared as a whole before their characters are. */
const STRETCH = 8_192;

/** How many characters two texts have in common at their beginning and at their end; none counts twice. */
function commonEnds(one: string, other: string): { readonly start: number; readonly end: number } {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start + STRETCH <= most && one.slice(start, start + STRETCH) === other.slice(start, start + STRETCH))
    start += STRETCH;
  while (start < most && one.charCodeAt(start) === other.charCodeAt(start)) start += 1;
  const left = most - start;
  const [oneEnd, otherEnd] = [one.length, other.length];
  let end = 0;
  while (
    end + STRETCH <= left &&
    one.slice(oneEnd - end - STRETCH, oneEnd - end) === other.slice(otherEnd - end - STRETCH, otherEnd - end)
  )
    end += STRETCH;
  while (end < left && one.charCodeAt(oneEnd - end - 1) === other.charCodeAt(otherEnd - end - 1)) end += 1;
  return { start, end };
}
