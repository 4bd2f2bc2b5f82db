import type { ChatMessage, MessageContent } from '../chat/chatMessage';
import { minify } from '../json/layout';
import { formatItem } from '../lists/formatList';
import { summarize } from '../message/summary';

/** Characters of one message's content; of a longer one its length and its beginning are given. */
const MOST_OF_ONE = 8_000;
/** Characters of all messages of one answer; the older ones that do not fit are left out. */
const MOST_OF_ALL = 60_000;

/** Messages as a JSON array, as many of the first ones as an answer may hold. */
export interface MessagesText {
  readonly json: string;
  readonly count: number;
}

/** Lays messages out for a language model: the items of a list, without white space. */
export function messagesText(messages: readonly ChatMessage[]): MessagesText {
  const items: string[] = [];
  let length = 0;
  for (const message of messages) {
    const item = itemOf(message);
    length += item.length;
    if (length > MOST_OF_ALL) break;
    items.push(item);
  }
  return { json: `[${items.join(',\n')}]`, count: items.length };
}

function itemOf(message: ChatMessage): string {
  const { content } = message;
  const characters = lengthOf(content);
  if (characters <= MOST_OF_ONE) return minify(formatItem(message));
  const cut = { characters, beginsWith: summarize(content).text };
  const names = minify(formatItem({ ...message, content: {} }));
  return `${names.slice(0, -1)},"TooLong":${JSON.stringify(cut)}}`;
}

function lengthOf({ msgBody = '', cloudCustomData = '' }: MessageContent): number {
  return msgBody.length + cloudCustomData.length;
}
