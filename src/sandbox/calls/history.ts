import { isRecalled } from '../../chat/chatMessage';
import { parseMsgKey } from '../../chat/msgKey';
import { isSamePosition, isVisibleTo, type Conversation } from '../store/conversation';
import type { StoredMessage } from '../store/storedMessage';
import type { SandboxSettings } from '../settings';
import { joinWire, toWire, type Wire } from '../wire';
import { field, seconds, type Call, type CallContext, type Success } from './call';
import { Refusal } from '../requestBody';
import { described } from './described';
import { checkAccount, requiredAccount, requiredInteger } from './fields';

/**
 * `openim/admin_getroammsg` (1047/35478): history from one side. The names of the accounts are those of the current
 * page, or `From_Account` and `To_Account` of the pages until 2022.
 */
export const getRoamMsg: Call = {
  ...described('openim/admin_getroammsg'),
  run(body, context) {
    const operator = requiredAccount(body.get('Operator_Account', 'From_Account'), 'Operator_Account', 90008);
    const peer = requiredAccount(body.get('Peer_Account', 'To_Account'), 'Peer_Account', 90003);
    const maxCnt = requiredInteger(body, 'MaxCnt', 90001, 1);
    const minTime = requiredInteger(body, 'MinTime', 90001);
    const maxTime = requiredInteger(body, 'MaxTime', 90001);
    const lastKey = body.get('LastMsgKey');
    checkAccount(context, operator, 'Operator_Account', 90008);
    checkAccount(context, peer, 'Peer_Account', 90003);
    const conversation = context.store.conversation(operator, peer);
    if (!conversation) return answerOf({ messages: [], pieces: [], complete: true });
    const end = endIndex(conversation, maxTime, lastKey);
    const since = Math.max(minTime, keptSince(context));
    const begin = conversation.lowerBound({ time: since, seq: 0, random: 0 });
    const { pageBytes, recalledBody } = context.settings;
    const { version } = conversation;
    const asked: Asked = { operator, begin, end, maxCnt, version, pageBytes, recalledBody };
    const last = lastPages.get(conversation);
    if (last && isSame(last.asked, asked)) return last.answer;
    const answer = answerOf(takePage(conversation, asked, context));
    lastPages.set(conversation, { asked, answer });
    return answer;
  },
};

/** All that a page depends on. */
interface Asked {
  readonly operator: string;
  /** Where the wanted time begins and ends in the conversation, the end exclusive. */
  readonly begin: number;
  readonly end: number;
  readonly maxCnt: number;
  readonly version: number;
  readonly pageBytes: number;
  readonly recalledBody: SandboxSettings['recalledBody'];
}

/** The last page that was made of a conversation: who waits for a message reads the same one again and again. */
const lastPages = new WeakMap<Conversation, { readonly asked: Asked; readonly answer: Success }>();

function isSame(one: Asked, other: Asked): boolean {
  return (
    one.version === other.version &&
    one.end === other.end &&
    one.begin === other.begin &&
    one.maxCnt === other.maxCnt &&
    one.operator === other.operator &&
    one.pageBytes === other.pageBytes &&
    one.recalledBody === other.recalledBody
  );
}

/** Unix seconds from which on history is kept. */
export function keptSince(context: CallContext): number {
  const { roamingDays } = context.settings;
  return roamingDays === 0 ? 0 : seconds(context) - roamingDays * 86_400;
}

interface Page {
  /** Newest first. */
  readonly messages: readonly StoredMessage[];
  /** JSON of each, oldest first. */
  readonly pieces: readonly Wire[];
  readonly complete: boolean;
}

/** Where reading starts, exclusive: after MaxTime, which is inclusive, or before the message named by LastMsgKey. */
function endIndex(conversation: Conversation, maxTime: number, lastKey: unknown): number {
  const end = conversation.lowerBound({ time: maxTime + 1, seq: 0, random: 0 });
  if (lastKey === undefined || lastKey === '') return end;
  const position = typeof lastKey === 'string' ? parseMsgKey(lastKey) : undefined;
  if (!position) throw new Refusal(90054, 'LastMsgKey is not a MsgKey');
  return Math.min(end, conversation.lowerBound(position));
}

/**
 * Goes backwards until MaxCnt messages or about 13 KB are together; one message is always given. Two messages of one
 * MsgKey, which the two sides of a conversation can make, are not parted, or the next page would lose the older one.
 */
function takePage(
  conversation: Conversation,
  { operator, begin, end, maxCnt, pageBytes }: Asked,
  context: CallContext,
): Page {
  const messages: StoredMessage[] = [];
  const pieces: Wire[] = [];
  let bytes = 0;
  let complete = true;
  for (let index = end - 1; index >= begin; index--) {
    const message = conversation.at(index);
    if (!message) break;
    if (!isVisibleTo(message, operator)) continue;
    const shown = shownMessage(message, context);
    const full = messages.length >= maxCnt || bytes + shown.length + COMMA_BYTES > pageBytes;
    const last = messages.at(-1);
    if (full && last && !isSamePosition(last, message)) {
      complete = false;
      break;
    }
    messages.push(message);
    pieces.push(shown);
    bytes += shown.length + COMMA_BYTES;
  }
  return { messages, pieces: pieces.reverse(), complete };
}

const COMMA_BYTES = 1;
const noText = toWire('');

function answerOf({ messages, pieces, complete }: Page): Success {
  const oldest = messages.at(-1);
  return {
    fields:
      field('Complete', complete ? 1 : 0) +
      field('MsgCnt', messages.length) +
      field('LastMsgTime', oldest?.time ?? 0) +
      field('LastMsgKey', oldest?.key ?? ''),
    list: { name: 'MsgList', items: [joinWire(noText, pieces, noText)] },
  };
}

/**
 * JSON of a message as history shows it. A recalled message is shown as the setting says at
 * the moment, any other one always the same.
 */
function shownMessage(message: StoredMessage, context: CallContext): Wire {
  if (message.shown) return message.shown;
  const shown = toWire(messageText(message, context));
  if (!isRecalled(message)) message.shown = shown;
  return shown;
}

function messageText(message: StoredMessage, context: CallContext): string {
  const body = context.settings.recalledBody === 'empty' && isRecalled(message) ? '[]' : message.body;
  const cloud = message.cloud === undefined ? '' : `,"CloudCustomData":${message.cloud}`;
  return (
    `{"From_Account":${JSON.stringify(message.from)},"To_Account":${JSON.stringify(message.to)}` +
    `,"MsgSeq":${message.seq},"MsgRandom":${message.random},"MsgTimeStamp":${message.time}` +
    `,"MsgFlagBits":${message.flags},"IsPeerRead":${message.peerRead ? 1 : 0},"MsgKey":"${message.key}"` +
    `,"MsgBody":${body}${cloud}}`
  );
}
