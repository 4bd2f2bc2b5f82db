import { isRecord, member } from '../../../../json/values';
import { Refusal, type RequestBody } from '../../../requestBody';
import type { GroupMessages } from '../../../store/groups/groupMessages';
import { field, type Call, type CallContext } from '../../call';
import { described } from '../../described';
import { isInteger, requiredList } from '../../fields';
import { keptSince } from '../../history';
import {
  GROUP_CODES,
  groupIdOf,
  groupOf,
  messagesAt,
  optionalText,
  refuseTypes,
  requiredText,
  topicIdOf,
} from '../groupFields';
import { tellRecalled } from './groupWebhooks';

const MOST = 10;
const REASON_BYTES = 100;
/** `RetCode` of one message. */
const NOT_THERE = 10_030;
const NOT_RECALLABLE = 10_032;
/** Of the whole call: groups of this type do not recall. */
const WRONG_TYPE = 10_033;
/** How far back `delete_group_msg_by_sender` looks. */
const LATEST = 1000;

/**
 * `group_open_http_svc/group_msg_recall` (269/12341): up to ten messages, each with its own `RetCode`. What a message
 * that was recalled before gets is not documented: see the setting `recallAgainCode`.
 */
export const groupMsgRecall: Call = {
  ...described('group_open_http_svc/group_msg_recall'),
  run(body, context) {
    const id = groupIdOf(body);
    const seqs = seqsOf(body);
    optionalText(body, 'Reason', REASON_BYTES);
    const topic = topicIdOf(body);
    const group = groupOf(context, id);
    refuseTypes(group, ['AVChatRoom'], WRONG_TYPE);
    const { place, messages } = messagesAt(group, topic);
    const results = seqs.map((MsgSeq) => ({ MsgSeq, RetCode: recallCode(messages, MsgSeq, context) }));
    const done = results
      .filter(({ MsgSeq, RetCode }) => RetCode === 0 && messages.find(MsgSeq)?.place === 0)
      .map(({ MsgSeq }) => MsgSeq);
    if (done.length > 0) {
      context.store.change({ kind: 'groupRecalled', ...place, seqs: done });
      tellRecalled(context, group, place, done);
    }
    return { fields: field('RecallRetList', results) };
  },
};

/**
 * `group_open_http_svc/delete_group_msg_by_sender` (269/2359): recalls what a user wrote among the last 1,000 messages,
 * silently: no webhook. An AVChatRoom keeps nothing that it could recall, and gets no error.
 */
export const deleteGroupMsgBySender: Call = {
  ...described('group_open_http_svc/delete_group_msg_by_sender'),
  run(body, context) {
    const id = groupIdOf(body);
    const sender = requiredText(body, 'Sender_Account');
    const topic = topicIdOf(body);
    const { place, messages } = messagesAt(groupOf(context, id), topic);
    const seqs = messages
      .all()
      .slice(-LATEST)
      .filter(({ from, place: was }) => from === sender && was === 0)
      .map(({ seq }) => seq);
    if (seqs.length > 0) context.store.change({ kind: 'groupRecalled', ...place, seqs });
    return {};
  },
};

function recallCode(messages: GroupMessages, seq: number, context: CallContext): number {
  const message = messages.find(seq);
  if (!message || message.place === 1 || message.time < keptSince(context)) return NOT_THERE;
  if (message.system) return NOT_RECALLABLE;
  return message.place === 2 ? context.settings.recallAgainCode : 0;
}

function seqsOf(body: RequestBody): number[] {
  return requiredList(body, 'MsgSeqList', MOST, GROUP_CODES.parameter).map((item) => {
    const seq = isRecord(item) ? member(item, 'MsgSeq') : undefined;
    if (isInteger(seq, 0, 4_294_967_295)) return seq;
    throw new Refusal(GROUP_CODES.parameter, 'MsgSeq is not an integer');
  });
}
