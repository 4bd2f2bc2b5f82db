import type { MessageContent } from '../../../../chat/chatMessage';
import type { Refusal, RequestBody } from '../../../requestBody';
import type { GroupMessage } from '../../../store/groups/groupMessages';
import type { Group } from '../../../store/groups/groups';
import type { GroupPlace } from '../../../store/groups/groupRecords';
import type { Verdict } from '../../../webhooks/webhooks';
import type { CallContext } from '../../call';

/** What a webhook says of a message that is being sent. */
export interface SentFacts {
  readonly from: string;
  readonly random: number;
  readonly onlineOnly: boolean;
}

const BEFORE = 'Group.CallbackBeforeSendMsg';
const AFTER = 'Group.CallbackAfterSendMsg';
const RECALLED = 'Group.CallbackAfterRecallMsg';
const FAILED = 'Group.CallbackSendMsgException';
const MODIFIED = 'Group.CallbackAfterModifyMsg';

/** Whether anybody is asked before a message is sent. */
export function asksBefore({ webhooks }: CallContext): boolean {
  return webhooks.wants(BEFORE);
}

/** Asks before a message is sent. @throws {Refusal} 10016, the webhook's own 10100–10200, 80003 */
export function askBefore(
  context: CallContext,
  group: Group,
  place: GroupPlace,
  facts: SentFacts,
  content: MessageContent,
): Promise<Verdict> {
  return context.webhooks.askContent(BEFORE, factsOf(context, group, place, facts), content);
}

/** Tells that a message was sent (1047/34375). */
export function tellSent(
  context: CallContext,
  group: Group,
  place: GroupPlace,
  facts: SentFacts,
  message: { readonly seq: number; readonly time: number } & MessageContent,
): void {
  if (!context.webhooks.wants(AFTER)) return;
  const { seq, time, ...content } = message;
  const more = { MsgSeq: seq, MsgTime: time };
  context.webhooks.tell(AFTER, { ...factsOf(context, group, place, facts), ...more }, content);
}

/** Tells that messages were recalled (1047/46979). */
export function tellRecalled(
  context: CallContext,
  group: Group,
  place: GroupPlace,
  seqs: readonly number[],
): void {
  if (!context.webhooks.wants(RECALLED)) return;
  context.webhooks.tell(RECALLED, {
    Operator_Account: context.administrator,
    Type: group.facts.type,
    GroupId: group.id,
    MsgSeqList: seqs.map((MsgSeq) => ({ MsgSeq })),
    ...topicOf(place),
    EventTime: context.now(),
  });
}

/** Tells that a message was modified (269/129193). Its sample has an empty `TopicId` outside of topics. */
export function tellModified(context: CallContext, place: GroupPlace, { seq, body }: GroupMessage): void {
  if (!context.webhooks.wants(MODIFIED)) return;
  const facts = {
    Operator_Account: context.administrator,
    GroupId: place.group,
    TopicId: place.topic ?? '',
    MsgSeq: seq,
    EventTime: context.now(),
  };
  context.webhooks.tell(MODIFIED, facts, { msgBody: body });
}

/**
 * Tells that a message was not sent, whatever was wrong with it (1047/49462), with what the request says of it. That a no of
 * the app's own webhook is not among that is inferred.
 */
export function tellFailed(context: CallContext, body: RequestBody, { code, info }: Refusal): void {
  if (!context.webhooks.wants(FAILED)) return;
  const group = body.get('GroupId');
  const type = typeof group === 'string' ? context.store.groups.get(group)?.facts.type : undefined;
  const [msgBody, cloudCustomData] = [body.textOf('MsgBody'), body.textOf('CloudCustomData')];
  const facts = {
    GroupId: group,
    Type: type,
    From_Account: body.get('From_Account') ?? context.administrator,
    Operator_Account: context.administrator,
    Random: body.get('Random'),
    OnlineOnlyFlag: body.get('OnlineOnlyFlag') ?? 0,
    ErrorCode: code,
    ErrorInfo: info,
    EventTime: context.now(),
  };
  context.webhooks.tell(FAILED, facts, {
    ...(msgBody !== undefined && { msgBody }),
    ...(cloudCustomData !== undefined && { cloudCustomData }),
  });
}

function factsOf(context: CallContext, group: Group, place: GroupPlace, facts: SentFacts) {
  return {
    GroupId: group.id,
    Type: group.facts.type,
    From_Account: facts.from,
    Operator_Account: context.administrator,
    Random: facts.random,
    OnlineOnlyFlag: facts.onlineOnly ? 1 : 0,
    ...topicOf(place),
    EventTime: context.now(),
  };
}

function topicOf({ topic }: GroupPlace) {
  return topic === undefined ? {} : { TopicId: topic };
}
