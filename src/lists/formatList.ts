import type { ChatMessage } from '../chat/chatMessage';
import { isRecalled } from '../chat/chatMessage';
import { prettyPrint } from '../json/layout';

/** A message as a list is made of. */
export type ListedMessage = Pick<
  ChatMessage,
  'address' | 'sender' | 'time' | 'flags' | 'content' | 'isGone' | 'isSystem'
>;

/** A message and its item, which is laid out once: of ten thousand that takes its time. */
export interface LaidOut {
  readonly message: ListedMessage;
  readonly text: string;
}

/** More lines than that an editor does not like; VS Code's large-file mode begins at 300,000. */
export const MOST_LINES = 250_000;

/**
 * Lays one message out as an item of a list, with the names of the service's own answers. `MsgBody` and `CloudCustomData`
 * keep every token; white space is no part of a message.
 */
export function formatItem(message: ListedMessage): string {
  const { address, sender, time, content, isGone, isSystem } = message;
  const recalled = isRecalled(message);
  const names =
    address.chat === 'c2c'
      ? [
          ['From_Account', address.from],
          ['To_Account', address.to],
          ['MsgKey', address.key],
        ]
      : [
          ['GroupId', address.group],
          ...(address.topic === undefined ? [] : [['TopicId', address.topic]]),
          ['MsgSeq', address.seq],
          ...(sender === '' ? [] : [['From_Account', sender]]),
        ];
  const members = [
    ...names.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`),
    `"MsgTimeStamp":${time}`,
    ...(recalled ? [address.chat === 'c2c' ? '"MsgFlagBits":8' : '"IsPlaceMsg":2'] : []),
    ...(isGone === true && !recalled ? ['"IsPlaceMsg":1'] : []),
    ...(isSystem === true ? ['"IsSystemMsg":1'] : []),
    ...(content.msgBody === undefined ? [] : [`"MsgBody":${content.msgBody}`]),
    ...(content.cloudCustomData === undefined ? [] : [`"CloudCustomData":${content.cloudCustomData}`]),
  ];
  return prettyPrint(`[{${members.join(',')}}]`).slice(4, -2);
}

export function layOut(message: ListedMessage): LaidOut {
  return { message, text: formatItem(message) };
}

/** Lays messages out as a list, in their order. */
export function formatList(messages: readonly ListedMessage[]): string {
  return listOf(messages.map(formatItem));
}

/** A list of items that were laid out. */
export function listOf(items: readonly string[]): string {
  return items.length === 0 ? '[]\n' : `[\n${items.map((item) => `  ${item}`).join(',\n')}\n]\n`;
}

/** How many lines a text has. */
export function linesOf(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** How many of the first items a list may have, so that it is not longer than an editor likes. */
export function fittingItems(items: readonly string[], mostLines = MOST_LINES): number {
  let lines = 2;
  for (const [index, item] of items.entries()) {
    lines += linesOf(item);
    if (lines > mostLines) return index;
  }
  return items.length;
}
