import { missing, set, type CallRules, type Rule } from './codeTable';
import { START, TEXT, type Json } from './world';

/** Pages that the codes stand on; see the comments of the calls for those that stand on none. */
const wide = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'x'.repeat(13_000) } }];
const many = (count: number, item: unknown): unknown[] => Array.from({ length: count }, () => item);

/** Every call of groups begins so. */
function group(page: string, code = 10004): Rule[] {
  return [
    missing(code, page, 'GroupId'),
    set(code, page, 'GroupId', 'GroupId is a number', { GroupId: 7 }),
    set(10015, page, 'GroupId', 'GroupId of 49 bytes', { GroupId: 'x'.repeat(49) }),
    set(10015, page, 'GroupId', 'GroupId is not ASCII', { GroupId: '群' }),
  ];
}

function gone(page: string, code = 10010): Rule[] {
  return [
    set(code, page, 'GroupId', 'there is no such group', { GroupId: 'nobody' }),
    set(code, page, 'GroupId', 'the group was dismissed', { GroupId: 'dismissed' }),
  ];
}

const live = { GroupId: 'live' };
const topicGone = (page: string, code = 10010): Rule =>
  set(code, page, 'TopicId', 'there is no such topic', { TopicId: 'makers@TOPIC#_no' });

function fromHere(name: string): string {
  return `group_open_http_svc/${name}`;
}

const names: Rule[] = [
  set(10004, '269/1615', 'Introduction', 'Introduction of 241 bytes', { Introduction: 'x'.repeat(241) }),
  set(10004, '269/1615', 'Notification', 'Notification of 301 bytes', { Notification: 'x'.repeat(301) }),
  set(10004, '269/1615', 'FaceUrl', 'FaceUrl of 101 bytes', { FaceUrl: 'x'.repeat(101) }),
];

const making: Rule[] = [
  set(10004, '269/1615', 'Owner_Account', 'Owner_Account is a number', { Owner_Account: 7 }),
  missing(10004, '269/1615', 'Type'),
  set(10004, '269/1615', 'Type', 'Type is none', { Type: 'Club' }),
  set(10015, '269/1615', 'GroupId', 'GroupId is not ASCII', { GroupId: '群' }),
  missing(10004, '269/1615', 'Name'),
  set(10004, '269/1615', 'Name', 'Name of 33 bytes', { Name: '汉'.repeat(11) }),
  ...names,
  set(10004, '269/1615', 'MaxMemberCount', 'MaxMemberCount is 0', { MaxMemberCount: 0 }),
  set(10004, '269/1615', 'MaxMemberCount', 'MaxMemberCount above 32 bits', { MaxMemberCount: 4_294_967_296 }),
  set(10004, '269/1615', 'AppDefinedData', 'an empty Key', { AppDefinedData: [{ Key: '', Value: 'x' }] }),
  set(10004, '269/1615', 'ApplyJoinOption', 'ApplyJoinOption is none', { ApplyJoinOption: 'Open' }),
];

export const groupRules: readonly CallRules[] = [
  {
    command: fromHere('create_group'),
    request: { Type: 'Public', Name: 'new', Owner_Account: 'alice', MemberList: [{ Member_Account: 'bob' }] },
    rules: [
      ...making,
      set(10004, '269/1615', 'MemberList', 'MemberList is an object', { MemberList: {} }),
      set(10005, '269/1615', 'MemberList', '101 members', {
        MemberList: many(101, { Member_Account: 'bob' }),
      }),
      set(10004, '269/1615', 'MemberList', 'a member without Member_Account', { MemberList: [{}] }),
      set(10007, '269/1615', 'Type', 'members in an AVChatRoom', { Type: 'AVChatRoom' }),
      set(10004, '269/1615', 'SupportTopic', 'topics of no community', { SupportTopic: 1 }),
      set(10019, '1047/34348', 'MemberList', 'a member does not exist', {
        MemberList: [{ Member_Account: 'nobody' }],
      }),
      set(10019, '1047/34348', 'Owner_Account', 'the owner does not exist', { Owner_Account: 'nobody' }),
      set(10021, '269/1615', 'GroupId', 'the GroupId is another one’s', { GroupId: 'makers' }),
      set(10025, '269/1615', 'GroupId', 'the GroupId is the owner’s already', { GroupId: 'crew' }),
    ],
  },
  {
    command: fromHere('import_group'),
    request: { Type: 'Public', Name: 'old', Owner_Account: 'alice', CreateTime: START - 1000 },
    rules: [
      ...making,
      set(10004, '导入群基础资料', 'CreateTime', 'CreateTime is after now', { CreateTime: START + 1 }),
      set(10007, '导入群基础资料', 'Type', 'an AVChatRoom', { Type: 'AVChatRoom' }),
      set(10019, '1047/34348', 'Owner_Account', 'the owner does not exist', { Owner_Account: 'nobody' }),
      set(10021, '导入群基础资料', 'GroupId', 'the GroupId is used', { GroupId: 'crew' }),
    ],
  },
  {
    command: fromHere('destroy_group'),
    request: { GroupId: 'work' },
    rules: [...group('269/1624'), ...gone('269/1624')],
  },
  {
    command: fromHere('modify_group_base_info'),
    request: { GroupId: 'crew', Name: 'renamed' },
    rules: [
      ...group('269/1620'),
      set(10004, '269/1620', 'Name', 'Name of 33 bytes', { Name: '汉'.repeat(11) }),
      ...names,
      set(10004, '269/1620', 'ApplyJoinOption', 'ApplyJoinOption is none', { ApplyJoinOption: 'Open' }),
      set(10004, '269/1620', 'ShutUpAllMember', 'ShutUpAllMember is 1', { ShutUpAllMember: 1 }),
      ...gone('269/1620'),
    ],
  },
  {
    command: fromHere('change_group_owner'),
    request: { GroupId: 'crew', NewOwner_Account: 'bob' },
    rules: [
      ...group('转让群主'),
      missing(10004, '转让群主', 'NewOwner_Account'),
      ...gone('转让群主'),
      set(10007, '转让群主', 'GroupId', 'an AVChatRoom', live),
      set(10004, '转让群主', 'NewOwner_Account', 'no member', { NewOwner_Account: 'carol' }),
    ],
  },
  {
    command: fromHere('add_group_member'),
    request: { GroupId: 'crew', MemberList: [{ Member_Account: 'carol' }] },
    rules: [
      ...group('269/1621'),
      missing(10004, '269/1621', 'MemberList'),
      set(10005, '269/1621', 'MemberList', '301 members', {
        MemberList: many(301, { Member_Account: 'carol' }),
      }),
      set(10004, '269/1621', 'Silence', 'Silence is 2', { Silence: 2 }),
      ...gone('269/1621'),
      set(10007, '269/1621', 'GroupId', 'an AVChatRoom', live),
      set(10019, '269/1621', 'MemberList', 'nobody of them exists', {
        MemberList: [{ Member_Account: 'nobody' }],
      }),
      set(10014, '269/1621', 'GroupId', 'the group is full', { GroupId: 'full' }),
    ],
  },
  {
    command: fromHere('import_group_member'),
    request: { GroupId: 'crew', MemberList: [{ Member_Account: 'carol', JoinTime: START - 10 }] },
    rules: [
      ...group('269/1636'),
      set(10005, '269/1636', 'MemberList', '301 members', {
        MemberList: many(301, { Member_Account: 'carol' }),
      }),
      set(10004, '269/1636', 'MemberList', 'JoinTime is a text', {
        MemberList: [{ Member_Account: 'carol', JoinTime: '1' }],
      }),
      ...gone('269/1636'),
      set(10007, '269/1636', 'GroupId', 'an AVChatRoom', live),
    ],
  },
  {
    command: fromHere('delete_group_member'),
    request: { GroupId: 'crew', MemberToDel_Account: ['bob'] },
    rules: [
      ...group('269/1622'),
      missing(10004, '269/1622', 'MemberToDel_Account'),
      set(10004, '269/1622', 'MemberToDel_Account', '101 members', { MemberToDel_Account: many(101, 'bob') }),
      set(10004, '269/1622', 'Reason', 'Reason is a number', { Reason: 7 }),
      ...gone('269/1622'),
      set(10004, '269/1622', 'GroupId', 'an AVChatRoom', live),
    ],
  },
  {
    command: fromHere('forbid_send_msg'),
    request: { GroupId: 'crew', Members_Account: ['carol'], ShutUpTime: 60 },
    rules: [
      ...group('269/1627'),
      set(10004, '269/1627', 'Members_Account', '501 members', { Members_Account: many(501, 'bob') }),
      ...['', '张三', 'x'.repeat(33)].map((name) =>
        set(10004, '269/1608', 'Members_Account', `“${name}” is no UserID`, {
          Members_Account: ['bob', name],
        }),
      ),
      missing(10004, '269/1627', 'ShutUpTime'),
      ...gone('269/1627'),
      set(10007, '269/1627', 'GroupId', 'a Private group', { GroupId: 'work' }),
    ],
  },
  {
    command: fromHere('get_role_in_group'),
    request: { GroupId: 'crew', User_Account: ['bob'] },
    rules: [
      ...group('269/1626'),
      set(10004, '269/1626', 'User_Account', '501 users', { User_Account: many(501, 'bob') }),
      ...gone('269/1626'),
      set(10007, '269/1626', 'GroupId', 'an AVChatRoom', live),
    ],
  },
  {
    command: fromHere('get_group_member_info'),
    request: { GroupId: 'crew', Limit: 10, Offset: 0 },
    rules: [
      ...group('269/1617'),
      set(10004, '269/1617', 'Limit', 'Limit above 6000', { Limit: 6001 }),
      set(10004, '269/1617', 'MemberInfoFilter', 'MemberInfoFilter is a text', { MemberInfoFilter: 'Role' }),
      ...gone('269/1617'),
      set(10007, '269/1617', 'GroupId', 'an AVChatRoom', live),
    ],
  },
  {
    command: fromHere('get_appid_group_list'),
    request: { Limit: 10, Next: 0, GroupType: 'Public' },
    rules: [
      set(10004, '7.4', 'Limit', 'Limit above 10,000', { Limit: 10_001 }),
      set(10004, '7.4', 'Next', 'Next is a text', { Next: '0' }),
      set(10004, '7.4', 'Next', 'Next is none that was given', { Next: 12 }),
      set(10004, '7.4', 'GroupType', 'GroupType is none', { GroupType: 'Club' }),
    ],
  },
  {
    command: fromHere('get_joined_group_list'),
    request: { Member_Account: 'alice' },
    rules: [
      missing(10004, '7.5', 'Member_Account'),
      set(10004, '7.5', 'WithHugeGroups', 'WithHugeGroups is 2', { WithHugeGroups: 2 }),
      set(10004, '7.5', 'Limit', 'Limit above 5000', { Limit: 5001 }),
      set(10004, '7.5', 'GroupType', 'GroupType is none', { GroupType: 'Club' }),
      set(10004, '269/1625', 'SupportTopic', 'SupportTopic without Community', { SupportTopic: 1 }),
      set(10004, '7.5', 'ResponseFilter', 'ResponseFilter is a list', { ResponseFilter: [] }),
    ],
  },
  {
    command: fromHere('get_group_info'),
    request: { GroupIdList: ['crew'] },
    rules: [
      missing(10004, '269/1616', 'GroupIdList'),
      set(10004, '269/1616', 'GroupIdList', '51 groups', { GroupIdList: many(51, 'crew') }),
    ],
  },
  {
    command: fromHere('send_group_msg'),
    request: { GroupId: 'crew', From_Account: 'bob', Random: 1, MsgBody: TEXT },
    rules: [
      ...group('269/1629'),
      missing(10004, '269/1629', 'Random'),
      set(10004, '269/1629', 'Random', 'Random above 32 bits', { Random: 4_294_967_296 }),
      set(10004, '269/1629', 'MsgPriority', 'MsgPriority is none', { MsgPriority: 'high' }),
      set(10004, '269/1629', 'From_Account', 'From_Account is a number', { From_Account: 7 }),
      set(10004, '269/1629', 'OfflinePushInfo', 'OfflinePushInfo is a text', { OfflinePushInfo: 'x' }),
      set(10004, '269/1629', 'ForbidCallbackControl', 'an unknown word', { ForbidCallbackControl: ['No'] }),
      set(10004, '269/1629', 'SendMsgControl', 'SendMsgControl with OnlineOnlyFlag', {
        OnlineOnlyFlag: 1,
        SendMsgControl: ['NoUnread'],
      }),
      set(10004, '269/1629', 'CloudCustomData', 'CloudCustomData is an object', { CloudCustomData: {} }),
      set(10004, '269/1629', 'To_Account', '51 receivers', { To_Account: many(51, 'bob') }),
      set(10053, '1047/34348', 'GroupAtInfo', '31 mentions', {
        GroupAtInfo: many(31, { GroupAtAllFlag: 1 }),
      }),
      set(10004, '269/1629', 'GroupAtInfo', 'a mention of nobody', { GroupAtInfo: [{ GroupAtAllFlag: 0 }] }),
      ...gone('269/1629'),
      set(10007, '269/1629', 'To_Account', 'receivers in a community', {
        GroupId: 'makers',
        To_Account: ['bob'],
      }),
      topicGone('269/1629'),
      set(10019, '269/1629', 'From_Account', 'the sender does not exist', { From_Account: 'nobody' }),
      set(
        10007,
        '269/1629',
        'From_Account',
        'the sender is no member',
        { From_Account: 'carol' },
        {
          groupSender: 'member',
        },
      ),
      set(10017, '269/1629', 'From_Account', 'the sender is muted', { From_Account: 'mute' }),
      set(10004, '269/1629', 'MsgBody', 'MsgBody is empty', { MsgBody: [] }),
      set(10004, '269/1629', 'MsgBody', 'an element without MsgContent', {
        MsgBody: [{ MsgType: 'TIMTextElem' }],
      }),
      set(80002, '269/1629', 'MsgBody', 'above 12 KB', { MsgBody: wide }),
    ],
  },
  {
    command: fromHere('send_group_system_notification'),
    request: { GroupId: 'crew', Content: 'Hello', ToMembers_Account: ['bob'] },
    rules: [
      ...group('269/1630'),
      missing(10004, '269/1630', 'Content'),
      set(10004, '269/1630', 'ToMembers_Account', 'ToMembers_Account is a text', {
        ToMembers_Account: 'bob',
      }),
      ...gone('269/1630'),
      set(10004, '269/1630', 'GroupId', 'receivers in an AVChatRoom', live),
    ],
  },
  {
    command: fromHere('import_group_msg'),
    request: {
      GroupId: 'crew',
      MsgList: [{ From_Account: 'alice', SendTime: START - 5, Random: 1, MsgBody: TEXT }],
    },
    rules: [
      ...group('269/1635'),
      set(10004, '269/1635', 'RecentContactFlag', 'RecentContactFlag is 2', { RecentContactFlag: 2 }),
      missing(10004, '269/1635', 'MsgList'),
      set(10004, '269/1635', 'MsgList', '8 messages', {
        MsgList: many(8, { From_Account: 'alice', SendTime: START - 5, MsgBody: TEXT }),
      }),
      set(10004, '269/1635', 'MsgList', 'a message without SendTime', {
        MsgList: [{ From_Account: 'alice', MsgBody: TEXT }],
      }),
      set(10004, '269/1635', 'MsgList', 'the sender does not exist', {
        MsgList: [{ From_Account: 'nobody', SendTime: START - 5, MsgBody: TEXT }],
      }),
      set(10004, '269/1635', 'MsgList', 'MsgBody is an object', {
        MsgList: [{ From_Account: 'alice', SendTime: START - 5, MsgBody: {} }],
      }),
      ...gone('269/1635'),
      set(10007, '269/1635', 'GroupId', 'an AVChatRoom', live),
      topicGone('269/1635'),
    ],
  },
  {
    command: fromHere('group_msg_get_simple'),
    request: { GroupId: 'crew', ReqMsgNumber: 2 },
    rules: [
      ...group('7.2'),
      missing(10004, '7.2', 'ReqMsgNumber'),
      set(10004, '7.2', 'ReqMsgNumber', 'ReqMsgNumber is 0', { ReqMsgNumber: 0 }),
      set(10004, '7.2', 'ReqMsgSeq', 'ReqMsgSeq is a text', { ReqMsgSeq: '7' }),
      set(10004, '7.2', 'WithRecalledMsg', 'WithRecalledMsg is 2', { WithRecalledMsg: 2 }),
      ...gone('7.2'),
      set(10044, '7.2', 'GroupId', 'an AVChatRoom keeps no history', live),
      topicGone('7.2'),
    ],
  },
  {
    command: fromHere('group_msg_recall'),
    request: { GroupId: 'crew', MsgSeqList: [{ MsgSeq: 2 }] },
    rules: [
      ...group('7.3'),
      missing(10004, '7.3', 'MsgSeqList'),
      set(10004, '7.3', 'MsgSeqList', '11 messages', { MsgSeqList: many(11, { MsgSeq: 2 }) }),
      set(10004, '7.3', 'MsgSeqList', 'a number without its name', { MsgSeqList: [2] }),
      set(10004, '7.3', 'Reason', 'Reason of 101 bytes', { Reason: 'x'.repeat(101) }),
      ...gone('7.3'),
      set(10033, '7.3', 'GroupId', 'an AVChatRoom', live),
      topicGone('7.3'),
    ],
  },
  {
    command: fromHere('delete_group_msg_by_sender'),
    request: { GroupId: 'crew', Sender_Account: 'bob' },
    rules: [
      ...group('269/2359'),
      missing(10004, '269/2359', 'Sender_Account'),
      ...gone('269/2359'),
      topicGone('269/2359'),
    ],
  },
  {
    command: 'openim/modify_group_msg',
    request: { GroupId: 'crew', MsgSeq: 1, MsgBody: TEXT, CloudCustomData: 'x' },
    rules: [
      ...group('7.1', 20001),
      missing(20001, '7.1', 'MsgSeq'),
      set(20001, '7.1', 'MsgSeq', 'MsgSeq is a text', { MsgSeq: '1' }),
      set(90010, '7.1', 'CloudCustomData', 'CloudCustomData is an object', { CloudCustomData: {} }),
      set(20001, '7.1', 'content', 'neither MsgBody nor CloudCustomData', {
        MsgBody: undefined,
        CloudCustomData: undefined,
      }),
      ...gone('7.1'),
      set(20001, '7.1', 'GroupId', 'an AVChatRoom', live),
      topicGone('7.1'),
      set(90007, '7.1', 'MsgBody', 'MsgBody is an object', { MsgBody: {} }),
      set(90002, '7.1', 'MsgBody', 'an element is a text', { MsgBody: ['hello'] }),
      set(90010, '7.1', 'MsgBody', 'a required field is missing', {
        MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: {} }],
      }),
      set(80002, '8.2', 'MsgBody', 'above 12 KB', { MsgBody: wide }),
      set(20026, '7.1', 'MsgSeq', 'there is no such message', { MsgSeq: 77 }),
      set(20026, '7.1', 'MsgSeq', 'the message was deleted', { MsgSeq: 3 }),
      set(20023, '7.1', 'MsgSeq', 'the message was recalled', { MsgSeq: 4 }),
    ],
  },
  {
    command: 'million_group_open_http_svc/get_topic',
    request: { GroupId: 'makers', From_Account: 'alice' },
    rules: [
      ...group('1047/49469'),
      missing(10004, '1047/49469', 'From_Account'),
      set(10004, '1047/49469', 'TopicIdList', 'TopicIdList is a text', { TopicIdList: 'x' }),
      ...gone('1047/49469'),
      set(11000, '1047/49469', 'GroupId', 'no community with topics', { GroupId: 'crew' }),
    ],
  },
  {
    command: 'million_group_open_http_svc/create_topic',
    request: { GroupId: 'makers', TopicName: 'new' },
    rules: [
      ...group('1047/49471'),
      missing(10004, '1047/49471', 'TopicName'),
      set(10004, '1047/49471', 'TopicName', 'TopicName of 31 bytes', { TopicName: 'x'.repeat(31) }),
      set(10019, '1047/34348', 'From_Account', 'From_Account does not exist', { From_Account: 'nobody' }),
      ...gone('1047/49471'),
      set(11000, '1047/49471', 'GroupId', 'no community with topics', { GroupId: 'crew' }),
      set(10004, '1047/49471', 'TopicId', 'TopicId of another group', { TopicId: 'crew@TOPIC#_a' }),
      set(10025, '1047/49471', 'TopicId', 'the TopicId is used', { TopicId: 'makers@TOPIC#_a' }),
    ],
  },
];

function item(GroupId: string, MsgSeq: number, more: Json = {}): Json {
  return {
    ...{ GroupId, From_Account: 'alice', MsgSeq, MsgRandom: MsgSeq, MsgTimeStamp: START - 100 + MsgSeq },
    ...{ MsgBody: TEXT, ...more },
  };
}

const member = (Member_Account: string, Role = 'Member'): Json => ({
  Member_Account,
  Role,
  JoinTime: START - 900,
});
const facts = (GroupId: string, Type: string, more: Json = {}): Json => ({
  ...{ GroupId, Type, Name: GroupId, Owner_Account: 'alice', CreateTime: START - 1000 },
  ...{ MemberList: [member('alice', 'Owner'), member('bob')], ...more },
});

/** What the table is about. */
export const groupSeed: Json = {
  users: ['alice', 'bob', 'carol', 'mute'],
  Groups: [
    facts('crew', 'Public', { MutedList: [{ Member_Account: 'mute', ShutUpUntil: START + 60 }] }),
    facts('work', 'Private'),
    facts('live', 'AVChatRoom', { MemberList: [] }),
    facts('full', 'Public', { MaxMemberNum: 2 }),
    facts('makers', 'Community', {
      ...{ Owner_Account: 'bob', SupportTopic: 1 },
      TopicList: [{ TopicId: 'makers@TOPIC#_a', TopicName: 'a', CreateTime: START - 900 }],
    }),
    facts('dismissed', 'Public'),
  ],
  GroupMessages: [
    ...[
      item('crew', 1),
      item('crew', 2),
      item('crew', 3, { IsPlaceMsg: 1 }),
      item('crew', 4, { IsPlaceMsg: 2 }),
    ],
    item('makers', 1, { TopicId: 'makers@TOPIC#_a' }),
  ],
};
