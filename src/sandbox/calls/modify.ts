import { isRecalled, type MessageContent } from '../../chat/chatMessage';
import { parseMsgKey } from '../../chat/msgKey';
import type { Change, MessageName, StoredMessage } from '../store/storedMessage';
import { contentOf } from './content';
import type { Call, CallContext } from './call';
import { Refusal } from '../requestBody';
import { described } from './described';
import { checkAccount, requiredAccount } from './fields';
import { keptSince } from './history';
import { checkForm, checkModifiedContent } from './sendFields';

/**
 * `openim/modify_c2c_msg` (1047/47722): overwrites MsgBody, CloudCustomData or both. Which codes it has for a missing
 * or recalled message is not documented: see the settings that begin with `modify`.
 */
export const modifyC2cMsg: Call = {
  ...described('openim/modify_c2c_msg'),
  run(body, context) {
    const { settings } = context;
    const from = requiredAccount(body.get('From_Account'), 'From_Account', 90008);
    const to = requiredAccount(body.get('To_Account'), 'To_Account', 90003);
    const key = body.get('MsgKey');
    if (typeof key !== 'string' || !parseMsgKey(key))
      throw new Refusal(settings.modifyKeyCode, 'invalid MsgKey');
    checkModifiedContent(body, settings);
    checkForm(from, 'From_Account', 20003);
    checkForm(to, 'To_Account', 20003);
    checkAccount(context, from, 'From_Account', 20003);
    checkAccount(context, to, 'To_Account', 90012);
    const content = contentOf(body, context);
    const message = found(context, from, to, key);
    context.store.change(modification({ from, to, key }, content));
    context.webhooks.afterModify(message, context.administrator);
    return { info: 'succeed' };
  },
};

function modification(
  { from, to, key }: MessageName,
  { msgBody: body, cloudCustomData: cloud }: MessageContent,
): Change {
  const change: Change & { kind: 'modified'; body?: string; cloud?: string } = {
    kind: 'modified',
    from,
    to,
    key,
  };
  if (body !== undefined) change.body = body;
  if (cloud !== undefined) change.cloud = cloud;
  return change;
}

function found(context: CallContext, from: string, to: string, key: string): StoredMessage {
  const { settings } = context;
  const message = context.store.message({ from, to, key });
  if (!message || message.time < keptSince(context)) {
    throw new Refusal(settings.modifyMissingCode, 'message not exist');
  }
  if (isRecalled(message) && settings.modifyRecalledCode !== 0) {
    throw new Refusal(settings.modifyRecalledCode, 'message has been recalled');
  }
  if (message.push) throw new Refusal(settings.modifyPushCode, 'a message of the push plugin');
  return message;
}
