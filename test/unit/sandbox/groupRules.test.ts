import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import samples from '../../fixtures/sandbox/groupSamples.json';
import { groupRules, groupSeed } from './groupCodeTable';
import { startWebhookApp, type WebhookApp } from './webhookApp';
import { seedOf, START, TEXT, World, type Json } from './world';

const G = 'group_open_http_svc';
const SEND = `${G}/send_group_msg`;

function sample(command: string): Json {
  const found = samples.find(({ api, kind }) => api === command && kind === 'webhook');
  return (found?.json as Json | undefined) ?? assert.fail(command);
}

describe('sandbox: rules of groups', () => {
  let world: World;
  let app: WebhookApp;
  let received: Json[];
  let answer: Json;

  beforeEach(async () => {
    received = [];
    answer = { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 };
    app = await startWebhookApp((body) => {
      received.push(body);
      return { status: 200, text: JSON.stringify(answer) };
    });
    world = await World.start({ seed: seedOf(groupSeed), webhook: { url: app.url } });
  });
  afterEach(async () => {
    await world.stop();
    await app.stop();
  });

  const message = {
    GroupId: 'crew',
    From_Account: 'bob',
    Random: 123_456,
    MsgBody: TEXT,
    CloudCustomData: 'x',
  };

  async function call(command: string, body: Json): Promise<Json> {
    const { json } = await world.call(command, body);
    await world.sandbox.sandbox.webhooks.settled();
    return json;
  }

  const named = (command: string) => received.find((body) => body.CallbackCommand === command);

  it('tells before and after sending, after a recall and after a modification, with the fields of the samples', async () => {
    const place = { GroupId: 'makers', TopicId: 'makers@TOPIC#_a' };
    const sent = await call(SEND, { ...message, ...place });
    assert.equal(sent.MsgSeq, 2);
    await call('openim/modify_group_msg', { ...place, MsgSeq: 2, MsgBody: TEXT });
    await call(`${G}/group_msg_recall`, { ...place, MsgSeqList: [{ MsgSeq: 2 }, { MsgSeq: 9 }] });
    await call('openim/modify_group_msg', { GroupId: 'crew', MsgSeq: 1, MsgBody: TEXT });
    for (const name of ['BeforeSendMsg', 'AfterSendMsg', 'AfterRecallMsg', 'AfterModifyMsg']) {
      const command = `Group.Callback${name}`;
      const fields = new Set([...Object.keys(sample(command)), 'TopicId']);
      assert.deepEqual(Object.keys(named(command) ?? {}).sort(), [...fields].sort(), command);
    }
    const facts = {
      GroupId: 'makers',
      Type: 'Community',
      From_Account: 'bob',
      Operator_Account: 'administrator',
    };
    const { EventTime, ...before } = named('Group.CallbackBeforeSendMsg') ?? {};
    assert.equal(EventTime, START * 1000);
    assert.deepEqual(before, {
      ...{ CallbackCommand: 'Group.CallbackBeforeSendMsg', ...facts, Random: 123_456, OnlineOnlyFlag: 0 },
      ...{ TopicId: place.TopicId, MsgBody: TEXT, CloudCustomData: 'x' },
    });
    assert.deepEqual(named('Group.CallbackAfterRecallMsg')?.MsgSeqList, [{ MsgSeq: 2 }]);
    const modified = received.filter(
      ({ CallbackCommand }) => CallbackCommand === 'Group.CallbackAfterModifyMsg',
    );
    assert.deepEqual(
      modified.map(({ TopicId, MsgSeq }) => [TopicId, MsgSeq]),
      [
        [place.TopicId, 2],
        ['', 1],
      ],
    );
  });

  it('lets the webhook before sending refuse (10016, or a code of its own), drop, and replace', async () => {
    answer = { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 1 };
    assert.equal((await call(SEND, message)).ErrorCode, 10016);
    answer = { ActionStatus: 'OK', ErrorInfo: 'mine', ErrorCode: 10150 };
    assert.deepEqual(await call(SEND, message), {
      ActionStatus: 'FAIL',
      ErrorInfo: 'mine',
      ErrorCode: 10150,
    });
    answer = { ErrorCode: 120001 };
    assert.equal((await call(SEND, message)).ErrorCode, 10016);
    answer = { ErrorCode: 2 };
    assert.equal((await call(SEND, message)).ErrorCode, 0);
    assert.equal(world.sandbox.store.groups.get('crew')?.messages.nextSeq, 5);
    answer = { ErrorCode: 0, MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'other' } }] };
    assert.equal((await call(SEND, message)).MsgSeq, 5);
    const stored = world.sandbox.store.groups.get('crew')?.messages.find(5);
    assert.equal(stored?.body, '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"other"}}]');
    answer = { ErrorCode: 0, MsgBody: {} };
    assert.equal((await call(SEND, { ...message, Random: 2 })).ErrorCode, 90992);
    received = [];
    answer = { ErrorCode: 1 };
    const silent = { ForbidCallbackControl: ['ForbidBeforeSendMsgCallback', 'ForbidAfterSendMsgCallback'] };
    assert.equal((await call(SEND, { ...message, Random: 3, ...silent })).ErrorCode, 0);
    assert.deepEqual(received, []);
  });

  it('takes 40 messages a second in each group, and no more (10023)', async () => {
    await world.control('DELETE', 'webhook');
    const send = async (GroupId: string, Random: number): Promise<unknown> =>
      (await world.call(SEND, { ...message, GroupId, Random })).code;
    for (let index = 0; index < 40; index++) assert.equal(await send('crew', index), 0);
    assert.equal(await send('crew', 40), 10023);
    assert.equal(await send('makers', 40), 0);
    world.pass(1);
    assert.equal(await send('crew', 40), 0);
  });

  it('drops what has the same Random and content within five minutes', async () => {
    await world.control('DELETE', 'webhook');
    const send = async (more: Json = {}): Promise<unknown> =>
      (await call(SEND, { ...message, ...more })).MsgSeq;
    assert.equal(await send(), 5);
    world.pass(299);
    assert.equal(await send(), 5);
    assert.equal(await send({ CloudCustomData: 'y' }), 6);
    world.pass(1);
    assert.equal(await send(), 7);
  });

  it('mutes until the time is over, for everybody, and lets owner and administrators write', async () => {
    await world.control('DELETE', 'webhook');
    const code = async (From_Account: string, Random: number): Promise<unknown> =>
      (await call(SEND, { ...message, From_Account, Random })).ErrorCode;
    await call(`${G}/forbid_send_msg`, { GroupId: 'crew', Members_Account: ['bob'], ShutUpTime: 10 });
    assert.equal(await code('bob', 1), 10017);
    await call(`${G}/delete_group_member`, { GroupId: 'crew', MemberToDel_Account: ['bob'] });
    assert.equal(await code('bob', 2), 10017);
    world.pass(10);
    assert.equal(await code('bob', 3), 0);
    await call(`${G}/modify_group_base_info`, { GroupId: 'crew', ShutUpAllMember: 'On' });
    assert.deepEqual(
      [await code('bob', 4), await code('alice', 5), await code('administrator', 6)],
      [10017, 0, 0],
    );
  });

  it('counts what a live group sends, and keeps none of it', async () => {
    assert.equal((await call(SEND, { ...message, GroupId: 'live' })).MsgSeq, 1);
    assert.equal((await call(SEND, { ...message, GroupId: 'live', Random: 2 })).MsgSeq, 2);
    const info = await call(`${G}/get_group_info`, { GroupIdList: ['live'] });
    const [group] = info.GroupInfo as Json[];
    assert.deepEqual([group?.NextMsgSeq, group?.MemberNum, group?.MemberList], [3, undefined, undefined]);
    assert.deepEqual(world.sandbox.store.groups.get('live')?.messages.all(), []);
  });

  it('moves the group in the members’ lists of conversations, unless told not to', async () => {
    const contacts = async (): Promise<unknown> => {
      const cursor = { TimeStamp: 0, StartIndex: 0, TopTimeStamp: 0, TopStartIndex: 0, AssistFlags: 7 };
      const { SessionItem } = await call('recentcontact/get_list', { From_Account: 'alice', ...cursor });
      return (SessionItem as Json[]).map(({ Type, GroupId, MsgTime }) => [Type, GroupId, MsgTime]);
    };
    const before = await contacts();
    world.pass(5);
    await call(SEND, { ...message, SendMsgControl: ['NoLastMsg'] });
    assert.deepEqual(await contacts(), before);
    await call(SEND, { ...message, Random: 2 });
    assert.deepEqual(await contacts(), [[2, 'crew', START + 5]]);
    await call(`${G}/destroy_group`, { GroupId: 'crew' });
    assert.deepEqual(await contacts(), []);
  });

  it('shows what is older than the history that is kept as a place, says so at the end, and shows it as the setting says', async () => {
    await world.control('DELETE', 'webhook');
    world.pass(8 * 86_400);
    const read = async (more: Json = {}): Promise<Json> =>
      call(`${G}/group_msg_get_simple`, { GroupId: 'crew', ReqMsgNumber: 20, ...more });
    const old = await read({ WithRecalledMsg: 1 });
    assert.deepEqual(
      (old.RspMsgList as Json[]).map(({ MsgSeq, IsPlaceMsg, MsgBody }) => [MsgSeq, IsPlaceMsg, MsgBody]),
      [4, 3, 2, 1].map((seq) => [seq, 1, []]),
    );
    await world.control('POST', 'settings', { placeholderBody: 'object' });
    assert.deepEqual(((await read()).RspMsgList as Json[])[0]?.MsgBody, {});
    for (let index = 0; index < 17; index++) {
      await world.control('POST', 'seed?add=1', {
        Format: 1,
        GroupMessages: [
          {
            ...{ GroupId: 'crew', From_Account: 'bob', MsgSeq: 5 + index, MsgRandom: 1 },
            ...{ MsgTimeStamp: START + index, MsgBody: TEXT },
          },
        ],
      });
    }
    const page = await read({ ReqMsgNumber: 100, WithRecalledMsg: 1 });
    assert.deepEqual([(page.RspMsgList as Json[]).length, page.IsFinished], [20, 2]);
    world.pass(-8 * 86_400 + 60);
    const fresh = await read({ ReqMsgNumber: 100, WithRecalledMsg: 1 });
    assert.deepEqual([(fresh.RspMsgList as Json[]).length, fresh.IsFinished], [20, 0]);
    const withoutRecalled = await read({ ReqMsgSeq: 4 });
    assert.deepEqual(
      (withoutRecalled.RspMsgList as Json[]).map(({ MsgSeq }) => MsgSeq),
      [3, 2, 1],
    );
  });

  it('keeps all of it in its data file, and in a seed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-groups-'));
    const dataFile = join(folder, 'data.json');
    const first = await World.start({ dataFile, seed: seedOf(groupSeed), settings: { limits: false } });
    for (const { command, request } of groupRules) await first.call(command, request);
    await first.call(SEND, { ...message, GroupId: 'live' });
    const snapshot = first.sandbox.sandbox.snapshot();
    await first.stop();
    const again = await World.start({ dataFile });
    assert.equal(again.sandbox.sandbox.snapshot(), snapshot);
    await again.stop();
    const seeded = await World.start({ seed: snapshot });
    assert.equal(seeded.sandbox.sandbox.snapshot(), snapshot);
    await seeded.stop();
    await rm(folder, { recursive: true, force: true });
  });
});
