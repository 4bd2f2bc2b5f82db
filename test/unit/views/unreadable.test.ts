import assert from 'node:assert/strict';
import { makeConnection } from '../../../src/connections/connection';
import { ExplorerModel } from '../../../src/views/conversations/explorerModel';
import { ScriptedServer } from '../chat/scriptedServer';

describe('explorer model with messages that cannot be read', () => {
  let server: ScriptedServer;
  before(async () => (server = await ScriptedServer.start()));
  after(() => server.stop());

  it('shows a row for each that says what is wrong, and the others as ever', async () => {
    const connection = makeConnection({
      ...{ name: 'Test', endpoint: 'http://127.0.0.1:1', sdkAppId: 1, administrator: 'administrator' },
      ...{ environment: 'test', credentialKind: 'secretKey' },
    });
    const client = server.client();
    const model = new ExplorerModel(
      {
        list: () => [connection],
        get: () => connection,
        prepare: () => Promise.resolve(),
        client: () => Promise.resolve(client),
        meet: () => Promise.resolve(),
      },
      () => undefined,
      (error) => assert.fail(String(error)),
    );
    const good = '{"From_Account":"a","To_Account":"b","MsgKey":"1_1_9"}';
    const noSender = '{"To_Account":"b","MsgKey":"2_2_9"}';
    const textSeq = '{"From_Account":"a","To_Account":"b","MsgKey":"3_3_9","MsgSeq":"3"}';
    server.answerWith(`{"MsgList":[${noSender},${good},${textSeq},${noSender}],"Complete":1,"ErrorCode":0}`);
    const node = model.conversationNode({
      connectionId: connection.id,
      chat: { chat: 'c2c', user: 'a', peer: 'b' },
    });
    const children = await model.children(node);
    const [first, second, day, ...more] = children;
    assert.ok(first?.kind === 'row' && second?.kind === 'row' && day?.kind === 'day');
    assert.deepEqual(more, []);
    assert.deepEqual(
      [first, second].map(({ row, unreadable }) => [row, unreadable?.member, unreadable?.raw]),
      [
        ['unreadable', 'From_Account', noSender],
        ['unreadable', 'MsgSeq', textSeq],
      ],
    );
    assert.equal((await model.children(day)).length, 1);
    assert.deepEqual(await model.children(node), children, 'the same nodes again');
    assert.equal(model.parent(first), node);
    model.dispose();
    client.dispose();
  });
});
