import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { c2cAddress, type ChatAddress } from '../../../src/chat/address';
import type { ChatClient } from '../../../src/chat/client';
import { formatItem, formatList, listOf, type ListedMessage } from '../../../src/lists/formatList';
import { parseList } from '../../../src/lists/parseList';
import type { RunningSandbox } from '../../../src/sandbox/server';
import { accountsIn, readImport, withAccounts, type ReadImport } from '../../../src/transfer/importItems';
import type { Plan } from '../../../src/bulk/plan';
import type { PlanRunEnd } from '../../../src/bulk/planRunner';
import { planImport } from '../../../src/transfer/importPlan';
import { snapshotItems } from '../../../src/transfer/snapshot';
import type { LineAction } from '../../support/faultyLine';
import { ModifyWorld } from '../../support/modifyWorld';
import { PlanWindow } from '../../support/planWorld';
import { runs } from '../../support/runs';

const NOW = Math.floor(Date.now() / 1000);

const text = (words: string): string =>
  JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: words } }]);

/** A message that history has as well. */
const item = (from: string, to: string, key: string, more = ''): string =>
  `{"From_Account":"${from}","To_Account":"${to}","MsgKey":"${key}","MsgTimeStamp":${key.split('_')[2]},"MsgBody":${text('hi')}${more}}`;

const groupItem = (seq: number, time: number, words: string): string =>
  `{"GroupId":"g","MsgSeq":${seq},"From_Account":"alice","MsgTimeStamp":${time},"MsgBody":${text(words)}}`;

describe('import of lists', () => {
  let world: ModifyWorld;
  let own: PlanWindow;
  let sandbox: RunningSandbox;
  let client: ChatClient;

  before(async () => {
    world = await ModifyWorld.start([]);
    own = new PlanWindow(world, await world.open());
    ({ sandbox } = world);
    ({ client } = own.window);
  });
  after(() => world.stop());

  async function empty(...seeds: readonly object[]): Promise<void> {
    const seed = JSON.stringify(Object.assign({ Format: 1 }, ...seeds));
    assert.equal((await fetch(`${sandbox.url}/sandbox/seed`, { method: 'POST', body: seed })).status, 200);
  }

  /** What is planned with a list; its accounts are there. */
  async function planned(list: string): Promise<ReadImport> {
    const read = readImport(list, parseList(list));
    for (const userId of accountsIn(read.items)) await client.accountImport({ userId });
    return planImport(client, read, new Set());
  }

  /** What became of an import: list places of what was refused, with the codes. */
  function endOf(end: PlanRunEnd, plan: Plan) {
    assert.ok(end.kind !== 'busy');
    const { counts, rows } = end.report;
    const refused = rows
      .filter((row) => row.end === 'refused')
      .map(({ index, code }) => [plan.items[index]?.source?.index, code]);
    const { done, notTried } = counts;
    assert.equal(done + notTried + refused.length, rows.length, JSON.stringify(counts));
    return { done, refused, notTried, ...(end.kind === 'paused' && { why: end.why }) };
  }

  async function imported(list: string) {
    const found = await planned(list);
    const plan = await own.import(found);
    return { ...endOf(await own.run(plan), plan), leftOut: found.leftOut };
  }

  async function exported(...chats: readonly ChatAddress[]): Promise<string> {
    const items: string[] = [];
    for (const chat of chats) {
      const messages = [];
      for await (const page of client.history({ chat })) messages.push(...page.messages);
      items.push(...messages.reverse().map(formatItem));
    }
    return listOf(items);
  }

  it('brings any list of one-to-one messages back as it was: exported, imported, exported', async () => {
    const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
    const embedded = fc.json({ maxDepth: 2 }).map((json) => JSON.stringify(json));
    const body = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }).map(text),
      embedded.map(
        (data) =>
          `[{"MsgType":"TIMCustomElem","MsgContent":{"Data":${data},"Desc":"d","Ext":"\\u4f60\\/","Sound":"s"}}]`,
      ),
      fc.constant(
        '[{"MsgType":"TIMFaceElem","MsgContent":{"Index":1,"Data":"c"}},{"MsgType":"TIMLocationElem","MsgContent":{"Desc":"x","Latitude":29.340656774469956,"Longitude":116.77497920478824}}]',
      ),
    );
    const message = fc.record({
      backwards: fc.boolean(),
      seq: u32,
      random: u32,
      ago: fc.integer({ min: 1, max: 3 }),
      msgBody: body,
      cloudCustomData: fc.option(embedded, { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(message, {
          maxLength: 12,
          selector: ({ seq, random, ago }) => `${seq}_${random}_${ago}`,
        }),
        async (messages) => {
          await empty();
          const list = formatList(
            messages
              .sort((one, other) => other.ago - one.ago || one.seq - other.seq || one.random - other.random)
              .map(({ backwards, seq, random, ago, msgBody, cloudCustomData }): ListedMessage => {
                const [from, to] = backwards ? ['bob', 'alice'] : ['alice', 'bob'];
                const time = NOW - ago;
                return {
                  address: c2cAddress(from, to, `${seq}_${random}_${time}`),
                  ...{ sender: from, time, flags: 0 },
                  content: { msgBody, ...(cloudCustomData !== undefined && { cloudCustomData }) },
                };
              }),
          );
          const end = await imported(list);
          assert.deepEqual([end.done, end.refused, end.leftOut, end.notTried], [messages.length, [], [], 0]);
          if (messages.length > 0)
            assert.equal(await exported({ chat: 'c2c', user: 'alice', peer: 'bob' }), list);
          const snapshot = await (await fetch(`${sandbox.url}/sandbox/snapshot`)).text();
          assert.equal(listOf([...snapshotItems(snapshot)]), list, 'the sandbox saved as a list');
        },
      ),
      runs(20, 2000),
    );
  });

  it('brings the messages of a group back but for their MsgSeq', async () => {
    const member = { Member_Account: 'alice' };
    await empty({
      Accounts: [{ UserID: 'alice' }],
      Groups: [
        {
          GroupId: 'g',
          Type: 'Public',
          Name: 'g',
          CreateTime: NOW - 9000,
          NextMsgSeq: 41,
          MemberList: [member],
        },
      ],
    });
    const list = listOf(
      Array.from({ length: 17 }, (_, index) => groupItem(index + 1, NOW - 100 + index, `text ${index}`)),
    );
    const end = await imported(list);
    assert.deepEqual([end.done, end.refused, end.leftOut], [17, [], []]);
    const there = JSON.parse(await exported({ chat: 'group', group: 'g' })) as { MsgSeq: number }[];
    assert.deepEqual(
      there.map(({ MsgSeq }) => MsgSeq),
      Array.from({ length: 17 }, (_, index) => index + 41),
    );
    assert.deepEqual(
      there.map((one, index) => ({ ...one, MsgSeq: index + 1 })),
      JSON.parse(list),
    );
  });

  it('says of each message that cannot be imported why', async () => {
    await empty({
      Accounts: [{ UserID: 'alice' }],
      Groups: [{ GroupId: 'g', Type: 'Public', Name: 'g', CreateTime: NOW - 9000 }],
      GroupMessages: [
        {
          GroupId: 'g',
          MsgSeq: 1,
          From_Account: 'alice',
          MsgTimeStamp: NOW - 50,
          MsgBody: JSON.parse(text('a')) as unknown,
        },
      ],
    });
    await imported(`[${item('alice', 'bob', `1_1_${NOW - 9}`)}]`);
    const list = `[
      ${item('alice', 'bob', `2_2_${NOW - 8}`)}, 5, {"MsgBody":[]},
      ${item('alice', 'bob', `3_3_${NOW - 8}`, ',"MsgFlagBits":8')},
      ${item('alice', 'bob', `1_1_${NOW - 9}`)},
      ${item('bob', 'alice', `2_2_${NOW - 8}`)},
      {"From_Account":"alice","To_Account":"bob","MsgKey":"4_4_${NOW}"},
      {"From_Account":"alice","To_Account":"bob","MsgKey":"5_5_${NOW}","MsgBody":[{"MsgType":"TIMTextElem"}]},
      {"GroupId":"g","MsgSeq":9,"MsgTimeStamp":${NOW},"MsgBody":[],"IsPlaceMsg":1},
      {"GroupId":"g","MsgSeq":10,"MsgTimeStamp":${NOW},"MsgBody":[],"IsSystemMsg":1},
      ${groupItem(1, NOW - 50, 'a')}, ${groupItem(2, NOW - 51, 'b')},
      ${groupItem(3, NOW - 40, 'c')}, ${groupItem(4, NOW - 40, 'd')},
      ${groupItem(5, NOW - 30, 'e').replace('"g"', '"none"')}
    ]`;
    const { items, leftOut } = await planned(list);
    assert.deepEqual(
      items.map(({ index }) => index),
      [12, 0],
    );
    assert.deepEqual(
      leftOut
        .map(({ index, reason }) => [index, reason])
        .sort(([one], [other]) => Number(one) - Number(other)),
      [
        [-1, 'notAMessage'],
        [2, 'notAMessage'],
        [3, 'recalled'],
        [4, 'there'],
        [5, 'doubled'],
        [6, 'incomplete'],
        [7, 'wrong'],
        [8, 'placeholder'],
        [9, 'system'],
        [10, 'there'],
        [11, 'notNewer'],
        [13, 'notNewer'],
        [14, 'noGroup'],
      ],
    );
  });

  it('imports for other accounts, and says what the service refuses', async () => {
    await empty({ Accounts: [{ UserID: 'zoe' }, { UserID: 'bob' }] });
    const list = `[${item('alice', 'bob', `1_1_${NOW - 5}`)},${item('nobody', 'bob', `2_2_${NOW - 5}`)}]`;
    const read = readImport(list, parseList(list));
    const mapped = read.items.map((one) => withAccounts(one, new Map([['alice', 'zoe']])));
    // Who is not there has no history that could be read.
    const found = await planImport(client, { ...read, items: mapped }, new Set(['nobody']));
    const plan = await own.import(found);
    const end = endOf(await own.run(plan), plan);
    assert.equal(end.done, 1);
    assert.deepEqual(end.refused, [[1, 90008]]);
    assert.ok(sandbox.store.message({ from: 'zoe', to: 'bob', key: `1_1_${NOW - 5}` }));
  });

  it('brings nothing twice, whatever the line does, and goes on where it stopped', async () => {
    const actions: readonly LineAction[] = [
      'dropBefore',
      'dropAfter',
      'gatewayAfter',
      'halfAfter',
      'pass',
      'pass',
    ];
    await empty({
      Accounts: ['alice', 'bob'].map((UserID) => ({ UserID })),
      Groups: [{ GroupId: 'g', Type: 'Public', Name: 'g', CreateTime: NOW - 9000 }],
    });
    const list = `[${[
      ...Array.from({ length: 40 }, (_, index) => item('alice', 'bob', `${index}_7_${NOW - 100 + index}`)),
      ...Array.from({ length: 30 }, (_, index) => groupItem(index + 1, NOW - 100 + index, `text ${index}`)),
    ].join(',')}]`;
    const plan = await own.import(await planned(list));
    const { line } = own.window;
    try {
      let calls = 0;
      line.onRequest = ({ command }) => {
        if (!command.includes('import')) return 'pass';
        calls += 1;
        return actions[calls % actions.length] ?? 'pass';
      };
      // Whatever stops one run, the next one goes on.
      let end = await own.run(plan);
      for (let run = 0; run < 100 && end.kind === 'paused'; run += 1) end = await own.run(plan);
      assert.deepEqual(endOf(end, plan), { done: 70, refused: [], notTried: 0 });
      assert.equal(sandbox.store.conversation('alice', 'bob')?.size, 40);
      const there = JSON.parse(await exported({ chat: 'group', group: 'g' })) as {
        MsgTimeStamp: number;
      }[];
      assert.deepEqual(
        there.map(({ MsgTimeStamp }) => MsgTimeStamp),
        Array.from({ length: 30 }, (_, index) => NOW - 100 + index),
      );
    } finally {
      line.onRequest = () => 'pass';
    }
  });

  it('stops where a person cancels, and leaves the rest for the next time', async () => {
    await empty();
    const list = `[${Array.from({ length: 60 }, (_, index) => item('alice', 'bob', `${index}_9_${NOW - 100}`)).join(',')}]`;
    const plan = await own.import(await planned(list));
    const abort = new AbortController();
    const { line } = own.window;
    let calls = 0;
    // Twenty are imported; those that are under way as the person cancels are put off by their answers.
    line.onRequest = ({ command }) => {
      if (command !== 'openim/importmsg') return 'pass';
      calls += 1;
      if (calls <= 20) return 'pass';
      abort.abort();
      return 60007;
    };
    const end = endOf(await own.run(plan, { signal: abort.signal }), plan);
    line.onRequest = () => 'pass';
    assert.deepEqual(end, { done: 20, refused: [], notTried: 40, why: 'asked' });
    // By the plan as by another import of the list.
    assert.deepEqual((await planned(list)).items.length, end.notTried);
    assert.deepEqual(endOf(await own.run(plan), plan), { done: 60, refused: [], notTried: 0 });
    assert.equal(sandbox.store.conversation('alice', 'bob')?.size, 60);
  });
});
