import { chatKey, chatOf, type ChatAddress, type MessageAddress } from './address';

/** What is of one conversation, in its order. */
interface OfChat<T> {
  /** As the first of them has it: of two users either side's. */
  readonly chat: ChatAddress;
  readonly items: readonly T[];
}

/** Puts together what is of one conversation, whichever side it is seen from; in the order of the first of each. */
export function byChat<T extends { readonly address: MessageAddress }>(
  items: readonly T[],
): readonly OfChat<T>[] {
  return byChatOf(items, ({ address }) => chatOf(address));
}

/** As {@link byChat}, of what has no address. */
export function byChatOf<T>(items: readonly T[], chatOfItem: (item: T) => ChatAddress): readonly OfChat<T>[] {
  const chats = new Map<string, { readonly chat: ChatAddress; readonly items: T[] }>();
  for (const item of items) {
    const chat = chatOfItem(item);
    const key = chatKey(chat);
    const known = chats.get(key);
    if (known) known.items.push(item);
    else chats.set(key, { chat, items: [item] });
  }
  return [...chats.values()];
}

/** The shortest time that has all of these, for a reading of history. */
export function windowOf(times: readonly number[]): { readonly minTime: number; readonly maxTime: number } {
  return {
    minTime: times.reduce((one, other) => Math.min(one, other), Infinity),
    maxTime: times.reduce((one, other) => Math.max(one, other), 0),
  };
}
