import type { StoredMessage } from '../store/storedMessage';
import type { Store } from '../store/store';

/** One conversation, as the page lists it. */
interface ListedChat {
  /** The two users. */
  readonly users: readonly [string, string];
  readonly messages: number;
  /** Time of the last message, Unix seconds. */
  readonly time: number;
}

const MOST_CHATS = 500;
const MOST_MESSAGES = 200;
const USUAL_MESSAGES = 50;

/**
 * The conversations, that of the newest message first.
 *
 * @param query `search`: a part of a UserID
 */
export function chatsOf(store: Store, query: URLSearchParams): { total: number; chats: ListedChat[] } {
  const search = query.get('search')?.toLowerCase() ?? '';
  const chats: ListedChat[] = [];
  for (const conversation of store.allConversations()) {
    const last = conversation.at(conversation.size - 1);
    if (!last) continue;
    const users: readonly [string, string] =
      last.from < last.to ? [last.from, last.to] : [last.to, last.from];
    if (search !== '' && !users.some((user) => user.toLowerCase().includes(search))) continue;
    chats.push({ users, messages: conversation.size, time: last.time });
  }
  chats.sort((left, right) => right.time - left.time || (left.users < right.users ? -1 : 1));
  return { total: chats.length, chats: chats.slice(0, MOST_CHATS) };
}

/**
 * Messages of a conversation, oldest first, with MsgBody and CloudCustomData as JSON text, so that every digit is there.
 *
 * @param query `one`, `other`: the users; `before`: how many messages of the conversation are wanted from (the newest when
 *   absent); `limit`
 * @throws {Error} for numbers that are none
 */
export function messagesOf(store: Store, query: URLSearchParams): Record<string, unknown> {
  const all = store.conversation(query.get('one') ?? '', query.get('other') ?? '')?.all() ?? [];
  const before = Math.min(numberOf(query, 'before', all.length), all.length);
  const limit = Math.min(numberOf(query, 'limit', USUAL_MESSAGES), MOST_MESSAGES);
  const first = Math.max(0, before - limit);
  return { total: all.length, first, messages: all.slice(first, before).map(shownMessage) };
}

function shownMessage(message: StoredMessage): Record<string, unknown> {
  return {
    From_Account: message.from,
    To_Account: message.to,
    MsgKey: message.key,
    MsgTimeStamp: message.time,
    MsgFlagBits: message.flags,
    IsPeerRead: message.peerRead ? 1 : 0,
    ofSender: message.ofSender,
    ofReceiver: message.ofReceiver,
    MsgBody: message.body,
    CloudCustomData: message.cloud,
  };
}

function numberOf(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} is a number.`);
  return Number(text);
}
