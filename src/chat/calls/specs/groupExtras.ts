import type { CallEntries } from './entry';
import { group } from './members';

const GROUP_ID = { GroupId: 'String' } as const;
const COUNTERS = { GroupId: 'String', GroupCounterKeys: 'Array?' } as const;
const ATTRIBUTES = {
  GroupId: 'String',
  GroupAttr: 'Array 1..16',
  'GroupAttr[].key': 'String 1..32',
  'GroupAttr[].value': 'String ..4000',
} as const;
const TOPIC = { GroupId: 'String', TopicId: 'String' } as const;

/** Calls of groups that only request documents make: marks, attributes, counters, bans, audio-video groups, topics. */
export const groupExtraCalls = {
  'group_open_http_svc/modify_group_member_info': {
    does: 'write',
    doc: '34900',
    body: {
      GroupId: 'String',
      Member_Account: 'String 1..32',
      Role: 'String? Admin|Member',
      MsgFlag: 'String? AcceptAndNotify|Discard|AcceptNotNotify|AcceptNotNotifyExceptAt',
      NameCard: 'String? ..50',
      ShutUpTime: 'Integer? 0..4294967295',
      AppMemberDefinedData: 'Array?',
    },
  },
  'group_open_http_svc/get_specified_group_member_info': {
    does: 'read',
    doc: '64897',
    body: { ...GROUP_ID, Member_List_Account: 'Array 1..50', MemberInfoFilter: 'Array?' },
  },
  'group_open_http_svc/get_group_shutted_uin': { does: 'read', doc: '34964', body: GROUP_ID },
  'group_open_http_svc/set_unread_msg_num': {
    does: 'write',
    doc: '34909',
    body: { GroupId: 'String', Member_Account: 'String', UnreadMsgNum: 'Integer 0..' },
  },
  'group_open_http_svc/get_online_member_num': { does: 'read', doc: '38521', body: GROUP_ID },
  'group_open_http_svc/get_group_ban_member': {
    does: 'read',
    doc: '50295',
    body: { ...GROUP_ID, Limit: 'Integer? 1..100', Offset: 'Integer 0..' },
  },
  'group_open_http_svc/ban_group_member': {
    does: 'write',
    doc: '50296',
    body: {
      ...GROUP_ID,
      Members_Account: 'Array 1..20',
      Duration: 'Integer? 0..',
      Description: 'String? ..1000',
    },
  },
  'group_open_http_svc/unban_group_member': {
    does: 'write',
    doc: '50297',
    body: { ...GROUP_ID, Members_Account: 'Array 1..20' },
  },
  'group_open_attr_http_svc/get_group_attr': { does: 'read', doc: '44187', body: GROUP_ID },
  'group_open_http_svc/modify_group_attr': { does: 'write', doc: '44188', body: ATTRIBUTES },
  'group_open_http_svc/set_group_attr': { does: 'write', doc: '44190', body: ATTRIBUTES },
  'group_open_http_svc/clear_group_attr': { does: 'remove', doc: '44189', body: GROUP_ID },
  'group_open_http_svc/delete_group_attr': {
    does: 'remove',
    doc: '59499',
    body: { ...GROUP_ID, GroupAttr: 'Array 1..', 'GroupAttr[].key': 'String 1..32' },
  },
  'group_open_http_svc/get_group_counter': { does: 'read', doc: '53427', body: COUNTERS },
  'group_open_http_svc/update_group_counter': {
    does: 'write',
    doc: '53428',
    body: {
      ...GROUP_ID,
      GroupCounter: 'Array 1..20',
      'GroupCounter[].Key': 'String 1..128',
      'GroupCounter[].Value': 'Integer',
      Mode: 'String? Set|Increase|Decrease',
    },
  },
  'group_open_http_svc/delete_group_counter': { does: 'remove', doc: '53429', body: COUNTERS },
  'group_open_http_svc/get_group_msg_receipt_detail': {
    does: 'read',
    doc: '49438',
    body: { ...group, MsgSeq: 'Integer', Filter: 'Integer', Cursor: 'String', Count: 'Integer' },
  },
  // Whoever is in an audio-video group of the app sees it.
  'group_open_http_svc/send_broadcast_msg': {
    does: 'remove',
    doc: '49440',
    body: { From_Account: 'String?', Random: 'Integer', MsgBody: 'Array' },
  },
  'group_open_avchatroom_http_svc/get_members': {
    does: 'read',
    doc: '50293',
    body: { GroupId: 'String', Timestamp: 'Integer' },
  },
  'group_open_avchatroom_http_svc/modify_user_info': {
    does: 'write',
    doc: '50294',
    body: {
      ...GROUP_ID,
      CommandType: 'Integer 1|2',
      MemberList: 'Array 1..500',
      'MemberList[].Member_Account': 'String 1..32',
      'MemberList[].Marks': 'Array',
    },
  },
  'million_group_open_http_svc/modify_topic': {
    does: 'write',
    doc: '49468',
    body: {
      ...TOPIC,
      TopicName: 'String?',
      From_Account: 'String?',
      CustomString: 'String? ..3000',
      FaceUrl: 'String?',
      Notification: 'String?',
      Introduction: 'String?',
      MuteAllMember: 'String? On|Off',
    },
  },
  'million_group_open_http_svc/import_topic': {
    does: 'write',
    doc: '53448',
    body: {
      ...GROUP_ID,
      Type: 'String? Community',
      TopicName: 'String?',
      Introduction: 'String?',
      Notification: 'String?',
      FaceUrl: 'String?',
      CreateTime: 'Integer? 0..',
    },
  },
  'million_group_open_http_svc/destroy_topic': {
    does: 'remove',
    doc: '49470',
    body: { ...GROUP_ID, TopicIdList: 'Array 1..' },
  },
} as const satisfies CallEntries<
  | 'group_open_http_svc'
  | 'group_open_attr_http_svc'
  | 'group_open_avchatroom_http_svc'
  | 'million_group_open_http_svc'
>;
