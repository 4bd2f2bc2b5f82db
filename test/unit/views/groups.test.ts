import assert from 'node:assert/strict';
import type { GroupChat } from '../../../src/chat/address';
import { ChatClient } from '../../../src/chat/client';
import { isRecalled } from '../../../src/chat/chatMessage';
import { ChatServiceError } from '../../../src/chat/errors';
import { makeConnection, type Connection } from '../../../src/connections/connection';
import { readFault } from '../../../src/sandbox/http/faults';
import { readSeed } from '../../../src/sandbox/seed/seedFormat';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/server';
import { daysBefore, parseDay } from '../../../src/ui/days';
import { ExplorerModel } from '../../../src/views/conversations/explorerModel';
import type {
  ConversationNode,
  DayNode,
  MessageNode,
  RowNode,
  TreeNode,
} from '../../../src/views/conversations/nodes/nodes';
import { FaultyLine } from '../../support/faultyLine';
import { groupSeed, textBody, type SeededMessage } from '../../support/groups';

const HISTORY = 'group_open_http_svc/group_msg_get_simple';
const TEAM: GroupChat = { chat: 'group', group: 'team' };
const DAY = 24 * 3600;
const EMPTY = JSON.stringify({ Format: 1, Accounts: [{ UserID: 'alice' }], Messages: [], Contacts: [] });

describe('groups in the tree, on a sandbox', () => {
  let sandbox: RunningSandbox;
  let client: ChatClient;
  let model: ExplorerModel;
  let connection: Connection;
  let changed: (TreeNode | undefined)[];
  let errors: unknown[];

  async function start(seed: string): Promise<void> {
    sandbox = await startSandbox({ seed });
    client = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
    connection = makeConnection(
      { name: 'Test', ...sandbox.app, environment: 'test', credentialKind: 'secretKey' },
      { users: ['alice'] },
    );
    changed = [];
    errors = [];
    model = new ExplorerModel(
      {
        list: () => [connection],
        get: () => connection,
        prepare: () => Promise.resolve(),
        client: () => Promise.resolve(client),
        meet: () => Promise.resolve(),
      },
      (node) => changed.push(node),
      (error) => errors.push(error),
    );
  }
  afterEach(async () => {
    model.dispose();
    client.dispose();
    await sandbox.stop();
  });

  /** Puts other data into the sandbox, as if its users had been at it. */
  const load = (seed: string): void => sandbox.sandbox.load(readSeed(seed));

  const kinds = (nodes: readonly TreeNode[]): string[] =>
    nodes.map((node) => (node.kind === 'row' ? node.row : node.kind));

  /** The node of a group as it stands below *Groups*. */
  function node(chat: GroupChat = TEAM): ConversationNode {
    return model.conversationNode({ connectionId: connection.id, chat });
  }

  /** The messages below a conversation, as far as they were read, newest first. */
  async function messages(of: TreeNode): Promise<MessageNode[]> {
    const days = (await model.children(of)).filter((child): child is DayNode => child.kind === 'day');
    const below = (await Promise.all(days.map((day) => model.children(day)))).flat();
    return below.filter((child): child is MessageNode => child.kind === 'message');
  }

  const seqs = async (of: TreeNode): Promise<number[]> =>
    (await messages(of)).map(({ message }) => message.seq);

  /** Falling numbers from the first to the last. */
  const down = (from: number, to: number): number[] =>
    Array.from({ length: from - to + 1 }, (_, index) => from - index);

  /** A group with so many messages, the newest one a second old. */
  function team(count: number, step = 1, more: Partial<SeededMessage>[] = []): Promise<void> {
    const messages = down(count, 1).map((seq) => ({
      seq,
      ago: 1 + (count - seq) * step,
      ...more.find((one) => one.seq === seq),
    }));
    return start(groupSeed({ id: 'team', name: 'The team' }, messages));
  }

  it('are among the conversations of who joined them and below Groups, with name, type and members', async () => {
    await team(1);
    connection = { ...connection, groups: ['team'] };
    const below = await model.children(model.userNode(connection.id, 'alice'));
    assert.deepEqual(kinds(below), ['conversation']);
    const [row, ...others] = await model.children(model.groupsNode(connection.id));
    assert.deepEqual(kinds(others), ['loadGroups']);
    assert.ok(row && below[0]);
    assert.notEqual(row.id, below[0].id);
    const info = model.groups.info(connection.id, 'team');
    assert.deepEqual([info?.name, info?.type, info?.memberCount], ['The team', 'Public', 2]);
    assert.equal(model.parent(row), model.groupsNode(connection.id));
    assert.equal(model.parent(below[0]), model.userNode(connection.id, 'alice'));

    // Read once, shown twice, and a change of a message is shown in both places.
    const [one] = await messages(row);
    const before = sandbox.sandbox.calls.list(HISTORY).calls.length;
    const [other] = await messages(below[0]);
    assert.equal(sandbox.sandbox.calls.list(HISTORY).calls.length, before);
    assert.ok(one && other && one !== other);
    changed.length = 0;
    const ref = { connectionId: connection.id, address: one.message.address };
    model.news.learned(ref, { content: { msgBody: textBody('changed') } });
    assert.deepEqual(new Set(changed), new Set([one, other]));
    assert.equal(one.message.content.msgBody, textBody('changed'));
    assert.equal(model.shownMessage(ref)?.content.msgBody, textBody('changed'));
  });

  it('show the newest 20 messages, and 20 more by each Load more, to the first', async () => {
    await team(45);
    assert.deepEqual(await seqs(node()), down(45, 26));
    for (const last of [6, 1]) {
      const more = (await model.children(node())).find((child): child is RowNode => child.kind === 'row');
      assert.equal(more?.row, 'loadMore');
      await model.more(more);
      assert.deepEqual(await seqs(node()), down(45, last));
    }
    assert.ok(!kinds(await model.children(node())).includes('loadMore'));
  });

  it('go to a day by a few calls, however long the group is', async () => {
    await team(1000, 3600);
    await model.children(node());
    const day = daysBefore(Math.floor(Date.now() / 1000), 10);
    const before = sandbox.sandbox.calls.list(HISTORY).calls.length;
    const found = await model.places.goToDate(node(), day);
    const calls = sandbox.sandbox.calls.list(HISTORY).calls.length - before;
    assert.ok(calls <= 8, `${calls} calls`);
    assert.ok(found);
    assert.equal(found.day, day.id);
    const shown = (await model.children(found)).filter((one): one is MessageNode => one.kind === 'message');
    assert.equal(shown.length, 20);
    const newest = shown[0]!.message;
    assert.ok(
      newest.time <= day.end && newest.time > day.end - 3600,
      'it begins with the newest of that day',
    );
    assert.ok(shown.every(({ message }) => message.time >= day.start));
    const old = parseDay('2001-02-03', 0);
    assert.ok(old);
    assert.deepEqual(kinds(await model.children(await model.places.goToDate(node(), old))), ['empty']);
  });

  it('show what was recalled and what is gone in their places', async () => {
    await team(5, 1, [
      { seq: 4, place: 1 },
      { seq: 2, place: 2 },
      { seq: 1, place: 1 },
    ]);
    const shown = await messages(node());
    assert.deepEqual(
      shown.map(({ message }) => [message.seq, isRecalled(message), message.isGone === true]),
      [
        [5, false, false],
        [4, false, true],
        [3, false, false],
        [2, true, false],
        [1, false, true],
      ],
    );
    assert.ok(shown.every(({ message }) => message.time > Date.now() / 1000 - DAY));
  });

  it('show a place whose time nobody tells on the day of the message after it', async () => {
    await team(30, 2 * 3600, [
      { seq: 30, place: 1 },
      { seq: 20, place: 1 },
      { seq: 5, place: 1 },
    ]);
    const line = await FaultyLine.start(sandbox.url);
    client.dispose();
    client = new ChatClient(
      { ...sandbox.app, endpoint: line.url },
      { kind: 'secretKey', secretKey: sandbox.secretKey },
    );
    // No page of the documentation promises a time beside what is gone.
    line.onAnswer = (_, answer) => {
      const { RspMsgList, ...rest } = JSON.parse(answer) as { RspMsgList?: Record<string, unknown>[] };
      const list = RspMsgList?.map(({ MsgTimeStamp, ...item }) =>
        item.IsPlaceMsg === 1 ? item : { MsgTimeStamp, ...item },
      );
      return JSON.stringify(list ? { ...rest, RspMsgList: list } : rest);
    };
    try {
      const [more] = (await model.children(node())).filter((child): child is RowNode => child.kind === 'row');
      await model.more(more!);
      const shown = await messages(node());
      assert.deepEqual(
        shown.map(({ message }) => message.seq),
        down(30, 1),
      );
      const timeOf = (seq: number) => shown.find(({ message }) => message.seq === seq)!.message.time;
      assert.deepEqual([timeOf(30), timeOf(20), timeOf(5)], [timeOf(29), timeOf(21), timeOf(6)]);
    } finally {
      await line.stop();
    }
  });

  it('have topics above their own messages, and each topic its own', async () => {
    const said = [{ seq: 1, ago: 10, topic: 'one' }];
    await start(groupSeed({ id: 'world', topics: ['one', 'two'] }, said));
    const community = node({ chat: 'group', group: 'world' });
    const rows = await model.children(community);
    const topics = rows.filter((row): row is ConversationNode => row.kind === 'conversation');
    assert.deepEqual(
      new Set(topics.map(({ chat }) => (chat.chat === 'group' ? chat.topic : ''))),
      new Set(['one', 'two']),
    );
    assert.ok(!kinds(rows).includes('empty'), 'a community with topics is not empty');
    const one = topics.find(({ chat }) => chat.chat === 'group' && chat.topic === 'one')!;
    const two = topics.find(({ chat }) => chat.chat === 'group' && chat.topic === 'two')!;
    assert.equal(model.groups.topicName(connection.id, one.chat as GroupChat), 'Topic one');
    assert.deepEqual(await seqs(one), [1]);
    assert.deepEqual(kinds(await model.children(two)), ['empty']);
    assert.equal(model.parent(one), community);
  });

  it('of live streams say that nothing is kept, without asking for it', async () => {
    await start(groupSeed({ id: 'live', type: 'AVChatRoom' }));
    const live = node({ chat: 'group', group: 'live' });
    const before = sandbox.sandbox.calls.list(HISTORY).calls.length;
    assert.deepEqual(kinds(await model.children(live)), ['keepsNothing']);
    assert.equal(await model.places.goToDate(live, daysBefore(Math.floor(Date.now() / 1000), 1)), undefined);
    assert.equal(sandbox.sandbox.calls.list(HISTORY).calls.length, before);
  });

  it('that the app does not have say why, and can be tried again', async () => {
    await team(1);
    connection = { ...connection, groups: ['nowhere'] };
    const [row] = await model.children(model.groupsNode(connection.id));
    const [failed] = await model.children(row);
    assert.ok(failed?.kind === 'row' && failed.row === 'retry');
    assert.ok(ChatServiceError.is(failed.error));
    assert.equal(failed.error.code, 10_010);
    load(groupSeed({ id: 'nowhere' }, [{ seq: 1, ago: 1 }]));
    await model.more(failed);
    assert.deepEqual(kinds(await model.children(row)), ['day']);
  });

  it('are loaded from the app, and an app without any says what to do', async () => {
    await start(EMPTY);
    assert.deepEqual(kinds(await model.children(model.groupsNode(connection.id))), ['empty', 'loadGroups']);
    load(groupSeed({ id: 'team' }));
    await model.groups.load(connection.id, new AbortController().signal, () => undefined);
    const rows = await model.children(model.groupsNode(connection.id));
    assert.deepEqual(kinds(rows), ['conversation']);
    assert.deepEqual(model.groups.count(model.groupsNode(connection.id)), { count: 1, complete: true });
  });

  it('are read anew with the user in whose list they stand', async () => {
    await team(1);
    const [below] = await model.children(model.userNode(connection.id, 'alice'));
    assert.ok(below);
    assert.deepEqual(await seqs(below), [1]);
    const grown = [1, 2].map((seq) => ({ seq, ago: 3 - seq }));
    load(groupSeed({ id: 'team' }, grown));
    assert.deepEqual(await seqs(below), [1]);
    model.refresh(model.userNode(connection.id, 'alice'));
    await model.children(model.userNode(connection.id, 'alice'));
    assert.deepEqual(await seqs(below), [2, 1]);
  });

  it('stay without their names when those cannot be had', async () => {
    await team(1);
    connection = { ...connection, groups: ['team'] };
    const command = 'group_open_http_svc/get_group_info';
    sandbox.sandbox.faults.add(readFault({ command, kind: 'code', code: 10_002 }).fault);
    const [row] = await model.children(model.groupsNode(connection.id));
    assert.equal(row?.kind, 'conversation');
    assert.equal(model.groups.info(connection.id, 'team'), undefined);
    assert.equal(errors.length, 1, 'the log has why');
  });
});
