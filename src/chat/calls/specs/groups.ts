import type { CallEntries } from './entry';
import { group } from './members';

const facts = {
  Introduction: 'String?',
  Notification: 'String?',
  FaceUrl: 'String?',
  ApplyJoinOption: 'String?',
  AppDefinedData: 'Array?',
} as const;

/** Calls of groups, their members and messages, and of the topics of communities. */
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
  'group_open_http_svc/get_group_member_info': {
    does: 'read',
    doc: '269/1617',
    body: {
      GroupId: 'String',
      MemberInfoFilter: 'Array?',
      MemberRoleFilter: 'Array?',
      AppDefinedDataFilter_GroupMember: 'Array?',
      Limit: 'Integer?',
      Offset: 'Integer?',
      Next: 'Integer?',
    },
  },
  'group_open_http_svc/get_role_in_group': {
    does: 'read',
    doc: '269/1626',
    body: { GroupId: 'String', User_Account: 'Array' },
  },
  'group_open_http_svc/group_msg_get_simple': {
    does: 'read',
    doc: '34971',
    body: { ...group, ReqMsgNumber: 'Integer', ReqMsgSeq: 'Integer?', WithRecalledMsg: 'Integer?' },
  },
  'group_open_http_svc/get_group_msg_receipt': { does: 'read', body: { ...group, MsgSeqList: 'Array' } },
  'group_open_http_svc/create_group': {
    does: 'write',
    doc: '269/1615',
    body: {
      Type: 'String',
      Name: 'String',
      Owner_Account: 'String?',
      GroupId: 'String?',
      ...facts,
      MaxMemberCount: 'Integer?',
      MemberList: 'Array?',
      SupportTopic: 'Integer?',
    },
  },
  'group_open_http_svc/import_group': {
    does: 'write',
    body: {
      Type: 'String',
      Name: 'String',
      Owner_Account: 'String?',
      GroupId: 'String?',
      ...facts,
      MaxMemberCount: 'Integer?',
      CreateTime: 'Integer?',
      SupportTopic: 'Integer?',
    },
  },
  'group_open_http_svc/modify_group_base_info': {
    does: 'write',
    doc: '269/1620',
    body: {
      GroupId: 'String',
      Name: 'String?',
      ...facts,
      MaxMemberNum: 'Integer?',
      ShutUpAllMember: 'String?',
    },
  },
  'group_open_http_svc/change_group_owner': {
    does: 'write',
    body: { GroupId: 'String', NewOwner_Account: 'String' },
  },
  'group_open_http_svc/destroy_group': {
    does: 'remove',
    doc: '269/1624',
    body: { GroupId: 'String' },
  },
  'group_open_http_svc/add_group_member': {
    does: 'write',
    doc: '269/1621',
    body: { GroupId: 'String', MemberList: 'Array', Silence: 'Integer?' },
  },
  'group_open_http_svc/import_group_member': {
    does: 'write',
    doc: '269/1636',
    body: { GroupId: 'String', MemberList: 'Array' },
  },
  'group_open_http_svc/delete_group_member': {
    does: 'write',
    doc: '269/1622',
    body: { GroupId: 'String', MemberToDel_Account: 'Array', Silence: 'Integer?', Reason: 'String?' },
  },
  'group_open_http_svc/forbid_send_msg': {
    does: 'write',
    doc: '269/1627',
    body: { GroupId: 'String', Members_Account: 'Array', ShutUpTime: 'Integer' },
  },
  'group_open_http_svc/send_group_msg': {
    does: 'write',
    doc: '269/1629',
    body: {
      ...group,
      From_Account: 'String?',
      Random: 'Integer',
      MsgPriority: 'String?',
      MsgBody: 'Array',
      CloudCustomData: 'String?',
      To_Account: 'Array?',
      GroupAtInfo: 'Array?',
      OnlineOnlyFlag: 'Integer?',
      SendMsgControl: 'Array?',
      ForbidCallbackControl: 'Array?',
      SupportMessageExtension: 'Integer?',
      OfflinePushInfo: 'Object?',
    },
  },
  'group_open_http_svc/send_group_system_notification': {
    does: 'write',
    doc: '269/1630',
    body: { GroupId: 'String', Content: 'String', ToMembers_Account: 'Array?' },
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

  'million_group_open_http_svc/get_topic': {
    does: 'read',
    doc: '49469',
    body: { GroupId: 'String', From_Account: 'String', TopicIdList: 'Array?', ResponseFilter: 'Array?' },
  },
  'million_group_open_http_svc/create_topic': {
    does: 'write',
    doc: '49471',
    body: {
      GroupId: 'String',
      TopicName: 'String',
      TopicId: 'String?',
      From_Account: 'String?',
      CustomString: 'String?',
      FaceUrl: 'String?',
      Notification: 'String?',
      Introduction: 'String?',
    },
  },
} as const satisfies CallEntries<'group_open_http_svc' | 'million_group_open_http_svc'>;
