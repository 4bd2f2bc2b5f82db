import type { ChatAddress } from '../chat/address';
import type { CallName } from '../chat/calls/specs';
import { chatCalls } from '../chat/chats/chatCalls';
import type { ChatMessage, MessageContent } from '../chat/chatMessage';
import { requestBody } from '../chat/wire/request';
import { isEnclosed } from '../json/enclosed';

/** A call about a message, a user or a conversation. */
export interface CallAbout {
  /** `service/command`. */
  readonly command: string;
  /** JSON; what comes from a message keeps every token. */
  readonly body: string;
}

/** What of a message its calls are made of. */
export type MessageOfCall = Pick<ChatMessage, 'address' | 'sender' | 'time' | 'content'>;

/**
 * The calls about one message, the likeliest first: to modify it, to read it, to send one like it, to recall it.
 *
 * @param random `MsgRandom` of one that is sent
 */
export function callsAboutMessage(message: MessageOfCall, random: number): CallAbout[] {
  const { address, sender, time, content } = message;
  const { modify, recall } = chatCalls[address.chat];
  if (address.chat === 'c2c') {
    const { from, to, key } = address;
    const parties = { From_Account: from, To_Account: to };
    const named = { ...parties, MsgKey: key };
    const view = { Operator_Account: from, Peer_Account: to };
    return [
      about(modify, named, content),
      about('openim/admin_getroammsg', { ...view, MaxCnt: 100, MinTime: time, MaxTime: time }),
      about('openim/sendmsg', { ...parties, MsgRandom: random }, content),
      about(recall, named),
    ];
  }
  const { seq } = address;
  const group = groupOf(address);
  const sent = { ...group, From_Account: sender === '' ? undefined : sender, Random: random };
  const one = { ...group, ReqMsgSeq: seq, ReqMsgNumber: 1, WithRecalledMsg: 1 };
  return [
    about(modify, { ...group, MsgSeq: seq }, content),
    about('group_open_http_svc/group_msg_get_simple', one),
    about('group_open_http_svc/send_group_msg', sent, content),
    about(recall, { ...group, MsgSeqList: [{ MsgSeq: seq }] }),
  ];
}

/** The calls about one user. */
export function callsAboutUser(user: string): CallAbout[] {
  const start = { TimeStamp: 0, StartIndex: 0, TopTimeStamp: 0, TopStartIndex: 0, AssistFlags: 7 };
  return [
    about('im_open_login_svc/account_import', { UserID: user }),
    about('im_open_login_svc/account_check', { CheckItem: [{ UserID: user }] }),
    about('profile/portrait_get', { To_Account: [user], TagList: ['Tag_Profile_IM_Nick'] }),
    about('openim/query_online_status', { To_Account: [user] }),
    about('recentcontact/get_list', { From_Account: user, ...start }),
    about('group_open_http_svc/get_joined_group_list', { Member_Account: user }),
  ];
}

/** The calls about one conversation. */
export function callsAboutChat(chat: ChatAddress, random: number): CallAbout[] {
  const text = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }];
  if (chat.chat === 'c2c') {
    const { user, peer } = chat;
    const view = { Operator_Account: user, Peer_Account: peer };
    const parties = { From_Account: user, To_Account: peer };
    return [
      about('openim/admin_getroammsg', { ...view, MaxCnt: 100, MinTime: 0, MaxTime: 4_294_967_295 }),
      about('openim/sendmsg', { ...parties, MsgRandom: random, MsgBody: text }),
    ];
  }
  const group = groupOf(chat);
  return [
    about('group_open_http_svc/group_msg_get_simple', { ...group, ReqMsgNumber: 20 }),
    about('group_open_http_svc/send_group_msg', { ...group, Random: random, MsgBody: text }),
    about('group_open_http_svc/get_group_info', { GroupIdList: [chat.group] }),
    about('group_open_http_svc/get_group_member_info', { GroupId: chat.group }),
  ];
}

function groupOf({ group, topic }: { readonly group: string; readonly topic?: string }): {
  readonly GroupId: string;
  readonly TopicId: string | undefined;
} {
  return { GroupId: group, TopicId: topic };
}

/** @param content what of a message the call says, each token as it is, if need be as it was typed */
function about(
  command: CallName,
  fields: Readonly<Record<string, unknown>>,
  { msgBody, cloudCustomData }: MessageContent = {},
): CallAbout {
  const said = { MsgBody: msgBody, CloudCustomData: cloudCustomData };
  return { command, body: requestBody(fields, said, isEnclosed) };
}
