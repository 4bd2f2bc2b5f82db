import type { C2cMessage, MessageContent } from '../chatMessage';
import { formatMsgKey, parseMsgKey } from '../msgKey';
import { malformed, readAnswer, ShapeError } from './answer';
import { readArray, readObject, skipValue } from '../../json/strictScanner';

/** One answer of `admin_getroammsg`. */
export interface HistoryAnswer {
  /** In the order of the answer: oldest first. */
  readonly messages: C2cMessage[];
  /** Items that are no messages as far as we can read them. They keep none of the others from being read. */
  readonly unreadable: UnreadableMessage[];
  readonly complete: boolean;
  readonly lastTime: number | undefined;
  readonly lastKey: string | undefined;
}

/** An item of a history that cannot be read as a message. */
export interface UnreadableMessage {
  /** Its JSON, exactly as it came. */
  readonly raw: string;
  /** The member that makes it one; `MsgList` for an item that is no object. */
  readonly member: string;
  readonly problem: 'missing' | 'wrongType';
  /** `MsgKey` where it has one. */
  readonly key?: string;
}

export const HISTORY = 'openim/admin_getroammsg';

/**
 * Reads a page of history in one pass. `MsgBody` and `CloudCustomData` stay the exact texts they came as.
 * Fields that old data or old servers leave out have defaults; without sender, receiver or key it is no message, and
 * told beside the others.
 */
export function readHistoryAnswer(text: string): HistoryAnswer {
  let messages: C2cMessage[] = [];
  let unreadable: UnreadableMessage[] = [];
  let complete: boolean | undefined;
  let lastTime: number | undefined;
  let lastKey: string | undefined;
  readAnswer(HISTORY, text, (key, start) => {
    switch (key) {
      case 'MsgList':
        messages = [];
        unreadable = [];
        if (text[start] !== '[') throw new ShapeError('MsgList is no array');
        return readArray(text, start, (item) => readItem(text, item, messages, unreadable));
      case 'Complete':
      case 'LastMsgTime':
      case 'LastMsgKey': {
        const end = skipValue(text, start);
        const value: unknown = JSON.parse(text.slice(start, end));
        // How an empty page fills the two last ones is not documented, so what is of no use counts as absent.
        if (key === 'LastMsgKey') lastKey = typeof value === 'string' && value !== '' ? value : undefined;
        else if (key === 'LastMsgTime') lastTime = isUnsigned(value) ? value : undefined;
        else if (value === 0 || value === 1) complete = value === 1;
        else throw new ShapeError('Complete is neither 0 nor 1');
        return end;
      }
      default:
        return undefined;
    }
  });
  if (complete === undefined) throw malformed(HISTORY, 'Complete is missing');
  return { messages, unreadable, complete, lastTime, lastKey };
}

interface Draft {
  from?: string;
  to?: string;
  key?: string;
  seq?: number;
  random?: number;
  time?: number;
  flags?: number;
  peerRead?: number;
  msgBody?: string;
  cloudCustomData?: string;
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

function readItem(
  text: string,
  start: number,
  messages: C2cMessage[],
  unreadable: UnreadableMessage[],
): number {
  const draft: Draft = {};
  try {
    if (text[start] !== '{') throw new OddMember('MsgList', 'wrongType');
    const end = readObject(text, start, (key, from) => {
      const to = skipValue(text, from);
      readMember(draft, key, text.slice(from, to));
      return to;
    });
    messages.push(finish(draft));
    return end;
  } catch (error) {
    if (!(error instanceof OddMember)) throw error;
    const end = skipValue(text, start);
    const raw = text.slice(start, end);
    const { member, problem } = error;
    unreadable.push({ raw, member, problem, ...keyIn(raw) });
    return end;
  }
}

/** The MsgKey of an item, whatever else is in it. */
function keyIn(raw: string): { key?: string } {
  if (!raw.startsWith('{')) return {};
  const { MsgKey } = JSON.parse(raw) as { MsgKey?: unknown };
  return typeof MsgKey === 'string' ? { key: MsgKey } : {};
}

function readMember(draft: Draft, key: string, raw: string): void {
  switch (key) {
    case 'From_Account':
      draft.from = string(key, raw);
      break;
    case 'To_Account':
      draft.to = string(key, raw);
      break;
    case 'MsgKey':
      draft.key = string(key, raw);
      break;
    case 'MsgSeq':
      draft.seq = integer(key, raw);
      break;
    case 'MsgRandom':
      draft.random = integer(key, raw);
      break;
    case 'MsgTimeStamp':
      draft.time = integer(key, raw);
      break;
    case 'MsgFlagBits':
      draft.flags = integer(key, raw);
      break;
    case 'IsPeerRead':
      // A mark, and nothing to lose a message for.
      draft.peerRead = raw === '1' ? 1 : 0;
      break;
    case 'MsgBody':
      draft.msgBody = raw;
      break;
    case 'CloudCustomData':
      draft.cloudCustomData = raw;
      break;
  }
}

function finish(draft: Draft): C2cMessage {
  const { from, to, flags, peerRead } = draft;
  let { key, seq, random, time } = draft;
  if (seq === undefined || random === undefined || time === undefined) {
    const inKey = key === undefined ? undefined : parseMsgKey(key);
    seq ??= inKey?.seq ?? missing('MsgSeq');
    random ??= inKey?.random ?? missing('MsgRandom');
    time ??= inKey?.time ?? missing('MsgTimeStamp');
  }
  key ??= formatMsgKey({ seq, random, time });
  if (from === undefined) return missing('From_Account');
  if (to === undefined) return missing('To_Account');
  return {
    address: { chat: 'c2c', from, to, key },
    sender: from,
    seq,
    random,
    time,
    flags: flags ?? 0,
    peerRead: peerRead === 1,
    content: content(draft),
  };
}

/** A null says no more than an absent member. */
function content({ msgBody, cloudCustomData }: Draft): MessageContent {
  const hasBody = msgBody !== undefined && msgBody !== 'null';
  const hasCloud = cloudCustomData !== undefined && cloudCustomData !== 'null';
  if (hasBody && hasCloud) return { msgBody, cloudCustomData };
  return hasBody ? { msgBody } : hasCloud ? { cloudCustomData } : {};
}

function missing(name: string): never {
  throw new OddMember(name, 'missing');
}

function string(name: string, raw: string): string {
  if (!raw.startsWith('"')) throw new OddMember(name, 'wrongType');
  return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
}

function integer(name: string, raw: string): number {
  const value = Number(raw);
  if (!isUnsigned(value) || raw.startsWith('"')) throw new OddMember(name, 'wrongType');
  return value;
}

function isUnsigned(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
