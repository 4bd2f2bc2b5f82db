import { addressKey, type MessageAddress } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import { changedMembers, type Member } from '../message/changes';
import { layOut, type LaidOut, type ListedMessage } from './formatList';
import { itemContent, itemText, parseList, type ListItem, type ParsedList } from './parseList';
import { rereadList, type ReadList } from './rereadList';

/** What one item of a list rests on. */
export interface ListBase {
  readonly address: MessageAddress;
  readonly content: MessageContent;
  /** The item as it was laid out for the list; a text that is that very one needs no look inside. */
  readonly text: string;
}

/** What the item that is laid out for a message rests on. */
export function baseOf(message: ListedMessage): ListBase {
  return baseLaidOut(layOut(message));
}

/** As {@link baseOf}, of a message that is laid out already. */
export function baseLaidOut({ message: { address, content }, text }: LaidOut): ListBase {
  return { address, content, text };
}

/** An item that is not what its base says. */
interface ChangedItem {
  readonly item: ListItem;
  readonly address: MessageAddress;
  readonly base: MessageContent;
  /** What it says now. */
  readonly mine: MessageContent;
  /** The members that differ. */
  readonly members: readonly Member[];
}

/** What keeps an item, or the whole list, from being modified. */
export type ListSlip =
  /** Not JSON; the items after it are not known. */
  | { readonly kind: 'syntax'; readonly at: number }
  /** JSON, and no list of messages. */
  | { readonly kind: 'notAList' }
  | { readonly kind: 'notAMessage'; readonly item: ListItem | undefined; readonly at: number }
  /** Its members name no message. */
  | { readonly kind: 'addressMissing'; readonly item: ListItem }
  /** They name one that the list was not made of: an address is not to be edited. */
  | { readonly kind: 'addressUnknown'; readonly item: ListItem }
  /** Two items for one message. */
  | { readonly kind: 'addressDoubled'; readonly item: ListItem; readonly first: ListItem }
  /** Recalled, a placeholder or of the system: it cannot be changed. */
  | { readonly kind: 'locked'; readonly item: ListItem };

/** What a list says beside what it was made of. */
export interface Comparison {
  readonly list: ParsedList;
  readonly changed: readonly ChangedItem[];
  readonly slips: readonly ListSlip[];
  /** Messages that were left out: they are not to be changed. */
  readonly missing: number;
}

type Verdict = Omit<ChangedItem, 'item'> | 'same';

/** What is known of an item whose text is what it was. */
interface Known {
  readonly key: string;
  /** Absent where the list has no base for it. */
  readonly verdict?: Verdict;
}

/**
 * Compares a list with its bases, again and again: what was read before is not read again, and an item whose text was seen
 * before costs no second look. The order of items, and their layout, say nothing.
 */
export class ListComparer {
  private bases: ReadonlyMap<string, ListBase> = new Map();
  private verdicts = new Map<string, { readonly text: string; readonly verdict: Verdict }>();
  /** By the members of items, which stay the same as long as the item does. */
  private known = new WeakMap<ListItem['members'], Known>();
  private last: ReadList | undefined;

  constructor(bases: ReadonlyMap<string, ListBase>) {
    this.rest(bases);
  }

  /** The list rests on other contents now. */
  rest(bases: ReadonlyMap<string, ListBase>): void {
    this.bases = bases;
    this.verdicts = new Map();
    this.known = new WeakMap();
  }

  /** The items of a list, without a look at what they rest on. */
  read(text: string): ParsedList {
    const list = this.last ? rereadList(text, this.last) : parseList(text);
    this.last = { text, list };
    return list;
  }

  compare(text: string): Comparison {
    const list = this.read(text);
    const changed: ChangedItem[] = [];
    const slips: ListSlip[] = list.odd.map(({ offset }) => ({
      kind: 'notAMessage',
      item: undefined,
      at: offset,
    }));
    if (list.brokenAt !== undefined) slips.push({ kind: 'syntax', at: list.brokenAt });
    else if (!list.isList) slips.push({ kind: 'notAList' });
    const seen = new Map<string, ListItem>();
    for (const item of list.items) {
      if (!item.address) {
        slips.push({ kind: 'addressMissing', item });
        continue;
      }
      const { key, verdict } = this.knownOf(text, item, item.address);
      const first = seen.get(key);
      if (first) slips.push({ kind: 'addressDoubled', item, first });
      else if (!verdict) slips.push({ kind: 'addressUnknown', item });
      else {
        seen.set(key, item);
        if (verdict === 'same') continue;
        if (item.locked) slips.push({ kind: 'locked', item });
        else changed.push({ item, ...verdict });
      }
    }
    return { list, changed, slips, missing: this.bases.size - seen.size };
  }

  private knownOf(text: string, item: ListItem, address: MessageAddress): Known {
    const before = this.known.get(item.members);
    if (before) return before;
    const key = addressKey(address);
    const base = this.bases.get(key);
    const known = base ? { key, verdict: this.judge(key, base, text, item) } : { key };
    this.known.set(item.members, known);
    return known;
  }

  private judge(key: string, base: ListBase, text: string, item: ListItem): Verdict {
    const own = itemText(text, item);
    if (own === base.text) return 'same';
    const known = this.verdicts.get(key);
    if (known?.text === own) return known.verdict;
    const mine = itemContent(text, item);
    const members = changedMembers(base.content, mine);
    const verdict: Verdict =
      members.length === 0 ? 'same' : { address: base.address, base: base.content, mine, members };
    this.verdicts.set(key, { text: own, verdict });
    return verdict;
  }
}
