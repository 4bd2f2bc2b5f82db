import type { SandboxSettings } from '../../../src/sandbox/settings';
import { START, TEXT, type Json } from './world';

/** One rule of a call: what breaks it, and the documented code. */
export interface Rule {
  readonly code: number;
  /** What is wrong, in words. */
  readonly rule: string;
  /** Section of the fact sheet. */
  readonly section: string;
  /** The field or thing that is broken; two rules about one cannot be broken at once. */
  readonly about: string;
  /** Breaks the request. */
  readonly change: (request: Json) => void;
  readonly settings?: Partial<SandboxSettings>;
}

/** The rules of a call in the order in which they are looked at. */
export interface CallRules {
  readonly command: string;
  /** A request that breaks none. */
  readonly request: Json;
  readonly rules: readonly Rule[];
}

/** A rule that some values break. */
export function set(
  code: number,
  section: string,
  about: string,
  rule: string,
  values: Json,
  settings?: Partial<SandboxSettings>,
): Rule {
  const change = (request: Json): void => void Object.assign(request, structuredClone(values));
  return { code, section, about, rule, change, ...(settings && { settings }) };
}

/** A rule that a missing field breaks. */
export function missing(code: number, section: string, field: string): Rule {
  const change = (request: Json): void => void (request[field] = undefined);
  return { code, section, about: field, rule: `${field} is missing`, change };
}

const wide = 'x'.repeat(13_000);
const text = (Text: unknown): Json[] => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];
const spaced = Array.from({ length: 400 }, () => ({ MsgType: 'TIMFaceElem', MsgContent: { Index: 1 } }));
const custom = { MsgType: 'TIMCustomElem', MsgContent: { Data: 'x' } };

/** Content, last of all (12.2): array, elements, fields, then length by values and by JSON. */
function content(section: string, lengths: readonly [values: number, json: number]): Rule[] {
  return [
    set(90007, section, 'MsgBody', 'MsgBody is an object', { MsgBody: {} }),
    set(90007, section, 'MsgBody', 'MsgBody is a string', { MsgBody: '[]' }),
    set(90002, section, 'MsgBody', 'MsgBody is empty', { MsgBody: [] }),
    set(90002, section, 'MsgBody', 'an element is a string', { MsgBody: ['hello'] }),
    set(90002, section, 'MsgBody', 'an element without MsgContent', {
      MsgBody: [{ MsgType: 'TIMTextElem' }],
    }),
    set(90002, '8.1', 'MsgBody', 'an unknown MsgType', { MsgBody: [{ MsgType: 'TIMText', MsgContent: {} }] }),
    set(90010, '8.1', 'MsgBody', 'a required field is missing', {
      MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: {} }],
    }),
    set(90010, '8.1', 'MsgBody', 'a field has another type', { MsgBody: text(7) }),
    set(90010, '8.1', 'MsgBody', 'two custom elements', { MsgBody: [custom, custom] }),
    set(lengths[0], '8.2', 'MsgBody', 'values above 12 KB', { MsgBody: text(wide) }),
    set(lengths[0], '8.2', 'MsgBody', 'values above 12 KB in UTF-8', { MsgBody: text('汉'.repeat(4097)) }),
    set(lengths[1], '8.2', 'MsgBody', 'JSON above 12 KB', { MsgBody: spaced }),
  ];
}

const key = `5_6_${START - 60}`;

export const callRules: readonly CallRules[] = [
  {
    command: 'openim/sendmsg',
    request: { From_Account: 'alice', To_Account: 'bob', MsgRandom: 1, MsgBody: TEXT },
    rules: [
      set(90031, '6.1', 'SyncOtherMachine', 'SyncOtherMachine is a string', { SyncOtherMachine: '1' }),
      missing(90003, '6.1', 'To_Account'),
      set(90003, '6.1', 'To_Account', 'To_Account is a number', { To_Account: 7 }),
      set(90044, '6.1', 'MsgLifeTime', 'MsgLifeTime is a string', { MsgLifeTime: '60' }),
      set(90026, '6.1', 'MsgLifeTime', 'MsgLifeTime above 7 days', { MsgLifeTime: 604_801 }),
      set(90010, '6.1', 'MsgSeq', 'MsgSeq is a string', { MsgSeq: '1' }),
      missing(90005, '6.1', 'MsgRandom'),
      set(90005, '6.1', 'MsgRandom', 'MsgRandom is a string', { MsgRandom: '1' }),
      set(90005, '6.1', 'MsgRandom', 'MsgRandom above 32 bits', { MsgRandom: 4_294_967_296 }),
      set(90006, '6.1', 'MsgTimeStamp', 'MsgTimeStamp is a string', { MsgTimeStamp: '1' }),
      set(90010, '6.1', 'ForbidCallbackControl', 'ForbidCallbackControl is a string', {
        ForbidCallbackControl: 'ForbidBeforeSendMsgCallback',
      }),
      set(90010, '6.1', 'CloudCustomData', 'CloudCustomData is an object', { CloudCustomData: {} }),
      set(90043, '11', 'OfflinePushInfo', 'OfflinePushInfo is a string', { OfflinePushInfo: 'x' }),
      set(90043, '8.3', 'OfflinePushInfo', 'PushFlag is 2', { OfflinePushInfo: { PushFlag: 2 } }),
      set(20003, '11', 'From_Account', 'From_Account is longer than 32 bytes', {
        From_Account: 'x'.repeat(33),
      }),
      set(90048, '11', 'From_Account', 'From_Account was deleted', { From_Account: 'gone' }),
      set(20003, '11', 'From_Account', 'From_Account is unknown', { From_Account: 'nobody' }),
      set(90012, '6.1', 'To_Account', 'To_Account is unknown', { To_Account: 'nobody' }),
      missing(90002, '6.1', 'MsgBody'),
      ...content('6.1', [80002, 93000]),
    ],
  },
  {
    command: 'openim/batchsendmsg',
    request: { From_Account: 'alice', To_Account: ['bob'], MsgRandom: 1, MsgBody: TEXT },
    rules: [
      set(90031, '11', 'SyncOtherMachine', 'SyncOtherMachine is a string', { SyncOtherMachine: '1' }),
      set(90008, '6.2', 'From_Account', 'From_Account is a number', { From_Account: 7 }),
      set(90028, '6.2', 'To_Account', 'To_Account is a string', { To_Account: 'bob' }),
      set(90029, '6.2', 'To_Account', 'To_Account is empty', { To_Account: [] }),
      set(90011, '6.2', 'To_Account', '501 receivers', {
        To_Account: Array.from({ length: 501 }, () => 'bob'),
      }),
      set(60015, '11', 'To_Account', 'a receiver is a number', { To_Account: [7] }),
      set(90044, '11', 'MsgLifeTime', 'MsgLifeTime is a string', { MsgLifeTime: '60' }),
      set(90026, '6.2', 'MsgLifeTime', 'MsgLifeTime above 7 days', { MsgLifeTime: 604_801 }),
      missing(90005, '6.2', 'MsgRandom'),
      set(90010, '6.2', 'CloudCustomData', 'CloudCustomData is a number', { CloudCustomData: 1 }),
      set(90043, '11', 'OfflinePushInfo', 'OfflinePushInfo is a list', { OfflinePushInfo: [] }),
      set(90048, '6.2', 'From_Account', 'From_Account was deleted', { From_Account: 'gone' }),
      set(90008, '6.2', 'From_Account', 'From_Account is unknown', { From_Account: 'nobody' }),
      set(90012, '6.2', 'To_Account', 'no receiver is known', { To_Account: ['nobody', 'gone'] }),
      missing(90002, '6.2', 'MsgBody'),
      ...content('6.2', [90055, 93000]),
    ],
  },
  {
    command: 'openim/importmsg',
    request: {
      ...{ SyncFromOldSystem: 2, From_Account: 'alice', To_Account: 'bob' },
      ...{ MsgRandom: 1, MsgTimeStamp: START - 100, MsgBody: TEXT },
    },
    rules: [
      missing(90030, '6.3', 'SyncFromOldSystem'),
      set(90030, '6.3', 'SyncFromOldSystem', 'SyncFromOldSystem is a string', { SyncFromOldSystem: '2' }),
      set(90030, '6.3', 'SyncFromOldSystem', 'SyncFromOldSystem is 3', { SyncFromOldSystem: 3 }),
      missing(90008, '6.3', 'From_Account'),
      missing(90003, '6.3', 'To_Account'),
      set(90011, '6.3', 'To_Account', '501 receivers', {
        To_Account: Array.from({ length: 501 }, () => 'bob'),
      }),
      missing(90005, '6.3', 'MsgRandom'),
      missing(90006, '6.3', 'MsgTimeStamp'),
      set(90006, '6.3', 'MsgTimeStamp', 'MsgTimeStamp is a string', { MsgTimeStamp: '1' }),
      set(90026, '6.3', 'MsgLifeTime', 'MsgLifeTime above 7 days', { MsgLifeTime: 604_801 }),
      set(90010, '6.3', 'CloudCustomData', 'CloudCustomData is a number', { CloudCustomData: 7 }),
      set(90048, '6.3', 'From_Account', 'From_Account was deleted', { From_Account: 'gone' }),
      set(90008, '6.3', 'From_Account', 'From_Account is unknown', { From_Account: 'nobody' }),
      set(90012, '6.3', 'To_Account', 'To_Account is unknown', { To_Account: 'nobody' }),
      missing(90002, '6.3', 'MsgBody'),
      ...content('6.3', [80002, 93000]),
    ],
  },
  {
    command: 'openim/modify_c2c_msg',
    request: { From_Account: 'alice', To_Account: 'bob', MsgKey: key, MsgBody: TEXT, CloudCustomData: 'x' },
    rules: [
      missing(90008, '3', 'From_Account'),
      missing(90003, '3', 'To_Account'),
      set(90003, '3', 'To_Account', 'To_Account is a list', { To_Account: ['bob'] }),
      missing(90054, '3', 'MsgKey'),
      set(90054, '3', 'MsgKey', 'MsgKey has two parts', { MsgKey: '1_2' }),
      set(90010, '3', 'CloudCustomData', 'CloudCustomData is an object', { CloudCustomData: {} }),
      set(20001, '3', 'content', 'neither MsgBody nor CloudCustomData', {
        MsgBody: undefined,
        CloudCustomData: undefined,
      }),
      set(20003, '3', 'From_Account', 'From_Account is no UserID', { From_Account: '名' }),
      set(20003, '3', 'From_Account', 'From_Account is unknown', { From_Account: 'nobody' }),
      set(90012, '3', 'To_Account', 'To_Account is unknown', { To_Account: 'nobody' }),
      ...content('3', [80002, 93000]),
      set(20026, '3', 'MsgKey', 'there is no such message', { MsgKey: `7_8_${START - 60}` }),
      set(20026, '3', 'MsgKey', 'the message goes the other way', {
        From_Account: 'bob',
        To_Account: 'alice',
      }),
      set(20023, '12.5', 'MsgKey', 'the message was recalled', { MsgKey: `9_9_${START - 50}` }),
      set(20001, '3', 'MsgKey', 'the message is of the push plugin', { MsgKey: `3_3_${START - 40}` }),
    ],
  },
  {
    command: 'openim/admin_getroammsg',
    request: { Operator_Account: 'alice', Peer_Account: 'bob', MaxCnt: 20, MinTime: 0, MaxTime: START },
    rules: [
      missing(90008, '2', 'Operator_Account'),
      set(90008, '2', 'Operator_Account', 'Operator_Account is a number', { Operator_Account: 7 }),
      missing(90003, '2', 'Peer_Account'),
      missing(90001, '2', 'MaxCnt'),
      set(90001, '2', 'MaxCnt', 'MaxCnt is 0', { MaxCnt: 0 }),
      set(90001, '2', 'MinTime', 'MinTime is a string', { MinTime: '0' }),
      missing(90001, '2', 'MaxTime'),
      set(90008, '2', 'Operator_Account', 'Operator_Account is unknown', { Operator_Account: 'nobody' }),
      set(90003, '2', 'Peer_Account', 'Peer_Account is unknown', { Peer_Account: 'nobody' }),
    ],
  },
  {
    command: 'openim/admin_msgwithdraw',
    request: { From_Account: 'alice', To_Account: 'bob', MsgKey: key },
    rules: [
      missing(90008, '6.4', 'From_Account'),
      missing(90003, '6.4', 'To_Account'),
      missing(90054, '6.4', 'MsgKey'),
      set(90054, '6.4', 'MsgKey', 'MsgKey is a number', { MsgKey: 7 }),
      set(90008, '6.4', 'From_Account', 'From_Account is unknown', { From_Account: 'nobody' }),
      set(90003, '6.4', 'To_Account', 'To_Account is unknown', { To_Account: 'nobody' }),
      set(20022, '6.4', 'MsgKey', 'there is no such message', { MsgKey: `7_8_${START - 60}` }),
      set(20023, '6.4', 'MsgKey', 'the message was recalled', { MsgKey: `9_9_${START - 50}` }),
    ],
  },
  {
    command: 'openim/admin_set_msg_read',
    request: { Report_Account: 'bob', Peer_Account: 'alice' },
    rules: [
      missing(90008, '6.5', 'Report_Account'),
      missing(90003, '6.5', 'Peer_Account'),
      set(90001, '6.5', 'MsgReadTime', 'MsgReadTime is a word', { MsgReadTime: 'now' }),
      set(90008, '6.5', 'Report_Account', 'Report_Account is unknown', { Report_Account: 'nobody' }),
      set(90003, '6.5', 'Peer_Account', 'Peer_Account is unknown', { Peer_Account: 'nobody' }),
    ],
  },
  {
    command: 'openim/get_c2c_unread_msg_num',
    request: { To_Account: 'bob', Peer_Account: ['alice'] },
    rules: [
      missing(90003, '6.6', 'To_Account'),
      set(90001, '6.6', 'Peer_Account', 'Peer_Account is a string', { Peer_Account: 'alice' }),
      set(90018, '6.6', 'Peer_Account', '11 peers', {
        Peer_Account: Array.from({ length: 11 }, () => 'alice'),
      }),
      set(90008, '6.6', 'To_Account', 'To_Account is unknown', { To_Account: 'nobody' }),
    ],
  },
  {
    command: 'openim/delete_c2c_msg_ramble',
    request: { Operator_Account: 'alice', Peer_Account: 'bob', MsgKeyList: [key] },
    rules: [
      missing(90008, '2.6', 'Operator_Account'),
      missing(90003, '2.6', 'Peer_Account'),
      missing(90054, '2.6', 'MsgKeyList'),
      set(90054, '2.6', 'MsgKeyList', '31 keys', { MsgKeyList: Array.from({ length: 31 }, () => key) }),
      set(90008, '2.6', 'Operator_Account', 'Operator_Account is unknown', { Operator_Account: 'nobody' }),
      set(90003, '2.6', 'Peer_Account', 'Peer_Account is unknown', { Peer_Account: 'nobody' }),
    ],
  },
  {
    command: 'recentcontact/get_list',
    request: {
      ...{ From_Account: 'alice', TimeStamp: 0, StartIndex: 0 },
      ...{ TopTimeStamp: 0, TopStartIndex: 0, AssistFlags: 7 },
    },
    rules: [
      missing(50002, '4', 'From_Account'),
      set(60015, '11', 'From_Account', 'From_Account is a number', { From_Account: 7 }),
      missing(50002, '4', 'TimeStamp'),
      missing(50002, '4', 'StartIndex'),
      set(50002, '4', 'TopTimeStamp', 'TopTimeStamp is a string', { TopTimeStamp: '0' }),
      missing(50002, '4', 'TopStartIndex'),
      missing(50002, '4', 'AssistFlags'),
      set(50001, '4', 'From_Account', 'From_Account is unknown', { From_Account: 'nobody' }),
    ],
  },
  {
    command: 'recentcontact/delete',
    request: { From_Account: 'alice', Type: 1, To_Account: 'bob', ClearRamble: 1 },
    rules: [
      missing(50002, '4.1', 'From_Account'),
      set(60015, '11', 'From_Account', 'From_Account is a list', { From_Account: ['alice'] }),
      set(50002, '4.1', 'Type', 'Type is 3', { Type: 3 }),
      missing(50002, '4.1', 'To_Account'),
      set(50002, '4.1', 'ClearRamble', 'ClearRamble is true', { ClearRamble: true }),
      set(50001, '4.1', 'From_Account', 'From_Account is unknown', { From_Account: 'nobody' }),
    ],
  },
  {
    command: 'im_open_login_svc/account_import',
    request: { UserID: 'new', Nick: 'New', FaceUrl: 'https://example.com/a.png' },
    rules: [
      missing(70402, '7.6', 'UserID'),
      set(60015, '11', 'UserID', 'UserID is a number', { UserID: 7 }),
      set(70402, '7.6', 'UserID', 'UserID of 33 bytes', { UserID: 'x'.repeat(33) }),
      set(70402, '7.6', 'UserID', 'UserID is not ASCII', { UserID: '名' }),
      set(70402, '7.6', 'Nick', 'Nick is a number', { Nick: 7 }),
      set(40601, '7.6', 'Nick', 'Nick of 501 bytes', { Nick: 'x'.repeat(501) }),
      set(70402, '7.6', 'FaceUrl', 'FaceUrl is a list', { FaceUrl: [] }),
      set(70399, '7.6', 'UserID', 'UserID was deleted a day ago', { UserID: 'gone' }),
    ],
  },
  {
    command: 'im_open_login_svc/multiaccount_import',
    request: { AccountList: [{ UserID: 'new' }] },
    rules: [
      missing(70402, '7.6', 'AccountList'),
      set(70402, '7.6', 'AccountList', 'AccountList is empty', { AccountList: [] }),
      set(70402, '7.6', 'AccountList', '101 accounts', {
        AccountList: Array.from({ length: 101 }, () => 'a'),
      }),
      set(
        70206,
        '11',
        'AccountList',
        '101 accounts, older table',
        { AccountList: Array.from({ length: 101 }, () => 'a') },
        { batchSizeCode: 70206 },
      ),
      set(60015, '11', 'AccountList', 'UserID is a number', { AccountList: [{ UserID: 7 }] }),
      set(70402, '7.6', 'AccountList', 'an account without UserID', { AccountList: [{}] }),
      set(70399, '7.6', 'AccountList', 'UserID was deleted a day ago', { AccountList: [{ UserID: 'gone' }] }),
    ],
  },
  {
    command: 'im_open_login_svc/account_check',
    request: { CheckItem: [{ UserID: 'alice' }] },
    rules: [
      missing(70402, '7.6', 'CheckItem'),
      set(70402, '7.6', 'CheckItem', 'CheckItem is an object', { CheckItem: {} }),
      set(70402, '7.6', 'CheckItem', '101 accounts', {
        CheckItem: Array.from({ length: 101 }, () => ({ UserID: 'a' })),
      }),
      set(60015, '11', 'CheckItem', 'UserID is a number', { CheckItem: [{ UserID: 7 }] }),
    ],
  },
  {
    command: 'im_open_login_svc/account_delete',
    request: { DeleteItem: [{ UserID: 'bob' }] },
    rules: [
      missing(70402, '7.6', 'DeleteItem'),
      set(60015, '11', 'DeleteItem', 'UserID is a number', { DeleteItem: [{ UserID: 7 }] }),
      set(71000, '7.6', 'app', 'the app cannot delete accounts', {}, { accountDelete: 'refused' }),
    ],
  },
  {
    command: 'profile/portrait_get',
    request: { To_Account: ['alice'], TagList: ['Tag_Profile_IM_Nick'] },
    rules: [
      missing(40002, '7.7', 'To_Account'),
      set(40001, '7.7', 'To_Account', 'To_Account is a string', { To_Account: 'alice' }),
      set(60015, '11', 'To_Account', 'an account is a number', { To_Account: [7] }),
      set(40001, '7.7', 'To_Account', '101 accounts', { To_Account: Array.from({ length: 101 }, () => 'a') }),
      missing(40001, '7.7', 'TagList'),
      set(40009, '7.7', 'TagList', 'an unknown tag', { TagList: ['Tag_Profile_IM_Shoe'] }),
    ],
  },
];

/** Codes that the pages list for a call and that say something of the service's inside: only a fault makes them. */
export const innerCodes: readonly number[] = [
  ...[
    20001, 20004, 20005, 90992, 90994, 90995, 91000, 70169, 70202, 70500, 40005, 40006, 40007, 30006, 30007,
    30008,
  ],
  ...[
    50004, 50005, 60004, 60005, 60006, 60008, 60011, 60013, 60014, 60016, 60017, 60018, 60019, 60020, 60021,
  ],
  ...[60027, 70051, 80001, 80004, 80005, 20002, 20027, 20028],
];
