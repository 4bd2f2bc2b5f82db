import type { MessageContent } from '../../../../chat/chatMessage';
import { Refusal } from '../../../requestBody';
import type { GroupMessage, GroupMessages } from '../../../store/groups/groupMessages';
import type { GroupChange, GroupPlace } from '../../../store/groups/groupRecords';
import type { Call, CallContext } from '../../call';
import { contentOf } from '../../content';
import { described } from '../../described';
import { requiredUint32 } from '../../fields';
import { keptSince } from '../../history';
import { checkModifiedContent } from '../../sendFields';
import { groupIdOf, groupOf, messagesAt, refuseTypes, topicIdOf } from '../groupFields';
import { tellModified } from './groupWebhooks';

/** The request is not valid; the page lists no code for a missing GroupId or MsgSeq. */
const BAD_REQUEST = 20_001;

/**
 * `openim/modify_group_msg` (269/74741): overwrites MsgBody, CloudCustomData or both. Its page has no code for a missing
 * group, topic or message, nor for an AVChatRoom: see the settings that begin with `modify`.
 */
export const modifyGroupMsg: Call = {
  ...described('openim/modify_group_msg'),
  run(body, context) {
    const { settings } = context;
    const id = groupIdOf(body, BAD_REQUEST);
    const seq = requiredUint32(body, 'MsgSeq', BAD_REQUEST);
    const topic = topicIdOf(body);
    checkModifiedContent(body, settings);
    const group = groupOf(context, id, settings.modifyGroupCode);
    refuseTypes(group, ['AVChatRoom'], settings.modifyTypeCode);
    const { place, messages } = messagesAt(group, topic, settings.modifyGroupCode);
    const content = contentOf(body, context);
    const message = found(context, messages, seq);
    context.store.change(modification(place, seq, content));
    tellModified(context, place, message);
    return { info: 'succeed' };
  },
};

function modification(
  place: GroupPlace,
  seq: number,
  { msgBody, cloudCustomData }: MessageContent,
): GroupChange {
  return {
    kind: 'groupModified',
    ...place,
    seq,
    ...(msgBody !== undefined && { body: msgBody }),
    ...(cloudCustomData !== undefined && { cloud: cloudCustomData }),
  };
}

function found(context: CallContext, messages: GroupMessages, seq: number): GroupMessage {
  const { settings } = context;
  const message = messages.find(seq);
  if (!message || message.place === 1 || message.time < keptSince(context)) {
    throw new Refusal(settings.modifyMissingCode, 'message not exist');
  }
  if (message.place === 2 && settings.modifyRecalledCode !== 0) {
    throw new Refusal(settings.modifyRecalledCode, 'message has been recalled');
  }
  return message;
}
