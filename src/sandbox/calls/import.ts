import { formatMsgKey } from '../../chat/msgKey';
import type { MessageRecord } from '../store/storedMessage';
import { newContentOf } from './content';
import type { Call, CallContext } from './call';
import { Refusal, type RequestBody } from '../requestBody';
import { described } from './described';
import { checkAccount, isInteger, optionalUint32, requiredAccount, requiredUint32 } from './fields';
import { randomUint32 } from './send';
import { checkCloudCustomData, checkNotDeleted, lifeTime } from './sendFields';

/**
 * `openim/importmsg` (269/2568): history from another system. It calls no webhooks. A message with the MsgSeq,
 * MsgRandom and MsgTimeStamp of one that is there, in either direction, is left out silently.
 */
export const importMsg: Call = {
  ...described('openim/importmsg'),
  run(body, context) {
    const live = isLive(body, context);
    const from = requiredAccount(body.get('From_Account'), 'From_Account', 90008);
    const to = receiverOf(body);
    const seq = optionalUint32(body, 'MsgSeq', 90010) ?? randomUint32();
    const random = requiredUint32(body, 'MsgRandom', 90005);
    const time = requiredUint32(body, 'MsgTimeStamp', 90006);
    lifeTime(body);
    checkCloudCustomData(body);
    checkNotDeleted(context, from);
    checkNotDeleted(context, to);
    checkAccount(context, from, 'From_Account', 90008);
    checkAccount(context, to, 'To_Account', 90012);
    const content = newContentOf(body, context);
    const known = context.store.conversation(from, to)?.withKey(formatMsgKey({ seq, random, time })) ?? [];
    if (known.length > 0) return {};
    const message: MessageRecord = {
      ...{ from, to, seq, random, time, body: content.msgBody },
      ...(content.cloudCustomData !== undefined && { cloud: content.cloudCustomData }),
      ...(live && { unread: true }),
    };
    context.store.change({ kind: 'message', message });
    return {};
  },
};

/** True when the message counts as unread: 5 today, 1 in old pages; 2 is history in both. */
function isLive(body: RequestBody, context: CallContext): boolean {
  const mode = body.get('SyncFromOldSystem');
  const modes = context.settings.importModes === 'all' ? [1, 2, 5] : [2, 5];
  if (!isInteger(mode)) throw new Refusal(90030, 'SyncFromOldSystem is not an integer');
  if (!modes.includes(mode)) throw new Refusal(90030, `SyncFromOldSystem is not one of ${modes.join(', ')}`);
  return mode !== 2;
}

/** One receiver. The page lists 90011 too, which can only be about a list of them. */
function receiverOf(body: RequestBody): string {
  const to = body.get('To_Account');
  if (Array.isArray(to) && to.length > 500) throw new Refusal(90011, 'more than 500 receivers');
  return requiredAccount(to, 'To_Account', 90003);
}
