import { ChatNetworkError } from '../errors';
import { addressKey, type C2cChat } from '../address';
import type { C2cMessage } from '../chatMessage';
import type { Caller } from '../wire/caller';
import { HISTORY, readHistoryAnswer, type HistoryAnswer } from '../wire/historyAnswer';
import { requestBody } from '../wire/request';
import type { C2cCursor, HistoryCursor, HistoryPage, HistoryRequest } from './chats';

const PAGE_SIZE = 100;
const DAY = 24 * 60 * 60;

/**
 * Reads a conversation backwards in time, page by page (trtc.io/35478). Only `Complete` ends it: pages are cut by
 * size, too, so a short or empty one says nothing. Messages are told apart by direction and key; at the boundary
 * the service may repeat some, since the next window includes the second where the last one stopped.
 * Remembers that second only, so memory does not grow with the conversation.
 *
 * @throws ChatNetworkError `noProgress` when the service would have us ask the same again
 */
export async function* c2cHistory(
  call: Caller,
  request: HistoryRequest<C2cChat>,
  now: () => number,
  signal?: AbortSignal,
): AsyncGenerator<HistoryPage, void, undefined> {
  const { chat, minTime = 0, pageSize = PAGE_SIZE } = request;
  const end = request.maxTime ?? Math.floor(now() / 1000) + DAY;
  let cursor = c2cCursor(request.after);
  for (;;) {
    const body = requestBody({
      Operator_Account: chat.user,
      Peer_Account: chat.peer,
      MaxCnt: pageSize,
      MinTime: minTime,
      MaxTime: cursor?.time ?? end,
      LastMsgKey: cursor?.key,
    });
    const answer = await call(HISTORY, body, readHistoryAnswer, signal);
    const messages = unseen(answer.messages, cursor);
    if (answer.complete) {
      yield { messages, unreadable: answer.unreadable, complete: true };
      return;
    }
    const next = cursorAfter(answer, cursor);
    if (!next || (messages.length === 0 && cursor && isNoProgress(answer, cursor, next))) {
      throw new ChatNetworkError({ reason: 'noProgress', command: HISTORY, outcomeUnknown: false });
    }
    yield { messages, unreadable: answer.unreadable, complete: false, cursor: next };
    cursor = next;
  }
}

function c2cCursor(cursor: HistoryCursor | undefined): C2cCursor | undefined {
  if (cursor && !('key' in cursor)) throw new TypeError('a cursor of a group');
  return cursor;
}

/** True for a page without anything new, after which the same would be asked again. */
function isNoProgress(answer: HistoryAnswer, before: C2cCursor, next: C2cCursor): boolean {
  if (next.time < before.time) return false;
  return answer.unreadable.length === 0 || next.time > before.time || next.key === before.key;
}

/** The messages of a page that are new, newest first. */
function unseen(page: readonly C2cMessage[], cursor: C2cCursor | undefined): C2cMessage[] {
  const seen = new Set(cursor?.seen);
  const fresh: C2cMessage[] = [];
  for (let i = page.length - 1; i >= 0; i--) {
    const message = page[i];
    if (!message || (cursor && message.time > cursor.time)) continue;
    const id = addressKey(message.address);
    if (seen.has(id)) continue;
    seen.add(id);
    fresh.push(message);
  }
  const ordered = fresh.every((message, i) => i === 0 || message.time <= (fresh[i - 1]?.time ?? 0));
  return ordered ? fresh : fresh.sort((a, b) => b.time - a.time);
}

/**
 * Where the next page starts: at `LastMsg…`, which is the oldest message of the page; if a server means another one
 * by it, at the oldest message nevertheless, or nothing older would ever come.
 */
function cursorAfter(answer: HistoryAnswer, before: C2cCursor | undefined): C2cCursor | undefined {
  const oldest = answer.messages.reduce<C2cMessage | undefined>(
    (least, message) => (least && least.time <= message.time ? least : message),
    undefined,
  );
  let { lastTime: time, lastKey: key } = answer;
  if (time === undefined || key === undefined || key === '' || (oldest && oldest.time < time)) {
    if (!oldest) return undefined;
    time = oldest.time;
    ({ key } = oldest.address);
  }
  const seen = new Set(before?.time === time ? before.seen : []);
  for (const message of answer.messages) if (message.time === time) seen.add(addressKey(message.address));
  return { time, key, seen: [...seen] };
}
