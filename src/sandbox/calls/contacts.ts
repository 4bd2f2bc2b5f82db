import { isVisibleTo } from '../store/conversation';
import type { Contact } from '../store/storedMessage';
import type { SandboxSettings } from '../settings';
import { field, seconds, type Call, type CallContext } from './call';
import { Refusal, type RequestBody } from '../requestBody';
import { described } from './described';
import { checkAccount, optionalInteger, requiredInteger } from './fields';
import { keptSince } from './history';

/** Bits of `AssistFlags`. */
const PINNED = 1;
const EMPTY = 2;
const PAGE_PINNED = 4;

/**
 * `recentcontact/get_list` (269/62118): a user's conversations. Page size and order are not documented (settings
 * `contactsPage`, `contactsOrder`); the cursors go on where the last page ended.
 */
export const getContacts: Call = {
  ...described('recentcontact/get_list'),
  run(body, context) {
    const owner = ownerOf(body);
    const cursor = cursorOf(body, 'TimeStamp', 'StartIndex');
    const topCursor = cursorOf(body, 'TopTimeStamp', 'TopStartIndex');
    const flags = requiredInteger(body, 'AssistFlags', 50002);
    checkAccount(context, owner, 'From_Account', 50001);

    const shown = shownContacts(owner, (flags & EMPTY) !== 0, context);
    const supportsPinned = (flags & PINNED) !== 0;
    const pinned = supportsPinned ? shown.filter((contact) => contact.pinned) : [];
    const ordinary = supportsPinned ? shown.filter((contact) => !contact.pinned) : shown;
    const size = context.settings.contactsPage;
    const firstPage = isStart(cursor) && isStart(topCursor);
    const top =
      (flags & PAGE_PINNED) !== 0
        ? takePage(pinned, topCursor, size, context)
        : {
            items: firstPage ? pinned : [],
            next: cursorAfter(pinned, pinned.length, context),
            complete: true,
          };
    const rest = takePage(ordinary, cursor, Math.max(0, size - top.items.length), context);
    const items = [...top.items, ...rest.items].map((contact) => sessionItem(contact, supportsPinned));
    return {
      fields:
        field('SessionItem', items) +
        field('CompleteFlag', top.complete && rest.complete ? 1 : 0) +
        field('TimeStamp', rest.next.time) +
        field('StartIndex', rest.next.index) +
        field('TopTimeStamp', top.next.time) +
        field('TopStartIndex', top.next.index),
    };
  },
};

/** `recentcontact/delete` (269/62119): takes a conversation off the list, and with ClearRamble clears that side's history. */
export const deleteContact: Call = {
  ...described('recentcontact/delete'),
  run(body, context) {
    const owner = ownerOf(body);
    const type = requiredInteger(body, 'Type', 50002, 1, 2);
    const name = type === 1 ? 'To_Account' : 'ToGroupid';
    const other = body.get(name);
    if (typeof other !== 'string' || other === '') throw new Refusal(50002, `${name} is not a string`);
    const clear = optionalInteger(body, 'ClearRamble', 50002, 0, 1) === 1;
    checkAccount(context, owner, 'From_Account', 50001);
    const target = type === 1 ? { peer: other } : { group: other };
    context.store.change({ kind: 'contactDeleted', owner, ...target });
    if (clear && type === 1) context.store.change({ kind: 'cleared', owner, peer: other });
    return {};
  },
};

/** A place in a list: after everything of an earlier time, and after `index` contacts of that very time. */
interface Cursor {
  readonly time: number;
  readonly index: number;
}

interface ContactPage {
  readonly items: readonly Contact[];
  readonly next: Cursor;
  readonly complete: boolean;
}

function ownerOf(body: RequestBody): string {
  const owner = body.get('From_Account');
  if (owner === undefined || owner === '') throw new Refusal(50002, 'From_Account is missing');
  if (typeof owner !== 'string') throw new Refusal(60015, 'From_Account is not a string');
  return owner;
}

function cursorOf(body: RequestBody, time: string, index: string): Cursor {
  return { time: requiredInteger(body, time, 50002), index: requiredInteger(body, index, 50002) };
}

function isStart({ time, index }: Cursor): boolean {
  return time === 0 && index === 0;
}

/**
 * The cursor after the first `count` of a list. After all of it, it is the time of the answer, as in the documented
 * sample; going from new to old, that would begin again.
 */
function cursorAfter(list: readonly Contact[], count: number, context: CallContext): Cursor {
  const end = count >= list.length && context.settings.contactsOrder === 'ascending';
  const time = end ? seconds(context) : (list[count - 1]?.time ?? 0);
  return { time, index: list.slice(0, count).filter((contact) => contact.time === time).length };
}

/** The newest conversations, in order. One goes when its last message expires; one without messages is extra. */
function shownContacts(owner: string, empty: boolean, context: CallContext): Contact[] {
  const { settings } = context;
  const since = keptSince(context);
  const shown = [...context.store.contactsOf(owner)].filter((contact) => {
    if (contact.peer === undefined) return true;
    return contact.time >= since && (empty || hasMessages(owner, contact.peer, since, context));
  });
  shown.sort(byTime(settings, 'newestFirst'));
  return shown.slice(0, settings.contactsKept).sort(byTime(settings, settings.contactsOrder));
}

function hasMessages(owner: string, peer: string, since: number, context: CallContext): boolean {
  const conversation = context.store.conversation(owner, peer);
  for (let index = (conversation?.size ?? 0) - 1; index >= 0; index--) {
    const message = conversation?.at(index);
    if (!message || message.time < since) return false;
    if (isVisibleTo(message, owner)) return true;
  }
  return false;
}

function byTime(
  settings: SandboxSettings,
  order: 'newestFirst' | SandboxSettings['contactsOrder'],
): (left: Contact, right: Contact) => number {
  const sign = order === 'ascending' ? 1 : -1;
  return (left, right) => sign * (left.time - right.time) || (nameOf(left) < nameOf(right) ? -1 : 1);
}

function nameOf(contact: Contact): string {
  return contact.peer ?? contact.group ?? '';
}

function takePage(list: readonly Contact[], cursor: Cursor, size: number, context: CallContext): ContactPage {
  const from = isStart(cursor) ? 0 : startIndex(list, cursor, context);
  const to = Math.min(list.length, from + size);
  return { items: list.slice(from, to), next: cursorAfter(list, to, context), complete: to === list.length };
}

function startIndex(list: readonly Contact[], { time, index }: Cursor, { settings }: CallContext): number {
  const sign = settings.contactsOrder === 'ascending' ? 1 : -1;
  const first = list.findIndex((contact) => sign * contact.time >= sign * time);
  if (first < 0) return list.length;
  // Contacts of that very time may have gone since.
  const same = list.filter((contact) => contact.time === time).length;
  return first + Math.min(index, same);
}

function sessionItem(contact: Contact, supportsPinned: boolean): Record<string, unknown> {
  const other = contact.peer === undefined ? { GroupId: contact.group } : { To_Account: contact.peer };
  const TopFlag = supportsPinned && contact.pinned ? 1 : 0;
  return { Type: contact.peer === undefined ? 2 : 1, ...other, MsgTime: contact.time, TopFlag };
}
