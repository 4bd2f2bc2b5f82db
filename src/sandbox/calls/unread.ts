import type { Conversation } from '../store/conversation';
import { field, seconds, type Call, type CallContext } from './call';
import { Refusal } from '../requestBody';
import { described } from './described';
import { accountExists, checkAccount, isInteger, requiredAccount } from './fields';

const MOST_PEERS = 10;
/** Unread messages are counted up to this number in each of as many conversations, for 7 days. */
const MOST_COUNTED = 100;
const COUNTED_DAYS = 7;

/** `openim/admin_set_msg_read` (269/50349): everything from the peer up to a time is read, by default up to now. */
export const adminSetMsgRead: Call = {
  ...described('openim/admin_set_msg_read'),
  run(body, context) {
    const owner = requiredAccount(body.get('Report_Account'), 'Report_Account', 90008);
    const peer = requiredAccount(body.get('Peer_Account'), 'Peer_Account', 90003);
    const time = readTime(body.get('MsgReadTime')) ?? seconds(context);
    checkAccount(context, owner, 'Report_Account', 90008);
    checkAccount(context, peer, 'Peer_Account', 90003);
    context.store.change({ kind: 'read', owner, peer, time });
    context.webhooks.afterRead(owner, peer, time, () => unreadOf(context, owner));
    return {};
  },
};

/** `openim/get_c2c_unread_msg_num` (269/56043): unread messages of a user, of all peers or of some. */
export const getC2cUnreadMsgNum: Call = {
  ...described('openim/get_c2c_unread_msg_num'),
  run(body, context) {
    const owner = requiredAccount(body.get('To_Account'), 'To_Account', 90003);
    const peers = peersOf(body.get('Peer_Account'));
    checkAccount(context, owner, 'To_Account', 90008);
    if (!peers) return { fields: field('AllC2CUnreadMsgNum', unreadOf(context, owner)) };
    const known = peers.filter((peer) => accountExists(context, peer));
    const list = known.map((peer) => ({
      Peer_Account: peer,
      C2CUnreadMsgNum: unreadIn(context.store.conversation(owner, peer), owner, context),
    }));
    const failed = peers
      .filter((peer) => !known.includes(peer))
      .map((peer) => ({ Peer_Account: peer, ErrorCode: 70107 }));
    return {
      fields: field('C2CUnreadMsgNumList', list) + (failed.length > 0 ? field('ErrorList', failed) : ''),
    };
  },
};

/** Unread messages of a user in all conversations. */
export function unreadOf(context: CallContext, owner: string): number {
  let sum = 0;
  for (const { peer } of context.store.contactsOf(owner)) {
    if (peer !== undefined) sum += unreadIn(context.store.conversation(owner, peer), owner, context);
  }
  return sum;
}

function unreadIn(conversation: Conversation | undefined, owner: string, context: CallContext): number {
  const since = seconds(context) - COUNTED_DAYS * 86_400;
  let count = 0;
  for (let index = (conversation?.size ?? 0) - 1; index >= 0 && count < MOST_COUNTED; index--) {
    const message = conversation?.at(index);
    if (!message || message.time < since) break;
    if (message.to === owner && message.unread) count++;
  }
  return count;
}

/** Pages give the type as String, clients send numbers: both are taken. */
function readTime(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  if (!isInteger(number)) throw new Refusal(90001, 'MsgReadTime is not an integer');
  return number;
}

function peersOf(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const list = Array.isArray(value) ? (value as unknown[]) : undefined;
  if (!list?.every((peer): peer is string => typeof peer === 'string')) {
    throw new Refusal(90001, 'Peer_Account is not a list of strings');
  }
  if (list.length > MOST_PEERS) throw new Refusal(90018, `more than ${MOST_PEERS} peers`);
  return list;
}
