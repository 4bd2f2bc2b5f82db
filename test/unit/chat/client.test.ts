import assert from 'node:assert/strict';
import { ChatClient, type ChatClientOptions } from '../../../src/chat/client';
import { ChatServiceError } from '../../../src/chat/errors';
import { addressKey, type MessageAddress } from '../../../src/chat/address';
import { isRecalled } from '../../../src/chat/chatMessage';
import { parseMsgKey } from '../../../src/chat/msgKey';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/server';
import { collect, errorOf } from './scriptedServer';

const TEXT = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}]';

/** Users with everything a query, a path or a JSON text could stumble over. */
const odd = [
  'a/b',
  '100%',
  'c#d',
  'two words',
  '..',
  '"quoted"',
  '\\back',
  "!#$%&'()*+,-./:;<=>?@[]^_`{|}~",
  'Carol',
  'carol',
];

describe('chat: calls, on the sandbox', () => {
  let sandbox: RunningSandbox;
  const clients: ChatClient[] = [];

  function connect(options?: ChatClientOptions): ChatClient {
    const client = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey }, options);
    clients.push(client);
    return client;
  }

  async function users(client: ChatClient, ...ids: string[]): Promise<void> {
    assert.deepEqual(await client.multiImport(ids.map((userId) => ({ userId }))), []);
  }

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.dispose();
    await sandbox.stop();
  });

  it('imports, checks and deletes accounts, more than one call takes', async () => {
    const client = connect();
    const many = Array.from({ length: 150 }, (_, i) => `many-${i}`);
    await client.accountImport({ userId: 'erin', nick: 'Erin', faceUrl: 'https://example.com/e.png' });
    await users(client, ...many);
    const checked = await client.accountCheck(['erin', 'nobody', ...many]);
    assert.deepEqual(checked.slice(0, 2), [
      { userId: 'erin', imported: true },
      { userId: 'nobody', imported: false },
    ]);
    assert.ok(checked.slice(2).every(({ imported }) => imported) && checked.length === 152);
    assert.deepEqual(await client.accountCheck([]), []);
    const [gone, unknown] = await client.accountDelete(['erin', 'nobody']);
    assert.deepEqual([gone?.userId, gone?.code], ['erin', 0]);
    assert.deepEqual([unknown?.userId, unknown?.code], ['nobody', 70107]);
    assert.deepEqual(await client.accountCheck(['erin']), [{ userId: 'erin', imported: false }]);
  });

  it('tells accounts apart that differ by case or by one odd character', async () => {
    const client = connect();
    await users(client, ...odd);
    const checked = await client.accountCheck([...odd, 'CAROL', 'a']);
    assert.deepEqual(
      checked.map(({ imported }) => imported),
      [...odd.map(() => true), false, false],
    );
    for (const from of odd) {
      const { key } = await client.sendMessage({ from, to: 'Carol', msgBody: TEXT });
      const found = await client.findMessage({ chat: 'c2c', from, to: 'Carol', key });
      assert.deepEqual(found?.message.address, { chat: 'c2c', from, to: 'Carol', key });
    }
  });

  it('reads profiles', async () => {
    const client = connect();
    await client.accountImport({ userId: 'erin', nick: 'Erin' });
    const [erin, nobody] = await client.portraitGet(['erin', 'nobody'], ['Tag_Profile_IM_Nick']);
    assert.equal(erin?.tags.get('Tag_Profile_IM_Nick'), 'Erin');
    assert.deepEqual([nobody?.userId, nobody?.tags.size], ['nobody', 0]);
    assert.notEqual(nobody?.code, 0);
  });

  it('sends, finds, modifies member by member, and keeps every byte', async () => {
    const client = connect();
    await users(client, 'sue', 'tom');
    const msgBody =
      '[ {"MsgType":"TIMCustomElem","MsgContent":{"Data":"{\\"order\\":12345678901234567,\\"u\\":\\"\\/\\"}","Desc":"你好 \\ud83d\\ude00"}} ]';
    const cloudCustomData = '"{\\"a\\": 1.0}"';
    const { key, time } = await client.sendMessage({ from: 'sue', to: 'tom', msgBody, cloudCustomData });
    assert.equal(parseMsgKey(key)?.time, time);
    const address: MessageAddress = { chat: 'c2c', from: 'sue', to: 'tom', key };
    const sent = await client.findMessage(address);
    assert.equal(sent?.viewpoint, 'sender');
    assert.deepEqual(sent.message.content, { msgBody, cloudCustomData });

    await client.modifyMessage(address, { cloudCustomData: '"new"' });
    assert.deepEqual((await client.findMessage(address))?.message.content, {
      msgBody,
      cloudCustomData: '"new"',
    });
    const changed = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"\\u0041\\/1"}}]';
    await client.modifyMessage(address, { msgBody: changed });
    const content = { msgBody: changed, cloudCustomData: '"new"' };
    assert.deepEqual((await client.findMessage(address))?.message.content, content);
  });

  it('cannot be led to another message by what a raw text holds', async () => {
    const client = connect();
    const address = { chat: 'c2c', from: 'a', to: 'b', key: '1_2_3' } as const;
    for (const msgBody of ['[]},"To_Account":"c"', '[],"MsgKey":"4_5_6"', '', ' ', '[', '1 2']) {
      await assert.rejects(client.modifyMessage(address, { msgBody }), TypeError, msgBody);
    }
  });

  it('throws what the service refused', async () => {
    const client = connect();
    await users(client, 'sue', 'tom');
    const { key } = await client.sendMessage({ from: 'sue', to: 'tom', msgBody: TEXT });
    const error = await errorOf(
      client.modifyMessage({ chat: 'c2c', from: 'sue', to: 'tom', key }, { msgBody: '{}' }),
    );
    assert.ok(ChatServiceError.is(error));
    assert.deepEqual([error.code, error.command], [90007, 'openim/modify_c2c_msg']);
  });

  it('finds a message from the receiver when the sender does not see it, and says when it is gone', async () => {
    const client = connect();
    await users(client, 'sue', 'tom');
    const { key } = await client.sendMessage({ from: 'sue', to: 'tom', msgBody: TEXT, syncToSender: false });
    const address = { chat: 'c2c', from: 'sue', to: 'tom', key } as const;
    assert.equal((await client.findMessage(address))?.viewpoint, 'receiver');
    assert.equal(await client.findMessage({ chat: 'c2c', from: 'tom', to: 'sue', key }), undefined);
    await client.deleteMessages({ operator: 'tom', peer: 'sue', keys: [key] });
    assert.equal(await client.findMessage(address), undefined);
    await assert.rejects(client.findMessage({ ...address, key: 'no key' }), RangeError);
  });

  it('asks one second first and a minute around it before it says gone', async () => {
    const windows: [number, number][] = [];
    const client = connect({
      onExchange: ({ requestBody }) => {
        const { MinTime, MaxTime } = JSON.parse(requestBody) as { MinTime: number; MaxTime: number };
        windows.push([MinTime, MaxTime]);
      },
    });
    await users(connect(), 'sue', 'tom');
    assert.equal(
      await client.findMessage({ chat: 'c2c', from: 'sue', to: 'tom', key: '1_2_1700000000' }),
      undefined,
    );
    const [exact, wide] = [
      [1_700_000_000, 1_700_000_000],
      [1_699_999_940, 1_700_000_060],
    ];
    assert.deepEqual(windows, [exact, exact, wide, wide]);
  });

  it('imports history under the key that it computes', async () => {
    const client = connect();
    await users(client, 'sue', 'tom');
    const time = Math.floor(Date.now() / 1000) - 3600;
    const key = await client.importMessage({ from: 'sue', to: 'tom', msgBody: TEXT, time });
    assert.equal(parseMsgKey(key)?.time, time);
    assert.equal(
      (await client.findMessage({ chat: 'c2c', from: 'sue', to: 'tom', key }))?.message.time,
      time,
    );
    const live = await client.importMessage({
      from: 'sue',
      to: 'tom',
      msgBody: TEXT,
      time,
      seq: 5,
      random: 6,
      live: true,
    });
    assert.equal(live, `5_6_${time}`);
  });

  it('sends to many, and names those who did not get it', async () => {
    const client = connect();
    await users(client, 'sue', 'tom', 'uma');
    const { key, failed } = await client.batchSend({
      from: 'sue',
      to: ['tom', 'uma', 'nobody'],
      msgBody: TEXT,
    });
    assert.ok(key);
    assert.deepEqual(failed, [{ userId: 'nobody', code: 70107 }]);
    for (const to of ['tom', 'uma'])
      assert.ok(await client.findMessage({ chat: 'c2c', from: 'sue', to, key }));
  });

  it('recalls a message, which history still shows', async () => {
    const client = connect();
    await users(client, 'sue', 'tom');
    const { key } = await client.sendMessage({ from: 'sue', to: 'tom', msgBody: TEXT });
    const address = { chat: 'c2c', from: 'sue', to: 'tom', key } as const;
    await client.recallMessage(address);
    const found = await client.findMessage(address);
    assert.ok(found && isRecalled(found.message));
    const again = await errorOf(client.recallMessage(address));
    assert.ok(ChatServiceError.is(again) && again.code === 20023);
  });

  it('deletes on one side, more keys than one call takes, and names unknown ones', async () => {
    const client = connect();
    await users(client, 'sue', 'tom');
    const keys: string[] = [];
    const time = Math.floor(Date.now() / 1000) - 100;
    for (let i = 0; i < 35; i++) {
      keys.push(await client.importMessage({ from: 'sue', to: 'tom', msgBody: TEXT, time: time + i }));
    }
    const unknown = await client.deleteMessages({ operator: 'sue', peer: 'tom', keys: [...keys, '1_2_3'] });
    assert.deepEqual(unknown, ['1_2_3']);
    const seen = async (operator: string, peer: string) =>
      (await collect(client.history({ chat: { chat: 'c2c', user: operator, peer } }))).flatMap(
        ({ messages }) => messages,
      ).length;
    assert.deepEqual([await seen('sue', 'tom'), await seen('tom', 'sue')], [0, 35]);
  });

  it('lists conversations, counts unread messages, marks them read, and removes conversations', async () => {
    const client = connect();
    const peers = Array.from({ length: 12 }, (_, i) => `peer-${i}`);
    await users(client, 'sue', ...peers);
    for (const from of peers) await client.sendMessage({ from, to: 'sue', msgBody: TEXT });
    const listed = async () => (await collect(client.recentContacts('sue'))).flat();
    const contacts = await listed();
    assert.deepEqual(contacts.map(({ peer }) => peer).sort(), [...peers].sort());
    assert.ok(contacts.every(({ type, pinned, time }) => type === 'c2c' && !pinned && time > 1_700_000_000));

    assert.equal((await client.unread('sue')).total, 12);
    await client.setRead({ reader: 'sue', peer: 'peer-0' });
    const { peers: counts } = await client.unread('sue', peers);
    assert.deepEqual(
      counts,
      peers.map((peer, i) => ({ peer, count: i === 0 ? 0 : 1 })),
    );

    await client.recentDelete({ userId: 'sue', peer: 'peer-1', clearHistory: true });
    assert.equal((await listed()).length, 11);
    const pages = await collect(client.history({ chat: { chat: 'c2c', user: 'sue', peer: 'peer-1' } }));
    assert.equal(pages.flatMap(({ messages }) => messages).length, 0);
  });

  it('reads the sample conversation of 300 messages, whatever the page size', async () => {
    const client = connect();
    const sizes = [1000, 20, 7];
    const lengths = new Set<number>();
    for (const { user, peer } of await longest(client)) {
      for (const pageSize of sizes) {
        const pages = await collect(client.history({ chat: { chat: 'c2c', user, peer }, pageSize }));
        const messages = pages.flatMap((page) => page.messages);
        assert.equal(new Set(messages.map(({ address }) => addressKey(address))).size, messages.length);
        lengths.add(messages.length);
      }
    }
    assert.equal(lengths.size, 1);
    assert.ok(Math.max(...lengths) >= 300);
  });

  /** The sample data's longest conversation. */
  async function longest(client: ChatClient): Promise<{ user: string; peer: string }[]> {
    for (const user of ['alice', 'bob', 'carol', 'dave']) {
      for await (const contacts of client.recentContacts(user)) {
        for (const { peer } of contacts) {
          if (peer === undefined) continue;
          const messages = (await collect(client.history({ chat: { chat: 'c2c', user, peer } }))).flatMap(
            (page) => page.messages,
          );
          if (messages.length >= 300) return [{ user, peer }];
        }
      }
    }
    return [];
  }
});
