import type { CallEntries } from './entry';
import { group } from './members';

/** Lengths as page 48184 has them (2024-11), which is more than older pages allow. */
const facts = {
  Introduction: 'String? ..400',
  Notification: 'String? ..400',
  FaceUrl: 'String? ..500',
  ApplyJoinOption: 'String? FreeAccess|NeedPermission|DisableApply',
  AppDefinedData: 'Array?',
} as const;
const created = {
  Type: 'String Public|Private|ChatRoom|AVChatRoom|Community',
  Name: 'String 1..100',
  Owner_Account: 'String? ..32',
  GroupId: 'String?',
  ...facts,
  MaxMemberCount: 'Integer?',
  SupportTopic: 'Integer? 0|1',
} as const;
const GROUP_TYPE = 'String? Public|Private|ChatRoom|AVChatRoom|BChatRoom|Community';

/** Calls of groups, their members and messages, and of the topics of communities. */
export const groupCalls = {
  'group_open_http_svc/get_appid_group_list': {
    does: 'read',
    perSecond: 1,
    doc: '34960',
    body: { Limit: 'Integer? ..10000', Next: 'Integer?', GroupType: GROUP_TYPE },
  },
  'group_open_http_svc/get_joined_group_list': {
    does: 'read',
    doc: '34925',
    body: {
      Member_Account: 'String',
      WithHugeGroups: 'Integer? 0|1',
      WithNoActiveGroups: 'Integer? 0|1',
      Limit: 'Integer? ..5000',
      Offset: 'Integer? 0..',
      GroupType: GROUP_TYPE,
      SupportTopic: 'Integer? 0|1',
      ResponseFilter: 'Object?',
    },
  },
  'group_open_http_svc/get_group_info': {
    does: 'read',
    doc: '269/1616',
    body: { GroupIdList: 'Array 1..50', ResponseFilter: 'Object?' },
  },
  'group_open_http_svc/get_group_member_info': {
    does: 'read',
    doc: '269/1617',
    body: {
      GroupId: 'String',
      MemberInfoFilter: 'Array?',
      MemberRoleFilter: 'Array?',
      AppDefinedDataFilter_GroupMember: 'Array?',
      Limit: 'Integer? ..200',
      Offset: 'Integer? 0..',
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
    body: {
      ...group,
      ReqMsgNumber: 'Integer 1..',
      ReqMsgSeq: 'Integer? 0..',
      WithRecalledMsg: 'Integer? 0|1',
    },
  },
  'group_open_http_svc/get_group_msg_receipt': {
    does: 'read',
    doc: '49439',
    body: {
      ...group,
      MsgSeqList: 'Array',
      'MsgSeqList[].MsgSeq': 'Integer 1..',
    },
  },
  'group_open_http_svc/create_group': {
    does: 'write',
    doc: '269/1615',
    body: {
      ...created,
      MemberList: 'Array? ..100',
      'MemberList[].Member_Account': 'String 1..32',
      'MemberList[].Role': 'String? Admin',
    },
  },
  'group_open_http_svc/import_group': {
    does: 'write',
    doc: '34967',
    body: { ...created, CreateTime: 'Integer? 0..' },
  },
  'group_open_http_svc/modify_group_base_info': {
    does: 'write',
    doc: '269/1620',
    body: {
      GroupId: 'String',
      Name: 'String? 1..100',
      ...facts,
      MaxMemberNum: 'Integer?',
      MuteAllMember: 'String? On|Off',
      ShutUpAllMember: 'String? On|Off',
    },
  },
  'group_open_http_svc/change_group_owner': {
    does: 'write',
    doc: '34966',
    body: { GroupId: 'String', NewOwner_Account: 'String 1..32' },
  },
  'group_open_http_svc/destroy_group': {
    does: 'remove',
    doc: '269/1624',
    body: { GroupId: 'String' },
  },
  'group_open_http_svc/add_group_member': {
    does: 'write',
    doc: '269/1621',
    body: {
      GroupId: 'String',
      MemberList: 'Array 1..300',
      'MemberList[].Member_Account': 'String 1..32',
      Silence: 'Integer? 0|1',
    },
  },
  'group_open_http_svc/import_group_member': {
    does: 'write',
    doc: '269/1636',
    body: {
      GroupId: 'String',
      MemberList: 'Array 1..300',
      'MemberList[].Member_Account': 'String 1..32',
      'MemberList[].Role': 'String? Admin',
      'MemberList[].JoinTime': 'Integer? 0..',
      'MemberList[].UnreadMsgNum': 'Integer? 0..',
    },
  },
  'group_open_http_svc/delete_group_member': {
    does: 'write',
    doc: '269/1622',
    body: {
      GroupId: 'String',
      MemberToDel_Account: 'Array 1..100',
      Silence: 'Integer? 0|1',
      Reason: 'String?',
    },
  },
  'group_open_http_svc/forbid_send_msg': {
    does: 'write',
    doc: '269/1627',
    body: { GroupId: 'String', Members_Account: 'Array 1..500', ShutUpTime: 'Integer 0..4294967295' },
  },
  'group_open_http_svc/send_group_msg': {
    does: 'write',
    doc: '269/1629',
    body: {
      ...group,
      From_Account: 'String? ..32',
      Random: 'Integer 0..4294967295',
      MsgPriority: 'String? High|Normal|Low|Lowest',
      MsgBody: 'Array',
      CloudCustomData: 'String?',
      To_Account: 'Array?',
      GroupAtInfo: 'Array?',
      OnlineOnlyFlag: 'Integer? 0|1',
      SendMsgControl: 'Array?',
      ForbidCallbackControl: 'Array?',
      SupportMessageExtension: 'Integer? 0|1',
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
    body: {
      ...group,
      MsgList: 'Array 1..7',
      'MsgList[].From_Account': 'String 1..32',
      'MsgList[].SendTime': 'Integer 0..',
      'MsgList[].Random': 'Integer? 0..4294967295',
      'MsgList[].MsgBody': 'Array',
      RecentContactFlag: 'Integer? 0|1',
    },
  },
  'group_open_http_svc/group_msg_recall': {
    does: 'remove',
    doc: '34965',
    body: {
      ...group,
      MsgSeqList: 'Array 1..10',
      'MsgSeqList[].MsgSeq': 'Integer 1..',
      Reason: 'String? ..100',
    },
  },
  'group_open_http_svc/delete_group_msg_by_sender': {
    does: 'remove',
    doc: '269/2359',
    body: { ...group, Sender_Account: 'String' },
  },

  // Named by public clients only; no page of the service's was found.
  'group_open_http_svc/clear_group_msg': {
    does: 'remove',
    body: { GroupId: 'String', MsgSeq: 'Integer?' },
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
      CustomString: 'String? ..3000',
      FaceUrl: 'String?',
      Notification: 'String?',
      Introduction: 'String?',
    },
  },
} as const satisfies CallEntries<'group_open_http_svc' | 'million_group_open_http_svc'>;
