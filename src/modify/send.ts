import { isAborted, type ChatNetworkError, type ChatServiceError } from '../chat/errors';
import type { MessageContent } from '../chat/model';
import type { RevisionOutcome } from '../journal/revision';
import { lookAfterDoubt, type Standing } from './look';
import type { ModifyStep } from './model';
import type { Seen } from './read';
import { retryDelay, type Timing } from './timing';
import { verdictOn, type Verdict } from './verdicts';

/** A call that changes a message, and how to see what became of it. */
export interface Sending {
  call(): Promise<void>;
  /** Reads the message; never cancelled. */
  read(): Promise<Seen>;
  standing(seen: Seen): Standing;
  readonly timing: Timing;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (step: ModifyStep) => void;
}

/** How sending ended, and what to write into the journal. */
export type SendEnd = { readonly outcome: RevisionOutcome } & (
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly error: ChatServiceError }
  /** Somebody else changed the message; nothing of ours is there. */
  | { readonly kind: 'changed'; readonly error: ChatServiceError | ChatNetworkError }
  | { readonly kind: 'gone'; readonly why: 'recalled' | 'gone' }
  | { readonly kind: 'unreachable'; readonly error: ChatNetworkError }
  | { readonly kind: 'unknown'; readonly error: ChatNetworkError }
  /** `left`: a request had left; nothing of it was carried out. */
  | { readonly kind: 'cancelled'; readonly left: boolean }
);

/** How often one modify is tried altogether. */
export const maxTries = 5;

/**
 * Calls until the service has carried it out, refuses for good, or the limit is reached. Between two tries the
 * message is read: a blind repetition could wipe out what a colleague wrote meanwhile.
 */
export async function send(sending: Sending): Promise<SendEnd> {
  const { signal, onProgress } = sending;
  let left = false;
  for (let attempt = 1; ; attempt += 1) {
    if (signal?.aborted) return cancelled(left);
    onProgress('sending');
    let verdict: Verdict;
    try {
      await sending.call();
      return { kind: 'done', outcome: { state: 'done' } };
    } catch (error) {
      verdict = verdictOn(error);
    }
    if (isAborted(verdict.error) && verdict.kind === 'unreachable') return cancelled(left);
    left = true;
    if (verdict.kind !== 'later' && verdict.kind !== 'unknown') return finalEnd(verdict);
    const seen = await lookAgain(sending, verdict, attempt);
    const end = endBy(sending.standing(seen), seen, verdict);
    if (end) return end;
    if (signal?.aborted) return cancelled(left);
    if (attempt === maxTries) return exhausted(verdict);
    onProgress('retrying');
  }
}

async function lookAgain(sending: Sending, verdict: Verdict, attempt: number): Promise<Seen> {
  const { timing, signal, onProgress } = sending;
  if (verdict.kind === 'unknown') {
    onProgress('settling');
    return lookAfterDoubt(sending.read, sending.standing, timing);
  }
  onProgress('retrying');
  await timing.sleep(retryDelay(attempt, timing), signal);
  return sending.read();
}

/** Undefined when the message is as it was, so that the call may be repeated. */
function endBy(standing: Standing, seen: Seen, verdict: Unfinal): SendEnd | undefined {
  switch (standing) {
    case 'done':
      return { kind: 'done', outcome: { state: 'done', ...contentOf(seen) } };
    case 'other':
      return { kind: 'changed', error: verdict.error, outcome: { state: 'foreign', ...contentOf(seen) } };
    case 'gone': {
      const why = seen.kind === 'recalled' ? 'recalled' : 'gone';
      return { kind: 'gone', why, outcome: { state: 'foreign', info: why } };
    }
    case 'before':
      return undefined;
    case undefined:
      return verdict.kind === 'unknown'
        ? { kind: 'unknown', error: verdict.error, outcome: { state: 'unknown' } }
        : refused(verdict.error);
  }
}

type Unfinal = Extract<Verdict, { kind: 'later' | 'unknown' }>;

function finalEnd(verdict: Exclude<Verdict, Unfinal>): SendEnd {
  switch (verdict.kind) {
    case 'refused':
      return refused(verdict.error);
    case 'changed':
      return { ...refused(verdict.error), kind: 'changed', error: verdict.error };
    case 'unreachable':
      return { kind: 'unreachable', error: verdict.error, outcome: { state: 'notDone' } };
  }
}

function exhausted(verdict: Unfinal): SendEnd {
  if (verdict.kind === 'later') return refused(verdict.error);
  return { kind: 'unreachable', error: verdict.error, outcome: { state: 'notDone' } };
}

function refused(error: ChatServiceError): SendEnd & { kind: 'refused' } {
  return { kind: 'refused', error, outcome: { state: 'refused', code: error.code, info: error.info } };
}

function cancelled(left: boolean): SendEnd {
  return { kind: 'cancelled', left, outcome: { state: 'notDone' } };
}

function contentOf(seen: Seen): { readBack?: MessageContent } {
  return seen.kind === 'content' ? { readBack: seen.content } : {};
}
