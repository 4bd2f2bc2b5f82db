import { c2cAddress, groupAddress, type MessageAddress } from '../chat/address';
import { RECALLED_FLAG, type MessageContent } from '../chat/chatMessage';
import { minify } from '../json/layout';
import { JsonSyntaxError, readArray, readObject, skipSpace, skipValue } from '../json/strictScanner';
import type { TextRange } from '../json/text';

/** Why an item is shown and not to be changed. */
type Locked = 'recalled' | 'placeholder' | 'system';

/** One message of a list, with its places in the text. */
export interface ListItem {
  /** Its place in the array. */
  readonly index: number;
  readonly range: TextRange;
  /** Absent when its members name no message. */
  readonly address?: MessageAddress;
  /**
   * The values of its members, of a repeated one the last, counted from where the item begins. An item that is read again
   * and has not changed keeps this very map, wherever it stands now.
   */
  readonly members: ReadonlyMap<string, TextRange>;
  readonly locked?: Locked;
}

/** A list, read from its text. */
export interface ParsedList {
  readonly items: readonly ListItem[];
  /** Values of the array that are no objects. */
  readonly odd: readonly TextRange[];
  /** Where the text stops being JSON; the items before it were read. */
  readonly brokenAt?: number;
  /** False for JSON that is no list: neither an array of messages nor an answer that has one. */
  readonly isList: boolean;
}

/** The members of an answer that hold messages. */
const ARRAYS = new Set(['MsgList', 'RspMsgList']);

/**
 * Reads a list in one pass: an array of messages with the names of the service's answers, or an answer of
 * `admin_getroammsg` or `group_msg_get_simple`, whose `GroupId` then counts for all. Never throws. It keeps places and
 * no values, so that ten thousand messages cost what their text costs.
 *
 * @param group the GroupId of messages that name none, where the answer does not say it either
 */
export function parseList(text: string, group?: string): ParsedList {
  const found: Found = { items: [], odd: [], isList: false };
  try {
    const start = skipSpace(text, 0);
    const end =
      text[start] === '{' ? readAnswer(text, start, group, found) : readItems(text, start, group, found);
    const after = skipSpace(text, end);
    return after === text.length ? found : { ...found, brokenAt: after };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { ...found, brokenAt: Math.min(error.position, text.length) };
  }
}

/** The item that an offset is in, or at an edge of. */
export function itemAt({ items }: Pick<ParsedList, 'items'>, offset: number): ListItem | undefined {
  return items.find(({ range }) => range.offset <= offset && offset <= range.offset + range.length);
}

/** The exact text of an item. */
export function itemText(text: string, { range }: Pick<ListItem, 'range'>): string {
  return text.slice(range.offset, range.offset + range.length);
}

/** Where the value of a member of an item stands in the list; undefined when it has no such member. */
export function memberRange({ range, members }: ItemPlaces, name: string): TextRange | undefined {
  const member = members.get(name);
  return member && { offset: range.offset + member.offset, length: member.length };
}

/** What an item says, each member as the text of its tokens; a null says no more than an absent member. */
export function itemContent(text: string, item: ItemPlaces): MessageContent {
  const member = (name: string): string | undefined => {
    const range = memberRange(item, name);
    const value = range && minify(text.slice(range.offset, range.offset + range.length));
    return value === 'null' ? undefined : value;
  };
  const [msgBody, cloudCustomData] = [member('MsgBody'), member('CloudCustomData')];
  return {
    ...(msgBody !== undefined && { msgBody }),
    ...(cloudCustomData !== undefined && { cloudCustomData }),
  };
}

/** Who wrote an item's message and when, as far as it says: Unix seconds, 0 when it says no time. */
export function itemFacts(
  text: string,
  item: ItemPlaces,
): { readonly sender: string; readonly time: number } {
  const sender = memberRange(item, 'From_Account');
  return {
    sender: (sender && stringAt(text, sender.offset)) ?? '',
    time: countAt(text, memberRange(item, 'MsgTimeStamp')) ?? 0,
  };
}

type ItemPlaces = Pick<ListItem, 'range' | 'members'>;

interface Found {
  readonly items: ListItem[];
  readonly odd: TextRange[];
  isList: boolean;
}

function readAnswer(text: string, start: number, groupOfAll: string | undefined, found: Found): number {
  let group = groupOfAll;
  let arrayAt: number | undefined;
  const end = readObject(text, start, (name, at) => {
    if (name === 'GroupId') group = stringAt(text, at) ?? groupOfAll;
    if (!ARRAYS.has(name)) return undefined;
    // Read below, when the answer's GroupId is known.
    arrayAt = at;
    return undefined;
  });
  if (arrayAt !== undefined) readItems(text, arrayAt, group, found);
  return end;
}

function readItems(text: string, start: number, group: string | undefined, found: Found): number {
  if (text[start] !== '[') return skipValue(text, start);
  found.isList = true;
  return readArray(text, start, (at) => {
    if (text[at] !== '{') {
      const end = skipValue(text, at);
      found.odd.push({ offset: at, length: end - at });
      return end;
    }
    const members = new Map<string, TextRange>();
    const end = readObject(text, at, (name, from) => {
      const to = skipValue(text, from);
      members.set(name, { offset: from - at, length: to - from });
      return to;
    });
    const places = { range: { offset: at, length: end - at }, members };
    const address = addressIn(text, places, group);
    const locked = lockedBy(text, places);
    found.items.push({
      index: found.items.length + found.odd.length,
      ...places,
      ...(address && { address }),
      ...(locked && { locked }),
    });
    return end;
  });
}

function addressIn(
  text: string,
  item: ItemPlaces,
  groupOfAll: string | undefined,
): MessageAddress | undefined {
  const name = (member: string): string | undefined => {
    const range = memberRange(item, member);
    return range && stringAt(text, range.offset);
  };
  const group = name('GroupId') ?? (item.members.has('MsgKey') ? undefined : groupOfAll);
  if (group !== undefined && group !== '') {
    const seq = countAt(text, memberRange(item, 'MsgSeq'));
    return seq === undefined ? undefined : groupAddress(group, seq, name('TopicId'));
  }
  const [from, to, key] = [name('From_Account'), name('To_Account'), name('MsgKey')];
  if (!from || !to || !key) return undefined;
  return c2cAddress(from, to, key);
}

function lockedBy(text: string, item: ItemPlaces): Locked | undefined {
  const flags = countAt(text, memberRange(item, 'MsgFlagBits')) ?? 0;
  const place = countAt(text, memberRange(item, 'IsPlaceMsg')) ?? 0;
  if (place === 2 || Math.floor(flags / RECALLED_FLAG) % 2 === 1) return 'recalled';
  if (place !== 0) return 'placeholder';
  return (countAt(text, memberRange(item, 'IsSystemMsg')) ?? 0) !== 0 ? 'system' : undefined;
}

/** The string that starts there; undefined for another value. */
function stringAt(text: string, at: number): string | undefined {
  if (text[at] !== '"') return undefined;
  const raw = text.slice(at, skipValue(text, at));
  return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
}

function countAt(text: string, range: TextRange | undefined): number | undefined {
  if (!range) return undefined;
  const raw = text.slice(range.offset, range.offset + range.length);
  const value = /^\d{1,16}$/.test(raw) ? Number(raw) : undefined;
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}
