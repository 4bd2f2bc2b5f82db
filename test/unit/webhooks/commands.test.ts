import assert from 'node:assert/strict';
import { judgeAnswer, readAnswer, type AnswerOutcome } from '../../../src/webhooks/commands/answers';
import { eventFacts } from '../../../src/webhooks/commands/facts';
import { findWebhookCommand, webhookCommands } from '../../../src/webhooks/commands/index';

/** The service's list (trtc.io/document/34355), the navigation of its pages, and what came since. */
const NAMES = `
  Alert.RequestOverLimit State.StateChange Profile.CallbackPortraitSet
  Sns.CallbackPrevFriendAdd Sns.CallbackPrevFriendResponse Sns.CallbackFriendAdd Sns.CallbackFriendDelete
  Sns.CallbackBlackListAdd Sns.CallbackBlackListDelete Follow.CallbackAfterFollowAdd Follow.CallbackAfterFollowDelete
  C2C.CallbackBeforeSendMsg C2C.CallbackAfterSendMsg C2C.CallbackAfterMsgReport C2C.CallbackAfterMsgReadReceipt
  C2C.CallbackAfterMsgReadAll C2C.CallbackAfterMsgWithDraw C2C.CallbackAfterModifyMsg C2C.CallbackAfterC2CMsgExtension
  Group.CallbackBeforeCreateGroup Group.CallbackAfterCreateGroup Group.CallbackBeforeApplyJoinGroup
  Group.CallbackBeforeInviteJoinGroup Group.CallbackAfterNewMemberJoin Group.CallbackAfterMemberExit
  Group.CallbackBeforeSendMsg Group.CallbackAfterSendMsg Group.CallbackAfterGroupFull Group.CallbackAfterGroupDestroyed
  Group.CallbackAfterGroupInfoChanged Group.CallbackAfterRecallMsg Group.CallbackAfterModifyMsg
  Group.CallbackAfterGroupMsgExtension Group.CallbackOnMemberStateChange Group.CallbackSendMsgException
  Group.CallbackBeforeCreateTopic Group.CallbackAfterCreateTopic Group.CallbackAfterTopicDestroyed
  Group.CallbackAfterTopicInfoChanged Group.CallbackAfterMemberFieldChanged Group.CallbackAfterGroupAttrChanged
  Group.CallbackAfterReadReceipt Group.CallbackAfterChangeGroupOwner Group.CallbackOnDailyGroupQuotaAlarm
  Bot.OnC2CMessage Bot.OnGroupMessage Chatbot.OnC2CSignalMessage`;

describe('The commands of webhooks', () => {
  it('are those of the service’s list, each with words, a page and a sample that names it first', () => {
    assert.deepEqual(webhookCommands.map(({ name }) => name).sort(), NAMES.trim().split(/\s+/).sort());
    for (const { name, title, doc, icon, sample } of webhookCommands) {
      assert.ok(title[0].length > 0 && /[一-鿿]/.test(title[1]), name);
      assert.match(
        doc,
        /^https:\/\/(trtc\.io\/document|cloud\.tencent\.com\/document\/product\/269)\/\d+$/,
        name,
      );
      assert.ok(icon.length > 0, name);
      assert.deepEqual(Object.entries(sample)[0], ['CallbackCommand', name]);
    }
    assert.equal(findWebhookCommand('constructor'), undefined);
  });

  it('say who, whom, where and which message', () => {
    const c2c = eventFacts(findWebhookCommand('C2C.CallbackAfterModifyMsg')?.sample);
    assert.deepEqual([c2c.who, c2c.whom, c2c.group], ['alice', ['bob'], undefined]);
    assert.deepEqual(c2c.addresses, [
      { chat: 'c2c', from: 'alice', to: 'bob', key: '48374_2837546_1557481126' },
    ]);
    const group = eventFacts(findWebhookCommand('Group.CallbackAfterModifyMsg')?.sample);
    assert.deepEqual([group.who, group.group, group.topic], ['alice', '@TGS#2J4SZEAEL', undefined]);
    assert.deepEqual(group.addresses, [{ chat: 'group', group: '@TGS#2J4SZEAEL', seq: 123 }]);
    assert.deepEqual(eventFacts(findWebhookCommand('Group.CallbackBeforeInviteJoinGroup')?.sample).whom, [
      'bob',
    ]);
    assert.deepEqual(eventFacts(findWebhookCommand('C2C.CallbackAfterMsgReadReceipt')?.sample).addresses, [
      { chat: 'c2c', from: 'bob', to: 'alice', key: '33973751_24064952_1769139583' },
    ]);
    assert.equal(eventFacts(findWebhookCommand('State.StateChange')?.sample).who, 'alice');
  });

  it('say as much where nobody described them, and nothing where a body is odd', () => {
    const unknown = { From_Account: 'a', To_Account: ['b'], GroupId: 7, MsgKey: null };
    assert.deepEqual(eventFacts(unknown), {
      who: 'a',
      whom: [],
      group: undefined,
      topic: undefined,
      body: undefined,
      addresses: [],
    });
    for (const body of [undefined, null, [], 'text', { PairList: { From_Account: 'a' } }]) {
      assert.deepEqual(eventFacts(body).whom, []);
    }
  });

  it('have their answers judged as the pages say', () => {
    const before = 'C2C.CallbackBeforeSendMsg';
    const cases: readonly (readonly [string, Record<string, unknown> | undefined, AnswerOutcome])[] = [
      ['C2C.CallbackAfterSendMsg', { ErrorCode: 1 }, { kind: 'ignored' }],
      ['Something.New', { ErrorCode: 1 }, { kind: 'ignored' }],
      [before, undefined, { kind: 'failed' }],
      [before, { ErrorCode: 0 }, { kind: 'allowed' }],
      [before, { ErrorCode: 0, MsgBody: [] }, { kind: 'replaced', members: ['MsgBody'] }],
      [before, { ErrorCode: 1, ErrorInfo: 'no' }, { kind: 'refused', code: 20006 }],
      [before, { ErrorCode: 2 }, { kind: 'dropped' }],
      [before, { ErrorCode: 120001, ErrorInfo: 'no' }, { kind: 'refused', code: 120001, info: 'no' }],
      [before, { ErrorCode: 130001 }, { kind: 'refused', code: 20006 }],
      ['Group.CallbackBeforeSendMsg', { ErrorCode: 10100 }, { kind: 'refused', code: 10100, info: '' }],
      ['Group.CallbackBeforeCreateGroup', { ErrorCode: 2 }, { kind: 'refused', code: 10016 }],
      [
        'Group.CallbackBeforeInviteJoinGroup',
        { ErrorCode: 0, RefusedMembers_Account: ['bob'] },
        { kind: 'singlesRefused', accounts: [{ account: 'bob' }] },
      ],
      [
        'Sns.CallbackPrevFriendAdd',
        { ErrorCode: 0, ResultItem: [{ To_Account: 'bob', ResultCode: 38000, ResultInfo: 'no' }] },
        { kind: 'singlesRefused', accounts: [{ account: 'bob', code: 38000, info: 'no' }] },
      ],
      ['Sns.CallbackPrevFriendAdd', { ErrorCode: 38001 }, { kind: 'allowed' }],
    ];
    for (const [command, answer, outcome] of cases) assert.deepEqual(judgeAnswer(command, answer), outcome);
  });

  it('have an answer only in what can be read', () => {
    assert.deepEqual(readAnswer(200, '{"ErrorCode":0}'), { ErrorCode: 0 });
    for (const text of ['', 'ok', '[]', '{}', '{"ErrorCode":"0"}', '{"ErrorCode":0']) {
      assert.equal(readAnswer(200, text), undefined, text);
    }
    assert.equal(readAnswer(500, '{"ErrorCode":0}'), undefined);
    assert.equal(readAnswer(undefined, ''), undefined);
  });
});
