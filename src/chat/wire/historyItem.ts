import { readArray, readObject, skipValue } from '../../json/strictScanner';
import type { MessageContent } from '../chatMessage';
import { ShapeError } from './answer';

/** An item of a history that cannot be read as a message. */
export interface UnreadableMessage {
  /** Its JSON, exactly as it came. */
  readonly raw: string;
  /** The member that makes it one; the list's name for an item that is no object. */
  readonly member: string;
  readonly problem: 'missing' | 'wrongType';
  /** `MsgKey` where it has one. */
  readonly key?: string;
  /** `MsgSeq` where it has one: what names a message of a group. */
  readonly seq?: number;
}

/** How the items of one list are read. */
export interface ItemReader<Draft, Message> {
  /** The list's name. */
  readonly list: string;
  newDraft(): Draft;
  /** Takes one member in, as the text it came as. */
  readMember(draft: Draft, key: string, raw: string): void;
  /** @throws OddMember when it is no message */
  finish(draft: Draft): Message;
}

/** What a list holds, in its order. */
export interface Items<Message> {
  readonly messages: Message[];
  readonly unreadable: UnreadableMessage[];
}

/** What is wrong with one item. */
class OddMember extends Error {
  constructor(
    readonly member: string,
    readonly problem: UnreadableMessage['problem'],
  ) {
    super(`${member}: ${problem}`);
  }
}

/**
 * Reads a list of messages that starts at `start` in one pass. One that cannot be read keeps none of the others from
 * being read.
 *
 * @returns the position behind the list
 * @throws ShapeError when it is no list
 */
export function readItems<Draft, Message>(
  text: string,
  start: number,
  reader: ItemReader<Draft, Message>,
  into: Items<Message>,
): number {
  if (text[start] !== '[') throw new ShapeError(`${reader.list} is no array`);
  return readArray(text, start, (item) => readItem(text, item, reader, into));
}

function readItem<Draft, Message>(
  text: string,
  start: number,
  reader: ItemReader<Draft, Message>,
  { messages, unreadable }: Items<Message>,
): number {
  const draft = reader.newDraft();
  try {
    if (text[start] !== '{') throw new OddMember(reader.list, 'wrongType');
    const end = readObject(text, start, (key, from) => {
      const to = skipValue(text, from);
      reader.readMember(draft, key, text.slice(from, to));
      return to;
    });
    messages.push(reader.finish(draft));
    return end;
  } catch (error) {
    if (!(error instanceof OddMember)) throw error;
    const end = skipValue(text, start);
    const raw = text.slice(start, end);
    const { member, problem } = error;
    unreadable.push({ raw, member, problem, ...namesIn(raw) });
    return end;
  }
}

/** What names an item, whatever else is in it. */
function namesIn(raw: string): { key?: string; seq?: number } {
  if (!raw.startsWith('{')) return {};
  const { MsgKey, MsgSeq } = JSON.parse(raw) as { MsgKey?: unknown; MsgSeq?: unknown };
  return {
    ...(typeof MsgKey === 'string' && { key: MsgKey }),
    ...(isUnsigned(MsgSeq) && { seq: MsgSeq }),
  };
}

/** A null says no more than an absent member. */
export function contentOf({ msgBody, cloudCustomData }: MessageContent): MessageContent {
  const hasBody = msgBody !== undefined && msgBody !== 'null';
  const hasCloud = cloudCustomData !== undefined && cloudCustomData !== 'null';
  if (hasBody && hasCloud) return { msgBody, cloudCustomData };
  return hasBody ? { msgBody } : hasCloud ? { cloudCustomData } : {};
}

/** Says that a member is missing without which it is no message. */
export function missing(name: string): never {
  throw new OddMember(name, 'missing');
}

/** The value of a string member. */
export function textOf(name: string, raw: string): string {
  if (!raw.startsWith('"')) throw new OddMember(name, 'wrongType');
  return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
}

/** The value of a member that is an unsigned integer. */
export function integerOf(name: string, raw: string): number {
  const value = Number(raw);
  if (!isUnsigned(value) || raw.startsWith('"')) throw new OddMember(name, 'wrongType');
  return value;
}

/** True for an integer from 0 on that a number holds exactly. */
export function isUnsigned(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
