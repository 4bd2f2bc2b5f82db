import { addressKey, type ChatAddress, type MessageAddress } from '../chat/address';
import type { ChatMessage } from '../chat/chatMessage';
import type { UnreadableMessage } from '../chat/client';
import { parseMsgKey } from '../chat/msgKey';
import { Coverage, type Span } from './coverage';
import type { Viewed } from './pageProtocol';
import type { RowKey } from './rowViews';

/** One of those who may see a history otherwise than the other; a group has `user` alone. */
export type Side = 'user' | 'peer';

/** A part of a history as it was read from one side. */
export interface ReadPage {
  readonly side: Side;
  readonly messages: readonly ChatMessage[];
  readonly unreadable: readonly UnreadableMessage[];
  /** The places that the page has whole; of the place below it may have some. */
  readonly span: Span;
}

/** What stands in a conversation, and who has it. */
export interface Entry {
  readonly kind: 'message' | 'unreadable';
  readonly key: RowKey;
  /** Unix seconds between two users, in a group its MsgSeq: what history is read by. */
  readonly place: number;
  readonly sides: ReadonlySet<Side>;
  readonly message?: ChatMessage;
  readonly unreadable?: UnreadableMessage;
}

/** Something is missing: the places from `from` to `to`. */
export interface Gap {
  readonly kind: 'gap';
  readonly key: RowKey;
  readonly where: 'older' | 'between' | 'newer';
  readonly from: number;
  readonly to: number;
}

export type Item = Entry | Gap;

interface KeptEntry extends Entry {
  readonly sides: Set<Side>;
  message?: ChatMessage;
  /** Orders what stands at one place. */
  readonly rank: readonly [number, number, string];
}

/**
 * A conversation, put together from pages of its history that come in any order and from either side. Each message stands
 * in it once: between two users by its time and within a second by MsgSeq, in a group by MsgSeq.
 */
export class Timeline {
  private readonly entries = new Map<RowKey, KeptEntry>();
  private sorted: readonly KeptEntry[] = [];
  private readonly others = new Set<RowKey>();
  private readonly covered: Readonly<Record<Side, Coverage>> = {
    user: new Coverage(),
    peer: new Coverage(),
  };

  constructor(private readonly chat: ChatAddress['chat']) {}

  /** Number of messages, whoever has them. */
  get size(): number {
    return this.entries.size;
  }

  get(key: RowKey): Entry | undefined {
    return this.entries.get(key);
  }

  /** The entry of a message. */
  of(address: MessageAddress): Entry | undefined {
    return this.entries.get(addressKey(address));
  }

  coverage(side: Side): Coverage {
    return this.covered[side];
  }

  /** Takes a page in. What is there already is replaced by what the page says of it. */
  add(page: ReadPage): void {
    const fresh: KeptEntry[] = [];
    for (const message of page.messages) this.put(this.entryOf(message), page.side, fresh);
    for (const [index, one] of page.unreadable.entries())
      this.put(this.oddEntry(one, page, index), page.side, fresh);
    if (fresh.length > 0) this.sorted = merged(this.sorted, fresh.sort(inOrder));
    this.covered[page.side].add(page.span);
  }

  /**
   * Takes the newest page in, when the conversation was read before: what it should have and has not, its side lost
   * meanwhile, and between it and what is known something may be missing.
   */
  addNewest(page: ReadPage): void {
    const { side, span } = page;
    const has = new Set(page.messages.map(({ address }) => addressKey(address)));
    const lost = (entry: KeptEntry): boolean =>
      entry.place >= span.from && entry.kind === 'message' && !has.has(entry.key);
    for (const entry of this.sorted) if (lost(entry)) this.drop(entry, side);
    const newest = this.newestOf(side);
    // Within the second of the last one more may have come.
    this.covered[side].cutAbove(newest === undefined ? -1 : this.chat === 'group' ? newest : newest - 1);
    this.add(page);
  }

  /** A message is another now. */
  replace(message: ChatMessage): void {
    const entry = this.entries.get(addressKey(message.address));
    if (entry) this.showOther(entry, message);
  }

  /** The service shows a message to nobody any more. */
  remove(address: MessageAddress): void {
    const entry = this.entries.get(addressKey(address));
    if (!entry) return;
    for (const side of [...entry.sides]) this.drop(entry, side);
  }

  /** What was here before and looks otherwise now, each told once. */
  takeOthers(): RowKey[] {
    const keys = [...this.others];
    this.others.clear();
    return keys;
  }

  /** What a person sees: entries of those who are looked at, oldest first, and where something is missing. */
  items(viewed: Viewed): Item[] {
    const spans = this.spans(viewed);
    const items: Item[] = [];
    let index = 0;
    let end = -1;
    for (const { from, to } of spans) {
      if (from > end + 1) items.push(gap(end + 1, from - 1, items.length === 0 ? 'older' : 'between'));
      // Of the places below and above a span some are known.
      while (index < this.sorted.length && (this.sorted[index]?.place ?? 0) < from - 1) index += 1;
      for (; index < this.sorted.length; index += 1) {
        const entry = this.sorted[index];
        if (!entry || entry.place > to + 1) break;
        if (viewed === 'both' || entry.sides.has(viewed)) items.push(entry);
      }
      end = to;
    }
    if (spans.length > 0 && end !== Infinity) items.push(gap(end + 1, Infinity, 'newer'));
    return items;
  }

  /** The places that were read for a view. */
  spans(viewed: Viewed): readonly Span[] {
    const { user, peer } = this.covered;
    return viewed === 'both' ? Coverage.common(user.list, peer.list) : this.covered[viewed].list;
  }

  /** The side that alone has an entry; undefined when both have it, or the other was not read there. */
  onlyOn({ sides, place }: Entry): Side | undefined {
    if (this.chat === 'group' || sides.size !== 1) return undefined;
    const [side] = sides;
    const other = side === 'user' ? 'peer' : 'user';
    return this.covered[other].at(place) ? side : undefined;
  }

  private newestOf(side: Side): number | undefined {
    for (let index = this.sorted.length - 1; index >= 0; index -= 1) {
      const entry = this.sorted[index];
      if (entry?.sides.has(side)) return entry.place;
    }
    return undefined;
  }

  private put(entry: KeptEntry, side: Side, fresh: KeptEntry[]): void {
    const known = this.entries.get(entry.key);
    if (known) {
      if (entry.message) this.showOther(known, entry.message);
      if (!known.sides.has(side)) this.others.add(known.key);
      known.sides.add(side);
      return;
    }
    entry.sides.add(side);
    this.entries.set(entry.key, entry);
    fresh.push(entry);
  }

  private showOther(entry: KeptEntry, message: ChatMessage): void {
    const { content, flags, isGone } = message;
    const before = entry.message;
    const isSame =
      before?.content.msgBody === content.msgBody &&
      before?.content.cloudCustomData === content.cloudCustomData &&
      before?.flags === flags &&
      before.isGone === isGone;
    entry.message = message;
    if (!isSame) this.others.add(entry.key);
  }

  private drop(entry: KeptEntry, side: Side): void {
    entry.sides.delete(side);
    if (entry.sides.size > 0) return;
    this.entries.delete(entry.key);
    this.sorted = this.sorted.filter((one) => one !== entry);
  }

  private entryOf(message: ChatMessage): KeptEntry {
    const key = addressKey(message.address);
    const { seq, random, time } = message;
    const place = message.address.chat === 'group' ? message.address.seq : time;
    return { kind: 'message', key, place, sides: new Set(), message, rank: [seq, random, key] };
  }

  /** What cannot be read stands where its names say, else at the end of its page. */
  private oddEntry(unreadable: UnreadableMessage, { messages, span }: ReadPage, index: number): KeptEntry {
    const { key = '', seq = 0, raw } = unreadable;
    const named = this.chat === 'group' ? unreadable.seq : parseMsgKey(key)?.time;
    const oldest = messages.at(-1);
    const place = named ?? (oldest ? this.entryOf(oldest).place : Math.max(0, span.from));
    const name = `unreadable ${raw}`;
    return {
      kind: 'unreadable',
      key: name,
      place,
      sides: new Set(),
      unreadable,
      rank: [seq, index, name],
    };
  }
}

function gap(from: number, to: number, where: Gap['where']): Gap {
  return { kind: 'gap', key: where === 'between' ? `gap ${from}` : `gap ${where}`, where, from, to };
}

function inOrder(one: KeptEntry, other: KeptEntry): number {
  const [seq, random, key] = one.rank;
  const [otherSeq, otherRandom, otherKey] = other.rank;
  return (
    one.place - other.place ||
    seq - otherSeq ||
    random - otherRandom ||
    (key < otherKey ? -1 : Number(key > otherKey))
  );
}

function merged(one: readonly KeptEntry[], other: readonly KeptEntry[]): KeptEntry[] {
  const all: KeptEntry[] = [];
  let next = 0;
  for (const entry of one) {
    for (let fresh = other[next]; fresh && inOrder(fresh, entry) < 0; fresh = other[next]) {
      all.push(fresh);
      next += 1;
    }
    all.push(entry);
  }
  return [...all, ...other.slice(next)];
}
