import assert from 'node:assert/strict';
import { webhookSign } from '../../../src/webhooks/signature';
import samples from '../../fixtures/sandbox/samples.json';
import { startWebhookApp, type WebhookApp } from './webhookApp';
import { seedOf, START, TEXT, World, type Json } from './world';

interface Received {
  readonly query: Record<string, string>;
  readonly body: Json;
}

const OK = { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 };
const message = {
  From_Account: 'a',
  To_Account: 'b',
  MsgSeq: 5,
  MsgRandom: 6,
  MsgBody: TEXT,
  CloudCustomData: 'x',
};

function sample(command: string): Json {
  const found = samples.find(({ api, kind }) => api === command && kind === 'webhook');
  return found?.json ?? {};
}

describe('sandbox: webhooks', () => {
  let world: World;
  let app: WebhookApp;
  let received: Received[];
  /** What the app answers to the webhook before sending; undefined for no answer at all. */
  let answer: { status: number; text: string } | undefined;

  beforeEach(async () => {
    received = [];
    answer = { status: 200, text: JSON.stringify(OK) };
    app = await startWebhookApp((body, query) => {
      received.push({ query: Object.fromEntries(query), body });
      return answer;
    });
    const url = `${app.url}?own=1`;
    world = await World.start({ seed: seedOf({ users: ['a', 'b'] }), webhook: { url, token: 'xxxxyyyy' } });
  });
  afterEach(async () => {
    await world.stop();
    await app.stop();
  });

  async function send(more: Json = {}): Promise<Json> {
    const { json } = await world.call('openim/sendmsg', { ...message, ...more });
    await world.sandbox.sandbox.webhooks.settled();
    return json;
  }

  function commands(): unknown[] {
    return received.map(({ body }) => body.CallbackCommand);
  }

  async function stored(): Promise<unknown[]> {
    const { json } = await world.call('openim/admin_getroammsg', {
      ...{ Operator_Account: 'a', Peer_Account: 'b', MaxCnt: 10, MinTime: 0, MaxTime: START },
    });
    return (json.MsgList as Json[]).map((item) => item.MsgBody);
  }

  const answering = (value: Json): void => void (answer = { status: 200, text: JSON.stringify(value) });

  it('signs as documented', () => {
    assert.equal(
      webhookSign('xxxxyyyy', '1669872112'),
      '17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061',
    );
  });

  it('before and after a send: query, signature, fields of the samples', async () => {
    assert.equal((await send()).ErrorCode, 0);
    assert.deepEqual(commands(), ['C2C.CallbackBeforeSendMsg', 'C2C.CallbackAfterSendMsg']);
    for (const { query, body } of received) {
      const { CallbackCommand, Sign, RequestTime, ...rest } = query;
      assert.equal(CallbackCommand, body.CallbackCommand);
      assert.equal(RequestTime, String(START));
      assert.equal(Sign, webhookSign('xxxxyyyy', String(START)));
      const others = {
        SdkAppid: '1400000000',
        contenttype: 'json',
        ClientIP: '127.0.0.1',
        OptPlatform: 'RESTAPI',
      };
      assert.deepEqual(rest, { own: '1', ...others });
      assert.deepEqual(Object.keys(body).sort(), Object.keys(sample(String(CallbackCommand))).sort());
    }
    assert.equal(received[1]?.body.UnreadMsgNum, 1);
    assert.equal(received[0]?.body.MsgKey, `5_6_${START}`);
  });

  it('after recall, read and modify', async () => {
    await send({ ForbidCallbackControl: ['ForbidBeforeSendMsgCallback', 'ForbidAfterSendMsgCallback'] });
    assert.deepEqual(commands(), []);
    const address = { From_Account: 'a', To_Account: 'b', MsgKey: `5_6_${START}` };
    await world.call('openim/modify_c2c_msg', { ...address, CloudCustomData: 'new' });
    await world.sandbox.sandbox.webhooks.settled();
    await world.call('openim/admin_set_msg_read', { Report_Account: 'b', Peer_Account: 'a' });
    await world.sandbox.sandbox.webhooks.settled();
    await world.call('openim/admin_msgwithdraw', address);
    await world.sandbox.sandbox.webhooks.settled();
    assert.deepEqual(commands(), [
      ...['C2C.CallbackAfterModifyMsg', 'C2C.CallbackAfterMsgReport', 'C2C.CallbackAfterMsgWithDraw'],
    ]);
    for (const { body } of received) {
      assert.deepEqual(Object.keys(body).sort(), Object.keys(sample(String(body.CallbackCommand))).sort());
    }
    assert.deepEqual(
      [received[0]?.body.CloudCustomData, received[0]?.body.EventTime, received[0]?.body.MsgTime],
      ['new', START * 1000, START],
    );
  });

  it('none for batches and imports, and only those that are switched on', async () => {
    await world.call('openim/batchsendmsg', { ...message, To_Account: ['b'] });
    await world.call('openim/importmsg', { ...message, SyncFromOldSystem: 5, MsgTimeStamp: START - 5 });
    await world.sandbox.sandbox.webhooks.settled();
    assert.deepEqual(commands(), []);
    const { url } = (await world.control('GET', 'webhook')).json as { url: string };
    await world.control('POST', 'webhook', { url, commands: ['C2C.CallbackAfterSendMsg'] });
    await send({ MsgRandom: 9 });
    assert.deepEqual(commands(), ['C2C.CallbackAfterSendMsg']);
    assert.equal(received[0]?.query.Sign, undefined);
  });

  it('forbid: 20006, with a code of its own that one', async () => {
    answering({ ...OK, ErrorCode: 1 });
    assert.equal((await send()).ErrorCode, 20006);
    answering({ ...OK, ErrorCode: 121_000, ErrorInfo: 'no red packets' });
    const own = await send();
    assert.deepEqual([own.ErrorCode, own.ErrorInfo], [121_000, 'no red packets']);
    answering({ ...OK, ErrorCode: 130_001 });
    assert.equal((await send()).ErrorCode, 20006);
    assert.deepEqual(await stored(), []);
    assert.deepEqual([...new Set(commands())], ['C2C.CallbackBeforeSendMsg']);
  });

  it('drop silently: success, and no message', async () => {
    answering({ ...OK, ErrorCode: 2 });
    assert.equal((await send()).ErrorCode, 0);
    assert.deepEqual(await stored(), []);
  });

  it('replace the content, which must be a message', async () => {
    const MsgBody = [{ MsgType: 'TIMCustomElem', MsgContent: { Desc: ' level ', Data: ' LV1' } }];
    answering({ ...OK, MsgBody, CloudCustomData: 'new' });
    assert.equal((await send()).ErrorCode, 0);
    assert.deepEqual(await stored(), [MsgBody]);
    assert.equal(received[1]?.body.CloudCustomData, 'new');
    answering({ ...OK, MsgBody: {} });
    assert.equal((await send({ MsgRandom: 7 })).ErrorCode, 90992);
  });

  it('an answer that is none: delivered, or 80003', async () => {
    for (const [index, bad] of [
      { status: 500, text: JSON.stringify(OK) },
      { status: 200, text: '<html>' },
    ].entries()) {
      answer = bad;
      await world.control('POST', 'settings', { webhookFailure: 'deliver' });
      assert.equal((await send({ MsgRandom: 10 + index })).ErrorCode, 0);
      await world.control('POST', 'settings', { webhookFailure: 'reject' });
      assert.equal((await send({ MsgRandom: 20 + index })).ErrorCode, 80003);
    }
  });

  it('no answer within 2 s counts as none', async () => {
    answer = undefined;
    await world.control('POST', 'settings', { webhookFailure: 'reject' });
    const started = Date.now();
    assert.equal((await send()).ErrorCode, 80003);
    const waited = Date.now() - started;
    // On a machine that stalls it may be much more.
    assert.ok(waited >= 1950 && waited < 60_000, `${waited} ms`);
  });
});
