import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runs } from '../../support/runs';
import { seedOf, START, TEXT, World, type Json } from './world';

interface Item {
  readonly from: 'a' | 'b';
  readonly seq: number;
  readonly random: number;
  /** Seconds before the start. */
  readonly ago: number;
  readonly seenBy: 'both' | 'sender' | 'receiver' | 'nobody';
  readonly length: number;
}

/** Few seconds, few numbers: many messages share a second, a MsgSeq, and even a MsgKey from both sides. */
const items = fc.uniqueArray(
  fc.record<Item>({
    from: fc.constantFrom('a', 'b'),
    seq: fc.nat(2),
    random: fc.nat(2),
    ago: fc.integer({ min: 1, max: 6 }),
    seenBy: fc.constantFrom('both', 'both', 'sender', 'receiver', 'nobody'),
    length: fc.constantFrom(1, 1, 500, 5000),
  }),
  { selector: ({ from, seq, random, ago }) => `${from} ${seq} ${random} ${ago}`, maxLength: 40, size: 'max' },
);

const bodyOf = (length: number): Json[] => [
  { MsgType: 'TIMTextElem', MsgContent: { Text: 'x'.repeat(length) } },
];

function messageOf({ from, seq, random, ago, seenBy, length }: Item): Json {
  return {
    From_Account: from,
    To_Account: from === 'a' ? 'b' : 'a',
    ...{ MsgSeq: seq, MsgRandom: random, MsgTimeStamp: START - ago, SeenBy: seenBy },
    MsgBody: bodyOf(length),
  };
}

function isVisible(item: Item, operator: string): boolean {
  if (item.seenBy === 'both') return true;
  return item.seenBy === (item.from === operator ? 'sender' : 'receiver');
}

interface Page {
  readonly list: readonly Json[];
  readonly json: Json;
}

async function readAll(
  world: World,
  operator: string,
  MaxCnt: number,
  min: number,
  max: number,
): Promise<Page[]> {
  const pages: Page[] = [];
  let MaxTime = max;
  let LastMsgKey: unknown;
  for (;;) {
    const { json, code } = await world.call('openim/admin_getroammsg', {
      ...{ Operator_Account: operator, Peer_Account: operator === 'a' ? 'b' : 'a' },
      ...{ MaxCnt, MinTime: min, MaxTime, LastMsgKey },
    });
    assert.equal(code, 0);
    pages.push({ list: json.MsgList as Json[], json });
    assert.ok(pages.length < 100, 'no end of pages');
    if (json.Complete === 1) return pages;
    MaxTime = json.LastMsgTime as number;
    LastMsgKey = json.LastMsgKey;
  }
}

const nameOf = (item: Json): string => `${item.From_Account as string} ${item.MsgKey as string}`;

describe('sandbox: history', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.start({ settings: { limits: false } });
  });
  afterEach(() => world.stop());

  it('any window, any MaxCnt, from either side: every visible message once, in order', async function () {
    this.timeout(600_000);
    const maxCnt = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 50 }));
    const from = fc.oneof(fc.constant(7), fc.nat(7));
    const to = fc.oneof(fc.constant(0), fc.nat(7));
    const operator = fc.constantFrom('a', 'b');
    await fc.assert(
      fc.asyncProperty(items, operator, maxCnt, from, to, async (list, who, count, oldest, newest) => {
        const Messages = list.map(messageOf);
        await world.control('POST', 'seed', seedOf({ users: ['a', 'b'], Messages }));
        const pages = await readAll(world, who, count, START - oldest, START - newest);
        const read = pages
          .map((page) => page.list.map(nameOf))
          .reverse()
          .flat();
        const expected = list
          .filter((item) => isVisible(item, who) && item.ago <= oldest && item.ago >= newest)
          .sort((l, r) => r.ago - l.ago || l.seq - r.seq || l.random - r.random);
        const names = expected.map(
          ({ from: sender, seq, random, ago }) => `${sender} ${seq}_${random}_${START - ago}`,
        );
        // Messages of one MsgKey, one from each side, have no order between them.
        assert.deepEqual([...read].sort(), [...names].sort());
        assert.deepEqual(read.map(withoutSender), names.map(withoutSender));
        for (const { list: page, json } of pages) {
          assert.equal(json.MsgCnt, page.length);
          assert.equal(json.LastMsgKey, page[0]?.MsgKey ?? '');
          assert.equal(json.LastMsgTime, page[0]?.MsgTimeStamp ?? 0);
          // At most MaxCnt, but for the other side's message of the same MsgKey.
          assert.ok(new Set(page.map((item) => item.MsgKey)).size <= count);
          const bytes = Buffer.byteLength(JSON.stringify(page));
          assert.ok(page.length === 1 || bytes < 13 * 1024 + 5500, `${bytes} bytes`);
        }
      }),
      runs(60, 5000),
    );
  });

  it('keeps 17 digits, escapes and layout of what was sent', async () => {
    await world.control('POST', 'seed', seedOf({ users: ['a', 'b'] }));
    const body =
      '[ {"MsgType":"TIMFaceElem", "MsgContent":{"Index":12345678901234567,"Data":"\\u00e9\\/ \\ud83d\\ude00"}} ]';
    const cloud = '"{\\"id\\":12345678901234567,\\"price\\":1.50}"';
    const sent = await world.call(
      'openim/sendmsg',
      `{"From_Account":"a","To_Account":"b","MsgRandom":1,"MsgBody":${body},"CloudCustomData":${cloud}}`,
    );
    assert.equal(sent.code, 0);
    const read = await world.call('openim/admin_getroammsg', {
      ...{ Operator_Account: 'b', Peer_Account: 'a', MaxCnt: 1, MinTime: START, MaxTime: START },
    });
    assert.ok(read.text.includes(`"MsgBody":${body},"CloudCustomData":${cloud}`));
    const key = sent.json.MsgKey as string;
    const other = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x","n":76543210987654321}}]';
    await world.call(
      'openim/modify_c2c_msg',
      `{"From_Account":"a","To_Account":"b","MsgKey":"${key}","MsgBody":${other}}`,
    );
    const again = await world.call('openim/admin_getroammsg', {
      ...{ Operator_Account: 'a', Peer_Account: 'b', MaxCnt: 1, MinTime: START, MaxTime: START },
    });
    assert.ok(again.text.includes(`"MsgBody":${other},"CloudCustomData":${cloud}`));
  });

  it('shows what changed to who reads the same page again', async () => {
    const message = { From_Account: 'a', To_Account: 'b', MsgSeq: 1, MsgRandom: 7, MsgTimeStamp: START - 60 };
    const world = await World.start({
      seed: seedOf({
        Accounts: [{ UserID: 'a' }, { UserID: 'b' }],
        Messages: [{ ...message, MsgBody: bodyOf(3) }],
      }),
    });
    const texts = async (Operator_Account: string): Promise<unknown[]> => {
      const { json } = await world.call('openim/admin_getroammsg', {
        ...{ Operator_Account, Peer_Account: Operator_Account === 'a' ? 'b' : 'a' },
        ...{ MaxCnt: 10, MinTime: 0, MaxTime: START },
      });
      assert.equal(json.MsgCnt, (json.MsgList as Json[]).length);
      return (json.MsgList as { MsgBody: { MsgContent: Json }[] }[]).map(
        ({ MsgBody }) => MsgBody[0]?.MsgContent.Text ?? 'recalled',
      );
    };
    const change = async (command: string, body: Json): Promise<void> => {
      const { code } = await world.call(command, { From_Account: 'a', To_Account: 'b', ...body });
      assert.equal(code, 0);
    };
    try {
      const MsgKey = `1_7_${START - 60}`;
      assert.deepEqual(await texts('a'), ['xxx']);
      assert.deepEqual(await texts('b'), ['xxx']);
      await change('openim/modify_c2c_msg', { MsgKey, MsgBody: bodyOf(1) });
      assert.deepEqual(await texts('b'), ['x']);
      await change('openim/sendmsg', { MsgSeq: 2, MsgRandom: 7, MsgBody: bodyOf(2), SyncOtherMachine: 2 });
      assert.deepEqual(await texts('b'), ['x', 'xx']);
      assert.deepEqual(await texts('a'), ['x']);
      await change('openim/admin_msgwithdraw', { MsgKey });
      world.sandbox.sandbox.changeSettings({ recalledBody: 'kept' });
      assert.deepEqual(await texts('b'), ['x', 'xx']);
      world.sandbox.sandbox.changeSettings({ recalledBody: 'empty' });
      assert.deepEqual(await texts('b'), ['recalled', 'xx']);
      world.sandbox.store.change({ kind: 'hidden', owner: 'b', peer: 'a', keys: [MsgKey] });
      assert.deepEqual(await texts('b'), ['xx']);
      world.sandbox.store.change({ kind: 'cleared', owner: 'b', peer: 'a' });
      assert.deepEqual(await texts('b'), []);
      assert.deepEqual(await texts('a'), ['recalled']);
    } finally {
      await world.sandbox.stop();
    }
  });

  it('forgets what is older than the roaming period, for every call', async () => {
    await world.control('POST', 'seed', seedOf({ users: ['a', 'b'] }));
    const { json } = await world.call('openim/sendmsg', {
      ...{ From_Account: 'a', To_Account: 'b', MsgRandom: 1, MsgBody: TEXT },
    });
    const address = { From_Account: 'a', To_Account: 'b', MsgKey: json.MsgKey };
    const count = async (): Promise<unknown> =>
      (await readAll(world, 'a', 10, 0, world.seconds)).flatMap((page) => page.list).length;
    const contacts = async (AssistFlags: number): Promise<unknown> => {
      const list = { From_Account: 'b', TimeStamp: 0, StartIndex: 0, TopTimeStamp: 0, TopStartIndex: 0 };
      const reply = await world.call('recentcontact/get_list', { ...list, AssistFlags });
      return (reply.json.SessionItem as Json[]).length;
    };
    world.pass(7 * 86_400);
    await world.control('POST', 'settings', { sigClockSkew: 0 });
    assert.deepEqual([await count(), await contacts(7)], [1, 1]);
    world.pass(1);
    assert.deepEqual([await count(), await contacts(7)], [0, 0]);
    const modified = await world.call('openim/modify_c2c_msg', { ...address, CloudCustomData: 'x' });
    assert.equal(modified.code, 20026);
    assert.equal((await world.call('openim/admin_msgwithdraw', address)).code, 20022);
    await world.control('POST', 'settings', { roamingDays: 30 });
    assert.equal(await count(), 1);
  });

  it('drops a message that is sent again within 120 s, and answers with the first key', async () => {
    await world.control('POST', 'seed', seedOf({ users: ['a', 'b', 'c'] }));
    const send = async (more: Json = {}): Promise<unknown> => {
      const message = { From_Account: 'a', To_Account: 'b', MsgSeq: 5, MsgRandom: 6, MsgBody: TEXT, ...more };
      return (await world.call('openim/sendmsg', message)).json.MsgKey;
    };
    const first = `5_6_${START}`;
    assert.equal(await send(), first);
    world.pass(119);
    assert.equal(await send(), first);
    const other = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'other' } }];
    assert.equal(await send({ MsgBody: other }), `5_6_${START + 119}`);
    assert.equal(await send({ To_Account: 'c' }), `5_6_${START + 119}`);
    world.pass(1);
    assert.equal(await send(), `5_6_${START + 120}`);
    await world.control('POST', 'settings', { duplicates: 'sender' });
    assert.equal(await send({ To_Account: 'c', MsgRandom: 7 }), `5_7_${START + 120}`);
    world.pass(10);
    assert.equal(await send({ MsgRandom: 7 }), `5_7_${START + 120}`);
  });

  it('drops an import that is there already, in either direction, whatever its content', async () => {
    await world.control('POST', 'seed', seedOf({ users: ['a', 'b'] }));
    const message = { SyncFromOldSystem: 2, MsgSeq: 1, MsgRandom: 2, MsgTimeStamp: START - 9, MsgBody: TEXT };
    const other = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'other' } }];
    const importOne = async (From_Account: string, To_Account: string, more: Json): Promise<number> =>
      (await world.call('openim/importmsg', { ...message, From_Account, To_Account, ...more })).code;
    assert.equal(await importOne('a', 'b', {}), 0);
    assert.equal(await importOne('a', 'b', { MsgBody: other }), 0);
    assert.equal(await importOne('b', 'a', {}), 0);
    const [page] = await readAll(world, 'a', 10, 0, START);
    assert.deepEqual(
      page?.list.map((item) => [item.From_Account, item.MsgBody]),
      [['a', TEXT]],
    );
  });
});

function withoutSender(name: string): string {
  return name.slice(2);
}
