import { without } from '../json/values';
import { readMessages, type ReadMessage, type Told } from './index';

/** A message that a text tells of. */
export interface ToldMessage extends Told {
  readonly chat: 'c2c' | 'group' | null;
}

/**
 * The messages that a text tells of, each once, in the order of the text. A request names the parties and its answer
 * the key: one of each belong together, and the answer's key goes before one put together from the request, since the
 * service may set another time.
 */
export function addressesIn(text: string): ToldMessage[] {
  return unique(joinHalves(readMessages(text).messages).map(told));
}

function joinHalves(found: readonly ReadMessage[]): readonly ReadMessage[] {
  const spelled = found.filter(({ key, keyMade }) => key !== undefined && keyMade !== true);
  const rest = found.filter((one) => !spelled.includes(one));
  const [only] = spelled;
  const [other] = rest;
  const halves = spelled.length === 1 && rest.length === 1 && only && other?.chat !== 'group' && other;
  if (halves && only.from === undefined && only.to === undefined) {
    return [{ ...without(other, 'keyMade'), key: only.key ?? '', chat: 'c2c' }];
  }
  return found.filter(
    ({ key, chat, seq, sdkId }) =>
      key !== undefined || sdkId !== undefined || (chat === 'group' && seq !== undefined),
  );
}

function told({ chat, from, to, key, keyMade, group, topic, seq, sdkId }: ReadMessage): ToldMessage {
  return {
    chat,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(key !== undefined && { key }),
    ...(keyMade && { keyMade }),
    ...(group !== undefined && { group }),
    ...(topic !== undefined && { topic }),
    ...(seq !== undefined && { seq }),
    ...(sdkId !== undefined && { sdkId }),
  };
}

function unique(messages: readonly ToldMessage[]): ToldMessage[] {
  return [
    ...new Map(
      messages.map((one) => [
        JSON.stringify([
          one.chat,
          one.from,
          one.to,
          one.key ?? one.sdkId,
          one.group,
          one.topic,
          one.key === undefined ? one.seq : 0,
        ]),
        one,
      ]),
    ).values(),
  ];
}
