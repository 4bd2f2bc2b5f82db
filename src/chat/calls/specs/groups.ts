import type { CallEntries } from './entry';
import { content, group } from './members';

/** Calls of groups, their members and messages. */
export const groupCalls = {
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
    body: { ...group, ReqMsgNumber: 'Integer', ReqMsgSeq: 'Integer?', WithRecalledMsg: 'Integer?' },
  },
  'group_open_http_svc/get_group_msg_receipt': { does: 'read', body: { ...group, MsgSeqList: 'Array' } },
  'group_open_http_svc/send_group_msg': {
    does: 'write',
    body: { ...group, From_Account: 'String?', Random: 'Integer', ...content },
  },
  'group_open_http_svc/import_group_msg': {
    does: 'write',
    doc: '269/1635',
    body: { ...group, MsgList: 'Array', RecentContactFlag: 'Integer?' },
  },
  'group_open_http_svc/group_msg_recall': {
    does: 'remove',
    doc: '34965',
    body: { ...group, MsgSeqList: 'Array', Reason: 'String?' },
  },
  'group_open_http_svc/delete_group_msg_by_sender': {
    does: 'remove',
    doc: '269/2359',
    body: { ...group, Sender_Account: 'String' },
  },
  'group_open_http_svc/create_group': {
    does: 'write',
    body: { Type: 'String', Name: 'String', Owner_Account: 'String?', GroupId: 'String?' },
  },
  'group_open_http_svc/destroy_group': { does: 'remove', body: { GroupId: 'String' } },
} as const satisfies CallEntries<'group_open_http_svc'>;
