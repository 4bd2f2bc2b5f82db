import assert from 'node:assert/strict';
import { startWebhookApp, type WebhookApp } from './webhookApp';
import { seedOf, START, TEXT, World, type Json } from './world';

const OK = { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 };
const GROUP = 'group_open_http_svc';

/** Webhooks of what is done to groups, friends and profiles; keys as the pages of the webhooks show them. */
describe('sandbox: webhooks of groups, relations, profiles', () => {
  let world: World;
  let app: WebhookApp;
  let received: Json[];
  let queries: URLSearchParams[];
  /** Answers by command; `undefined` leaves without one, all others get success. */
  let answers: Map<string, Json | undefined>;

  beforeEach(async () => {
    received = [];
    queries = [];
    answers = new Map();
    app = await startWebhookApp((body, query) => {
      received.push(body);
      queries.push(query);
      const command = String(body.CallbackCommand);
      const answer = answers.has(command) ? answers.get(command) : OK;
      return answer && { status: 200, text: JSON.stringify(answer) };
    });
    world = await World.start({ seed: seedOf({ users: ['a', 'b', 'c'] }), webhook: { url: app.url } });
  });
  afterEach(async () => {
    await world.stop();
    await app.stop();
  });

  /** Makes a call, and gives its answer and the webhooks that it caused. */
  async function call(command: string, body: Json): Promise<{ json: Json; hooks: Json[] }> {
    received.length = 0;
    const { json } = await world.call(command, body);
    await world.sandbox.sandbox.webhooks.settled();
    return { json, hooks: [...received] };
  }

  async function made(more: Json = {}): Promise<string> {
    const { json } = await call(`${GROUP}/create_group`, {
      ...{ Owner_Account: 'a', Type: 'Public', Name: 'G', GroupId: 'g' },
      ...more,
    });
    assert.equal(json.ErrorCode, 0);
    return String(json.GroupId);
  }

  const names = (hooks: readonly Json[]): unknown[] => hooks.map((hook) => hook.CallbackCommand);
  const EventTime = START * 1000;

  it('a group from its making to its end', async () => {
    await made({ MemberList: [{ Member_Account: 'b' }] });
    assert.deepEqual(received, [
      {
        CallbackCommand: 'Group.CallbackBeforeCreateGroup',
        ...{ Operator_Account: 'administrator', Owner_Account: 'a', Type: 'Public', Name: 'G' },
        ...{ CreateGroupNum: 0, MemberList: [{ Member_Account: 'b' }], EventTime },
      },
      {
        CallbackCommand: 'Group.CallbackAfterCreateGroup',
        ...{ GroupId: 'g', Operator_Account: 'administrator', Owner_Account: 'a', Type: 'Public', Name: 'G' },
        ...{ MemberList: [{ Member_Account: 'b' }], UserDefinedDataList: [], EventTime },
      },
    ]);
    const known = { GroupId: 'g', Type: 'Public', Operator_Account: 'administrator' };
    const added = await call(`${GROUP}/add_group_member`, {
      ...{ GroupId: 'g', MemberList: [{ Member_Account: 'b' }, { Member_Account: 'c' }] },
    });
    assert.deepEqual(added.hooks, [
      {
        CallbackCommand: 'Group.CallbackBeforeInviteJoinGroup',
        ...{ ...known, DestinationMembers: [{ Member_Account: 'c' }], EventTime },
      },
      {
        CallbackCommand: 'Group.CallbackAfterNewMemberJoin',
        ...{ ...known, JoinType: 'Invited', NewMemberList: [{ Member_Account: 'c' }], EventTime },
      },
    ]);
    const changed = await call(`${GROUP}/modify_group_base_info`, { GroupId: 'g', Name: 'New' });
    assert.deepEqual(changed.hooks, [
      { CallbackCommand: 'Group.CallbackAfterGroupInfoChanged', ...known, Name: 'New', EventTime },
    ]);
    const quiet = await call(`${GROUP}/modify_group_base_info`, { GroupId: 'g', MaxMemberNum: 5 });
    assert.deepEqual(quiet.hooks, []);
    const owner = await call(`${GROUP}/change_group_owner`, { GroupId: 'g', NewOwner_Account: 'b' });
    assert.deepEqual(owner.hooks, [
      {
        CallbackCommand: 'Group.CallbackAfterChangeGroupOwner',
        ...{ ...known, OldOwner_Account: 'a', NewOwner_Account: 'b', EventTime },
      },
    ]);
    const gone = await call(`${GROUP}/delete_group_member`, {
      ...{ GroupId: 'g', MemberToDel_Account: ['c', 'nobody'] },
    });
    assert.deepEqual(gone.hooks, [
      {
        CallbackCommand: 'Group.CallbackAfterMemberExit',
        ...{ ...known, ExitType: 'Kicked', ExitMemberList: [{ Member_Account: 'c' }], EventTime },
      },
    ]);
    const { hooks } = await call(`${GROUP}/destroy_group`, { GroupId: 'g' });
    assert.deepEqual(hooks, [
      {
        CallbackCommand: 'Group.CallbackAfterGroupDestroyed',
        ...{ GroupId: 'g', Type: 'Public', Owner_Account: 'b', Name: 'New' },
        ...{ MemberList: [{ Member_Account: 'a' }, { Member_Account: 'b' }], EventTime },
      },
    ]);
  });

  it('the app refuses a group, some of its new members, a topic', async () => {
    answers.set('Group.CallbackBeforeCreateGroup', { ...OK, ErrorCode: 1 });
    const wish = { Owner_Account: 'a', Type: 'Community', Name: 'G', GroupId: '@TGS#_g', SupportTopic: 1 };
    const plain = await call(`${GROUP}/create_group`, wish);
    assert.equal(plain.json.ErrorCode, 10016);
    answers.set('Group.CallbackBeforeCreateGroup', { ...OK, ErrorCode: 10101, ErrorInfo: 'not today' });
    const own = await call(`${GROUP}/create_group`, wish);
    assert.deepEqual([own.json.ErrorCode, own.json.ErrorInfo], [10101, 'not today']);
    assert.deepEqual(names(own.hooks), ['Group.CallbackBeforeCreateGroup']);
    answers.delete('Group.CallbackBeforeCreateGroup');
    await made(wish);

    answers.set('Group.CallbackBeforeInviteJoinGroup', { ...OK, RefusedMembers_Account: ['b'] });
    const added = await call(`${GROUP}/add_group_member`, {
      ...{ GroupId: '@TGS#_g', MemberList: [{ Member_Account: 'b' }, { Member_Account: 'c' }] },
    });
    assert.deepEqual(added.json.MemberList, [
      { Member_Account: 'b', Result: 0 },
      { Member_Account: 'c', Result: 1 },
    ]);
    assert.deepEqual(added.hooks[1]?.NewMemberList, [{ Member_Account: 'c' }]);

    const topic = { GroupId: '@TGS#_g', TopicName: 'T' };
    answers.set('Group.CallbackBeforeCreateTopic', { ...OK, ErrorCode: 10102 });
    const refused = await call('million_group_open_http_svc/create_topic', topic);
    assert.equal(refused.json.ErrorCode, 10102);
    answers.delete('Group.CallbackBeforeCreateTopic');
    const { json, hooks } = await call('million_group_open_http_svc/create_topic', topic);
    assert.deepEqual(names(hooks), ['Group.CallbackBeforeCreateTopic', 'Group.CallbackAfterCreateTopic']);
    assert.equal(hooks[1]?.TopicId, json.TopicId);
  });

  it('a group that is full, and a message that is refused', async () => {
    await made({ MaxMemberCount: 2 });
    const filled = await call(`${GROUP}/add_group_member`, {
      ...{ GroupId: 'g', MemberList: [{ Member_Account: 'b' }] },
    });
    assert.deepEqual(filled.hooks.at(-1), {
      ...{ CallbackCommand: 'Group.CallbackAfterGroupFull', GroupId: 'g', EventTime },
    });
    const failed = await call(`${GROUP}/send_group_msg`, {
      ...{ GroupId: 'none', From_Account: 'a', Random: 7, MsgBody: TEXT },
    });
    assert.equal(failed.json.ErrorCode, 10010);
    const { ErrorInfo, ...others } = failed.hooks[0] ?? {};
    assert.equal(typeof ErrorInfo, 'string');
    assert.deepEqual(others, {
      CallbackCommand: 'Group.CallbackSendMsgException',
      ...{ GroupId: 'none', From_Account: 'a', Operator_Account: 'administrator', Random: 7 },
      ...{ OnlineOnlyFlag: 0, ErrorCode: 10010, EventTime, MsgBody: TEXT },
    });
    answers.set('Group.CallbackBeforeSendMsg', { ...OK, ErrorCode: 1 });
    const own = await call(`${GROUP}/send_group_msg`, {
      ...{ GroupId: 'g', From_Account: 'a', Random: 8, MsgBody: TEXT },
    });
    assert.deepEqual(names(own.hooks), ['Group.CallbackBeforeSendMsg']);
  });

  it('friends, blocked users, profiles', async () => {
    const item = { To_Account: 'b', AddSource: 'AddSource_Type_Test' };
    const added = await call('sns/friend_add', { From_Account: 'a', AddFriendItem: [item] });
    assert.deepEqual(added.hooks, [
      {
        CallbackCommand: 'Sns.CallbackFriendAdd',
        PairList: [
          { From_Account: 'a', To_Account: 'b', Initiator_Account: 'a' },
          { From_Account: 'b', To_Account: 'a', Initiator_Account: 'a' },
        ],
        ...{ ClientCmd: 'friend_add', Admin_Account: 'administrator', ForceFlag: 0 },
      },
    ]);
    assert.deepEqual(
      (await call('sns/friend_import', { From_Account: 'a', AddFriendItem: [item] })).hooks,
      [],
    );
    const gone = await call('sns/friend_delete', { From_Account: 'a', To_Account: ['b', 'c'] });
    assert.deepEqual(gone.hooks, [
      {
        CallbackCommand: 'Sns.CallbackFriendDelete',
        PairList: [{ From_Account: 'a', To_Account: 'b' }],
      },
    ]);
    const blocked = await call('sns/black_list_add', { From_Account: 'a', To_Account: ['c'] });
    assert.deepEqual(blocked.hooks, [
      { CallbackCommand: 'Sns.CallbackBlackListAdd', PairList: [{ From_Account: 'a', To_Account: 'c' }] },
    ]);
    const free = await call('sns/black_list_delete', { From_Account: 'a', To_Account: ['c', 'b'] });
    assert.deepEqual(free.hooks, [
      { CallbackCommand: 'Sns.CallbackBlackListDelete', PairList: [{ From_Account: 'a', To_Account: 'c' }] },
    ]);
    const ProfileItem = [{ Tag: 'Tag_Profile_IM_Nick', Value: 'A' }];
    const profile = await call('profile/portrait_set', { From_Account: 'a', ProfileItem });
    assert.deepEqual(profile.hooks, [
      {
        CallbackCommand: 'Profile.CallbackPortraitSet',
        ...{ Operator_Account: 'administrator', From_Account: 'a', ProfileItem, EventTime },
      },
    ]);
  });

  it('an alert above 80 % of a limit, once a second', async () => {
    const { url } = (await world.control('GET', 'webhook')).json as { url: string };
    await world.control('POST', 'webhook', { url, commands: ['Alert.RequestOverLimit'] });
    for (let count = 1; count <= 165; count++) {
      await world.call('profile/portrait_get', { To_Account: ['a'], TagList: ['Tag_Profile_IM_Nick'] });
    }
    await world.sandbox.sandbox.webhooks.settled();
    assert.deepEqual(received, [
      {
        ...{ CallbackCommand: 'Alert.RequestOverLimit', ServiceName: 'profile', Command: 'portrait_get' },
        ...{ Request: 161, Limit: 200 },
      },
    ]);
    assert.equal(queries[0]?.has('ClientIP'), false);
  });

  it('sends any webhook as a sample, and says what is done with the answer', async () => {
    const event = await world.control('POST', 'webhook/send', { command: 'State.StateChange' });
    assert.equal(event.status, 200);
    assert.equal(received[0]?.CallbackCommand, 'State.StateChange');
    const { status, outcome } = event.json as Json;
    assert.deepEqual([status, outcome], [200, undefined]);
    answers.set('C2C.CallbackBeforeSendMsg', { ...OK, ErrorCode: 120001, ErrorInfo: 'no' });
    const body = { CallbackCommand: 'C2C.CallbackBeforeSendMsg', MsgSeq: 1 };
    const asked = await world.control('POST', 'webhook/send', { command: body.CallbackCommand, body });
    assert.deepEqual(received[1], body);
    assert.deepEqual((asked.json as Json).outcome, { kind: 'refused', code: 120001, info: 'no' });
    const own = await world.control('POST', 'webhook/send', { command: 'My.Event', body: { My: 1 } });
    assert.deepEqual([own.status, received[2]], [200, { My: 1 }]);
    assert.equal((await world.control('POST', 'webhook/send', { command: 'My.Event' })).status, 400);
    assert.equal((await world.control('POST', 'webhook/send', { command: 7 })).status, 400);
    await world.control('DELETE', 'webhook');
    assert.equal((await world.control('POST', 'webhook/send', { command: 'State.StateChange' })).status, 400);
    const samples = await world.control('GET', 'webhook/samples');
    assert.ok('Group.CallbackAfterModifyMsg' in (samples.json as Json));
  });

  it('again after 2 s without an answer, if the setting says so', async () => {
    await world.control('POST', 'settings', { webhookRetries: 1 });
    answers.set('Profile.CallbackPortraitSet', undefined);
    const ProfileItem = [{ Tag: 'Tag_Profile_IM_Nick', Value: 'A' }];
    const { hooks } = await call('profile/portrait_set', { From_Account: 'a', ProfileItem });
    assert.deepEqual(names(hooks), ['Profile.CallbackPortraitSet', 'Profile.CallbackPortraitSet']);
  });
});
