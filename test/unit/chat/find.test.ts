import assert from 'node:assert/strict';
import { ChatNetworkError, ChatServiceError } from '../../../src/chat/errors';
import { errorOf, ScriptedServer } from './scriptedServer';

const address = { chat: 'c2c', from: 'sue', to: 'tom', key: '1_2_1700000000' } as const;

function item(from: string, to: string, time = 1700000000): string {
  return `{"From_Account":"${from}","To_Account":"${to}","MsgKey":"1_2_1700000000","MsgTimeStamp":${time},"MsgBody":[]}`;
}

/** Answers by viewpoint and by width of the window: what the operator sees within it, or the code it is refused with. */
function viewpoints(server: ScriptedServer, views: Record<string, string[] | number>): void {
  server.answer = ({ body }, response) => {
    const request = JSON.parse(body) as { Operator_Account: string; MinTime: number; MaxTime: number };
    const view = views[`${request.Operator_Account} ${request.MaxTime - request.MinTime}`] ?? [];
    if (typeof view === 'number') response.end(`{"ActionStatus":"FAIL","ErrorCode":${view},"ErrorInfo":""}`);
    else response.end(`{"ErrorCode":0,"Complete":1,"MsgCnt":${view.length},"MsgList":[${view.join(',')}]}`);
  };
}

describe('chat: finding one message', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(() => server.stop());

  it('takes the message of that direction, not its twin with the same key', async () => {
    viewpoints(server, { 'sue 0': [item('tom', 'sue'), item('sue', 'tom'), item('tom', 'sue')] });
    const found = await server.client().findMessage(address);
    assert.deepEqual([found?.message.address, found?.viewpoint], [address, 'sender']);
    assert.equal(server.received.length, 1);
  });

  it('looks around the second when the message is not in it', async () => {
    viewpoints(server, { 'tom 120': [item('sue', 'tom', 1700000003)] });
    const found = await server.client().findMessage(address);
    assert.deepEqual([found?.viewpoint, found?.message.time], ['receiver', 1700000003]);
    assert.equal(server.received.length, 4);
  });

  it('asks the receiver when the sender is no user any more', async () => {
    viewpoints(server, { 'sue 0': 90008, 'tom 0': [item('sue', 'tom')] });
    assert.equal((await server.client().findMessage(address))?.viewpoint, 'receiver');
  });

  it('does not call a message gone because nobody could be asked', async () => {
    viewpoints(server, { 'sue 0': 90008, 'tom 0': 90003 });
    const error = await errorOf(server.client().findMessage(address));
    assert.ok(ChatServiceError.is(error) && error.code === 90008);
    viewpoints(server, { 'sue 0': 91000, 'tom 0': [item('sue', 'tom')] });
    const other = await errorOf(server.client().findMessage(address));
    assert.ok(ChatServiceError.is(other) && other.code === 91000);
  });

  it('asks once for a message to oneself', async () => {
    viewpoints(server, { 'sue 0': [item('sue', 'sue')] });
    assert.equal((await server.client().findMessage({ ...address, to: 'sue' }))?.viewpoint, 'sender');
    viewpoints(server, {});
    server.received.length = 0;
    assert.equal(await server.client().findMessage({ ...address, to: 'sue' }), undefined);
    assert.equal(server.received.length, 2);
  });

  it('stops after so many pages, and says so', async () => {
    let pages = 0;
    server.answer = ({ body }, response) => {
      const { MaxTime } = JSON.parse(body) as { MaxTime: number };
      pages += 1;
      const other = `{"From_Account":"sue","To_Account":"tom","MsgKey":"${pages}_3_${MaxTime}"}`;
      const end = `"LastMsgTime":${MaxTime},"LastMsgKey":"${pages}_3_${MaxTime}"`;
      response.end(`{"ErrorCode":0,"Complete":0,"MsgCnt":1,"MsgList":[${other}],${end}}`);
    };
    const error = await errorOf(server.client().findMessage(address));
    assert.ok(ChatNetworkError.is(error) && error.reason === 'tooManyPages' && !error.outcomeUnknown);
    assert.equal(pages, 200);
  });

  it('reads no more than 20 MB of a history made by hand that never ends, in long pages too', async () => {
    const long = 'x'.repeat(1024 * 1024);
    let sent = 0;
    server.answer = (_, response) => {
      const n = server.received.length;
      const item = `{"From_Account":"x","To_Account":"y","MsgKey":"${n}_${n}_9","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${long}"}}]}`;
      const text = `{"MsgList":[${item}],"Complete":0,"LastMsgTime":9,"LastMsgKey":"${n}_${n}_9","ErrorCode":0}`;
      sent += text.length;
      response.end(text);
    };
    const error = await errorOf(
      server.client().findMessage({ chat: 'c2c', from: 'x', to: 'y', key: '0_0_9' }),
    );
    assert.ok(ChatNetworkError.is(error) && error.reason === 'tooManyPages');
    assert.ok(sent < 20 * 1024 * 1024, String(sent));
  });

  it('ends at once when it is aborted', async () => {
    const abort = new AbortController();
    server.answer = () => abort.abort();
    const error = await errorOf(server.client().findMessage(address, abort.signal));
    assert.ok(ChatNetworkError.is(error) && error.reason === 'aborted');
    assert.equal(server.received.length, 1);
  });
});
