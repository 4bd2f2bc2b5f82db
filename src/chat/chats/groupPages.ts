import type { GroupChat } from '../address';
import type { GroupMessage } from '../chatMessage';
import { ChatNetworkError } from '../errors';
import type { Caller } from '../wire/caller';
import { GROUP_HISTORY, groupHistoryReader } from '../wire/groupHistoryAnswer';
import type { UnreadableMessage } from '../wire/historyItem';
import { requestBody } from '../wire/request';

/** The most messages that one call gives (1047/34971). */
export const GROUP_PAGE = 20;

/** One page of a group's history. */
export interface GroupPage {
  /** By falling MsgSeq, none above what was asked for. */
  readonly messages: readonly GroupMessage[];
  readonly unreadable: readonly UnreadableMessage[];
  /** The least MsgSeq on it; undefined when there is nothing at or below what was asked for. */
  readonly least: number | undefined;
  /** Whether all that is older has expired. */
  readonly expired: boolean;
}

/** Reads `size` messages at most, from the newest on, or from MsgSeq `from` downwards. */
export type GroupPageReader = (size: number, from: number | undefined) => Promise<GroupPage>;

/**
 * Pages of a group or a topic, with what was recalled and what is gone.
 *
 * @throws ChatNetworkError `noProgress` when all that the service gives lies above what was asked for
 */
export function groupPages(call: Caller, chat: GroupChat, signal?: AbortSignal): GroupPageReader {
  const read = groupHistoryReader(chat);
  return async (size, from) => {
    const body = requestBody({
      GroupId: chat.group,
      TopicId: chat.topic,
      ReqMsgNumber: Math.min(size, GROUP_PAGE),
      ReqMsgSeq: from,
      WithRecalledMsg: 1,
    });
    const answer = await call(GROUP_HISTORY, body, read, signal);
    const most = from ?? Infinity;
    const messages = falling(answer.messages.filter(({ seq }) => seq <= most));
    const unreadable = answer.unreadable.filter(({ seq }) => seq === undefined || seq <= most);
    const found = answer.messages.length + answer.unreadable.length;
    if (found > 0 && messages.length + unreadable.length === 0)
      throw new ChatNetworkError({ reason: 'noProgress', command: GROUP_HISTORY, outcomeUnknown: false });
    return { messages, unreadable, least: leastOf(messages, unreadable), expired: answer.expired };
  };
}

/** The documented order is by falling MsgSeq; whatever comes, each once and in that order. */
function falling(messages: GroupMessage[]): GroupMessage[] {
  if (messages.every(({ seq }, i) => i === 0 || seq < (messages[i - 1]?.seq ?? 0))) return messages;
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq);
}

function leastOf(
  messages: readonly GroupMessage[],
  unreadable: readonly UnreadableMessage[],
): number | undefined {
  let least = messages.at(-1)?.seq;
  for (const { seq } of unreadable) if (seq !== undefined) least = Math.min(least ?? seq, seq);
  return least;
}
