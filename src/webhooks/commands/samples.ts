const sent = {
  MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }],
  CloudCustomData: 'your cloud custom data',
};
const EventTime = 1670574414123;
const pair = { From_Account: 'alice', To_Account: 'bob' };
const identity = {
  MsgSeq: 48374,
  MsgRandom: 2837546,
  MsgTime: 1557481126,
  MsgKey: '48374_2837546_1557481126',
};
const outcome = { SendMsgResult: 0, ErrorInfo: 'send msg succeed', UnreadMsgNum: 7 };
const group = { GroupId: '@TGS#2J4SZEAEL', Type: 'Public' };
const topic = { GroupId: '@TGS#_@TGS#cQVLVHIM62CJ', Type: 'Community' };
const TopicId = '@TGS#_@TGS#cQVLVHIM62CJ@TOPIC#_TestTopic';
const Operator_Account = 'alice';
const said = { ...group, From_Account: 'alice', Operator_Account, Random: 123456 };
const extension = {
  OperateType: 1,
  ExtensionList: [{ Key: 'key1', Value: 'value1', Seq: 1 }],
  Seq: 1,
  EventTime,
};

/**
 * Bodies of the service's webhooks as their pages show one, without `CallbackCommand`; the names in them are ours. The
 * service writes `EventTime` as a number in some and as a text in others.
 */
export const webhookSamples = {
  // trtc.io/document/60256
  'Alert.RequestOverLimit': { ServiceName: 'openim', Command: 'batchsendmsg', Request: 510, Limit: 200 },
  'State.StateChange': {
    EventTime,
    Info: { Action: 'Login', To_Account: 'alice', Reason: 'Register' },
    KickedDevice: [{ Platform: 'Windows' }],
  },
  'Profile.CallbackPortraitSet': {
    Operator_Account,
    From_Account: 'alice',
    EventTime,
    ProfileItem: [{ Tag: 'Tag_Profile_IM_Nick', Value: 'Alice' }],
  },
  'Sns.CallbackPrevFriendAdd': {
    Requester_Account: 'alice',
    From_Account: 'alice',
    FriendItem: [
      {
        To_Account: 'bob',
        Remark: 'remark1',
        GroupName: 'group1',
        AddSource: 'AddSource_Type_Android',
        AddWording: 'Hello',
      },
    ],
    AddType: 'Add_Type_Both',
    ForceAddFlags: 0,
    EventTime,
  },
  'Sns.CallbackPrevFriendResponse': {
    Requester_Account: 'alice',
    From_Account: 'alice',
    ResponseFriendItem: [
      {
        To_Account: 'bob',
        Remark: 'remark1',
        TagName: 'group1',
        ResponseAction: 'Response_Action_AgreeAndAdd',
      },
    ],
    EventTime,
  },
  'Sns.CallbackFriendAdd': {
    PairList: [{ ...pair, Initiator_Account: 'alice' }],
    ClientCmd: 'friend_add',
    Admin_Account: '',
    ForceFlag: 1,
  },
  'Sns.CallbackFriendDelete': { PairList: [pair] },
  'Sns.CallbackBlackListAdd': { PairList: [pair] },
  'Sns.CallbackBlackListDelete': { PairList: [pair] },
  'Follow.CallbackAfterFollowAdd': { From_Account: 'alice', FollowList: [{ To_Account: 'bob' }], EventTime },
  'Follow.CallbackAfterFollowDelete': {
    From_Account: 'alice',
    FollowList: [{ To_Account: 'bob' }],
    EventTime,
  },
  'C2C.CallbackBeforeSendMsg': { ...pair, ...identity, OnlineOnlyFlag: 0, ...sent },
  'C2C.CallbackAfterSendMsg': { ...pair, ...identity, OnlineOnlyFlag: 0, ...outcome, ...sent },
  'C2C.CallbackAfterMsgReport': {
    Report_Account: 'alice',
    Peer_Account: 'bob',
    LastReadTime: 1614754606,
    UnreadMsgNum: 7,
  },
  'C2C.CallbackAfterMsgReadReceipt': {
    Operator_Account,
    Peer_Account: 'bob',
    C2CMsgInfo: [{ From_Account: 'bob', To_Account: 'alice', MsgKey: '33973751_24064952_1769139583' }],
    EventTime,
  },
  'C2C.CallbackAfterMsgReadAll': {
    Report_Account: 'alice',
    EventTime,
    GroupReadInfo: [{ GroupId: group.GroupId, MsgSeq: 100 }],
  },
  'C2C.CallbackAfterMsgWithDraw': { ...pair, MsgKey: identity.MsgKey, UnreadMsgNum: 7 },
  'C2C.CallbackAfterModifyMsg': { ...sent, Operator_Account, ...pair, ...identity, EventTime },
  'C2C.CallbackAfterC2CMsgExtension': { ...pair, MsgKey: identity.MsgKey, ...extension },
  'Group.CallbackBeforeCreateGroup': {
    Operator_Account,
    Owner_Account: 'alice',
    Type: 'Public',
    Name: 'MyFirstGroup',
    CreateGroupNum: 123,
    MemberList: [{ Member_Account: 'bob' }],
    EventTime,
  },
  'Group.CallbackAfterCreateGroup': {
    ...group,
    Operator_Account,
    Owner_Account: 'alice',
    Name: 'MyFirstGroup',
    MemberList: [{ Member_Account: 'bob' }],
    UserDefinedDataList: [{ Key: 'UserDefined1', Value: 'hello' }],
    EventTime,
  },
  'Group.CallbackBeforeApplyJoinGroup': { ...group, Requestor_Account: 'bob', EventTime },
  'Group.CallbackBeforeInviteJoinGroup': {
    ...group,
    Operator_Account,
    DestinationMembers: [{ Member_Account: 'bob' }],
    EventTime,
  },
  'Group.CallbackAfterNewMemberJoin': {
    ...group,
    JoinType: 'Apply',
    Operator_Account,
    NewMemberList: [{ Member_Account: 'bob' }],
    EventTime,
  },
  'Group.CallbackAfterMemberExit': {
    ...group,
    ExitType: 'Kicked',
    Operator_Account,
    ExitMemberList: [{ Member_Account: 'bob' }],
    EventTime,
  },
  'Group.CallbackBeforeSendMsg': { ...said, OnlineOnlyFlag: 0, ...sent, EventTime },
  'Group.CallbackAfterSendMsg': {
    ...said,
    MsgSeq: 123,
    MsgTime: 1490686222,
    OnlineOnlyFlag: 0,
    ...sent,
    EventTime,
  },
  'Group.CallbackAfterGroupFull': { GroupId: group.GroupId, EventTime },
  'Group.CallbackAfterGroupDestroyed': {
    ...group,
    Owner_Account: 'alice',
    Name: 'MyFirstGroup',
    MemberList: [{ Member_Account: 'bob' }],
    EventTime,
  },
  'Group.CallbackAfterGroupInfoChanged': {
    ...group,
    Operator_Account,
    Notification: 'New notice',
    EventTime,
  },
  'Group.CallbackAfterRecallMsg': { Operator_Account, ...group, MsgSeqList: [{ MsgSeq: 130 }], EventTime },
  'Group.CallbackAfterModifyMsg': {
    MsgBody: sent.MsgBody,
    Operator_Account,
    GroupId: group.GroupId,
    TopicId: '',
    MsgSeq: 123,
    EventTime,
  },
  'Group.CallbackAfterGroupMsgExtension': { GroupId: group.GroupId, MsgSeq: 10, ...extension },
  'Group.CallbackOnMemberStateChange': {
    GroupId: '@TGS#aJRGC4MH6',
    EventType: 'Offline',
    MemberList: [{ Member_Account: 'bob' }],
    EventTime,
  },
  'Group.CallbackSendMsgException': {
    ...said,
    OnlineOnlyFlag: 0,
    ...sent,
    ErrorCode: 10023,
    ErrorInfo: 'message frequency limit',
    EventTime,
  },
  'Group.CallbackBeforeCreateTopic': { Type: 'Community', Operator_Account, Name: 'TestTopic' },
  'Group.CallbackAfterCreateTopic': {
    ...topic,
    TopicId,
    Operator_Account,
    Owner_Account: 'alice',
    Name: 'TestTopic',
  },
  'Group.CallbackAfterTopicDestroyed': { ...topic, TopicIdList: [TopicId] },
  'Group.CallbackAfterTopicInfoChanged': {
    ...topic,
    Operator_Account,
    Name: 'TestTopic',
    Notification: 'New notice',
  },
  'Group.CallbackAfterMemberFieldChanged': {
    ...group,
    Operator_Account,
    Member_Account: 'bob',
    Role: 'Admin',
    NameCard: 'Bob',
    EventTime,
  },
  'Group.CallbackAfterGroupAttrChanged': {
    ...group,
    Operator_Account,
    OptionType: 'set',
    GroupAttr: [{ key: 'key1', value: 'value1' }],
    EventTime,
  },
  'Group.CallbackAfterReadReceipt': {
    ...group,
    GroupMsgReceiptList: [
      { MsgSeq: 1, ReadNum: 1, UnreadNum: 6, ReadReceiptMembers: [{ Member_Account: 'bob' }] },
    ],
    EventTime,
  },
  'Group.CallbackAfterChangeGroupOwner': {
    ...group,
    Operator_Account,
    OldOwner_Account: 'alice',
    NewOwner_Account: 'bob',
    EventTime,
  },
  'Group.CallbackOnDailyGroupQuotaAlarm': { QuotaUsed: 7321, Quota: 10000, EventTime },
  'Bot.OnC2CMessage': {
    From_Account: 'alice',
    To_Account: '@RBT#001',
    ...identity,
    OnlineOnlyFlag: 0,
    ...outcome,
    ...sent,
    EventTime,
  },
  'Bot.OnGroupMessage': {
    ...said,
    MsgSeq: 123,
    MsgTime: 1490686222,
    OnlineOnlyFlag: 0,
    MsgBody: sent.MsgBody,
    AtRobots_Account: ['@RBT#001'],
    CloudCustomData: sent.CloudCustomData,
    EventTime,
  },
  'Chatbot.OnC2CSignalMessage': {
    From_Account: 'alice',
    To_Account: '@RBT#chatbot',
    MsgSeq: 5678,
    MsgRandom: 8765,
    MsgKey: '5678_8765_1670574414',
    EventTime,
    Data: '{"msg":"hello"}',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** `CallbackCommand` of a webhook that the service's list names. */
export type WebhookName = keyof typeof webhookSamples;

/** A whole body to begin with; undefined for a command that the service's list does not name. */
export function sampleBody(command: string): Readonly<Record<string, unknown>> | undefined {
  if (!Object.hasOwn(webhookSamples, command)) return undefined;
  return { CallbackCommand: command, ...webhookSamples[command as WebhookName] };
}
