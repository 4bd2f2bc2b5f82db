import { isRecalled, type ChatMessage, type MessageContent } from '../chat/chatMessage';
import { prettyPrint } from '../json/layout';
import { isRecord, valueOfJson } from '../json/values';
import { elementOf, type Language } from '../message/elements';
import { previewOf, pushText } from '../message/preview';
import { summarize } from '../message/summary';
import type { ForwardedView, MarksView, MessageRow, Part } from './rowViews';

/** What a row shows besides its message. */
export interface RowContextOf {
  /** UserID of who stands on the right; undefined where nobody does. */
  readonly own: string | undefined;
  readonly language: Language;
  readonly marks: MarksView;
}

/** Deeper nobody reads what was forwarded again and again. */
const DEEPEST = 8;

/** A message as the page shows it. Never throws, whatever is in the message. */
export function messageRow(key: string, message: ChatMessage, context: RowContextOf): MessageRow {
  const { address, sender, time, content } = message;
  const { own, language, marks } = context;
  const cloud = cloudOf(content);
  const reply = cloud && replyIn(cloud);
  const push = pushText(content, language);
  return {
    kind: 'message',
    key,
    address,
    sender,
    own: own !== undefined && sender === own,
    time,
    state: stateOf(message),
    parts: partsOf(content, language, 0),
    ...(cloud !== undefined && { cloud: laidOut(cloud) }),
    ...(reply && { reply }),
    ...(push !== undefined && { push }),
    summary: summaryOf(content, language),
    marks,
  };
}

/** What a message says, in a line; what it is, where it has no words. */
export function summaryOf(content: MessageContent, language: Language): string {
  const { kind, text } = summarize(content);
  return text === '' ? (elementOf(kind)?.name[language] ?? '') : text;
}

function stateOf(message: ChatMessage): MessageRow['state'] {
  if (message.isGone === true) return 'expired';
  if (isRecalled(message)) return 'recalled';
  return message.isSystem === true ? 'system' : 'sent';
}

function partsOf(content: MessageContent, language: Language, depth: number): readonly Part[] {
  const parts = previewOf(content, language).parts.map(asRead);
  if (!parts.some(({ kind }) => kind === 'forward')) return parts;
  const elements = valueOfJson(content.msgBody ?? '');
  return parts.map((part, index) => {
    if (part.kind !== 'forward' || depth >= DEEPEST || !Array.isArray(elements)) return part;
    const forwarded = forwardedIn(elements[index] as unknown, language, depth + 1);
    return forwarded.length === 0 ? part : { ...part, forwarded };
  });
}

/** JSON in a custom element is laid out. */
function asRead(part: Part): Part {
  return part.kind === 'custom'
    ? { ...part, data: laidOut(part.data).text, ext: laidOut(part.ext).text }
    : part;
}

/** `MsgList` of an element; its format is of no official table, so every member may lack. */
function forwardedIn(element: unknown, language: Language, depth: number): readonly ForwardedView[] {
  const content = isRecord(element) ? element.MsgContent : undefined;
  const list = isRecord(content) ? content.MsgList : undefined;
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map(({ From_Account: sender, MsgTimeStamp: time, MsgBody: body }) => ({
    sender: typeof sender === 'string' ? sender : '',
    ...(typeof time === 'number' && Number.isFinite(time) && { time }),
    parts: partsOf(body === undefined ? {} : { msgBody: JSON.stringify(body) }, language, depth),
  }));
}

function cloudOf({ cloudCustomData }: MessageContent): string | undefined {
  const text = cloudCustomData === undefined ? undefined : valueOfJson(cloudCustomData);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** A text with its JSON laid out, if it is an object or an array. */
export function laidOut(text: string): { text: string; json: boolean } {
  const json = /^\s*[[{]/.test(text) && valueOfJson(text) !== undefined;
  return { text: json ? prettyPrint(text) : text, json };
}

/**
 * What a message answers, in the form of the service's own clients (`messageReply` of pub.dev tencent_cloud_chat_sdk and
 * of chat-uikit-uniapp): `messageSender` and `messageAbstract`.
 */
function replyIn(cloud: string): { sender: string; text: string } | undefined {
  const value = valueOfJson(cloud);
  const reply = isRecord(value) ? value.messageReply : undefined;
  if (!isRecord(reply)) return undefined;
  const { messageSender: sender, messageAbstract: text } = reply;
  if (typeof sender !== 'string' && typeof text !== 'string') return undefined;
  return { sender: typeof sender === 'string' ? sender : '', text: typeof text === 'string' ? text : '' };
}
