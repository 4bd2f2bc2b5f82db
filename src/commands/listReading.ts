import type { ReadingGates } from '../bulk/planGates';
import { readMany } from '../bulk/pageReading';
import { addressKey } from '../chat/address';
import { isRecalled, RECALLED_FLAG } from '../chat/chatMessage';
import type { ChatClient } from '../chat/client';
import type { ListedMessage } from '../lists/formatList';
import { nodeTiming } from '../modify/timing';

/** A person waits for it: it takes no turn behind plans. */
const open = { pass: (signal?: AbortSignal) => Promise.resolve(signal?.aborted !== true) };
const gates: ReadingGates = { c2c: { read: open }, group: { read: open } };

/**
 * What the service shows now of some messages, those that it shows no more left out.
 *
 * @param known the messages, with what is known of them beside their content
 * @throws ChatServiceError or ChatNetworkError for what kept them from being read
 */
export async function readListed(
  client: ChatClient,
  known: readonly ListedMessage[],
  signal: AbortSignal,
): Promise<ListedMessage[]> {
  const found = await readMany(
    { client, timing: nodeTiming, gates, signal },
    known.map(({ address }) => address),
  );
  signal.throwIfAborted();
  return known.flatMap((message): ListedMessage[] => {
    const seen = found.get(addressKey(message.address))?.seen;
    switch (seen?.kind) {
      case 'content':
        return [{ ...message, content: seen.content }];
      case 'recalled':
        return [isRecalled(message) ? message : { ...message, flags: message.flags + RECALLED_FLAG }];
      case 'unreadable':
      case 'unreachable':
        throw seen.error;
      default:
        return [];
    }
  });
}
