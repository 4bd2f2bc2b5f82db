import { means } from '../catalogue';
import { sameAddress, sidesOf, type C2cAddress, type C2cChat } from '../address';
import type { ChatServiceError } from '../errors';
import { ChatNetworkError } from '../errors';
import type { ChatMessage, MessageContent } from '../chatMessage';
import { parseMsgKey } from '../msgKey';
import type { Caller } from '../wire/caller';
import { malformed } from '../wire/answer';
import { HISTORY } from '../wire/historyAnswer';
import { c2cHistory } from './c2cHistory';
import type { FoundMessage } from './chats';

/**
 * How far around the key's time is searched, in seconds. In all documented samples the key's third number is the
 * message's `MsgTimeStamp`, so the first look takes that very second. Nothing promises it, hence the second look,
 * which is paid for only by messages that would be called gone otherwise.
 */
const WIDTHS = [0, 60];

/**
 * Pages read of one side's window at most. Pages are cut at about 13 KB, so these hold at least 200 messages, and small
 * ones by the thousand: people do not write that much in two minutes.
 */
const PAGES = 200;

/** Characters of contents read for one message at most, over all looks: a server of any kind may make its pages long. */
const CONTENTS = 8 * 1024 * 1024;

/**
 * Looks a message up by its key, from its sender's view first: the two can differ.
 *
 * @returns undefined when neither side shows it
 * @throws RangeError when the key is no MsgKey; ChatNetworkError `tooManyPages` when a side's window does not end,
 * `malformed` when the message is there and cannot be read
 */
export async function findC2cMessage(
  call: Caller,
  address: C2cAddress,
  signal?: AbortSignal,
): Promise<FoundMessage | undefined> {
  const key = parseMsgKey(address.key);
  if (!key) throw new RangeError('not a MsgKey');
  let refusal: ChatServiceError | undefined;
  const left = { contents: CONTENTS };
  for (const width of WIDTHS) {
    const window = { minTime: Math.max(key.time - width, 0), maxTime: key.time + width };
    for (const chat of sidesOf(address)) {
      try {
        const message = await findIn(call, { chat, ...window }, address, left, signal);
        if (message) return { message, viewpoint: chat.user === address.from ? 'sender' : 'receiver' };
      } catch (error) {
        // Where one of the two is no user (any more), the other one's view may still show the message.
        if (!means(error, 'noSuchUser')) throw error;
        refusal ??= error;
      }
    }
    // Nobody to ask on one side at least: a wider window cannot change that.
    if (refusal) throw refusal;
  }
  return undefined;
}

async function findIn(
  call: Caller,
  request: { readonly chat: C2cChat; readonly minTime: number; readonly maxTime: number },
  address: C2cAddress,
  left: { contents: number },
  signal: AbortSignal | undefined,
): Promise<ChatMessage | undefined> {
  let pages = 0;
  for await (const { messages, unreadable, complete } of c2cHistory(
    call,
    request,
    () => request.maxTime * 1000,
    signal,
  )) {
    const message = messages.find((candidate) => sameAddress(candidate.address, address));
    if (message) return message;
    const odd = unreadable.find(({ key }) => key === address.key);
    if (odd) throw malformed(HISTORY, `${odd.member} of the message: ${odd.problem}`);
    if (complete) return undefined;
    pages += 1;
    for (const { content } of messages) left.contents -= lengthOf(content);
    for (const { raw } of unreadable) left.contents -= raw.length;
    if (pages === PAGES || left.contents < 0)
      throw new ChatNetworkError({ reason: 'tooManyPages', command: HISTORY, outcomeUnknown: false });
  }
  return undefined;
}

function lengthOf({ msgBody = '', cloudCustomData = '' }: MessageContent): number {
  return msgBody.length + cloudCustomData.length;
}
