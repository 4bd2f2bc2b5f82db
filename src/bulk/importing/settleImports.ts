import type { MessageAddress } from '../../chat/address';
import { ChatNetworkError, ChatServiceError } from '../../chat/errors';
import type { ChatClient } from '../../chat/client';
import type { Journal } from '../../journal/journal';
import type { RevisionEnd } from '../../journal/planRevisions';
import { lookAfterDoubt } from '../../modify/readBack';
import type { Timing } from '../../modify/timing';
import type { Plan, PlanItem } from '../plan';
import { lookForImported } from './sight';

/** What history shows of messages whose import nobody knows the end of. */
type Sight =
  | { readonly kind: 'read'; readonly found: ReadonlyMap<PlanItem, MessageAddress> }
  | { readonly kind: 'unreadable'; readonly error: ChatServiceError | ChatNetworkError };

/** Looks until all of them are there, or the service can no longer be at them. */
export function lookAfterImport(
  client: Pick<ChatClient, 'history'>,
  items: readonly PlanItem[],
  timing: Timing,
): Promise<Sight> {
  return lookAfterDoubt<Sight>(
    async () => {
      try {
        return { kind: 'read', found: await lookForImported(client, items) };
      } catch (error) {
        if (ChatServiceError.is(error) || ChatNetworkError.is(error)) return { kind: 'unreadable', error };
        throw error;
      }
    },
    (sight) => {
      if (sight.kind === 'unreadable') return undefined;
      return sight.found.size < items.length ? 'before' : 'done';
    },
    timing,
  );
}

/**
 * Finds out what became of the messages of an import that a crash or a lost answer left in doubt. Nothing is sent. Only for
 * who holds the plan.
 *
 * @returns the error where history cannot be read, and so nothing is known yet
 */
export async function settleImports(
  plan: Plan,
  { journal, timing }: { readonly journal: Journal; readonly timing: Timing },
  client: Pick<ChatClient, 'history'>,
): Promise<Error | undefined> {
  const open = await journal.unfinishedImports({ connectionId: plan.connection.id, plan: plan.id });
  const doubts = open.flatMap((revision) => {
    const item = plan.items[revision.item ?? -1];
    return item ? [{ revision, item }] : [];
  });
  if (doubts.length === 0) return undefined;
  const sight = await lookAfterImport(
    client,
    doubts.map(({ item }) => item),
    timing,
  );
  if (sight.kind === 'unreadable') return sight.error;
  await journal.settleMany(
    doubts.map(({ revision, item }): RevisionEnd => {
      const address = sight.found.get(item);
      if (!address) return { revision, outcome: { state: 'notDone' } };
      return { revision: { ...revision, address }, outcome: { state: 'done' } };
    }),
  );
  return undefined;
}
