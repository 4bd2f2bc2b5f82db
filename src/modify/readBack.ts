import type { ChatClient } from '../chat/client';
import type { MessageAddress } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import { sameContent, sameJson } from '../message/changes';
import { readMessage, type Seen } from './seenMessage';
import type { Timing } from './timing';

/** The content a message had, if known, and the members that were sent. */
export interface Attempt {
  readonly before: MessageContent | null;
  readonly sent: MessageContent;
}

/** How a message looks after an attempt to change or recall it; undefined when nobody can tell. */
export type Standing = 'done' | 'before' | 'other' | 'gone' | undefined;

/** The service gives a request 3 s (REST overview): what it has not done by then it will not do. */
const serviceTimeoutMs = 3_000;
const readBackMs = 5_000;
const pauses = [100, 200, 400, 800];

/** What a message is after an attempt that succeeded. */
export function contentAfter({ before, sent }: Attempt): MessageContent {
  return { ...before, ...sent };
}

/**
 * Compares as values. Ours is what holds every member that was sent: what somebody did to another member meanwhile
 * does not undo that. The old content is that of both members. Without a before-image, all else is somebody else's.
 */
export function standingOfContent(
  content: MessageContent,
  { before, sent }: Attempt,
): Exclude<Standing, 'gone' | undefined> {
  const members = ['msgBody', 'cloudCustomData'] as const;
  const ours = members.every((name) => sent[name] === undefined || sameJson(sent[name], content[name]));
  if (ours) return 'done';
  return before && sameContent(content, before) ? 'before' : 'other';
}

/** How a message stands after an attempt to modify it. */
export function standingOfModify(seen: Seen, attempt: Attempt): Standing {
  if (seen.kind === 'gone' || seen.kind === 'recalled') return 'gone';
  if (seen.kind !== 'content') return undefined;
  return standingOfContent(seen.content, attempt);
}

/**
 * Looks after an attempt whose end is not known. The old content counts only once the service can no
 * longer be at it. Not to be cancelled: whoever sent a request wants to know its end.
 */
export async function lookAfterDoubt<Found>(
  read: () => Promise<Found>,
  standing: (found: Found) => Standing,
  timing: Timing,
  signal?: AbortSignal,
): Promise<Found> {
  const until = timing.now() + serviceTimeoutMs;
  for (let round = 0; ; round += 1) {
    const found = await read();
    if (standing(found) !== 'before' || timing.now() >= until) return found;
    await timing.sleep(pauseIn(round), signal);
  }
}

/** What was read back after a modify that succeeded; `shown` is false when it did not show in time. */
export interface ReadBack {
  readonly content: MessageContent;
  readonly differs: boolean;
  readonly shown: boolean;
}

/**
 * Reads until the change shows, for up to 5 s. Content that is neither ours nor the old one is what the service, a
 * webhook or an audit made of ours. The signal only ends the waiting.
 */
export async function readBack(
  client: ChatClient,
  address: MessageAddress,
  attempt: Attempt,
  timing: Timing,
  signal?: AbortSignal,
): Promise<ReadBack> {
  const until = timing.now() + readBackMs;
  let last: MessageContent | undefined;
  for (let round = 0; ; round += 1) {
    const seen = await readMessage(client, address, timing, signal);
    if (seen.kind === 'content') {
      const found = standingOfContent(seen.content, attempt);
      if (found === 'done')
        return { content: seen.content, differs: differsFrom(attempt, seen.content), shown: true };
      if (found === 'other' && attempt.before) return { content: seen.content, differs: true, shown: true };
      // Without a before-image this may still be the old content.
      last = found === 'other' ? seen.content : undefined;
    }
    if (timing.now() >= until || signal?.aborted || seen.kind === 'recalled' || seen.kind === 'gone') break;
    await timing.sleep(pauseIn(round), signal);
  }
  if (last) return { content: last, differs: true, shown: true };
  return { content: contentAfter(attempt), differs: false, shown: false };
}

/** Without a before-image nobody knows what the members that were not sent should be. */
function differsFrom(attempt: Attempt, content: MessageContent): boolean {
  return attempt.before !== null && !sameContent(content, contentAfter(attempt));
}

function pauseIn(round: number): number {
  return pauses[round] ?? 1_000;
}
