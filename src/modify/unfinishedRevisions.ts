import type { ChatClient } from '../chat/client';
import { refKey } from '../chat/address';
import type { Revision, RevisionConnection } from '../journal/revision';
import { judge, settleBy } from './judgement';
import { lookAfterDoubt, type Standing } from './readBack';
import { refOf, type ModifyRequest } from './modifyRequest';
import type { ModifierParts } from './modifierParts';
import { readMessage, type Seen } from './seenMessage';

/** The client of a connection; undefined when it was removed, or its secret is not at hand. Must not ask anybody. */
export type ClientSource = (connection: RevisionConnection) => Promise<ChatClient | undefined>;

/** A revision that could not be settled now. `busy`: another window is at that message. */
interface LeftRevision {
  readonly revision: Revision;
  readonly why: 'busy' | 'noClient' | 'unreadable';
}

export interface SettleReport {
  readonly settled: readonly Revision[];
  readonly left: readonly LeftRevision[];
}

/** Of which connection, all unless given; what is not settled when the signal is aborted is left. */
export interface SettleOptions {
  readonly connectionId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** So many messages are looked at at once. */
const AT_ONCE = 24;

/** Settles what the journal holds in doubt, message by message. Rejects only when the journal cannot be used. */
export async function settleUnfinished(
  parts: ModifierParts,
  clientFor: ClientSource,
  { connectionId, signal }: SettleOptions = {},
): Promise<SettleReport> {
  const messages = byMessage(await parts.journal.unfinished({ connectionId }));
  const reports: SettleReport[] = [];
  let next = 0;
  // What was not done shows only after some seconds, and a plan that was killed leaves many.
  const settleNext = async (): Promise<void> => {
    for (let at = next++; at < messages.length; at = next++) {
      const revisions = messages[at] ?? [];
      const settled: Revision[] = [];
      const [first] = revisions;
      if (!first) continue;
      const why = signal?.aborted
        ? 'unreadable'
        : await settleMessage(parts, clientFor, first, { settled, signal });
      reports[at] = { settled, left: why ? revisions.map((revision) => ({ revision, why })) : [] };
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, messages.length) }, settleNext));
  const settled = reports.flatMap((report) => report.settled);
  const left = reports.flatMap((report) => report.left);
  return { settled, left };
}

/**
 * Settles what is in doubt about a message that is about to be modified, the first time that it can be read. A
 * window that died a moment ago may have left a request on its way, so this can take as long as the service gives a
 * request.
 *
 * @returns a function that answers true when it settled something
 */
export function settlingOnce(
  parts: ModifierParts,
  { connection, client, address }: Pick<ModifyRequest, 'connection' | 'client' | 'address'>,
): (seen: Seen) => Promise<boolean> {
  let settled = false;
  return async (seen) => {
    if (settled || seen.kind !== 'content') return false;
    settled = true;
    const revisions = await parts.journal.unfinished({ connectionId: connection.id, message: address });
    return (await settleTogether(parts, client, revisions)).length > 0;
  };
}

async function settleMessage(
  parts: ModifierParts,
  clientFor: ClientSource,
  revision: Revision,
  { settled, signal }: { readonly settled: Revision[]; readonly signal: AbortSignal | undefined },
): Promise<LeftRevision['why'] | undefined> {
  const { connection, address } = revision;
  const client = await clientFor(connection).catch(() => undefined);
  if (!client) return 'noClient';
  const taken = await parts.locks.take(refOf(revision), { waitMs: 0 });
  if (taken.kind === 'busy') return 'busy';
  try {
    // Another window may have settled some of them since the list was made.
    const revisions = await parts.journal.unfinished({ connectionId: connection.id, message: address });
    const now = await settleTogether(parts, client, revisions, signal);
    settled.push(...now);
    return now.length < revisions.length ? 'unreadable' : undefined;
  } finally {
    await taken.lock.release();
  }
}

/** Settles revisions of one message, oldest first; its lock is held. */
async function settleTogether(
  parts: ModifierParts,
  client: ChatClient,
  revisions: readonly Revision[],
  signal?: AbortSignal,
): Promise<Revision[]> {
  const newest = revisions.at(-1);
  if (!newest) return [];
  const seen = await lookAfterDoubt(
    () => readMessage(client, newest.address, parts.timing, signal),
    (found) => standingBy(newest, found),
    parts.timing,
    signal,
  );
  return settleBy(parts.journal, revisions, seen);
}

function standingBy(revision: Revision, seen: Seen): Standing {
  const state = judge(revision, seen)?.state;
  if (state === 'notDone') return 'before';
  return state === undefined ? undefined : 'done';
}

function byMessage(revisions: readonly Revision[]): (readonly [Revision, ...Revision[]])[] {
  const groups = new Map<string, [Revision, ...Revision[]]>();
  for (const revision of revisions) {
    const name = refKey(refOf(revision));
    const group = groups.get(name);
    if (group) group.push(revision);
    else groups.set(name, [revision]);
  }
  return [...groups.values()];
}
