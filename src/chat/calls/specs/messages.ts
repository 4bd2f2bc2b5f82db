import type { CallEntries } from './entry';
import { content, group } from './members';

const parties = { From_Account: 'String 1..32', To_Account: 'String 1..32' } as const;
const view = { Operator_Account: 'String 1..32', Peer_Account: 'String 1..32' } as const;
const sent = {
  SyncOtherMachine: 'Integer? 1|2',
  From_Account: 'String? ..32',
  MsgSeq: 'Integer? 0..4294967295',
  MsgRandom: 'Integer 0..4294967295',
  MsgBody: 'Array',
  CloudCustomData: 'String?',
  MsgLifeTime: 'Integer? 0..604800',
  SendMsgControl: 'Array?',
  SupportMessageExtension: 'Integer? 0|1',
  IsNeedReadReceipt: 'Integer? 0|1',
  OfflinePushInfo: 'Object?',
} as const;

/** Calls of one-to-one messages, and those of `openim` that concern groups. */
export const messageCalls = {
  'openim/sendmsg': {
    does: 'write',
    doc: '34919',
    body: {
      ...sent,
      To_Account: 'String 1..32',
      MsgTimeStamp: 'Integer? 0..4294967295',
      OnlineOnlyFlag: 'Integer? 0|1',
      ForbidCallbackControl: 'Array?',
    },
  },
  'openim/batchsendmsg': {
    does: 'write',
    tooFrequent: 90057,
    doc: '34920',
    body: { ...sent, To_Account: 'Array 1..500' },
  },
  'openim/importmsg': {
    does: 'write',
    doc: '35014',
    body: {
      SyncFromOldSystem: 'Integer 1|2|5',
      ...parties,
      MsgSeq: 'Integer? 0..4294967295',
      MsgRandom: 'Integer 0..4294967295',
      MsgTimeStamp: 'Integer 0..4294967295',
      MsgBody: 'Array',
      CloudCustomData: 'String?',
    },
  },
  'openim/admin_getroammsg': {
    does: 'read',
    doc: '35478',
    body: {
      ...view,
      MaxCnt: 'Integer 1..',
      MinTime: 'Integer 0..',
      MaxTime: 'Integer 0..',
      LastMsgKey: 'String? ..50',
    },
  },
  'openim/modify_c2c_msg': {
    does: 'write',
    doc: '47722',
    body: { ...parties, MsgKey: 'String 1..50', ...content },
  },
  'openim/modify_group_msg': {
    does: 'write',
    doc: '47948',
    body: { ...group, MsgSeq: 'Integer 1..', ...content },
  },
  'openim/admin_msgwithdraw': { does: 'remove', doc: '35015', body: { ...parties, MsgKey: 'String 1..50' } },
  'openim/admin_set_msg_read': {
    does: 'write',
    doc: '38996',
    body: { Report_Account: 'String', Peer_Account: 'String', MsgReadTime: 'Integer?' },
  },
  'openim/get_c2c_unread_msg_num': {
    does: 'read',
    doc: '41046',
    body: { To_Account: 'String', Peer_Account: 'Array? ..10' },
  },
  'openim/delete_c2c_msg_ramble': {
    does: 'remove',
    doc: '269/101439',
    body: { ...view, MsgKeyList: 'Array 1..30' },
  },
  'openim/c2c_msg_read_receipt': {
    does: 'write',
    doc: '77776',
    body: {
      ...view,
      C2CMsgInfo: 'Array',
      'C2CMsgInfo[].From_Account': 'String',
      'C2CMsgInfo[].To_Account': 'String',
      'C2CMsgInfo[].MsgKey': 'String 1..50',
    },
  },
  'openim/query_online_status': {
    does: 'read',
    doc: '35477',
    body: { To_Account: 'Array 1..500', IsNeedDetail: 'Integer? 0|1' },
  },
  // Its name until 2020.
  'openim/querystate': {
    does: 'read',
    doc: '35477',
    body: { To_Account: 'Array 1..500', IsNeedDetail: 'Integer? 0|1' },
  },
} as const satisfies CallEntries<'openim'>;
