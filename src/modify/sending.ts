import { ChatServiceError, isAborted, type ChatNetworkError } from '../chat/errors';
import { lookAfterDoubt, type Standing } from './readBack';
import type { ModifyStep } from './modifyRequest';
import { retryDelay, type Timing } from './timing';
import { verdictOn, type Verdict } from './answerVerdict';

/** A call that changes something on the service, and how to see what became of it. */
export interface Sending<Seen> {
  call(): Promise<void>;
  /** Looks at what the call is to change; never cancelled, never rejects. */
  read(): Promise<Seen>;
  standing(seen: Seen): Standing;
  readonly timing: Timing;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (step: ModifyStep) => void;
}

/** How sending ended. `seen` is what showed it, where one had to look. */
export type SendEnd<Seen> =
  | { readonly kind: 'done'; readonly seen?: Seen }
  | { readonly kind: 'refused'; readonly error: ChatServiceError }
  /** Somebody else changed it; nothing of ours is there. */
  | { readonly kind: 'changed'; readonly error: ChatServiceError | ChatNetworkError; readonly seen: Seen }
  | { readonly kind: 'gone'; readonly seen: Seen }
  | { readonly kind: 'unreachable'; readonly error: ChatNetworkError }
  | { readonly kind: 'unknown'; readonly error: ChatServiceError | ChatNetworkError }
  /** `left`: a request had left; nothing of it was carried out. */
  | { readonly kind: 'cancelled'; readonly left: boolean };

/** How often one call is tried altogether. */
export const maxTries = 5;
/** How often it may be in doubt: each time the service gets the time that it gives a request, before one looks. */
const maxDoubts = 3;

/**
 * Calls until the service has carried it out, refuses for good, or the limit is reached. Between two tries one looks:
 * a blind repetition could wipe out what a colleague wrote meanwhile, and what is in doubt may have been done.
 */
export async function send<Seen>(sending: Sending<Seen>): Promise<SendEnd<Seen>> {
  const { signal, onProgress } = sending;
  let left = false;
  let doubts = 0;
  for (let attempt = 1; ; attempt += 1) {
    if (signal?.aborted) return { kind: 'cancelled', left };
    onProgress('sending');
    let verdict: Verdict;
    try {
      await sending.call();
      return { kind: 'done' };
    } catch (error) {
      verdict = verdictOn(error);
    }
    if (isAborted(verdict.error) && verdict.kind === 'unreachable') return { kind: 'cancelled', left };
    left = true;
    if (verdict.kind !== 'later' && verdict.kind !== 'doubt') return verdict;
    if (verdict.kind === 'doubt') doubts += 1;
    const seen = await lookAgain(sending, verdict, attempt);
    const end = endBy(sending.standing(seen), seen, verdict);
    if (end) return end;
    if (signal?.aborted) return { kind: 'cancelled', left };
    if (attempt === maxTries || doubts === maxDoubts) return exhausted(verdict);
    onProgress('retrying');
  }
}

type Unfinal = Extract<Verdict, { kind: 'later' | 'doubt' }>;

async function lookAgain<Seen>(sending: Sending<Seen>, verdict: Unfinal, attempt: number): Promise<Seen> {
  const { timing, signal, onProgress } = sending;
  if (verdict.kind === 'doubt') {
    onProgress('settling');
    return lookAfterDoubt(sending.read, sending.standing, timing);
  }
  onProgress('retrying');
  await timing.sleep(retryDelay(attempt, timing), signal);
  return sending.read();
}

/** Undefined when it is as it was, so that the call may be repeated. */
function endBy<Seen>(standing: Standing, seen: Seen, { kind, error }: Unfinal): SendEnd<Seen> | undefined {
  switch (standing) {
    case 'done':
      return { kind: 'done', seen };
    case 'other':
      return { kind: 'changed', error, seen };
    case 'gone':
      return { kind: 'gone', seen };
    case 'before':
      return undefined;
    case undefined:
      return kind === 'doubt' ? { kind: 'unknown', error } : { kind: 'refused', error };
  }
}

/** It is as it was, and trying again did not help. */
function exhausted({ error }: Unfinal): SendEnd<never> {
  return ChatServiceError.is(error) ? { kind: 'refused', error } : { kind: 'unreachable', error };
}
