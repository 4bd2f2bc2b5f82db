import { crc32 } from 'node:zlib';
import { isRecord, member } from '../../../../json/values';
import { Refusal, type RequestBody } from '../../../requestBody';
import type { Group } from '../../../store/groups/groups';
import type { GroupMessageRecord, GroupPlace } from '../../../store/groups/groupRecords';
import { field, seconds, type Call, type CallContext, type Success } from '../../call';
import type { NewContent } from '../../content';
import { described } from '../../described';
import { isInteger, optionalInteger, requiredUint32 } from '../../fields';
import { checkedReplacement } from '../../send';
import { checkPushInfo, words } from '../../sendFields';
import { sentContentOf } from './groupContent';
import {
  checkGroupAccount,
  GROUP_CODES,
  groupIdOf,
  groupOf,
  messagesAt,
  optionalText,
  optionalTexts,
  requiredText,
  topicIdOf,
} from '../groupFields';
import { askBefore, asksBefore, tellFailed, tellSent, type SentFacts } from './groupWebhooks';

const MOST_RECEIVERS = 50;
const MOST_MENTIONS = 30;
/** More than 30 mentions (1047/34348). */
const TOO_MANY_MENTIONS = 10_053;
/** The sender may not write, or nobody but owner and administrators may. */
const MUTED = 10_017;

/** As history shows them: 1 is the highest. */
const priorities: Readonly<Record<string, number>> = { High: 1, Normal: 2, Low: 3, Lowest: 4 };

/** What the sender decides about one message, before its content. */
interface Wish extends SentFacts {
  readonly group: Group;
  readonly place: GroupPlace;
  readonly priority: number;
  readonly quiet: boolean;
  /** Takes a MsgSeq and is not kept. */
  readonly passing: boolean;
  readonly forbidden: ReadonlySet<string>;
}

/** `group_open_http_svc/send_group_msg` (269/1629). The service gives the MsgSeq: one above the last. */
export const sendGroupMsg: Call = {
  ...described('group_open_http_svc/send_group_msg'),
  run(body, context) {
    try {
      return sendOrAsk(body, context);
    } catch (error) {
      if (error instanceof Refusal) tellFailed(context, body, error);
      throw error;
    }
  },
};

function sendOrAsk(body: RequestBody, context: CallContext): Success | Promise<Success> {
  const wish = wishOf(body, context);
  const content = sentContentOf(body, context);
  const identity = identityOf(wish, content);
  const repeated = context.groupDuplicates.find(identity, context.now());
  if (repeated !== undefined) {
    const [seq = '', time = ''] = repeated.split('_');
    return answerOf(Number(seq), Number(time));
  }
  context.limits.enterGroup(wish.group.id);
  const asked = !wish.forbidden.has('ForbidBeforeSendMsgCallback') && asksBefore(context);
  return asked ? askAndSend(wish, content, identity, context) : send(wish, content, identity, context);
}

/**
 * `group_open_http_svc/send_group_system_notification` (269/1630). It reaches clients that are online, of which the
 * sandbox has none: what is in the request is checked. An AVChatRoom cannot name receivers.
 */
export const sendGroupSystemNotification: Call = {
  ...described('group_open_http_svc/send_group_system_notification'),
  run(body, context) {
    const id = groupIdOf(body);
    requiredText(body, 'Content');
    const value = body.get('ToMembers_Account');
    const isEmpty = Array.isArray(value) && value.length === 0;
    const to = isEmpty ? undefined : optionalTexts(body, 'ToMembers_Account');
    const group = groupOf(context, id);
    if (to && group.facts.type === 'AVChatRoom')
      throw new Refusal(GROUP_CODES.parameter, 'an AVChatRoom notifies everybody');
    return {};
  },
};

/** Reads the fields in the order of their table, all but the content. */
function wishOf(body: RequestBody, context: CallContext): Wish {
  const id = groupIdOf(body);
  const random = requiredUint32(body, 'Random', GROUP_CODES.parameter);
  const word = optionalText(body, 'MsgPriority') ?? 'Normal';
  const priority = Object.hasOwn(priorities, word) ? priorities[word] : undefined;
  if (priority === undefined)
    throw new Refusal(
      GROUP_CODES.parameter,
      `MsgPriority is not one of ${Object.keys(priorities).join(', ')}`,
    );
  const given = optionalText(body, 'From_Account');
  const from = given === undefined || given === '' ? context.administrator : given;
  checkPushInfo(body, GROUP_CODES.parameter);
  const forbidden = words(
    body,
    'ForbidCallbackControl',
    ['ForbidBeforeSendMsgCallback', 'ForbidAfterSendMsgCallback'],
    GROUP_CODES.parameter,
  );
  const online = (optionalInteger(body, 'OnlineOnlyFlag', GROUP_CODES.parameter) ?? 0) > 0;
  const control = words(
    body,
    'SendMsgControl',
    ['NoUnread', 'NoLastMsg', 'WithMuteNotifications'],
    GROUP_CODES.parameter,
  );
  if (online && control.size > 0)
    throw new Refusal(GROUP_CODES.parameter, 'SendMsgControl does not go with OnlineOnlyFlag');
  optionalText(body, 'CloudCustomData');
  optionalInteger(body, 'SupportMessageExtension', GROUP_CODES.parameter, 0, 1);
  const to = optionalTexts(body, 'To_Account');
  if (to && to.length > MOST_RECEIVERS)
    throw new Refusal(GROUP_CODES.parameter, `more than ${MOST_RECEIVERS} receivers`);
  checkMentions(body);
  const topic = topicIdOf(body);

  const group = groupOf(context, id);
  const isLive = group.facts.type === 'AVChatRoom';
  if (isLive && (control.size > 0 || online))
    throw new Refusal(GROUP_CODES.parameter, 'not for an AVChatRoom: SendMsgControl, OnlineOnlyFlag');
  if (to && (isLive || group.facts.type === 'Community'))
    throw new Refusal(GROUP_CODES.notAllowed, 'To_Account is not for this type of group');
  const { place } = messagesAt(group, topic);
  checkSender(context, group, from);
  return {
    ...{ group, place, from, random, priority, forbidden, onlineOnly: online },
    quiet: control.has('NoLastMsg'),
    passing: isLive || online,
  };
}

function checkSender(context: CallContext, group: Group, from: string): void {
  checkGroupAccount(context, from, 'From_Account');
  const role = group.members.get(from)?.role;
  const isAdministrator = context.isAdministrator(from);
  if (
    context.settings.groupSender === 'member' &&
    !role &&
    !isAdministrator &&
    group.facts.type !== 'AVChatRoom'
  )
    throw new Refusal(GROUP_CODES.notAllowed, 'From_Account is not a member of the group');
  const isSilent = group.facts.shutUpAll && role !== 'Owner' && role !== 'Admin' && !isAdministrator;
  if (isSilent || (group.muted.get(from) ?? 0) > seconds(context))
    throw new Refusal(MUTED, 'the sender may not write in the group');
}

async function askAndSend(
  wish: Wish,
  content: NewContent,
  identity: string,
  context: CallContext,
): Promise<Success> {
  const verdict = await askBefore(context, wish.group, wish.place, wish, content);
  if (verdict === 'drop') return answerOf(nextSeq(wish), seconds(context));
  const replaced = verdict.content ? checkedReplacement(verdict.content, context) : {};
  return send(wish, { ...content, ...replaced }, identity, context);
}

function send(wish: Wish, content: NewContent, identity: string, context: CallContext): Success {
  const { group, place } = wish;
  // While a webhook was asked the group may have gone.
  groupOf(context, group.id);
  const seq = nextSeq(wish);
  const time = seconds(context);
  if (wish.passing) context.store.change({ kind: 'groupSeq', ...place, seq, time });
  else context.store.change({ kind: 'groupMessage', ...place, message: recordOf(wish, content, seq, time) });
  context.groupDuplicates.remember(identity, `${seq}_${time}`, context.now());
  if (!wish.forbidden.has('ForbidAfterSendMsgCallback'))
    tellSent(context, group, place, wish, { seq, time, ...content });
  return answerOf(seq, time);
}

function recordOf(wish: Wish, content: NewContent, seq: number, time: number): GroupMessageRecord {
  const { from, random, priority, quiet } = wish;
  return {
    ...{ seq, from, random, time, priority, body: content.msgBody },
    ...(content.cloudCustomData !== undefined && { cloud: content.cloudCustomData }),
    ...(quiet && { quiet }),
  };
}

function nextSeq({ group, place }: Wish): number {
  return group.messagesIn(place.topic)?.nextSeq ?? 1;
}

function answerOf(seq: number, time: number): Success {
  return { fields: field('MsgTime', time) + field('MsgSeq', seq) };
}

/** The same content with the same Random within five minutes is dropped. */
function identityOf({ place, from, random }: Wish, { msgBody, cloudCustomData }: NewContent): string {
  const checksum = crc32(cloudCustomData ?? '', crc32(msgBody));
  return `${place.group}\n${place.topic ?? ''}\n${from}\n${random}\n${checksum}`;
}

/** `GroupAtInfo`: who is mentioned in the text, in order; a flag for everybody, or an account. */
function checkMentions(body: RequestBody): void {
  const value = body.get('GroupAtInfo');
  if (value === undefined) return;
  if (!Array.isArray(value)) throw new Refusal(GROUP_CODES.parameter, 'GroupAtInfo is not a list');
  if (value.length > MOST_MENTIONS)
    throw new Refusal(TOO_MANY_MENTIONS, `more than ${MOST_MENTIONS} mentions`);
  for (const item of value as unknown[]) {
    const all = isRecord(item) ? member(item, 'GroupAtAllFlag') : undefined;
    const who = isRecord(item) ? member(item, 'GroupAt_Account') : undefined;
    if (!isInteger(all, 0, 1) || (all === 0 && typeof who !== 'string'))
      throw new Refusal(GROUP_CODES.parameter, 'GroupAtInfo has an item that mentions nobody');
  }
}
