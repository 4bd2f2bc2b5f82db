import { differenceEdit } from '../json/edits';
import type { TextEdit } from '../json/text';
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
  const [edit] = differenceEdit(before.text, text);
  if (!edit) return before.list;
  return readTouched(text, edit, before) ?? parseList(text);
}

/** Undefined where it takes reading all of it: it is or was no plain array of messages, or the edit opened something. */
function readTouched(text: string, edit: TextEdit, { text: old, list }: ReadList): ParsedList | undefined {
  const { items } = list;
  if (!list.isList || list.brokenAt !== undefined || list.odd.length > 0 || items.length === 0)
    return undefined;
  const start = edit.offset;
  const end = start + edit.length;
  const moved = text.length - old.length;
  const [open, close] = [old.indexOf('['), old.lastIndexOf(']')];
  if (start <= open || end > close || old.slice(0, open).includes('{')) return undefined;
  const first = countUntil(items, ({ range }) => range.offset + range.length > start);
  const next = countUntil(items, ({ range }) => range.offset >= end);
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
