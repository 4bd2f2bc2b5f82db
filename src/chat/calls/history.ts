import { ChatNetworkError } from '../errors';
import type { ChatMessage } from '../model';
import type { Caller } from '../wire/caller';
import { HISTORY, readHistoryAnswer, type HistoryAnswer } from '../wire/historyAnswer';
import { requestBody } from '../wire/request';

export interface HistoryRequest {
  /** From whose viewpoint. What one side cleared or deleted, only the other one still shows. */
  readonly operator: string;
  readonly peer: string;
  /** Unix seconds, inclusive; default: as far back as the service keeps history. */
  readonly minTime?: number;
  /** Unix seconds, inclusive; default: beyond now by a day, so that a slow clock here hides nothing. */
  readonly maxTime?: number;
  /** Messages a page at most; default 100. The service also cuts pages at about 13 KB. */
  readonly pageSize?: number;
  /** Continues where an earlier reading of the same window stopped. */
  readonly after?: HistoryCursor;
}

export interface HistoryPage {
  /** Newest first; none of them was on an earlier page. May be empty. */
  readonly messages: ChatMessage[];
  /** True on the last page of the window. */
  readonly complete: boolean;
  /** Where to go on; absent on the last page. Plain JSON. */
  readonly cursor?: HistoryCursor;
}

export interface HistoryCursor {
  /** Unix seconds: everything newer has been read. */
  readonly time: number;
  /** `LastMsgKey` of the page before. */
  readonly key: string;
  /** Key and sender of the messages of that very second that have been read. */
  readonly seen: readonly string[];
}

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
export async function* history(
  call: Caller,
  request: HistoryRequest,
  now: () => number,
  signal?: AbortSignal,
): AsyncGenerator<HistoryPage, void, undefined> {
  const { operator, peer, minTime = 0, pageSize = PAGE_SIZE } = request;
  const end = request.maxTime ?? Math.floor(now() / 1000) + DAY;
  let cursor = request.after;
  for (;;) {
    const body = requestBody({
      Operator_Account: operator,
      Peer_Account: peer,
      MaxCnt: pageSize,
      MinTime: minTime,
      MaxTime: cursor?.time ?? end,
      LastMsgKey: cursor?.key,
    });
    const answer = await call(HISTORY, body, readHistoryAnswer, signal);
    const messages = unseen(answer.messages, cursor);
    if (answer.complete) {
      yield { messages, complete: true };
      return;
    }
    const next = cursorAfter(answer, cursor);
    if (!next || (messages.length === 0 && cursor && next.time >= cursor.time)) {
      throw new ChatNetworkError({ reason: 'noProgress', command: HISTORY, outcomeUnknown: false });
    }
    yield { messages, complete: false, cursor: next };
    cursor = next;
  }
}

/** Names a message within its conversation: a key alone may stand in either direction. */
function identity({ from, key }: ChatMessage): string {
  return `${key} ${from}`;
}

/** The messages of a page that are new, newest first. */
function unseen(page: readonly ChatMessage[], cursor: HistoryCursor | undefined): ChatMessage[] {
  const seen = new Set(cursor?.seen);
  const fresh: ChatMessage[] = [];
  for (let i = page.length - 1; i >= 0; i--) {
    const message = page[i];
    if (!message || (cursor && message.time > cursor.time)) continue;
    const id = identity(message);
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
function cursorAfter(answer: HistoryAnswer, before: HistoryCursor | undefined): HistoryCursor | undefined {
  const oldest = answer.messages.reduce<ChatMessage | undefined>(
    (least, message) => (least && least.time <= message.time ? least : message),
    undefined,
  );
  let { lastTime: time, lastKey: key } = answer;
  if (time === undefined || key === undefined || key === '' || (oldest && oldest.time < time)) {
    if (!oldest) return undefined;
    ({ time, key } = oldest);
  }
  const seen = new Set(before?.time === time ? before.seen : []);
  for (const message of answer.messages) if (message.time === time) seen.add(identity(message));
  return { time, key, seen: [...seen] };
}
