import { isRecalled } from '../../chat/chatMessage';
import type { GroupMessage } from '../store/groups/groupMessages';
import type { Group } from '../store/groups/groups';
import type { StoredMessage } from '../store/storedMessage';
import type { Store } from '../store/store';
import type { ChatPage, ListedChat, MessagePage, ShownMessage } from './pageProtocol';

const MOST_CHATS = 500;
const MOST_MESSAGES = 200;
const USUAL_MESSAGES = 50;
/** Members that the page offers to write as. */
const MOST_MEMBERS = 200;

/**
 * The conversations and groups, that of the newest message first.
 *
 * @param query `search`: a part of a UserID, of a GroupId or a name
 */
export function chatsOf(store: Store, query: URLSearchParams): ChatPage {
  const search = query.get('search')?.toLowerCase() ?? '';
  const chats: ListedChat[] = [];
  const isWanted = (...names: readonly string[]): boolean =>
    search === '' || names.some((name) => name.toLowerCase().includes(search));
  for (const conversation of store.allConversations()) {
    const last = conversation.at(conversation.size - 1);
    if (!last) continue;
    const users: readonly [string, string] =
      last.from < last.to ? [last.from, last.to] : [last.to, last.from];
    if (!isWanted(...users)) continue;
    chats.push({ chat: 'c2c', users, messages: conversation.size, time: last.time });
  }
  for (const group of store.groups.all()) {
    if (isWanted(group.id, group.facts.name)) chats.push(listedGroup(group));
    for (const [topic, { facts, messages }] of group.topics) {
      if (!isWanted(topic, facts.name)) continue;
      const { length } = messages.all();
      const own = { topic, name: facts.name, messages: length, time: messages.lastTime };
      chats.push({ ...listedGroup(group), ...own });
    }
  }
  chats.sort((left, right) => right.time - left.time);
  return { total: chats.length, chats: chats.slice(0, MOST_CHATS) };
}

/**
 * Messages of a conversation, oldest first, with MsgBody and CloudCustomData as JSON text, so that every digit is there.
 *
 * @param query `one`, `other`: the users, or `group` and perhaps `topic`; `before`: how many messages of the conversation are wanted from (the newest when
 *   absent); `limit`
 * @throws {Error} for numbers that are none
 */
export function messagesOf(store: Store, query: URLSearchParams): MessagePage {
  const group = query.get('group');
  if (group !== null) {
    const topic = query.get('topic') ?? undefined;
    const place = topic === undefined ? { group } : { group, topic };
    return pageOf(store.groups.messagesOf(place)?.all() ?? [], query, shownGroupMessage);
  }
  const all = store.conversation(query.get('one') ?? '', query.get('other') ?? '')?.all() ?? [];
  return pageOf(all, query, shownMessage);
}

function pageOf<T>(
  all: readonly T[],
  query: URLSearchParams,
  shown: (message: T) => ShownMessage,
): MessagePage {
  const before = Math.min(numberOf(query, 'before', all.length), all.length);
  const limit = Math.min(numberOf(query, 'limit', USUAL_MESSAGES), MOST_MESSAGES);
  const first = Math.max(0, before - limit);
  return { total: all.length, first, messages: all.slice(first, before).map(shown) };
}

function shownMessage(message: StoredMessage): ShownMessage {
  const { from, key, time, body, cloud, ofSender, ofReceiver } = message;
  return {
    ...{ from, key, time, body, recalled: isRecalled(message) },
    seenBy: ofSender ? (ofReceiver ? 'both' : 'sender') : ofReceiver ? 'receiver' : 'nobody',
    ...(cloud !== undefined && { cloud }),
  };
}

function shownGroupMessage({ from, seq, time, body, cloud, place }: GroupMessage): ShownMessage {
  return {
    ...{ from, key: String(seq), time, body, recalled: place !== 0, seenBy: 'both' },
    ...(cloud !== undefined && { cloud }),
  };
}

function listedGroup({ id, facts, members, messages }: Group): ListedChat & { readonly chat: 'group' } {
  return {
    chat: 'group',
    group: id,
    name: facts.name,
    members: [...new Set([facts.owner, ...members.keys()])]
      .filter((user) => user !== '')
      .slice(0, MOST_MEMBERS),
    messages: messages.all().length,
    time: messages.lastTime,
  };
}

function numberOf(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} is a number.`);
  return Number(text);
}
