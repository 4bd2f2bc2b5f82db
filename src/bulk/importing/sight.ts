import { sidesOf, type ChatAddress, type MessageAddress } from '../../chat/address';
import { byChat, windowOf } from '../../chat/byChat';
import { means } from '../../chat/catalogue';
import type { ChatMessage } from '../../chat/chatMessage';
import type { ChatClient } from '../../chat/client';
import type { PlanItem } from '../plan';

/**
 * Which of these messages history has, from whichever side it shows them, and where. What has the wanted MsgKey is the
 * message: the service would not take another one with it (269/2568). In a group sender, time and Random say it.
 *
 * @throws the error of a reading
 */
export async function lookForImported(
  client: Pick<ChatClient, 'history'>,
  items: readonly PlanItem[],
): Promise<ReadonlyMap<PlanItem, MessageAddress>> {
  const found = new Map<PlanItem, MessageAddress>();
  for (const { items: own } of byChat(items)) {
    const [first] = own;
    const wanted = new Map(own.map((item) => [nameOf(item), item]));
    for (const side of first ? sidesOf(first.address) : []) {
      if (wanted.size === 0) break;
      await lookAt(client, side, wanted, found);
    }
  }
  return found;
}

/** Takes those that one side shows from the wanted ones to the found ones. */
async function lookAt(
  client: Pick<ChatClient, 'history'>,
  chat: ChatAddress,
  wanted: Map<string, PlanItem>,
  found: Map<PlanItem, MessageAddress>,
): Promise<void> {
  const window = windowOf([...wanted.values()].map(({ source }) => source?.time ?? 0));
  try {
    for await (const { messages } of client.history({ chat, ...window }))
      for (const message of messages) {
        const name = nameOfMessage(message);
        const item = wanted.get(name);
        if (!item) continue;
        found.set(item, message.address);
        wanted.delete(name);
      }
  } catch (error) {
    // One of two is no user (any more): there is nothing on that side, and the other one may still show it.
    if (chat.chat === 'group' || !means(error, 'noSuchUser')) throw error;
  }
}

function nameOf({ address, source }: PlanItem): string {
  return address.chat === 'c2c' ? address.key : JSON.stringify([source?.from, source?.time, source?.random]);
}

function nameOfMessage({ address, sender, time, random }: ChatMessage): string {
  return address.chat === 'c2c' ? address.key : JSON.stringify([sender, time, random]);
}
