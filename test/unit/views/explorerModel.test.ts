import assert from 'node:assert/strict';
import { ChatClient } from '../../../src/chat/client';
import type { ChatMessage } from '../../../src/chat/chatMessage';
import { makeConnection, type Connection } from '../../../src/connections/connection';
import { dayOf } from '../../../src/ui/days';
import { ExplorerModel, type ExplorerConnections } from '../../../src/views/conversations/explorerModel';
import {
  MAX_CHILDREN,
  type ConversationNode,
  type RowNode,
  type TreeNode,
  type Viewpoint,
} from '../../../src/views/conversations/nodes/nodes';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/server';

/** UserIDs that paths, patterns and file names stumble over. */
const ODD_USERS = [
  'a/b',
  '100%',
  'x#y?z',
  ' spaces ',
  '..',
  'Carol',
  'carol',
  '!"#$%&\'()*+,-./:;<=>?@[\\]^_`',
];

interface World {
  readonly sandbox: RunningSandbox;
  readonly client: ChatClient;
  readonly model: ExplorerModel;
  readonly changes: (TreeNode | undefined)[];
  connection: Connection;
  /** Makes the next client fail. */
  broken: Error | undefined;
}

async function world(seed?: string): Promise<World> {
  const sandbox = await startSandbox(seed === undefined ? {} : { seed });
  const client = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
  const changes: (TreeNode | undefined)[] = [];
  const connection = makeConnection({
    name: 'Test',
    ...sandbox.app,
    environment: 'test',
    credentialKind: 'secretKey',
  });
  const connections: ExplorerConnections = {
    list: () => [it.connection],
    get: (id) => (id === it.connection.id ? it.connection : undefined),
    prepare: () => Promise.resolve(),
    client: () => (it.broken === undefined ? Promise.resolve(client) : Promise.reject(it.broken)),
    meet: (_id, users) => {
      it.connection = { ...it.connection, met: [...new Set([...it.connection.met, ...users])] };
      return Promise.resolve();
    },
  };
  const model = new ExplorerModel(
    connections,
    (node) => changes.push(node),
    (error) => assert.fail(String(error)),
  );
  const it: World = { sandbox, client, model, changes, connection, broken: undefined };
  return it;
}

/** A seed with `count` messages from `from` to `to`, one each `step` seconds back from now. */
function seedOf(from: string, to: string, count: number, step: number): string {
  const messages = Array.from({ length: count }, (_, index) => ({
    From_Account: from,
    To_Account: to,
    MsgSeq: index,
    MsgRandom: index,
    MsgTimeStamp: -1 - (count - 1 - index) * step,
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: `message ${index}` } }],
  }));
  return JSON.stringify({
    Format: 1,
    Accounts: [...new Set([from, to])].map((UserID) => ({ UserID })),
    Messages: messages,
    Contacts: [],
  });
}

const TEXT = (text: string): string => `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]`;

const kinds = (nodes: readonly TreeNode[]): string[] =>
  nodes.map((node) => (node.kind === 'row' ? node.row : node.kind));

describe('explorer model on a sandbox', () => {
  let used: World;
  afterEach(async () => {
    used.model.dispose();
    used.client.dispose();
    await used.sandbox.stop();
  });

  const between = (user: string, peer: string): Viewpoint => ({
    connectionId: used.connection.id,
    chat: { chat: 'c2c', user, peer },
  });

  /** The message that was sent as the `seq`th. */
  async function messageOf(seq: number): Promise<ChatMessage> {
    const chat = { chat: 'c2c', user: 'a', peer: 'b' } as const;
    for await (const { messages } of used.client.history({ chat })) {
      const found = messages.find((message) => message.seq === seq);
      if (found) return found;
    }
    throw new Error(`There is no message ${seq}.`);
  }

  async function conversation(seed: string, from = 'a', to = 'b'): Promise<ConversationNode> {
    used = await world(seed);
    return used.model.conversationNode(between(from, to));
  }

  it('shows a message that was sent without reading the conversation anew, from the side that has it', async () => {
    const node = await conversation(seedOf('a', 'b', 30, 60));
    const { model, client, sandbox, connection } = used;
    const texts = async (): Promise<string[]> => {
      // Two of them in the first minutes of one.
      const days = (await model.children(node)).filter(({ kind }) => kind === 'day');
      const messages = (await Promise.all(days.map((day) => model.children(day)))).flat();
      return messages.flatMap((one) =>
        one.kind === 'message'
          ? (/message \d+|fresh/.exec(one.message.content.msgBody ?? '')?.[0] ?? '')
          : [],
      );
    };
    const before = await texts();
    const other = model.conversationNode(between('b', 'a'));
    await model.children(other);
    const { key } = await client.sendMessage({ from: 'a', to: 'b', msgBody: TEXT('fresh') });
    const found = await client.findMessage({ chat: 'c2c', from: 'a', to: 'b', key });
    assert.ok(found);
    const reads = (): number => sandbox.sandbox.calls.list('openim/admin_getroammsg').calls.length;
    const read = reads();
    model.news.arrived(connection.id, [node.chat], found.message);
    assert.deepEqual(used.changes.at(-1), node);
    assert.deepEqual((await texts()).slice(0, 3), ['fresh', ...before.slice(0, 2)]);
    assert.equal(reads(), read);
    // Nobody said that the other side has it, and its list stays as it was read.
    const [day] = await model.children(other);
    assert.ok(day);
    const [first] = await model.children(day);
    assert.ok(first?.kind === 'message' && first.message.content.msgBody?.includes('message 29'));
    // Without the message itself it is read.
    model.news.arrived(connection.id, [other.chat]);
    const [again] = await model.children((await model.children(other))[0]);
    assert.ok(again?.kind === 'message' && again.message.content.msgBody?.includes('fresh'));
    assert.ok(reads() > read);
  });

  it('says at every level what to do when nothing is there', async () => {
    used = await world(
      JSON.stringify({ Format: 1, Accounts: [{ UserID: 'lonely' }], Messages: [], Contacts: [] }),
    );
    const [top] = await used.model.children();
    assert.deepEqual(kinds(await used.model.children(top)), ['groups', 'empty']);
    assert.deepEqual(kinds(await used.model.children(used.model.userNode(used.connection.id, 'lonely'))), [
      'empty',
    ]);
    const none = used.model.conversationNode(between('lonely', 'lonely2'));
    used.connection = { ...used.connection, conversations: [{ user: 'lonely', peer: 'lonely2' }] };
    assert.deepEqual(kinds(await used.model.children(used.model.userNode(used.connection.id, 'lonely'))), [
      'conversation',
    ]);
    await used.client.accountImport({ userId: 'lonely2' });
    assert.deepEqual(kinds(await used.model.children(none)), ['empty']);
  });

  it('lists users, conversations, days and messages, newest first, 20 at a time', async () => {
    const node = await conversation(seedOf('a', 'b', 50, 3600));
    used.connection = { ...used.connection, users: ['a'] };
    const [groups, ...users] = await used.model.children(used.model.connectionNode(used.connection.id));
    assert.equal(groups?.kind, 'groups');
    assert.deepEqual(kinds(users), ['user']);
    assert.deepEqual(await used.model.children(users[0]), [node]);
    assert.deepEqual(used.connection.met, ['b'], 'the peer is known as a user now');

    const read = async (): Promise<string[]> => {
      const days = (await used.model.children(node)).filter(({ kind }) => kind === 'day');
      const messages = (await Promise.all(days.map((day) => used.model.children(day)))).flat();
      return messages.map((message) => (message.kind === 'message' ? String(message.message.seq) : '?'));
    };
    const expected = Array.from({ length: 50 }, (_, index) => String(49 - index));
    assert.deepEqual(await read(), expected.slice(0, 20));
    const rows = (await used.model.children(node)).filter((child): child is RowNode => child.kind === 'row');
    assert.deepEqual(kinds(rows), ['loadMore']);
    await used.model.more(rows[0]!);
    assert.deepEqual(await read(), expected.slice(0, 40));
    await used.model.more(rows[0]!);
    assert.deepEqual(await read(), expected);
    assert.deepEqual(kinds((await used.model.children(node)).filter(({ kind }) => kind === 'row')), []);
    const open = (await used.model.children(node)).map((day) => day.kind === 'day' && day.open);
    assert.equal(open[0], true, 'the newest day stands open');
  });

  it('shows a failure as a row, keeps what is there, and goes on by Retry', async () => {
    const node = await conversation(seedOf('a', 'b', 50, 60));
    used.broken = new Error('no network');
    const [failed] = await used.model.children(node);
    assert.ok(failed?.kind === 'row' && failed.row === 'retry');
    assert.equal(failed.error, used.broken);
    used.broken = undefined;
    await used.model.more(failed);
    const loaded = await used.model.children(node);
    assert.ok(loaded.some(({ kind }) => kind === 'day'));
    used.broken = new Error('no network again');
    await used.model.more(loaded.find((child) => child.kind === 'row')!);
    const after = await used.model.children(node);
    assert.deepEqual(
      after.filter(({ kind }) => kind === 'day'),
      loaded.filter(({ kind }) => kind === 'day'),
    );
    assert.deepEqual(kinds(after.slice(-1)), ['retry']);
    used.model.refresh(node);
    assert.deepEqual(kinds((await used.model.children(node)).slice(0, 1)), ['retry'], 'above what is kept');
    used.broken = undefined;
    used.model.refresh(node);
    assert.deepEqual(await used.model.children(node), loaded);
  });

  it('goes to a day out of order and reads it by itself', async () => {
    const node = await conversation(seedOf('a', 'b', 140, 3600));
    await used.model.children(node);
    const wanted = dayOf(Date.now() / 1000 - 4 * 86_400);
    const day = await used.model.places.goToDate(node, wanted);
    assert.ok(day);
    assert.deepEqual(await used.model.places.goToDate(node, wanted), day, 'the same node again');
    const children = await used.model.children(node);
    assert.equal(children.at(-1), day);
    const times = (await used.model.children(day)).map((child) =>
      child.kind === 'message' ? child.message.time : 0,
    );
    assert.ok(times.slice(0, 20).every((time) => time >= wanted.start && time <= wanted.end));
    assert.equal(used.model.parent(day), node);
    // Reading on from the top reaches that day, and it is there once.
    for (let turn = 0; turn < 10; turn += 1) {
      const row = (await used.model.children(node)).find((child) => child.kind === 'row');
      if (row) await used.model.more(row);
    }
    const days = (await used.model.children(node)).filter((child) => child.kind === 'day');
    assert.equal(days.filter(({ day: id }) => id === wanted.id).length, 1);
    const nothing = await used.model.places.goToDate(node, dayOf(Date.now() / 1000 - 30 * 86_400));
    assert.equal(nothing, undefined);
  });

  it('finds a message by its day, however far back and far down that day', async () => {
    const node = await conversation(seedOf('a', 'b', 200, 1200));
    const oldest = await messageOf(0);
    const signal = new AbortController().signal;
    const found = await used.model.places.find(node, oldest.address, { day: dayOf(oldest.time), signal });
    assert.equal(found?.message.seq, 0);
    const day = used.model.parent(found);
    assert.ok(day?.kind === 'day');
    assert.ok((await used.model.children(day)).includes(found), 'it stands in the tree');
    const elsewhere = { day: dayOf(oldest.time - 10 * 86_400), signal };
    assert.equal(
      (await used.model.places.find(node, oldest.address, elsewhere))?.message.seq,
      0,
      'what is read is found',
    );
    const gone = { chat: 'c2c', from: 'a', to: 'b', key: '1_2_3' } as const;
    assert.equal(await used.model.places.find(node, gone, { day: dayOf(oldest.time), signal }), undefined);
  });

  it('after a jump, each click on Load more shows more at once, and the tree is told where', async () => {
    const node = await conversation(seedOf('a', 'b', 400, 600));
    await used.model.children(node);
    // Not yesterday, which the first page is all of in the first second of a day.
    const wanted = dayOf(Date.now() / 1000 - 2 * 86_400);
    const day = await used.model.places.goToDate(node, wanted);
    assert.ok(day);
    for (let turn = 0; turn < 2; turn += 1) {
      const row = (await used.model.children(day)).find((child) => child.kind === 'row');
      assert.ok(row, 'the day goes on');
      await used.model.more(row);
    }
    const shown = async (): Promise<{ rows: string[]; messages: number }> => {
      const children = await used.model.children(node);
      let messages = 0;
      for (const child of children) {
        if (child.kind !== 'day') continue;
        messages += (await used.model.children(child)).filter(({ kind }) => kind === 'message').length;
      }
      return { rows: children.map(({ id }) => id), messages };
    };
    for (let turn = 0; turn < 25; turn += 1) {
      const before = await shown();
      const row = (await used.model.children(node)).find((child) => child.kind === 'row');
      if (row?.kind !== 'row') return;
      used.changes.length = 0;
      await used.model.more(row);
      const after = await shown();
      const ended = after.messages === 400;
      assert.ok(ended || after.messages > before.messages, `click ${turn + 1} shows nothing`);
      if (JSON.stringify(after.rows) !== JSON.stringify(before.rows)) {
        assert.ok(used.changes.includes(node), `click ${turn + 1} changes rows and tells nobody`);
      }
    }
    assert.fail('it never ends');
  });

  it('shows a modified message wherever it stands, as the same node', async () => {
    const node = await conversation(seedOf('a', 'b', 3, 1));
    const other = used.model.conversationNode(between('b', 'a'));
    const [day, otherDay] = [(await used.model.children(node))[0], (await used.model.children(other))[0]];
    const [before] = await used.model.children(day);
    const [otherBefore] = await used.model.children(otherDay);
    assert.ok(before?.kind === 'message' && otherBefore?.kind === 'message');
    used.changes.length = 0;
    const newer = { ...before.message, content: { msgBody: '[]' } };
    used.model.news.update(used.connection.id, newer);
    assert.deepEqual(used.changes, [before, otherBefore]);
    assert.equal((await used.model.children(day))[0], before);
    assert.equal(before.message, newer);
    assert.equal(otherBefore.message, newer);
  });

  it('never has more children than VS Code bears, and tells of little when more come', async () => {
    const node = await conversation(seedOf('a', 'b', 2500, 0));
    await used.model.children(node);
    let turns = 0;
    for (;;) {
      const row = (await used.model.children(node)).find((child): child is RowNode => child.kind === 'row');
      if (row === undefined) break;
      used.changes.length = 0;
      await used.model.more(row);
      turns += 1;
      assert.equal(used.changes.length, 1);
      if (turns === 50) assert.equal(used.changes[0]?.kind, 'day');
      if (turns === 110) assert.equal(used.changes[0]?.kind, 'part');
    }
    assert.equal(turns, 124);
    const [day] = await used.model.children(node);
    const parts = await used.model.children(day);
    assert.deepEqual(kinds(parts), ['part', 'part', 'part']);
    const all = (await Promise.all(parts.map((part) => used.model.children(part)))).flat();
    assert.equal(new Set(all.map(({ id }) => id)).size, 2500);
    assert.ok(parts.length <= MAX_CHILDREN);
    assert.equal(used.model.parent(all[1500]!), parts[1]);
  });

  it('has ids of its own for users of any name', async () => {
    used = await world(
      JSON.stringify({
        Format: 1,
        Accounts: ODD_USERS.map((UserID) => ({ UserID })),
        Messages: [],
        Contacts: [],
      }),
    );
    used.connection = { ...used.connection, users: ODD_USERS };
    const [, ...users] = await used.model.children(used.model.connectionNode(used.connection.id));
    assert.equal(new Set(users.map(({ id }) => id)).size, ODD_USERS.length);
    for (const [index, from] of ODD_USERS.entries()) {
      const to = ODD_USERS[(index + 1) % ODD_USERS.length]!;
      await used.client.sendMessage({
        from,
        to,
        msgBody: JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: from } }]),
      });
    }
    const ids = new Set<string>();
    for (const user of users) {
      const conversations = await used.model.children(user);
      assert.deepEqual(kinds(conversations), ['conversation', 'conversation']);
      for (const child of conversations) {
        ids.add(child.id);
        const [day] = await used.model.children(child);
        const messages = await used.model.children(day);
        assert.deepEqual(kinds(messages), ['message']);
        ids.add(messages[0]!.id);
      }
    }
    assert.equal(ids.size, ODD_USERS.length * 4);
  });

  it('refreshes what stands below a user and nothing of another', async () => {
    const node = await conversation(seedOf('a', 'ab', 1, 1), 'a', 'ab');
    const other = used.model.conversationNode(between('ab', 'a'));
    await used.model.children(node);
    await used.model.children(other);
    const body = JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: 'new' } }]);
    await used.client.sendMessage({ from: 'a', to: 'ab', msgBody: body });
    const count = async (of: ConversationNode): Promise<number> =>
      (await Promise.all((await used.model.children(of)).map((day) => used.model.children(day)))).flat()
        .length;
    used.model.refresh(used.model.userNode(used.connection.id, 'a'));
    assert.equal(await count(node), 2);
    assert.equal(await count(other), 1);
  });
});
