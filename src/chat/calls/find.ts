import { meaningOf } from '../catalogue';
import { ChatServiceError } from '../errors';
import type { ChatMessage, MessageAddress } from '../model';
import { parseMsgKey } from '../msgKey';
import type { Caller } from '../wire/caller';
import { history } from './history';

export interface FoundMessage {
  readonly message: ChatMessage;
  /** From whose history it was read. */
  readonly viewpoint: 'sender' | 'receiver';
}

/**
 * How far around the key's time is searched, in seconds. In all documented samples the key's third number is the
 * message's `MsgTimeStamp`, so the first look takes that very second. Nothing promises it, hence the second look,
 * which is paid for only by messages that would be called gone otherwise.
 */
const WIDTHS = [0, 60];

/**
 * Looks a message up by its key, from its sender's view first: the two can differ.
 *
 * @returns undefined when neither side shows it
 * @throws RangeError when the key is no MsgKey
 */
export async function findMessage(
  call: Caller,
  address: MessageAddress,
  signal?: AbortSignal,
): Promise<FoundMessage | undefined> {
  const key = parseMsgKey(address.key);
  if (!key) throw new RangeError('not a MsgKey');
  const { from, to } = address;
  const views: { operator: string; peer: string; viewpoint: FoundMessage['viewpoint'] }[] = [
    { operator: from, peer: to, viewpoint: 'sender' },
  ];
  if (from !== to) views.push({ operator: to, peer: from, viewpoint: 'receiver' });
  let refusal: ChatServiceError | undefined;
  for (const width of WIDTHS) {
    const window = { minTime: Math.max(key.time - width, 0), maxTime: key.time + width };
    for (const { operator, peer, viewpoint } of views) {
      try {
        const request = { operator, peer, ...window };
        for await (const { messages } of history(call, request, () => key.time * 1000, signal)) {
          const message = messages.find((m) => m.key === address.key && m.from === from && m.to === to);
          if (message) return { message, viewpoint };
        }
      } catch (error) {
        // Where one of the two is no user (any more), the other one's view may still show the message.
        if (!ChatServiceError.is(error) || meaningOf(error.code) !== 'noSuchUser') throw error;
        refusal ??= error;
      }
    }
    // Nobody to ask on one side at least: a wider window cannot change that.
    if (refusal) throw refusal;
  }
  return undefined;
}
