import { means } from '../chat/catalogue';
import { c2cAddress, sidesOf, type ChatAddress, type MessageAddress } from '../chat/address';
import type { ChatMessage } from '../chat/chatMessage';
import type { ChatClient } from '../chat/client';
import { ChatNetworkError, ChatServiceError } from '../chat/errors';
import { formatMsgKey } from '../chat/msgKey';
import type { Attempt } from './attempt';

/** What history shows of a message that may have been sent. */
export type Sight =
  | {
      readonly kind: 'read';
      /** By receiver who has it; of a group's message one, under an empty name. */
      readonly found: ReadonlyMap<string, MessageAddress>;
      /** What is not there was not sent. */
      readonly conclusive: boolean;
    }
  | { readonly kind: 'unreadable'; readonly error: ChatServiceError | ChatNetworkError };

/** Clocks differ: so many seconds before it left are looked through too. */
const EARLIER = 600;
/** Pages of one conversation at most. */
const PAGES = 50;
/** Conversations that are looked at at once. */
const AT_ONCE = 8;

/** Looks a message up where it would be: of two users from both sides, in a group by its Random and sender. Never rejects. */
export async function lookFor(client: ChatClient, attempt: Attempt): Promise<Sight> {
  const found = new Map<string, MessageAddress>();
  let failure: ChatServiceError | ChatNetworkError | undefined;
  const orFailure = async <T>(read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!ChatServiceError.is(error) && !ChatNetworkError.is(error)) throw error;
      failure ??= error;
      return undefined;
    }
  };
  const look = async (receiver: string): Promise<void> => {
    const address = await orFailure(() => find(client, attempt, receiver));
    if (address) found.set(receiver, address);
  };
  let conclusive = attempt.shows === 'always';
  const receivers = attempt.place ? [''] : [...attempt.to];
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, receivers.length) }, async () => {
      for (let next = receivers.shift(); next !== undefined; next = receivers.shift()) await look(next);
    }),
  );
  if (!failure && attempt.place && conclusive && found.size === 0) {
    const { group } = attempt.place;
    const infos = await orFailure(() => client.groupInfos([group]));
    // An audio-video room keeps no history.
    conclusive = infos?.[0]?.group?.type !== 'AVChatRoom';
  }
  return failure ? { kind: 'unreadable', error: failure } : { kind: 'read', found, conclusive };
}

async function find(
  client: ChatClient,
  attempt: Attempt,
  receiver: string,
): Promise<MessageAddress | undefined> {
  const { from, place, seq, random, time } = attempt;
  if (place) {
    const isIt = (message: ChatMessage): boolean => message.random === random && message.sender === from;
    return findIn(client, place, attempt, isIt);
  }
  const key = formatMsgKey({ seq, random, time: time ?? 0 });
  for (const side of sidesOf(c2cAddress(from, receiver, key))) {
    try {
      const isIt = (message: ChatMessage): boolean =>
        message.seq === seq && message.random === random && message.sender === from;
      const address = await findIn(client, side, attempt, isIt);
      if (address) return address;
    } catch (error) {
      // One of the two is no user (any more): there is nothing on that side, and the other one may still show it.
      if (!means(error, 'noSuchUser')) throw error;
    }
  }
  return undefined;
}

async function findIn(
  client: ChatClient,
  chat: ChatAddress,
  { since, time }: Attempt,
  isIt: (message: ChatMessage) => boolean,
): Promise<MessageAddress | undefined> {
  const minTime = (time ?? since + Math.floor((client.clockOffsetMs ?? 0) / 1000)) - EARLIER;
  const window = { minTime: Math.max(minTime, 0), ...(time !== undefined && { maxTime: time + 1 }) };
  let pages = 0;
  for await (const { messages, complete } of client.history({ chat, ...window })) {
    const message = messages.find(isIt);
    if (message) return message.address;
    pages += 1;
    if (complete) return undefined;
    if (pages === PAGES)
      throw new ChatNetworkError({ reason: 'tooManyPages', command: 'history', outcomeUnknown: false });
  }
  return undefined;
}
