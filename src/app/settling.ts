import type { Journal } from '../journal/journal';

/** A room, see `Room`. */
interface Loaded<T> {
  load(): Promise<T>;
}

/** Settles what is in doubt, of one connection or of all. */
interface Settles {
  settle(connectionId?: string): Promise<unknown>;
}

/** What settling needs of the rooms; those that settle are loaded only where something is in doubt. */
export interface SettlingRooms {
  readonly journal: Loaded<{
    readonly journal: Pick<Journal, 'unfinished' | 'unfinishedSends' | 'unfinishedImports'>;
  }>;
  readonly modifying: Loaded<{ readonly doubts: Settles }>;
  readonly sending: Loaded<Settles>;
  readonly planning: Loaded<{ readonly plans: { settleImports(connectionId?: string): Promise<unknown> } }>;
}

/**
 * Finds out, at the start and when a connection has its secret back, how changes of messages, sendings and imports ended
 * whose end nobody knows. What keeps the ones from being settled is reported and does not keep the others. Never rejects.
 */
export async function settleDoubts(
  rooms: SettlingRooms,
  report: (error: unknown) => void,
  connectionId?: string,
): Promise<void> {
  const { journal } = await rooms.journal.load().catch((error: unknown) => {
    report(error);
    return { journal: undefined };
  });
  if (!journal) return;
  const changes = async (): Promise<void> => {
    if ((await journal.unfinished({ connectionId })).length > 0)
      await (await rooms.modifying.load()).doubts.settle(connectionId);
  };
  const sends = async (): Promise<void> => {
    if ((await journal.unfinishedSends({ connectionId })).length > 0)
      await (await rooms.sending.load()).settle(connectionId);
  };
  const imports = async (): Promise<void> => {
    if ((await journal.unfinishedImports({ connectionId })).length > 0)
      await (await rooms.planning.load()).plans.settleImports(connectionId);
  };
  await Promise.all([changes().catch(report), sends().catch(report), imports().catch(report)]);
}
