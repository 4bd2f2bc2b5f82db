import assert from 'node:assert/strict';
import { ChatClient } from '../../../src/chat/client';
import { findByRandom } from '../../../src/chat/findByRandom';
import { parseSdkId } from '../../../src/chat/sdkId';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/server';

const TIME = Math.floor(Date.now() / 1000) - 7_200;
const BODY = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]';

describe('chat: a message by the id of a client’s SDK', () => {
  let sandbox: RunningSandbox;
  let client: ChatClient;

  before(async () => {
    const seed = JSON.stringify({
      Format: 1,
      Accounts: ['u_1', 'u_2', 'u_3'].map((UserID) => ({ UserID })),
    });
    sandbox = await startSandbox({ seed });
    client = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
    for (const [from, to, seq, random, time] of [
      ['u_1', 'u_2', 41, 7001, TIME],
      ['u_1', 'u_2', 42, 7002, TIME + 1],
      ['u_2', 'u_1', 43, 7003, TIME + 900],
      ['u_1', 'u_3', 44, 7001, TIME],
    ] as const) {
      await client.importMessage({ from, to, seq, random, time, msgBody: BODY });
    }
  });

  after(() => sandbox.stop());

  const found = async (id: string, from = 'u_1', to = 'u_2'): Promise<unknown[]> => {
    const parts = parseSdkId(id);
    assert.ok(parts);
    return (await findByRandom(client, { from, to, ...parts })).map(({ address }) => address);
  };

  it('is taken apart: who sent it as a number, when, and its random; anything else is none', () => {
    assert.deepEqual(parseSdkId('144115234400000001-1659689444-77842438'), {
      tinyId: '144115234400000001',
      time: 1659689444,
      random: 77842438,
    });
    for (const other of ['17_8812_1700000200', '2023-11-14', '144115234400000001-1659689444-99999999999', ''])
      assert.equal(parseSdkId(other), undefined);
  });

  it('is found by its random near its time, in either direction', async () => {
    const wanted = [{ chat: 'c2c', from: 'u_1', to: 'u_2', key: `41_7001_${TIME}` }];
    assert.deepEqual(await found(`144115234400000001-${TIME - 1}-7001`), wanted);
    assert.deepEqual(await found(`144115234400000001-${TIME + 40}-7001`, 'u_2', 'u_1'), wanted);
  });

  it('is found where the clock of the client was minutes off', async () => {
    const wanted = [{ chat: 'c2c', from: 'u_2', to: 'u_1', key: `43_7003_${TIME + 900}` }];
    assert.deepEqual(await found(`144115234400000002-${TIME}-7003`), wanted);
  });

  it('is nothing when no message has the random', async () => {
    assert.deepEqual(await found(`144115234400000001-${TIME}-7004`), []);
  });
});
