import type { ChatMessage } from '../model';
import { formatMsgKey, parseMsgKey } from '../msgKey';
import { readAnswer, ShapeError } from './answer';
import { readArray, readObject, skipValue } from './rawJson';

/** One answer of `admin_getroammsg`. */
export interface HistoryAnswer {
  /** In the order of the answer: oldest first. */
  readonly messages: ChatMessage[];
  readonly complete: boolean;
  readonly lastTime: number | undefined;
  readonly lastKey: string | undefined;
}

export const HISTORY = 'openim/admin_getroammsg';

/**
 * Reads a page of history in one pass. `MsgBody` and `CloudCustomData` stay the exact texts they came as.
 * Fields that old data or old servers leave out have defaults; without sender, receiver or key it is no message.
 */
export function readHistoryAnswer(text: string): HistoryAnswer {
  let messages: ChatMessage[] = [];
  let complete: boolean | undefined;
  let lastTime: number | undefined;
  let lastKey: string | undefined;
  readAnswer(HISTORY, text, (key, start) => {
    switch (key) {
      case 'MsgList':
        messages = [];
        if (text[start] !== '[') throw new ShapeError('MsgList is no array');
        return readArray(text, start, (item) => readMessage(text, item, messages));
      case 'Complete':
      case 'LastMsgTime':
      case 'LastMsgKey': {
        const end = skipValue(text, start);
        if (key === 'LastMsgKey') lastKey = string(key, text.slice(start, end));
        else if (key === 'LastMsgTime') lastTime = integer(key, text.slice(start, end));
        else complete = integer(key, text.slice(start, end)) === 1;
        return end;
      }
      default:
        return undefined;
    }
  });
  if (complete === undefined) complete = missing('Complete');
  return { messages, complete, lastTime, lastKey };
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

function readMessage(text: string, start: number, into: ChatMessage[]): number {
  if (text[start] !== '{') throw new ShapeError('MsgList holds something else than objects');
  const draft: Draft = {};
  const end = readObject(text, start, (key, from) => {
    const to = skipValue(text, from);
    readMember(draft, key, text.slice(from, to));
    return to;
  });
  into.push(finish(draft));
  return end;
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
      draft.peerRead = integer(key, raw);
      break;
    case 'MsgBody':
      draft.msgBody = raw;
      break;
    case 'CloudCustomData':
      draft.cloudCustomData = raw;
      break;
  }
}

function finish(draft: Draft): ChatMessage {
  const { from, to, msgBody, cloudCustomData } = draft;
  const inKey = draft.key === undefined ? undefined : parseMsgKey(draft.key);
  const seq = draft.seq ?? inKey?.seq ?? missing('MsgSeq');
  const random = draft.random ?? inKey?.random ?? missing('MsgRandom');
  const time = draft.time ?? inKey?.time ?? missing('MsgTimeStamp');
  return {
    from: from ?? missing('From_Account'),
    to: to ?? missing('To_Account'),
    key: draft.key ?? formatMsgKey({ seq, random, time }),
    seq,
    random,
    time,
    flags: draft.flags ?? 0,
    peerRead: draft.peerRead === 1,
    content: {
      ...(present(msgBody) && { msgBody }),
      ...(present(cloudCustomData) && { cloudCustomData }),
    },
  };
}

/** A null says no more than an absent member. */
function present(raw: string | undefined): boolean {
  return raw !== undefined && raw !== 'null';
}

function missing(name: string): never {
  throw new ShapeError(`${name} is missing`);
}

function string(name: string, raw: string): string {
  if (!raw.startsWith('"')) throw new ShapeError(`${name} is no string`);
  return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
}

function integer(name: string, raw: string): number {
  const value = /^\d{1,16}$/.test(raw) ? Number(raw) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new ShapeError(`${name} is no unsigned integer`);
  return value;
}
