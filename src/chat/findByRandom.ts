import type { ChatMessage } from './chatMessage';
import type { ChatClient } from './client';
import { means } from './catalogue';
import type { ChatServiceError } from './errors';

/** Seconds around a client's time that are looked through: clocks of phones are right mostly, and rarely minutes off. */
const WIDTHS = [60, 1800];
/** Pages of one side's window at most. */
const PAGES = 50;

/** What is known of a message of two users whose MsgKey is not known. */
export interface RandomWanted {
  readonly from: string;
  readonly to: string;
  readonly random: number;
  /** Unix seconds, by the sender's clock. */
  readonly time: number;
}

/**
 * Looks for the messages between two users, in either direction, that have a `MsgRandom`, around a time: first near it,
 * then further off, in what the sender sees and in what the receiver sees.
 *
 * @returns those found, of the nearest time that has any: a random is nearly always one message's alone
 * @throws ChatError as `history` does; a side that is no user is passed over unless both are none
 */
export async function findByRandom(
  client: Pick<ChatClient, 'history'>,
  wanted: RandomWanted,
  signal?: AbortSignal,
): Promise<ChatMessage[]> {
  let refusal: ChatServiceError | undefined;
  const sides = [
    { user: wanted.from, peer: wanted.to },
    { user: wanted.to, peer: wanted.from },
  ].slice(0, wanted.from === wanted.to ? 1 : 2);
  for (const width of WIDTHS) {
    for (const side of sides) {
      try {
        const found = await findOn(client, side, wanted, width, signal);
        if (found.length > 0) return found;
      } catch (error) {
        if (!means(error, 'noSuchUser')) throw error;
        refusal ??= error;
      }
    }
    if (refusal) throw refusal;
  }
  return [];
}

async function findOn(
  client: Pick<ChatClient, 'history'>,
  side: { readonly user: string; readonly peer: string },
  { random, time }: RandomWanted,
  width: number,
  signal: AbortSignal | undefined,
): Promise<ChatMessage[]> {
  const found: ChatMessage[] = [];
  let pages = 0;
  const window = { minTime: Math.max(time - width, 0), maxTime: time + width };
  for await (const page of client.history({ chat: { chat: 'c2c', ...side }, ...window }, signal)) {
    found.push(...page.messages.filter((message) => message.random === random));
    pages += 1;
    if (page.complete || pages === PAGES) break;
  }
  return found;
}
