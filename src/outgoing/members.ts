import { specOf, type CallName } from '../chat/calls/specs';
import { without } from '../json/values';

/** The calls that send one message or import one, by the last part of their names. */
export type SendKind = 'sendmsg' | 'batchsendmsg' | 'importmsg' | 'send_group_msg' | 'import_group_msg';

/** The call of each kind. */
export const sendCalls: Readonly<Record<SendKind, CallName>> = {
  sendmsg: 'openim/sendmsg',
  batchsendmsg: 'openim/batchsendmsg',
  importmsg: 'openim/importmsg',
  send_group_msg: 'group_open_http_svc/send_group_msg',
  import_group_msg: 'group_open_http_svc/import_group_msg',
};

/** True for the calls that send to a group. */
export function isGroupKind(kind: SendKind): boolean {
  return kind === 'send_group_msg' || kind === 'import_group_msg';
}

/** Members that are written when a message is sent, so that it can be found again: a person's own would not do. */
export const WRITTEN: ReadonlySet<string> = new Set(['MsgSeq', 'MsgRandom', 'Random']);

/** The most receivers of one `batchsendmsg` (269/1612), and the most members that one message of a group names (269/1629). */
const MOST_RECEIVERS = 500;
const MOST_MEMBERS = 50;

/** What is known of a member beside its type: the documented values or bounds, and the code for another one. */
export interface MemberLimits {
  readonly values?: readonly (number | string)[];
  /** Of a number; of an array, its length. */
  readonly min?: number;
  readonly max?: number;
  readonly code?: number;
  /** The code for a longer array, where it is another one. */
  readonly codeAbove?: number;
}

const FLAG: MemberLimits = { values: [0, 1] };
const SECONDS: MemberLimits = { min: 0, max: 0xffff_ffff };

const limits: Readonly<Record<string, MemberLimits>> = {
  SyncOtherMachine: { values: [1, 2], code: 90031 },
  OnlineOnlyFlag: FLAG,
  MsgLifeTime: { min: 0, max: 604_800, code: 90026 },
  SupportMessageExtension: FLAG,
  IsNeedReadReceipt: FLAG,
  // 1 was live in pages before 2024.
  SyncFromOldSystem: { values: [2, 5], code: 90030 },
  MsgTimeStamp: { ...SECONDS, code: 90006 },
  SendTime: SECONDS,
  RecentContactFlag: FLAG,
  MsgPriority: { values: ['High', 'Normal', 'Low', 'Lowest'] },
  SendMsgControl: { values: ['NoUnread', 'NoLastMsg', 'WithMuteNotifications'] },
  ForbidCallbackControl: { values: ['ForbidBeforeSendMsgCallback', 'ForbidAfterSendMsgCallback'] },
};

/** `import_group_msg` takes a list; of its items these stand in the document of one message (269/1635). */
const ITEM = {
  From_Account: 'String',
  SendTime: 'Integer',
  Random: 'Integer?',
  MsgBody: 'Array',
  CloudCustomData: 'String?',
} as const;

/** The members that a kind of sending takes, with their types: `String`, with `?` where it may be absent. */
export function membersOf(kind: SendKind): Readonly<Record<string, string>> {
  const { body } = specOf(sendCalls[kind]);
  // Of a path only its first member is one of the message's; the type stands before what its value may be.
  const all = Object.entries(body).filter(([name]) => /^\w+$/.test(name));
  const types = Object.fromEntries(all.map(([name, written]) => [name, written.replace(/ .*$/, '')]));
  // Whether a time of one's own counts is not documented; where it does, history would be looked through at another one.
  if (kind === 'sendmsg') return without(types, 'MsgTimeStamp');
  return kind === 'import_group_msg' ? { ...without(types, 'MsgList'), ...ITEM } : types;
}

/** True for a member of an item of `import_group_msg`. */
export function isItemMember(name: string): boolean {
  return Object.hasOwn(ITEM, name);
}

/** What is known of a member's values. */
export function limitsOf(kind: SendKind, name: string): MemberLimits {
  if (name === 'To_Account' && kind === 'batchsendmsg')
    return { min: 1, max: MOST_RECEIVERS, code: 90029, codeAbove: 90011 };
  if (name === 'To_Account' && kind === 'send_group_msg') return { min: 1, max: MOST_MEMBERS };
  return (Object.hasOwn(limits, name) ? limits[name] : undefined) ?? {};
}
