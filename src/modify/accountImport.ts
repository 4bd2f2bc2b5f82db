import type { ChatClient } from '../chat/client';
import type { ChatNetworkError, ChatServiceError } from '../chat/errors';
import type { Standing } from './readBack';
import { send, type SendEnd } from './sending';
import { nodeTiming, type Timing } from './timing';
import { verdictOn } from './answerVerdict';

/** What became of an import of accounts. `failed` are those that the service would not take. */
export type ImportOutcome =
  | { readonly kind: 'done'; readonly failed: readonly string[] }
  | { readonly kind: 'refused'; readonly error: ChatServiceError }
  | { readonly kind: 'unreachable'; readonly error: ChatNetworkError }
  /** Nobody can tell whether the accounts are there. */
  | { readonly kind: 'unknown'; readonly error: ChatServiceError | ChatNetworkError }
  | { readonly kind: 'cancelled' };

/**
 * Imports accounts and finds out how it ended: after an answer that does not tell, the accounts are looked for. To
 * import one again that is there already changes nothing about it (269/1608).
 *
 * @throws what the client refuses to write with, see `ChatClient.demand`
 */
export async function importAccounts(
  client: ChatClient,
  userIds: readonly string[],
  options: { readonly signal?: AbortSignal; readonly timing?: Timing } = {},
): Promise<ImportOutcome> {
  const { signal, timing = nodeTiming } = options;
  let failed: readonly string[] = [];
  const end = await send<boolean | undefined>({
    call: async () => {
      const [only] = userIds;
      if (only !== undefined && userIds.length === 1) await client.accountImport({ userId: only }, signal);
      else
        failed = await client.multiImport(
          userIds.map((userId) => ({ userId })),
          signal,
        );
    },
    read: () => areThere(client, userIds),
    standing,
    timing,
    signal,
    onProgress: () => undefined,
  });
  return outcomeOf(end, failed);
}

/** Undefined when it cannot be told. */
async function areThere(client: ChatClient, userIds: readonly string[]): Promise<boolean | undefined> {
  try {
    return (await client.accountCheck(userIds)).every(({ imported }) => imported);
  } catch (error) {
    verdictOn(error);
    return undefined;
  }
}

function standing(there: boolean | undefined): Standing {
  if (there === undefined) return undefined;
  return there ? 'done' : 'before';
}

function outcomeOf(end: SendEnd<boolean | undefined>, failed: readonly string[]): ImportOutcome {
  switch (end.kind) {
    case 'done':
      return { kind: 'done', failed };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'changed':
    case 'gone':
      throw new Error('An account is there or it is not.');
    case 'refused':
    case 'unreachable':
    case 'unknown':
      return end;
  }
}
