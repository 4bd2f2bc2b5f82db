import type { ChatAddress } from '../chat/address';
import type { CallName } from '../chat/calls/specs';
import { chatCalls } from '../chat/chats/chatCalls';
import type { ChatMessage } from '../chat/chatMessage';

/** A call about a message, a user or a conversation. */
export interface CallAbout {
  /** `service/command`. */
  readonly command: string;
  /** JSON; what comes from a message keeps every token. */
  readonly body: string;
}

/** What of a message its calls are made of. */
export type MessageOfCall = Pick<ChatMessage, 'address' | 'sender' | 'time' | 'content'>;

type Members = readonly (readonly [name: string, json: string | undefined])[];

/**
 * The calls about one message, the likeliest first: to modify it, to read it, to send one like it, to recall it.
 *
 * @param random `MsgRandom` of one that is sent
 */
export function callsAboutMessage(message: MessageOfCall, random: number): CallAbout[] {
  const { address, sender, time, content } = message;
  const said: Members = [
    ['MsgBody', content.msgBody],
    ['CloudCustomData', content.cloudCustomData],
  ];
  const { modify, recall } = chatCalls[address.chat];
  if (address.chat === 'c2c') {
    const { from, to, key } = address;
    const parties: Members = [
      ['From_Account', json(from)],
      ['To_Account', json(to)],
    ];
    const named: Members = [...parties, ['MsgKey', json(key)]];
    const view = { Operator_Account: from, Peer_Account: to };
    return [
      call(modify, [...named, ...said]),
      about('openim/admin_getroammsg', { ...view, MaxCnt: 100, MinTime: time, MaxTime: time }),
      call('openim/sendmsg', [...parties, ['MsgRandom', json(random)], ...said]),
      call(recall, named),
    ];
  }
  const { seq } = address;
  const group = groupOf(address);
  const sent: Members = [
    ...Object.entries(group).map(([name, value]) => [name, json(value)] as const),
    ['From_Account', sender === '' ? undefined : json(sender)],
    ['Random', json(random)],
  ];
  const named = Object.entries({ ...group, MsgSeq: seq }).map(
    ([name, value]) => [name, json(value)] as const,
  );
  const one = { ...group, ReqMsgSeq: seq, ReqMsgNumber: 1, WithRecalledMsg: 1 };
  return [
    call(modify, [...named, ...said]),
    about('group_open_http_svc/group_msg_get_simple', one),
    call('group_open_http_svc/send_group_msg', [...sent, ...said]),
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
  GroupId: string;
  TopicId?: string;
} {
  return { GroupId: group, ...(topic !== undefined && { TopicId: topic }) };
}

function about(command: CallName, body: object): CallAbout {
  return { command, body: JSON.stringify(body) };
}

function call(command: CallName, members: Members): CallAbout {
  const present = members.flatMap(([name, value]) => (value === undefined ? [] : [`${json(name)}:${value}`]));
  return { command, body: `{${present.join(',')}}` };
}

function json(value: string | number): string {
  return JSON.stringify(value);
}
