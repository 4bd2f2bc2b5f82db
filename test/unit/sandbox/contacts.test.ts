import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runs } from '../../support/runs';
import { seedOf, START, TEXT, World, type Json } from './world';

interface Entry {
  readonly name: string;
  readonly time: number;
  readonly pinned: boolean;
}

/** Few seconds, so that many conversations share one; the last second is the time of the answer. */
const entries = fc.uniqueArray(
  fc.record<Entry>({
    name: fc.integer({ min: 0, max: 40 }).map((number) => `peer-${number}`),
    time: fc.integer({ min: START - 4, max: START }),
    pinned: fc.boolean(),
  }),
  { selector: ({ name }) => name, maxLength: 30 },
);

async function readAll(world: World, AssistFlags: number): Promise<Json[]> {
  const list: Json[] = [];
  let cursors: Json = { TimeStamp: 0, StartIndex: 0, TopTimeStamp: 0, TopStartIndex: 0 };
  for (let pages = 0; pages < 100; pages++) {
    const reply = await world.call('recentcontact/get_list', { From_Account: 'me', AssistFlags, ...cursors });
    const { SessionItem, CompleteFlag, TimeStamp, StartIndex, TopTimeStamp, TopStartIndex } = reply.json;
    list.push(...(SessionItem as Json[]));
    if (CompleteFlag === 1) return list;
    cursors = { TimeStamp, StartIndex, TopTimeStamp, TopStartIndex };
  }
  throw new Error('no end of pages');
}

describe('sandbox: conversation list', () => {
  let world: World;

  before(async () => {
    world = await World.start({ settings: { limits: false } });
  });
  after(() => world.stop());

  it('any page size, order and flags: every conversation once', async function () {
    this.timeout(600_000);
    const order = fc.constantFrom('ascending', 'descending');
    const flags = fc.constantFrom(2, 3, 6, 7);
    await fc.assert(
      fc.asyncProperty(
        entries,
        fc.integer({ min: 1, max: 8 }),
        order,
        flags,
        async (list, size, by, bits) => {
          const Contacts = list.map(({ name, time, pinned }) => ({
            ...{ Owner_Account: 'me', GroupId: name, MsgTime: time, TopFlag: pinned ? 1 : 0 },
          }));
          await world.control('POST', 'settings', { contactsPage: size, contactsOrder: by });
          await world.control('POST', 'seed', seedOf({ users: ['me'], Contacts }));
          const read = await readAll(world, bits);
          const names = read.map((item) => item.GroupId as string);
          assert.deepEqual([...names].sort(), list.map(({ name }) => name).sort());
          const sign = by === 'ascending' ? 1 : -1;
          const ordinary = read
            .filter((item) => item.TopFlag === 0)
            .map((item) => sign * (item.MsgTime as number));
          assert.deepEqual(
            ordinary,
            [...ordinary].sort((left, right) => left - right),
          );
          const pinned = read.filter((item) => item.TopFlag === 1).length;
          assert.equal(pinned, (bits & 1) === 1 ? list.filter((entry) => entry.pinned).length : 0);
        },
      ),
      runs(60, 5000),
    );
    await world.control('POST', 'settings', { contactsPage: 20, contactsOrder: 'ascending' });
  });

  it('follows messages: sent, not synchronized, quiet, cleared, deleted, of old', async () => {
    await world.control('POST', 'seed', seedOf({ users: ['me', 'a', 'b', 'c', 'd'] }));
    const send = (To_Account: string, more: Json = {}): Promise<unknown> =>
      world.call('openim/sendmsg', { From_Account: 'me', To_Account, MsgRandom: 1, MsgBody: TEXT, ...more });
    await send('a');
    await send('b', { SyncOtherMachine: 2 });
    await send('c', { SendMsgControl: ['NoLastMsg'] });
    await send('d');
    const peers = async (flags: number): Promise<unknown[]> =>
      (await readAll(world, flags)).map((item) => item.To_Account).sort();
    assert.deepEqual(await peers(7), ['a', 'd']);
    const remove = (To_Account: string, ClearRamble: number): Promise<unknown> =>
      world.call('recentcontact/delete', { From_Account: 'me', Type: 1, To_Account, ClearRamble });
    await remove('a', 0);
    await remove('d', 1);
    assert.deepEqual(await peers(7), []);
    await send('a', { MsgSeq: 2, MsgRandom: 2 });
    assert.deepEqual(await peers(5), ['a']);
    // A conversation whose messages are all deleted is shown to those who ask for empty ones.
    await send('a', { MsgSeq: 3, MsgRandom: 2 });
    const { json } = await world.call('openim/admin_getroammsg', {
      ...{ Operator_Account: 'me', Peer_Account: 'a', MaxCnt: 9, MinTime: 0, MaxTime: START },
    });
    const MsgKeyList = (json.MsgList as Json[]).map((item) => item.MsgKey);
    assert.equal(MsgKeyList.length, 3);
    await world.call('openim/delete_c2c_msg_ramble', {
      Operator_Account: 'me',
      Peer_Account: 'a',
      MsgKeyList,
    });
    assert.deepEqual([await peers(5), await peers(7)], [[], ['a']]);
  });

  it('keeps the newest hundred', async () => {
    const Contacts = Array.from({ length: 130 }, (_, index) => ({
      ...{ Owner_Account: 'me', GroupId: `group-${index}`, MsgTime: START - index },
    }));
    await world.control('POST', 'seed', seedOf({ users: ['me'], Contacts }));
    const read = await readAll(world, 7);
    assert.equal(read.length, 100);
    assert.ok(read.every((item) => (item.MsgTime as number) > START - 100));
  });
});
