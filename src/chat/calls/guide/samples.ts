import type { CallName } from '../specs';

/** What the messages in them say. */
const HELLO = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }];

/** Bodies to begin with, of calls whose pages show one; the names in them are ours. */
export const samples: Readonly<Partial<Record<CallName, Readonly<Record<string, unknown>>>>> = {
  'openim/sendmsg': {
    From_Account: 'alice',
    To_Account: 'bob',
    MsgRandom: 1287657,
    MsgBody: HELLO,
  },
  'openim/batchsendmsg': {
    From_Account: 'alice',
    To_Account: ['bob', 'carol'],
    MsgRandom: 1287657,
    MsgBody: HELLO,
  },
  'openim/importmsg': {
    SyncFromOldSystem: 2,
    From_Account: 'alice',
    To_Account: 'bob',
    MsgRandom: 1287657,
    MsgTimeStamp: 1556178721,
    MsgBody: HELLO,
  },
  'openim/admin_getroammsg': {
    Operator_Account: 'alice',
    Peer_Account: 'bob',
    MaxCnt: 100,
    MinTime: 0,
    MaxTime: 4294967295,
  },
  'openim/modify_c2c_msg': {
    From_Account: 'alice',
    To_Account: 'bob',
    MsgKey: '1_2_3',
    MsgBody: HELLO,
  },
  'openim/modify_group_msg': {
    GroupId: '@TGS#1HYEP2SHC',
    MsgSeq: 23,
    MsgBody: HELLO,
  },
  'openim/admin_msgwithdraw': {
    From_Account: 'alice',
    To_Account: 'bob',
    MsgKey: '1_2_3',
  },
  'openim/admin_set_msg_read': {
    Report_Account: 'alice',
    Peer_Account: 'bob',
  },
  'openim/get_c2c_unread_msg_num': {
    To_Account: 'alice',
    Peer_Account: ['bob'],
  },
  'openim/query_online_status': {
    To_Account: ['alice', 'bob'],
  },
  'openim/delete_c2c_msg_ramble': {
    Operator_Account: 'alice',
    Peer_Account: 'bob',
    MsgKeyList: ['1_2_3'],
  },
  'openim/c2c_msg_read_receipt': {
    Operator_Account: 'bob',
    Peer_Account: 'alice',
    C2CMsgInfo: [
      {
        From_Account: 'alice',
        To_Account: 'bob',
        MsgKey: '1_2_3',
      },
    ],
  },
  'recentcontact/get_list': {
    From_Account: 'alice',
    TimeStamp: 0,
    StartIndex: 0,
    TopTimeStamp: 0,
    TopStartIndex: 0,
    AssistFlags: 7,
  },
  'recentcontact/delete': {
    From_Account: 'alice',
    Type: 1,
    To_Account: 'bob',
    ClearRamble: 0,
  },
  'im_open_login_svc/account_import': {
    UserID: 'alice',
    Nick: 'Alice',
  },
  'im_open_login_svc/multiaccount_import': {
    AccountList: [
      {
        UserID: 'alice',
        Nick: 'Alice',
      },
      {
        UserID: 'bob',
      },
    ],
  },
  'im_open_login_svc/account_check': {
    CheckItem: [
      {
        UserID: 'alice',
      },
      {
        UserID: 'bob',
      },
    ],
  },
  'im_open_login_svc/account_delete': {
    DeleteItem: [
      {
        UserID: 'alice',
      },
    ],
  },
  'im_open_login_svc/kick': {
    UserID: 'alice',
  },
  'profile/portrait_get': {
    To_Account: ['alice'],
    TagList: ['Tag_Profile_IM_Nick'],
  },
  'profile/portrait_set': {
    From_Account: 'alice',
    ProfileItem: [
      {
        Tag: 'Tag_Profile_IM_Nick',
        Value: 'Alice',
      },
    ],
  },
  'group_open_http_svc/get_appid_group_list': {
    Limit: 1000,
    Next: 0,
  },
  'group_open_http_svc/get_joined_group_list': {
    Member_Account: 'alice',
  },
  'group_open_http_svc/get_group_info': {
    GroupIdList: ['@TGS#1HYEP2SHC'],
  },
  'group_open_http_svc/group_msg_get_simple': {
    GroupId: '@TGS#1HYEP2SHC',
    ReqMsgNumber: 20,
  },
  'group_open_http_svc/group_msg_recall': {
    GroupId: '@TGS#1HYEP2SHC',
    MsgSeqList: [
      {
        MsgSeq: 100,
      },
    ],
  },
  'group_open_http_svc/send_group_msg': {
    GroupId: '@TGS#1HYEP2SHC',
    Random: 8912345,
    MsgBody: HELLO,
  },
  'group_open_http_svc/create_group': {
    Owner_Account: 'alice',
    Type: 'Public',
    Name: 'TestGroup',
  },
  'group_open_http_svc/destroy_group': {
    GroupId: '@TGS#1HYEP2SHC',
  },
  'group_open_http_svc/change_group_owner': {
    GroupId: '@TGS#1HYEP2SHC',
    NewOwner_Account: 'bob',
  },
  'group_open_http_svc/send_group_system_notification': {
    GroupId: '@TGS#1HYEP2SHC',
    Content: 'hello',
  },
  'group_open_http_svc/delete_group_msg_by_sender': {
    GroupId: '@TGS#1HYEP2SHC',
    Sender_Account: 'alice',
  },
  'group_open_http_svc/set_unread_msg_num': {
    GroupId: '@TGS#1HYEP2SHC',
    Member_Account: 'alice',
    UnreadMsgNum: 0,
  },
  'group_open_http_svc/get_group_msg_receipt': {
    GroupId: '@TGS#1HYEP2SHC',
    MsgSeqList: [
      {
        MsgSeq: 100,
      },
    ],
  },
  'all_member_push/im_push': {
    From_Account: 'administrator',
    MsgRandom: 56512,
    MsgLifeTime: 120,
    MsgBody: HELLO,
  },
  'openim_robot_http_svc/create_robot': {
    UserID: '@RBT#001',
    Nick: 'Robot',
  },
  'openim/querystate': { To_Account: ['alice', 'bob'] },
  'group_open_http_svc/get_group_member_info': { GroupId: '@TGS#1HYEP2SHC' },
  'group_open_http_svc/get_role_in_group': { GroupId: '@TGS#1HYEP2SHC', User_Account: ['alice', 'bob'] },
  'group_open_http_svc/import_group': { Owner_Account: 'alice', Type: 'Public', Name: 'TestGroup' },
  'group_open_http_svc/modify_group_base_info': { GroupId: '@TGS#1HYEP2SHC', Name: 'NewName' },
  'group_open_http_svc/add_group_member': {
    GroupId: '@TGS#1HYEP2SHC',
    MemberList: [{ Member_Account: 'bob' }],
  },
  'group_open_http_svc/import_group_member': {
    GroupId: '@TGS#1HYEP2SHC',
    MemberList: [{ Member_Account: 'bob', Role: 'Admin', JoinTime: 1448357837 }],
  },
  'group_open_http_svc/delete_group_member': { GroupId: '@TGS#1HYEP2SHC', MemberToDel_Account: ['bob'] },
  'group_open_http_svc/forbid_send_msg': {
    GroupId: '@TGS#1HYEP2SHC',
    Members_Account: ['bob'],
    ShutUpTime: 60,
  },
  'group_open_http_svc/import_group_msg': {
    GroupId: '@TGS#1HYEP2SHC',
    MsgList: [
      {
        From_Account: 'alice',
        SendTime: 1620892821,
        MsgBody: HELLO,
      },
    ],
  },
  'group_open_http_svc/update_group_counter': {
    GroupId: '@TGS#1HYEP2SHC',
    GroupCounter: [{ Key: 'like', Value: 5 }],
    Mode: 'Set',
  },
  'group_open_http_svc/modify_group_member_info': {
    GroupId: '@TGS#1HYEP2SHC',
    Member_Account: 'bob',
    Role: 'Admin',
  },
  'group_open_http_svc/get_specified_group_member_info': {
    GroupId: '@TGS#1HYEP2SHC',
    Member_List_Account: ['alice', 'bob'],
  },
  'group_open_http_svc/modify_group_attr': {
    GroupId: '@TGS#1HYEP2SHC',
    GroupAttr: [{ key: 'attr_key', value: 'attr_val' }],
  },
  'group_open_http_svc/set_group_attr': {
    GroupId: '@TGS#1HYEP2SHC',
    GroupAttr: [{ key: 'attr_key', value: 'attr_val' }],
  },
  'group_open_http_svc/delete_group_attr': { GroupId: '@TGS#1HYEP2SHC', GroupAttr: [{ key: 'attr_key' }] },
  'group_open_http_svc/get_group_counter': { GroupId: '@TGS#1HYEP2SHC', GroupCounterKeys: ['like'] },
  'group_open_http_svc/delete_group_counter': { GroupId: '@TGS#1HYEP2SHC', GroupCounterKeys: ['like'] },
  'group_open_http_svc/get_group_ban_member': { GroupId: '@TGS#1HYEP2SHC', Limit: 20, Offset: 0 },
  'group_open_http_svc/ban_group_member': {
    GroupId: '@TGS#1HYEP2SHC',
    Members_Account: ['bob'],
    Duration: 3600,
  },
  'group_open_http_svc/unban_group_member': { GroupId: '@TGS#1HYEP2SHC', Members_Account: ['bob'] },
  'group_open_avchatroom_http_svc/modify_user_info': {
    GroupId: '@TGS#1HYEP2SHC',
    CommandType: 1,
    MemberList: [{ Member_Account: 'bob', Marks: [1000] }],
  },
  'million_group_open_http_svc/modify_topic': {
    GroupId: '@TGS#_@TGS#cQVLVHIM62CJ',
    TopicId: '@TGS#_@TGS#cQVLVHIM62CJ@TOPIC#_TestTopic',
    TopicName: 'TestTopic',
  },
  'million_group_open_http_svc/import_topic': {
    GroupId: '@TGS#_@TGS#cQVLVHIM62CJ',
    TopicName: 'TestTopic',
    CreateTime: 1448357837,
  },
  'million_group_open_http_svc/destroy_topic': {
    GroupId: '@TGS#_@TGS#cQVLVHIM62CJ',
    TopicIdList: ['@TGS#_@TGS#cQVLVHIM62CJ@TOPIC#_TestTopic'],
  },
  'openim_robot_http_svc/send_stream_msg': {
    From_Account: '@RBT#my_bot',
    To_Account: 'alice',
    Chunk: 'hello, ',
  },
  'openim_msg_ext_http_svc/get_key_values': { From_Account: 'alice', To_Account: 'bob', MsgKey: '1_2_3' },
  'openim_msg_ext_http_svc/set_key_values': {
    From_Account: 'alice',
    To_Account: 'bob',
    MsgKey: '1_2_3',
    OperateType: 1,
    ExtensionList: [{ Key: 'key1', Value: 'value1', Seq: 0 }],
  },
  'openim_msg_ext_http_svc/group_set_key_values': {
    GroupId: '@TGS#1HYEP2SHC',
    MsgSeq: 158,
    OperateType: 1,
    ExtensionList: [{ Key: 'key1', Value: 'value1', Seq: 0 }],
  },
  'recentcontact/create_contact_group': {
    From_Account: 'alice',
    GroupContactItem: [{ GroupName: 'friends', ContactItem: [{ Type: 1, To_Account: 'bob' }] }],
  },
  'recentcontact/update_contact_group': {
    From_Account: 'alice',
    UpdateType: 1,
    UpdateGroup: {
      UpdateGroupType: 2,
      OldGroupName: 'friends',
      ContactUpdateItem: [{ ContactOptType: 1, ContactItem: { Type: 1, To_Account: 'bob' } }],
    },
  },
  'recentcontact/del_contact_group': { From_Account: 'alice', GroupName: ['friends'] },
  'recentcontact/mark_contact': {
    From_Account: 'alice',
    MarkItem: [
      { OptType: 3, ContactItem: { Type: 1, To_Account: 'bob' }, SetMark: [1], CustomMark: 'later' },
    ],
  },
  'recentcontact/get_contact_group': { From_Account: 'alice', StartIndex: 0 },
  'sns/friend_add': {
    From_Account: 'alice',
    AddFriendItem: [{ To_Account: 'bob', AddSource: 'AddSource_Type_Web' }],
  },
  'sns/friend_import': {
    From_Account: 'alice',
    AddFriendItem: [{ To_Account: 'bob', AddSource: 'AddSource_Type_Web' }],
  },
  'sns/friend_update': {
    From_Account: 'alice',
    UpdateItem: [{ To_Account: 'bob', SnsItem: [{ Tag: 'Tag_SNS_IM_Remark', Value: 'Bobby' }] }],
  },
  'sns/friend_delete': { From_Account: 'alice', To_Account: ['bob'] },
  'sns/friend_delete_all': { From_Account: 'alice' },
  'sns/friend_check': { From_Account: 'alice', To_Account: ['bob'], CheckType: 'CheckResult_Type_Both' },
  'sns/friend_get': { From_Account: 'alice', StartIndex: 0 },
  'sns/friend_get_list': { From_Account: 'alice', To_Account: ['bob'], TagList: ['Tag_Profile_IM_Nick'] },
  'sns/black_list_add': { From_Account: 'alice', To_Account: ['bob'] },
  'sns/black_list_delete': { From_Account: 'alice', To_Account: ['bob'] },
  'sns/black_list_get': { From_Account: 'alice', StartIndex: 0, MaxLimited: 30, LastSequence: 0 },
  'sns/black_list_check': {
    From_Account: 'alice',
    To_Account: ['bob'],
    CheckType: 'BlackCheckResult_Type_Both',
  },
  'million_group_open_http_svc/get_topic': { GroupId: '@TGS#_@TGS#cQVLVHIM62CJ', From_Account: 'alice' },
  'million_group_open_http_svc/create_topic': { GroupId: '@TGS#_@TGS#cQVLVHIM62CJ', TopicName: 'TestTopic' },
  'all_member_push/im_set_attr_name': { AttrNames: { '0': 'sex', '1': 'city' } },
  'all_member_push/im_get_attr': { To_Account: ['alice', 'bob'] },
  'all_member_push/im_set_attr': { UserAttrs: [{ To_Account: 'alice', Attrs: { city: 'Paris' } }] },
  'all_member_push/im_remove_attr': { UserAttrs: [{ To_Account: 'alice', Attrs: ['city'] }] },
  'all_member_push/im_get_tag': { To_Account: ['alice', 'bob'] },
  'all_member_push/im_add_tag': { UserTags: [{ To_Account: 'alice', Tags: ['a', 'b'] }] },
  'all_member_push/im_remove_tag': { UserTags: [{ To_Account: 'alice', Tags: ['a', 'b'] }] },
  'all_member_push/im_remove_all_tags': { To_Account: ['alice', 'bob'] },
  'openconfigsvr/setnospeaking': {
    Set_Account: 'bob',
    C2CmsgNospeakingTime: 4294967295,
    GroupmsgNospeakingTime: 7200,
  },
  'openconfigsvr/getnospeaking': { Get_Account: 'bob' },
  'openconfigsvr/getappinfo': { RequestField: ['ActiveUserNum'] },
  'open_msg_svc/get_history': { ChatType: 'C2C', MsgTime: '2015120121' },
  'openim_robot_http_svc/delete_robot': { Robot_Account: '@RBT#001' },
};
