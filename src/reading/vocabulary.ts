import { normalised } from '../message/checks/names';

/** What a member tells of a message. */
export type Role =
  'from' | 'to' | 'key' | 'seq' | 'random' | 'time' | 'group' | 'topic' | 'body' | 'conversation' | 'peer';

/**
 * Members by their names without case and underscores: those of the service (trtc.io/34919), however a server spells
 * them, and those of the C SDK.
 */
const service: Readonly<Record<string, Role>> = {
  fromaccount: 'from',
  toaccount: 'to',
  msgkey: 'key',
  msgseq: 'seq',
  msgrandom: 'random',
  msgtimestamp: 'time',
  msgtime: 'time',
  groupid: 'group',
  topicid: 'topic',
  msgbody: 'body',
  messagesender: 'from',
  messageseq: 'seq',
  messagerand: 'random',
  messageservertime: 'time',
  messageelemarray: 'body',
  messageconvid: 'conversation',
};

/** Names that mean this only in a message: those of the Web SDK, of V2TIM, and common ones of servers. */
const common: Readonly<Record<string, Role>> = {
  from: 'from',
  fromuser: 'from',
  fromuserid: 'from',
  fromid: 'from',
  fromuid: 'from',
  sender: 'from',
  senderid: 'from',
  senderuserid: 'from',
  to: 'to',
  touser: 'to',
  touserid: 'to',
  toid: 'to',
  touid: 'to',
  receiver: 'to',
  receiverid: 'to',
  receiveruserid: 'to',
  messagekey: 'key',
  sequence: 'seq',
  seq: 'seq',
  random: 'random',
  time: 'time',
  timestamp: 'time',
  servertime: 'time',
  elements: 'body',
  elems: 'body',
  elemlist: 'body',
  messagebody: 'body',
  msgbodyjson: 'body',
  conversationid: 'conversation',
  userid: 'peer',
};

/** The member's meaning, and whether its name alone says that this is about a message. */
export function roleOf(name: string): { readonly role: Role; readonly sure: boolean } | undefined {
  const plain = normalised(name);
  const sure = Object.hasOwn(service, plain) ? service[plain] : undefined;
  if (sure !== undefined) return { role: sure, sure: true };
  const role = Object.hasOwn(common, plain) ? common[plain] : undefined;
  return role && { role, sure: false };
}

/** Words without which nothing is a message, in any spelling. */
export const TELLING =
  /msg_?body|msg_?type|msg_?content|msg_?key|msg_?seq|from_?account|to_?account|_elements|elem_array|"elems"|\belems\b|TIM\w{3,20}Elem|conversation_?(?:id|type)|cloud_?custom|message_(?:seq|sender)/i;

/** `C2Cuser`, `GROUP@TGS#…` of the Web SDK. */
export function conversationOf(
  id: string,
): { readonly user: string } | { readonly group: string } | undefined {
  const match = /^(C2C|GROUP)(.+)$/.exec(id);
  if (match?.[2] === undefined) return undefined;
  return match[1] === 'C2C' ? { user: match[2] } : { group: match[2] };
}

/** An id that a client's SDK gives: tinyid-time-random, of which the MsgKey has the random only. */
export const SDK_ID = /(?<![\w-])\d{9,20}-\d{10}-\d{1,10}(?![\w-])/;
