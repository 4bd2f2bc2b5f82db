import type { ChatClient } from '../chat/client';
import { isAborted, type ChatNetworkError, type ChatServiceError } from '../chat/errors';
import type { MessageAddress } from '../chat/address';
import { isRecalled, type MessageContent } from '../chat/chatMessage';
import { retryDelay, type Timing } from './timing';
import { verdictOn } from './answerVerdict';

/** What reading a message found. */
export type Seen =
  | { readonly kind: 'content'; readonly content: MessageContent }
  | { readonly kind: 'recalled' }
  /** Neither side shows it (any more). */
  | { readonly kind: 'gone' }
  /** For now the service does not answer as it should. */
  | { readonly kind: 'unreadable'; readonly error: ChatServiceError | ChatNetworkError }
  /** The service refuses to show it. */
  | { readonly kind: 'refused'; readonly error: ChatServiceError }
  | { readonly kind: 'unreachable'; readonly error: ChatNetworkError }
  | { readonly kind: 'aborted' };

/** Reading changes nothing, so it may be repeated; a person waits for it, so not for long. */
const tries = 3;

/** Reads a message as the service shows it now, from its sender's side and then its receiver's. */
export async function readMessage(
  client: Pick<ChatClient, 'findMessage'>,
  address: MessageAddress,
  timing: Timing,
  signal?: AbortSignal,
): Promise<Seen> {
  for (let attempt = 1; ; attempt += 1) {
    const seen = await readOnce(client, address, signal);
    if (seen.kind !== 'unreadable' || attempt === tries) return seen;
    await timing.sleep(retryDelay(attempt, timing), signal);
    if (signal?.aborted) return { kind: 'aborted' };
  }
}

async function readOnce(
  client: Pick<ChatClient, 'findMessage'>,
  address: MessageAddress,
  signal?: AbortSignal,
): Promise<Seen> {
  try {
    const found = await client.findMessage(address, signal);
    if (!found) return { kind: 'gone' };
    return isRecalled(found.message)
      ? { kind: 'recalled' }
      : { kind: 'content', content: found.message.content };
  } catch (error) {
    if (isAborted(error)) return { kind: 'aborted' };
    // What is no MsgKey can be the key of no message.
    if (error instanceof RangeError) return { kind: 'gone' };
    const verdict = verdictOn(error);
    switch (verdict.kind) {
      case 'refused':
        return { kind: 'refused', error: verdict.error };
      case 'unreachable':
        return { kind: 'unreachable', error: verdict.error };
      case 'later':
      case 'doubt':
        return { kind: 'unreadable', error: verdict.error };
    }
  }
}
