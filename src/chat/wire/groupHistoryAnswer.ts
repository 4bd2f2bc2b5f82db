import { skipValue } from '../../json/strictScanner';
import type { GroupChat } from '../address';
import { RECALLED_FLAG, type GroupMessage } from '../chatMessage';
import { malformed, readAnswer, ShapeError } from './answer';
import { contentOf, integerOf, missing, readItems, textOf, type ItemReader, type Items } from './historyItem';

/** One answer of `group_msg_get_simple`. */
export interface GroupHistoryAnswer extends Items<GroupMessage> {
  /** True when it was cut and all that it would have held has expired (`IsFinished` 2), so that nothing older is left. */
  readonly expired: boolean;
}

export const GROUP_HISTORY = 'group_open_http_svc/group_msg_get_simple';

/**
 * Reads a page of a group's history in one pass (1047/34971). `MsgBody` and `CloudCustomData` stay the exact texts they
 * came as. `IsFinished` 1 says no more than that all that was asked for is there, so nothing is made of it.
 */
export function groupHistoryReader(chat: GroupChat): (text: string) => GroupHistoryAnswer {
  const { group, topic } = chat;
  const reader: ItemReader<Draft, GroupMessage> = {
    list: 'RspMsgList',
    newDraft: () => ({}),
    readMember,
    finish: (draft) => finish(draft, group, topic),
  };
  return (text) => {
    let items: Items<GroupMessage> = { messages: [], unreadable: [] };
    let finished: string | undefined;
    readAnswer(GROUP_HISTORY, text, (key, start) => {
      if (key === 'RspMsgList') {
        items = { messages: [], unreadable: [] };
        const end = skipValue(text, start);
        // A list without anything in it may be null, as lists are that some servers leave empty.
        return text.slice(start, end) === 'null' ? end : readItems(text, start, reader, items);
      }
      if (key !== 'IsFinished') return undefined;
      const end = skipValue(text, start);
      finished = text.slice(start, end);
      if (!/^[012]$/.test(finished)) throw new ShapeError('IsFinished is none of 0, 1, 2');
      return end;
    });
    if (finished === undefined) throw malformed(GROUP_HISTORY, 'IsFinished is missing');
    return { ...items, expired: finished === '2' };
  };
}

interface Draft {
  from?: string;
  seq?: number;
  random?: number;
  time?: number;
  place?: string;
  isSystem?: boolean;
  priority?: string;
  msgBody?: string;
  cloudCustomData?: string;
}

function readMember(draft: Draft, key: string, raw: string): void {
  switch (key) {
    case 'From_Account':
      draft.from = textOf(key, raw);
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
    case 'IsPlaceMsg':
      draft.place = raw;
      break;
    case 'IsSystemMsg':
      draft.isSystem = raw === '1';
      break;
    case 'MsgPriority':
      draft.priority = raw;
      break;
    case 'MsgBody':
      draft.msgBody = raw;
      break;
    case 'CloudCustomData':
      draft.cloudCustomData = raw;
      break;
  }
}

/** A place without a message, and one that the service made, need not say who wrote it and when. */
function finish(draft: Draft, group: string, topic: string | undefined): GroupMessage {
  const { seq, place, isSystem, priority } = draft;
  if (seq === undefined) return missing('MsgSeq');
  const isGone = place === '1';
  const bare = isGone || place === '2' || isSystem === true;
  const message: { -readonly [name in keyof GroupMessage]: GroupMessage[name] } = {
    address: topic === undefined ? { chat: 'group', group, seq } : { chat: 'group', group, topic, seq },
    sender: draft.from ?? (bare ? '' : missing('From_Account')),
    seq,
    random: draft.random ?? 0,
    time: draft.time ?? (bare ? 0 : missing('MsgTimeStamp')),
    flags: place === '2' ? RECALLED_FLAG : 0,
    peerRead: false,
    content: isGone ? {} : contentOf(draft),
  };
  if (isGone) message.isGone = true;
  if (isSystem) message.isSystem = true;
  if (priority !== undefined && /^[1-4]$/.test(priority)) message.priority = Number(priority);
  return message;
}
