import type { MessageContent } from '../../../../chat/chatMessage';
import type { GroupMessage } from '../../../store/groups/groupMessages';
import type { Group } from '../../../store/groups/groups';
import type { GroupPlace } from '../../../store/groups/groupRecords';
import type { Verdict } from '../../../webhooks';
import type { CallContext } from '../../call';

/** What a webhook says of a message that is being sent. */
export interface SentFacts {
  readonly from: string;
  readonly random: number;
  readonly onlineOnly: boolean;
}

/** Codes of the webhook before sending: the service's, and those that an app may choose (269/1619). */
const BEFORE = {
  command: 'Group.CallbackBeforeSendMsg',
  refused: 10_016,
  custom: { first: 10_100, last: 10_200 },
} as const;
const AFTER = 'Group.CallbackAfterSendMsg';
const RECALLED = 'Group.CallbackAfterRecallMsg';
const MODIFIED = 'Group.CallbackAfterModifyMsg';

/** Whether anybody is asked before a message is sent. */
export function asksBefore({ webhooks }: CallContext): boolean {
  return webhooks.wants(BEFORE.command);
}

/** Asks before a message is sent. @throws {Refusal} 10016, the webhook's own 10100–10200, 80003 */
export function askBefore(
  context: CallContext,
  group: Group,
  place: GroupPlace,
  facts: SentFacts,
  content: MessageContent,
): Promise<Verdict> {
  return context.webhooks.ask(BEFORE, factsOf(context, group, place, facts), content);
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
