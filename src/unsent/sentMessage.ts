import { sideKey, sidesOf, type ChatAddress, type MessageAddress } from '../chat/address';
import type { ChatMessage } from '../chat/chatMessage';
import type { ChatClient } from '../chat/client';
import { ChatNetworkError, ChatServiceError } from '../chat/errors';
import { sleep } from '../chat/wire/sleep';
import type { Outgoing } from '../outgoing/outgoing';

/** Looks for a message that was sent, and the time between two. */
const LOOKS = 4;
const LOOK_MS = 500;

/** What goes to those who are online only is in no history (269/2282). */
export function isStored({ members }: Outgoing): boolean {
  return members.get('OnlineOnlyFlag') !== '1';
}

/** The message as history shows it, which may be a moment late; undefined where it does not, or cannot be read. */
export async function messageInHistory(
  client: ChatClient,
  address: MessageAddress,
  signal: AbortSignal,
): Promise<ChatMessage | undefined> {
  for (let round = 0; round < LOOKS && !signal.aborted; round += 1) {
    if (round > 0) await sleep(LOOK_MS, signal);
    try {
      const seen = await client.findMessage(address, signal);
      if (seen) return seen.message;
    } catch (error) {
      // It was sent, and its own editor says what keeps it from being read.
      if (ChatServiceError.is(error) || ChatNetworkError.is(error)) return undefined;
      throw error;
    }
  }
  return undefined;
}

/** The conversations of some messages, each once. */
export function chatsOf(addresses: readonly MessageAddress[]): ChatAddress[] {
  const chats = addresses
    .flatMap((address) => sidesOf(address))
    .map((chat) => [sideKey(chat), chat] as const);
  return [...new Map(chats).values()];
}

/** The conversations that show a message: with `SyncOtherMachine` 2 the sender's own does not (trtc.io/34919). */
export function chatsThatHave({ address, sender }: ChatMessage, { members }: Outgoing): ChatAddress[] {
  const isOneSided = members.get('SyncOtherMachine') === '2';
  return chatsOf([address]).filter((chat) => !isOneSided || chat.chat === 'group' || chat.user !== sender);
}
