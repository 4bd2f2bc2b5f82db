import { skipValue } from '../../json/strictScanner';
import type { C2cMessage } from '../chatMessage';
import { formatMsgKey, parseMsgKey } from '../msgKey';
import { malformed, readAnswer, ShapeError } from './answer';
import {
  contentOf,
  integerOf,
  isUnsigned,
  missing,
  readItems,
  textOf,
  type ItemReader,
  type Items,
} from './historyItem';

/** One answer of `admin_getroammsg`, in its order: oldest first. */
export interface HistoryAnswer extends Items<C2cMessage> {
  readonly complete: boolean;
  readonly lastTime: number | undefined;
  readonly lastKey: string | undefined;
}

export const HISTORY = 'openim/admin_getroammsg';

/**
 * Reads a page of history in one pass. `MsgBody` and `CloudCustomData` stay the exact texts they came as.
 * Fields that old data or old servers leave out have defaults; without sender, receiver or key it is no message, and
 * told beside the others.
 */
export function readHistoryAnswer(text: string): HistoryAnswer {
  let items: Items<C2cMessage> = { messages: [], unreadable: [] };
  let complete: boolean | undefined;
  let lastTime: number | undefined;
  let lastKey: string | undefined;
  readAnswer(HISTORY, text, (key, start) => {
    switch (key) {
      case 'MsgList':
        items = { messages: [], unreadable: [] };
        return readItems(text, start, reader, items);
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
  return { ...items, complete, lastTime, lastKey };
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

const reader: ItemReader<Draft, C2cMessage> = { list: 'MsgList', newDraft: () => ({}), readMember, finish };

function readMember(draft: Draft, key: string, raw: string): void {
  switch (key) {
    case 'From_Account':
      draft.from = textOf(key, raw);
      break;
    case 'To_Account':
      draft.to = textOf(key, raw);
      break;
    case 'MsgKey':
      draft.key = textOf(key, raw);
      break;
    case 'MsgSeq':
      draft.seq = integerOf(key, raw);
      break;
    case 'MsgRandom':
      draft.random = integerOf(key, raw);
      break;
    case 'MsgTimeStamp':
      draft.time = integerOf(key, raw);
      break;
    case 'MsgFlagBits':
      draft.flags = integerOf(key, raw);
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
    content: contentOf(draft),
  };
}
