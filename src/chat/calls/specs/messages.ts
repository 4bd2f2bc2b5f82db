import type { CallEntries } from './entry';
import { content, group } from './members';

const parties = { From_Account: 'String', To_Account: 'String' } as const;
const view = { Operator_Account: 'String', Peer_Account: 'String' } as const;
const sent = {
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

/** Calls of one-to-one messages, and those of `openim` that concern groups. */
export const messageCalls = {
  'openim/sendmsg': {
    does: 'write',
    doc: '34919',
    body: {
      ...sent,
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
    body: { ...sent, To_Account: 'Array' },
  },
  'openim/importmsg': {
    does: 'write',
    doc: '35014',
    body: {
      SyncFromOldSystem: 'Integer',
      ...parties,
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
    body: { ...view, MaxCnt: 'Integer', MinTime: 'Integer', MaxTime: 'Integer', LastMsgKey: 'String?' },
  },
  'openim/modify_c2c_msg': {
    does: 'write',
    doc: '47722',
    body: { ...parties, MsgKey: 'String', ...content },
  },
  'openim/modify_group_msg': {
    does: 'write',
    doc: '47948',
    body: { ...group, MsgSeq: 'Integer', ...content },
  },
  'openim/admin_msgwithdraw': { does: 'remove', doc: '35015', body: { ...parties, MsgKey: 'String' } },
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
  'openim/delete_c2c_msg_ramble': { does: 'remove', body: { ...view, MsgKeyList: 'Array' } },
  'openim/c2c_msg_read_receipt': { does: 'write', doc: '77776', body: { ...view, C2CMsgInfo: 'Array' } },
  'openim/query_online_status': {
    does: 'read',
    doc: '35477',
    body: { To_Account: 'Array', IsNeedDetail: 'Integer?' },
  },
  // Its name until 2020.
  'openim/querystate': {
    does: 'read',
    doc: '35477',
    body: { To_Account: 'Array', IsNeedDetail: 'Integer?' },
  },
} as const satisfies CallEntries<'openim'>;
