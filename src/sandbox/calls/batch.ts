import { formatMsgKey } from '../../chat/msgKey';
import { newContentOf } from './content';
import { field, seconds, type Call } from './call';
import { Refusal } from '../requestBody';
import { described } from './described';
import {
  accountExists,
  checkAccount,
  isUserId,
  optionalInteger,
  optionalUint32,
  requiredUint32,
} from './fields';
import { messageId, randomUint32 } from './send';
import {
  checkCloudCustomData,
  checkForm,
  checkNotDeleted,
  checkPushInfo,
  lifeTime,
  senderOf,
  storedForSender,
  words,
} from './sendFields';

const MOST_RECEIVERS = 500;

/** `openim/batchsendmsg` (269/1612): one message to many. It calls no webhooks. */
export const batchSendMsg: Call = {
  ...described('openim/batchsendmsg'),
  run(body, context) {
    const forSender = storedForSender(body, context);
    const from = senderOf(body, context, 90008);
    const receivers = receiversOf(body.get('To_Account'));
    const online = optionalInteger(body, 'OnlineOnlyFlag', 90010, 0, 1) === 1;
    const life = lifeTime(body);
    const seq = optionalUint32(body, 'MsgSeq', 90010) ?? randomUint32();
    const random = requiredUint32(body, 'MsgRandom', 90005);
    const control = words(body, 'SendMsgControl', ['NoUnread', 'NoLastMsg', 'WithMuteNotifications']);
    checkCloudCustomData(body);
    checkPushInfo(body);
    checkForm(from, 'From_Account', 90008);
    checkNotDeleted(context, from);
    checkAccount(context, from, 'From_Account', 90008);
    const known = receivers.filter((to) => isUserId(to) && accountExists(context, to));
    if (known.length === 0) throw new Refusal(90012, 'invalid To_Account');
    const content = newContentOf(body, context, { values: 90055, json: 93000 });

    context.limits.enterBatch(known.length);
    const time = seconds(context);
    const key = formatMsgKey({ seq, random, time });
    for (const to of new Set(known)) {
      if (online || context.store.message({ from, to, key })) continue;
      const quietFor = control.has('NoLastMsg') ? 'both' : forSender ? undefined : 'sender';
      context.store.change({
        kind: 'message',
        message: {
          ...{ from, to, seq, random, time, body: content.msgBody },
          ...(content.cloudCustomData !== undefined && { cloud: content.cloudCustomData }),
          ...(!forSender && { seenBy: 'receiver' as const }),
          ...(quietFor && { quietFor }),
          ...(!control.has('NoUnread') && life > 0 && { unread: true }),
        },
      });
    }
    const failed = receivers.filter((to) => !known.includes(to));
    const fields = field('MsgKey', key) + messageId(key, context);
    if (failed.length === 0) return { fields };
    const list = failed.map((to) => ({ To_Account: to, ErrorCode: 70107 }));
    return { status: 'SomeError', fields: fields + field('ErrorList', list) };
  },
};

function receiversOf(value: unknown): string[] {
  if (!Array.isArray(value)) throw new Refusal(90028, 'To_Account is not an array');
  if (value.length === 0) throw new Refusal(90029, 'To_Account is empty');
  if (value.length > MOST_RECEIVERS) throw new Refusal(90011, `more than ${MOST_RECEIVERS} receivers`);
  const receivers = value as unknown[];
  if (!receivers.every((to): to is string => typeof to === 'string')) {
    throw new Refusal(60015, 'To_Account has an item that is not a string');
  }
  return receivers;
}
