import { families, type CallFamily, type FamilyName } from './families';

/** A type as the service's pages write it; with `?` the member may be absent. */
type FieldType = `${'String' | 'Integer' | 'Array' | 'Object'}${'' | '?'}`;

/** What is known of one REST call. Client, sandbox and documentation derive from it. */
export interface CallSpec extends CallFamily {
  /** `service/command` as in the path. */
  readonly name: CallName;
  readonly family: FamilyName;
  /** Changes nothing: it may be repeated whatever became of it, and a read-only connection allows it. */
  readonly readOnly: boolean;
  /** No other call takes back what it did, so a person is asked every time. */
  readonly irreversible: boolean;
  /** Calls a second that one app may make. */
  readonly perSecond: number;
  /** The page that describes it. */
  readonly doc?: string;
  /** Members of the request as far as they are known, by today's names. */
  readonly body: Readonly<Record<string, FieldType>>;
}

interface Entry {
  readonly does: 'read' | 'write' | 'remove';
  readonly perSecond?: number;
  readonly tooFrequent?: number;
  /** Number of the page at trtc.io; with `269/` before it, of the Chinese one. */
  readonly doc?: string;
  readonly body: Readonly<Record<string, FieldType>>;
}

const PARTIES = { From_Account: 'String', To_Account: 'String' } as const;
const VIEW = { Operator_Account: 'String', Peer_Account: 'String' } as const;
const CONTENT = { MsgBody: 'Array?', CloudCustomData: 'String?' } as const;
const SENT = {
  SyncOtherMachine: 'Integer?',
  From_Account: 'String?',
  MsgSeq: 'Integer?',
  MsgRandom: 'Integer',
  MsgBody: 'Array',
  CloudCustomData: 'String?',
  MsgLifeTime: 'Integer?',
  SendMsgControl: 'Array?',
  SupportMessageExtension: 'Integer?',
  IsNeedReadReceipt: 'Integer?',
  OfflinePushInfo: 'Object?',
} as const;
const GROUP = { GroupId: 'String', TopicId: 'String?' } as const;

const table = {
  'openim/sendmsg': {
    does: 'write',
    doc: '34919',
    body: {
      ...SENT,
      To_Account: 'String',
      MsgTimeStamp: 'Integer?',
      OnlineOnlyFlag: 'Integer?',
      ForbidCallbackControl: 'Array?',
    },
  },
  'openim/batchsendmsg': {
    does: 'write',
    tooFrequent: 90057,
    doc: '34920',
    body: { ...SENT, To_Account: 'Array' },
  },
  'openim/importmsg': {
    does: 'write',
    doc: '35014',
    body: {
      SyncFromOldSystem: 'Integer',
      ...PARTIES,
      MsgSeq: 'Integer?',
      MsgRandom: 'Integer',
      MsgTimeStamp: 'Integer',
      MsgBody: 'Array',
      CloudCustomData: 'String?',
    },
  },
  'openim/admin_getroammsg': {
    does: 'read',
    doc: '35478',
    body: { ...VIEW, MaxCnt: 'Integer', MinTime: 'Integer', MaxTime: 'Integer', LastMsgKey: 'String?' },
  },
  'openim/modify_c2c_msg': {
    does: 'write',
    doc: '47722',
    body: { ...PARTIES, MsgKey: 'String', ...CONTENT },
  },
  'openim/modify_group_msg': {
    does: 'write',
    doc: '47948',
    body: { ...GROUP, MsgSeq: 'Integer', ...CONTENT },
  },
  'openim/admin_msgwithdraw': { does: 'remove', doc: '35015', body: { ...PARTIES, MsgKey: 'String' } },
  'openim/admin_set_msg_read': {
    does: 'write',
    doc: '38996',
    body: { Report_Account: 'String', Peer_Account: 'String', MsgReadTime: 'Integer?' },
  },
  'openim/get_c2c_unread_msg_num': {
    does: 'read',
    doc: '41046',
    body: { To_Account: 'String', Peer_Account: 'Array?' },
  },
  'openim/delete_c2c_msg_ramble': { does: 'remove', body: { ...VIEW, MsgKeyList: 'Array' } },
  'openim/c2c_msg_read_receipt': { does: 'write', doc: '77776', body: { ...VIEW, C2CMsgInfo: 'Array' } },
  'openim/query_online_status': {
    does: 'read',
    doc: '35477',
    body: { To_Account: 'Array', IsNeedDetail: 'Integer?' },
  },

  'recentcontact/get_list': {
    does: 'read',
    doc: '269/62118',
    body: {
      From_Account: 'String',
      TimeStamp: 'Integer',
      StartIndex: 'Integer',
      TopTimeStamp: 'Integer',
      TopStartIndex: 'Integer',
      AssistFlags: 'Integer',
    },
  },
  'recentcontact/delete': {
    does: 'remove',
    body: {
      From_Account: 'String',
      Type: 'Integer',
      To_Account: 'String?',
      ToGroupid: 'String?',
      ClearRamble: 'Integer?',
    },
  },

  'im_open_login_svc/account_import': {
    does: 'write',
    doc: '269/1608',
    body: { UserID: 'String', Nick: 'String?', FaceUrl: 'String?' },
  },
  'im_open_login_svc/multiaccount_import': {
    does: 'write',
    perSecond: 100,
    doc: '269/4919',
    body: { AccountList: 'Array' },
  },
  'im_open_login_svc/account_check': {
    does: 'read',
    perSecond: 100,
    doc: '269/38417',
    body: { CheckItem: 'Array' },
  },
  'im_open_login_svc/account_delete': {
    does: 'remove',
    perSecond: 100,
    doc: '269/36443',
    body: { DeleteItem: 'Array' },
  },

  'profile/portrait_get': { does: 'read', doc: '34917', body: { To_Account: 'Array', TagList: 'Array' } },
  'profile/portrait_set': { does: 'write', body: { From_Account: 'String', ProfileItem: 'Array' } },

  'sns/friend_delete': {
    does: 'remove',
    body: { From_Account: 'String', To_Account: 'Array', DeleteType: 'String?' },
  },
  'sns/friend_delete_all': { does: 'remove', body: { From_Account: 'String', DeleteType: 'String?' } },
  'sns/black_list_delete': { does: 'remove', body: { From_Account: 'String', To_Account: 'Array' } },

  'group_open_http_svc/get_appid_group_list': {
    does: 'read',
    perSecond: 1,
    doc: '34960',
    body: { Limit: 'Integer?', Next: 'Integer?', GroupType: 'String?' },
  },
  'group_open_http_svc/get_joined_group_list': {
    does: 'read',
    doc: '34925',
    body: {
      Member_Account: 'String',
      WithHugeGroups: 'Integer?',
      WithNoActiveGroups: 'Integer?',
      Limit: 'Integer?',
      Offset: 'Integer?',
      GroupType: 'String?',
      SupportTopic: 'Integer?',
      ResponseFilter: 'Object?',
    },
  },
  'group_open_http_svc/get_group_info': {
    does: 'read',
    doc: '269/1616',
    body: { GroupIdList: 'Array', ResponseFilter: 'Object?' },
  },
  'group_open_http_svc/group_msg_get_simple': {
    does: 'read',
    doc: '34971',
    body: { ...GROUP, ReqMsgNumber: 'Integer', ReqMsgSeq: 'Integer?', WithRecalledMsg: 'Integer?' },
  },
  'group_open_http_svc/get_group_msg_receipt': { does: 'read', body: { ...GROUP, MsgSeqList: 'Array' } },
  'group_open_http_svc/send_group_msg': {
    does: 'write',
    body: { ...GROUP, From_Account: 'String?', Random: 'Integer', ...CONTENT },
  },
  'group_open_http_svc/import_group_msg': {
    does: 'write',
    doc: '269/1635',
    body: { ...GROUP, MsgList: 'Array', RecentContactFlag: 'Integer?' },
  },
  'group_open_http_svc/group_msg_recall': {
    does: 'remove',
    doc: '34965',
    body: { ...GROUP, MsgSeqList: 'Array', Reason: 'String?' },
  },
  'group_open_http_svc/delete_group_msg_by_sender': {
    does: 'remove',
    doc: '269/2359',
    body: { ...GROUP, Sender_Account: 'String' },
  },
  'group_open_http_svc/create_group': {
    does: 'write',
    body: { Type: 'String', Name: 'String', Owner_Account: 'String?', GroupId: 'String?' },
  },
  'group_open_http_svc/destroy_group': { does: 'remove', body: { GroupId: 'String' } },
} as const satisfies Readonly<Record<`${FamilyName}/${string}`, Entry>>;

/** A call that is described here, as `service/command`. */
export type CallName = keyof typeof table;

function asSpec(name: CallName): CallSpec {
  const { does, doc, perSecond = 200, body, ...own }: Entry = table[name];
  const family = name.slice(0, name.indexOf('/')) as FamilyName;
  return {
    ...families[family],
    ...own,
    name,
    family,
    readOnly: does === 'read',
    irreversible: does === 'remove',
    perSecond,
    body,
    ...(doc !== undefined && { doc: pageOf(doc) }),
  };
}

function pageOf(doc: string): string {
  return doc.startsWith('269/')
    ? `https://cloud.tencent.com/document/product/${doc}`
    : `https://trtc.io/document/${doc}`;
}

const specs: ReadonlyMap<string, CallSpec> = new Map(
  (Object.keys(table) as CallName[]).map((name) => [name, asSpec(name)]),
);

/** All described calls, by service. */
export const callSpecs: readonly CallSpec[] = [...specs.values()];

/** The description of a call that has one. */
export function specOf(name: CallName): CallSpec {
  return specs.get(name) ?? asSpec(name);
}

/** The description of any call; undefined for one that nobody described, which then counts as one that writes. */
export function findSpec(command: string): CallSpec | undefined {
  return specs.get(command);
}

/** True when a call is known to change nothing. */
export function isReadOnlyCall(command: string): boolean {
  return specs.get(command)?.readOnly === true;
}

/** True when a call does what no other call takes back. */
export function isIrreversible(command: string): boolean {
  return specs.get(command)?.irreversible === true;
}
