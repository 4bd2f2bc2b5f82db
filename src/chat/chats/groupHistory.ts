import type { GroupChat } from '../address';
import type { GroupMessage } from '../chatMessage';
import type { Caller } from '../wire/caller';
import type { HistoryCursor, HistoryPage, HistoryRequest } from './chats';
import { GROUP_PAGE, groupPages } from './groupPages';
import { lastUpTo } from './groupSearch';

/**
 * Reads a group or a topic backwards by MsgSeq, page by page (1047/34971): the next page begins one below the least
 * MsgSeq of the last. Pages are cut by size, so a short one says nothing; the end is MsgSeq 1, a page with nothing on
 * it, or that all which is older has expired. Where it begins in a window with an end is looked up by time first.
 * Remembers one MsgSeq only, so memory does not grow with the group.
 *
 * @throws ChatNetworkError `noProgress` when the service would have us ask the same again
 */
export async function* groupHistory(
  call: Caller,
  request: HistoryRequest<GroupChat>,
  signal?: AbortSignal,
): AsyncGenerator<HistoryPage, void, undefined> {
  const { chat, minTime = 0, maxTime, pageSize = GROUP_PAGE } = request;
  const read = groupPages(call, chat, signal);
  let from = seqOf(request.after);
  if (from === undefined && maxTime !== undefined) from = await lastUpTo(read, maxTime);
  while (from !== 0) {
    const { messages, unreadable, least, expired } = await read(pageSize, from);
    const inWindow =
      minTime > 0 || maxTime !== undefined ? within(messages, minTime, maxTime ?? Infinity) : [...messages];
    if (least === undefined || least <= 1 || expired || reaches(messages, minTime)) {
      yield { messages: inWindow, unreadable, complete: true };
      return;
    }
    from = least - 1;
    yield { messages: inWindow, unreadable, complete: false, cursor: { seq: from } };
  }
  yield { messages: [], unreadable: [], complete: true };
}

function seqOf(cursor: HistoryCursor | undefined): number | undefined {
  if (cursor && !('seq' in cursor)) throw new TypeError('a cursor of two users');
  return cursor?.seq;
}

/** True when a message of the page is older than the window. */
function reaches(messages: readonly GroupMessage[], minTime: number): boolean {
  const times = messages.map(({ time }) => time).filter((time) => time > 0);
  return Math.min(...times) < minTime;
}

/** The messages of a window. A place whose time nobody knows belongs where the message after it does. */
function within(messages: readonly GroupMessage[], minTime: number, maxTime: number): GroupMessage[] {
  let last = messages.find(({ time }) => time > 0)?.time;
  return messages.filter(({ time }) => {
    if (time > 0) last = time;
    return last === undefined || (last >= minTime && last <= maxTime);
  });
}
