import { isRecalled } from '../../chat/chatMessage';
import { parseMsgKey } from '../../chat/msgKey';
import { isVisibleTo } from '../store/conversation';
import { field, type Call } from './call';
import { Refusal } from '../requestBody';
import { described } from './described';
import { checkAccount, requiredAccount } from './fields';
import { keptSince } from './history';
import { unreadOf } from './unread';

const MOST_KEYS = 30;

/** `openim/admin_msgwithdraw` (269/38980): recalls a message for both sides; history goes on listing it. */
export const adminMsgWithdraw: Call = {
  ...described('openim/admin_msgwithdraw'),
  run(body, context) {
    const from = requiredAccount(body.get('From_Account'), 'From_Account', 90008);
    const to = requiredAccount(body.get('To_Account'), 'To_Account', 90003);
    const key = body.get('MsgKey');
    if (typeof key !== 'string' || !parseMsgKey(key)) throw new Refusal(90054, 'invalid MsgKey');
    checkAccount(context, from, 'From_Account', 90008);
    checkAccount(context, to, 'To_Account', 90003);
    const message = context.store.message({ from, to, key });
    if (!message || message.time < keptSince(context)) throw new Refusal(20022, 'message not exist');
    if (isRecalled(message)) throw new Refusal(20023, 'message has been recalled');
    context.store.change({ kind: 'recalled', from, to, key });
    context.webhooks.afterRecall(message, () => unreadOf(context, to));
    return {};
  },
};

/**
 * `openim/delete_c2c_msg_ramble`: deletes messages on one side only. Known from a client of others, not from a page:
 * that a list which is none or has more than 30 keys is 90054 is inferred.
 */
export const deleteC2cMsgRamble: Call = {
  ...described('openim/delete_c2c_msg_ramble'),
  run(body, context) {
    const owner = requiredAccount(body.get('Operator_Account', 'From_Account'), 'Operator_Account', 90008);
    const peer = requiredAccount(body.get('Peer_Account', 'To_Account'), 'Peer_Account', 90003);
    const keys = keysOf(body.get('MsgKeyList'));
    checkAccount(context, owner, 'Operator_Account', 90008);
    checkAccount(context, peer, 'Peer_Account', 90003);
    const conversation = context.store.conversation(owner, peer);
    const isThere = (key: string): boolean =>
      conversation?.withKey(key).some((message) => isVisibleTo(message, owner)) ?? false;
    const valid = keys.filter(isThere);
    const invalid = keys.filter((key) => !valid.includes(key));
    if (valid.length > 0) context.store.change({ kind: 'hidden', owner, peer, keys: valid });
    return { fields: field('InvalidMsgKeyList', invalid) };
  },
};

function keysOf(value: unknown): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  if (list.length === 0 || list.length > MOST_KEYS) {
    throw new Refusal(90054, `MsgKeyList is not a list of 1 to ${MOST_KEYS}`);
  }
  if (!list.every((key): key is string => typeof key === 'string')) {
    throw new Refusal(90054, 'MsgKeyList has an item that is not a string');
  }
  return list;
}
