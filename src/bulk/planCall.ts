import type { ChatClient } from '../chat/client';
import type { MessageAddress } from '../chat/address';
import { ChatServiceError, isAborted } from '../chat/errors';
import { sameContent } from '../message/changes';
import type { RevisionOutcome } from '../journal/revision';
import { verdictOn } from '../modify/answerVerdict';
import { lookAfterDoubt, standingOfModify, type Attempt } from '../modify/readBack';
import { readMessage, type Seen } from '../modify/seenMessage';
import type { Timing } from '../modify/timing';
import { ageOf, type Reading } from './pageReading';
import type { PlanGates } from './planGates';
import type { Stopping } from './stopping';

/** No call leaves on a reading that is older, so that none arrives on one older than two seconds. */
const FRESH_MS = 1_500;

/** One call of a plan that may leave as soon as it is its turn. */
export interface PlannedCall {
  readonly client: ChatClient;
  readonly address: MessageAddress;
  /** What is overwritten with what; both are in the journal. */
  readonly attempt: Attempt & { readonly before: NonNullable<Attempt['before']> };
  /** The last reading of the message, whoever made it. */
  readonly reading: () => Reading;
  /** Reads the message again, so that this is its last reading or one that began later is. */
  readonly readAgain: () => Promise<void>;
  readonly gates: PlanGates;
  readonly timing: Timing;
  readonly stopping: Stopping;
  /** Told once, when it waits for its turn no longer; with the age of the reading when it was its turn. */
  readonly onTurn: (ageMs?: number) => void;
}

/** How a call ended, for the journal; `again`: nothing was done, and a later try may do it. */
export interface CallEnd {
  readonly outcome: RevisionOutcome;
  readonly again: boolean;
}

/** Waits for its turn, sees that the message is still what was read, calls once, and finds out what became of it. */
export async function carryOutCall(call: PlannedCall): Promise<CallEnd> {
  const { stopping, attempt, address, client, gates, timing } = call;
  const kept = await turn(call);
  if (kept) return kept;
  const left = timing.steady();
  try {
    await client.modifyMessage(address, attempt.sent);
  } catch (error) {
    return await judged(error, call);
  } finally {
    gates[address.chat].modify.took?.(timing.steady() - left);
  }
  stopping.wasDone();
  return { outcome: { state: 'done' }, again: false };
}

/** Waits for its turn. @returns why the call is not made */
async function turn(call: PlannedCall): Promise<CallEnd | undefined> {
  const { gates, stopping, timing, address, reading, readAgain, onTurn } = call;
  let age: number | undefined;
  try {
    for (;;) {
      const isFresh = (): boolean =>
        ageOf(reading().at, timing) <= FRESH_MS && changedSince(reading().seen, call) === undefined;
      if (!(await stopping.clear())) return notSent;
      // A reading that became too old while it waited costs nobody's turn.
      const may = await gates[address.chat].modify.pass(stopping.signal, isFresh);
      if (stopping.stopped) return notSent;
      age ??= ageOf(reading().at, timing);
      const changed = changedSince(reading().seen, call);
      if (changed) return changed;
      if (may && isFresh()) return undefined;
      await readAgain();
    }
  } finally {
    onTurn(age);
  }
}

/** Nothing left this machine. */
const notSent: CallEnd = { outcome: { state: 'notDone' }, again: true };

/** What a second reading says before anything was sent; undefined when the message is what it was. */
function changedSince(seen: Seen, { attempt, stopping }: PlannedCall): CallEnd | undefined {
  switch (seen.kind) {
    case 'content':
      if (sameContent(seen.content, attempt.before)) return undefined;
      return { outcome: { state: 'foreign', readBack: seen.content }, again: false };
    case 'recalled':
    case 'gone':
      return { outcome: { state: 'foreign', info: seen.kind }, again: false };
    case 'unreachable':
    case 'unreadable':
      stopping.wasUnreadable(seen.error);
      return notSent;
    case 'refused':
    case 'aborted':
      return notSent;
  }
}

async function judged(error: unknown, call: PlannedCall): Promise<CallEnd> {
  const { stopping } = call;
  const verdict = verdictOn(error);
  switch (verdict.kind) {
    case 'refused': {
      const { code, info } = verdict.error;
      const all = stopping.wasNotDone(verdict.error);
      return { outcome: { state: all ? 'notDone' : 'refused', code, info }, again: all };
    }
    case 'later': {
      const { code, info } = verdict.error;
      stopping.backOff();
      return { outcome: { state: 'notDone', code, info }, again: true };
    }
    case 'unreachable':
      if (!isAborted(verdict.error)) stopping.wasUnreadable(verdict.error);
      return notSent;
    case 'doubt':
      return found(verdict.error, call);
  }
}

/** Nobody knows whether it was carried out, so one looks. */
async function found(
  error: Extract<ReturnType<typeof verdictOn>, { kind: 'doubt' }>['error'],
  call: PlannedCall,
) {
  const { client, address, attempt, timing, stopping } = call;
  const seen = await lookAfterDoubt(
    () => readMessage(client, address, timing),
    (one) => standingOfModify(one, attempt),
    timing,
  );
  const end = foundEnd(seen, error, attempt);
  if (end.outcome.state === 'done') stopping.wasDone();
  else if ((seen.kind !== 'unreachable' && seen.kind !== 'unreadable') || !stopping.wasUnreadable(seen.error))
    stopping.wasNotDone(error);
  return end;
}

function foundEnd(seen: Seen, error: Error, attempt: Attempt): CallEnd {
  const code = ChatServiceError.is(error) ? { code: error.code, info: error.info } : {};
  switch (standingOfModify(seen, attempt)) {
    case 'done':
      return { outcome: { state: 'done', ...readBackIn(seen) }, again: false };
    case 'other':
      return { outcome: { state: 'foreign', ...readBackIn(seen) }, again: false };
    case 'gone':
      return {
        outcome: { state: 'foreign', info: seen.kind === 'recalled' ? 'recalled' : 'gone' },
        again: false,
      };
    case 'before':
      return { outcome: { state: 'notDone', ...code }, again: true };
    case undefined:
      return { outcome: { state: 'unknown', ...code }, again: false };
  }
}

function readBackIn(seen: Seen): Pick<RevisionOutcome, 'readBack'> {
  return seen.kind === 'content' ? { readBack: seen.content } : {};
}
