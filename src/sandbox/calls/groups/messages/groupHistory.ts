import type { GroupMessage, GroupMessages } from '../../../store/groups/groupMessages';
import { toWire, type Wire } from '../../../wire';
import { field, type Call, type CallContext } from '../../call';
import { described } from '../../described';
import { optionalInteger, optionalUint32, requiredInteger } from '../../fields';
import { keptSince } from '../../history';
import { GROUP_CODES, groupIdOf, groupOf, messagesAt, refuseTypes, topicIdOf } from '../groupFields';

/** The most messages of one answer (1047/34971). */
const MOST = 20;
/** Types that keep no history have a code of their own. */
const NO_HISTORY = 10_044;

/**
 * `group_open_http_svc/group_msg_get_simple` (269/2738): history by falling MsgSeq. A message that is older than the
 * history that is kept, or was deleted, leaves its place (`IsPlaceMsg` 1), what was recalled is shown when asked for (2).
 * `IsFinished` says whether all that was asked for is there, and 2 when it is not and all of it has expired.
 */
export const groupMsgGetSimple: Call = {
  ...described('group_open_http_svc/group_msg_get_simple'),
  run(body, context) {
    const id = groupIdOf(body);
    const wanted = requiredInteger(body, 'ReqMsgNumber', GROUP_CODES.parameter, 1);
    const from = optionalUint32(body, 'ReqMsgSeq', GROUP_CODES.parameter);
    const recalled = optionalInteger(body, 'WithRecalledMsg', GROUP_CODES.parameter, 0, 1) === 1;
    const topic = topicIdOf(body);
    const group = groupOf(context, id);
    refuseTypes(group, ['AVChatRoom'], NO_HISTORY);
    const { messages } = messagesAt(group, topic);
    const page = takePage(messages, { wanted, from, recalled }, context);
    const finished = page.cut ? (page.expired ? 2 : 0) : 1;
    return {
      fields: field('GroupId', id) + field('IsFinished', finished),
      list: { name: 'RspMsgList', items: page.pieces },
    };
  },
};

interface Asked {
  readonly wanted: number;
  readonly from: number | undefined;
  readonly recalled: boolean;
}

interface Page {
  readonly pieces: readonly Wire[];
  /** There was more to give. */
  readonly cut: boolean;
  /** All of it has expired. */
  readonly expired: boolean;
}

/** Goes down until as many as asked for, 20, or about 13 KB are together; one message is always given. */
function takePage(messages: GroupMessages, { wanted, from, recalled }: Asked, context: CallContext): Page {
  const since = keptSince(context);
  const pieces: Wire[] = [];
  let bytes = 0;
  let expired = true;
  const first = from === undefined ? messages.all().length : messages.below(from + 1);
  for (let index = first - 1; index >= 0; index--) {
    const message = messages.at(index);
    if (!message || pieces.length === wanted) break;
    if (message.place === 2 && !recalled) continue;
    const isOld = message.time < since;
    const shown = isOld ? placeholder(message, context) : shownMessage(message, context);
    const full = pieces.length > 0 && bytes + shown.length > context.settings.pageBytes;
    if (pieces.length === MOST || full) return { pieces, cut: true, expired };
    if (!isOld) expired = false;
    pieces.push(shown);
    bytes += shown.length;
  }
  return { pieces, cut: false, expired };
}

function shownMessage(message: GroupMessage, context: CallContext): Wire {
  if (message.place === 1) return placeholder(message, context);
  if (message.shown) return message.shown;
  const shown = toWire(messageText(message, message.place, bodyOf(message, context), message.cloud));
  if (message.place === 0) message.shown = shown;
  return shown;
}

function bodyOf(message: GroupMessage, context: CallContext): string {
  return message.place === 2 && context.settings.recalledBody === 'empty' ? '[]' : message.body;
}

function placeholder(message: GroupMessage, context: CallContext): Wire {
  const body = context.settings.placeholderBody === 'object' ? '{}' : '[]';
  return toWire(messageText(message, 1, body, undefined));
}

function messageText(message: GroupMessage, place: number, body: string, custom: string | undefined): string {
  const cloud = custom === undefined ? '' : `,"CloudCustomData":${custom}`;
  const system = message.system ? ',"IsSystemMsg":1' : '';
  return (
    `{"From_Account":${JSON.stringify(message.from)},"IsPlaceMsg":${place}${system},"MsgBody":${body}` +
    `,"MsgPriority":${message.priority},"MsgRandom":${message.random},"MsgSeq":${message.seq}` +
    `,"MsgTimeStamp":${message.time}${cloud}}`
  );
}
