import { groupAddress, type MessageAddress } from '../../chat/address';
import { ChatServiceError, isAborted, type ChatNetworkError } from '../../chat/errors';
import { parseMsgKey } from '../../chat/msgKey';
import type { RevisionOutcome } from '../../journal/revision';
import { verdictOn } from '../../modify/answerVerdict';
import type { Timing } from '../../modify/timing';
import type { PlanItem } from '../plan';
import { importCalls } from '../planGates';
import type { PlanRunOptions } from '../runOptions';
import type { Stopping } from '../stopping';
import { lookAfterImport } from './settleImports';

/** What importing works with. */
export interface ImportParts extends Pick<PlanRunOptions, 'client' | 'gates'> {
  readonly stopping: Stopping;
  readonly timing: Timing;
}

/** How the import of one message ended, for the journal. `address`: where it is, if it is there. */
export interface ImportEnd {
  readonly outcome: RevisionOutcome;
  readonly address?: MessageAddress;
}

/** `import_group_msg` takes so many (269/1635). */
export const GROUP_MOST = 7;
/** So often the same is imported when it was not found after an answer that was lost. */
const TRIES = 5;

const done: RevisionOutcome = { state: 'done' };
const notDone: RevisionOutcome = { state: 'notDone' };

/**
 * Imports messages of one conversation in one call: one of two users, or up to seven of a group. What may be there is
 * looked for before it is imported again, and of a group nothing later goes before it is known.
 */
export async function importTogether(
  items: readonly PlanItem[],
  parts: ImportParts,
): Promise<ReadonlyMap<PlanItem, ImportEnd>> {
  const ends = new Map<PlanItem, ImportEnd>();
  for (let round = 1, left = items; left.length > 0;) {
    const answer: Answer = (await turn(left, parts))
      ? await answerTo(left, parts)
      : { kind: 'ends', ends: allOf(left, { outcome: notDone }) };
    switch (answer.kind) {
      case 'later':
        continue;
      case 'ends': {
        for (const [item, end] of answer.ends) ends.set(item, end);
        const refused = left.filter((item) => ends.get(item)?.outcome.state === 'refused');
        // What is refused now may be there since a call before, whose answer was lost.
        if (round > 1 && refused.length > 0) await takeThoseThere(refused, ends, parts);
        return ends;
      }
      case 'doubt':
        left = await afterDoubt(left, answer.error, { ends, parts, isLast: round === TRIES });
        round += 1;
    }
  }
  return ends;
}

type Ends = readonly (readonly [PlanItem, ImportEnd])[];

type Answer =
  | { readonly kind: 'ends'; readonly ends: Ends }
  /** Nothing was done for now. */
  | { readonly kind: 'later' }
  | { readonly kind: 'doubt'; readonly error: ChatServiceError | ChatNetworkError };

/** Waits for its turn. False when nothing is to leave any more. */
async function turn([first]: readonly PlanItem[], { gates, stopping }: ImportParts): Promise<boolean> {
  if (!first || !(await stopping.clear())) return false;
  const may = await gates[first.address.chat].import.pass(stopping.signal);
  return may && !stopping.stopped;
}

async function answerTo(items: readonly PlanItem[], parts: ImportParts): Promise<Answer> {
  const { stopping, timing, gates } = parts;
  const left = timing.steady();
  try {
    const ends = await call(items, parts).finally(() =>
      gates[items[0]?.address.chat ?? 'c2c'].import.took?.(timing.steady() - left),
    );
    const [[, { outcome }] = [undefined, { outcome: done }]] = ends;
    if (ends.some(([, end]) => end.outcome.state === 'done')) stopping.wasDone();
    else stopping.wasNotDone(new ChatServiceError(importCalls.group, outcome.code ?? 0, ''));
    return { kind: 'ends', ends };
  } catch (failure) {
    const verdict = verdictOn(failure);
    switch (verdict.kind) {
      case 'refused': {
        const { code, info } = verdict.error;
        const all = stopping.wasNotDone(verdict.error);
        const outcome: RevisionOutcome = { state: all ? 'notDone' : 'refused', code, info };
        return { kind: 'ends', ends: allOf(items, { outcome }) };
      }
      case 'later':
        stopping.backOff();
        return { kind: 'later' };
      case 'unreachable':
        if (!isAborted(verdict.error)) stopping.wasUnreadable(verdict.error);
        return { kind: 'ends', ends: allOf(items, { outcome: notDone }) };
      case 'doubt':
        return { kind: 'doubt', error: verdict.error };
    }
  }
}

async function call(items: readonly PlanItem[], { client }: ImportParts): Promise<Ends> {
  const [first] = items;
  if (first?.address.chat !== 'group') {
    for (const item of items) await client.importMessage(importedOf(item));
    return allOf(items, { outcome: done });
  }
  const { group, topic } = first.address;
  const messages = items.map(({ content: { msgBody = '[]', cloudCustomData }, source }) => ({
    ...{ from: source?.from ?? '', time: source?.time ?? 0, random: source?.random ?? 0, msgBody },
    ...(cloudCustomData !== undefined && { cloudCustomData }),
  }));
  let ends: Ends = [];
  await client.importGroupMessages({ group, ...(topic !== undefined && { topic }), messages }, (results) => {
    ends = items.map((item, place) => {
      const { code = 0, seq = 0 } = results[place] ?? {};
      if (code !== 0) return [item, { outcome: { state: 'refused', code } }];
      return [item, { outcome: done, ...(seq > 0 && { address: groupAddress(group, seq, topic) }) }];
    });
  });
  return ends;
}

function importedOf({ address, content: { msgBody = '[]', cloudCustomData } }: PlanItem) {
  const key = address.chat === 'c2c' ? parseMsgKey(address.key) : undefined;
  if (address.chat !== 'c2c' || !key) throw new RangeError('no message of two users');
  const { from, to } = address;
  return { from, to, ...key, msgBody, ...(cloudCustomData !== undefined && { cloudCustomData }) };
}

/** Nobody knows whether they are there, so one looks. @returns those that are not, and are to be imported again */
async function afterDoubt(
  items: readonly PlanItem[],
  error: ChatServiceError | ChatNetworkError,
  { ends, parts, isLast }: { ends: Map<PlanItem, ImportEnd>; parts: ImportParts; isLast: boolean },
): Promise<readonly PlanItem[]> {
  const { client, stopping, timing } = parts;
  const isOfGroup = items[0]?.address.chat === 'group';
  const sight = await lookAfterImport(client, items, timing);
  const code = ChatServiceError.is(error) ? { code: error.code, info: error.info } : {};
  const endThem = (some: readonly PlanItem[], state: RevisionOutcome['state']): readonly PlanItem[] => {
    for (const item of some) ends.set(item, { outcome: { state, ...code } });
    return [];
  };
  if (sight.kind === 'unreadable') {
    if (stopping.wasUnreadable(sight.error)) return endThem(items, 'unknown');
    // What comes later would keep a group from ever taking these.
    if (isOfGroup) stopping.stop('network', sight.error);
    else stopping.wasNotDone(error);
    return endThem(items, 'unknown');
  }
  for (const [item, address] of sight.found) ends.set(item, { outcome: done, address });
  if (sight.found.size > 0) stopping.wasDone();
  const left = items.filter((item) => !sight.found.has(item));
  if (left.length === 0) return left;
  stopping.wasNotDone(error);
  if (isLast && isOfGroup) stopping.stop('network', error);
  if (stopping.stopped) return endThem(left, 'notDone');
  if (!isLast) return left;
  return endThem(left, ChatServiceError.is(error) ? 'refused' : 'notDone');
}

/** Those of the refused ones that history has are done. */
async function takeThoseThere(
  items: readonly PlanItem[],
  ends: Map<PlanItem, ImportEnd>,
  { client, timing }: ImportParts,
): Promise<void> {
  const sight = await lookAfterImport(client, items, timing);
  if (sight.kind === 'read')
    for (const [item, address] of sight.found) ends.set(item, { outcome: done, address });
  else
    for (const item of items) ends.set(item, { outcome: { ...ends.get(item)?.outcome, state: 'unknown' } });
}

function allOf(items: readonly PlanItem[], end: ImportEnd): Ends {
  return items.map((item) => [item, end]);
}
