import assert from 'node:assert/strict';
import { World, type Json } from './world';

const types = [
  ...['TIMTextElem', 'TIMLocationElem', 'TIMFaceElem', 'TIMCustomElem', 'TIMSoundElem'],
  ...['TIMImageElem', 'TIMFileElem', 'TIMVideoFileElem', 'TIMRelayElem'],
];

describe('sandbox: sample data', () => {
  let world: World;

  before(async () => {
    world = await World.start({ seed: undefined, settings: { limits: false } });
  });
  after(() => world.stop());

  /** A whole conversation as text, oldest first. */
  async function textOf(operator: string, peer: string): Promise<{ text: string; list: Json[] }> {
    const list: Json[] = [];
    let text = '';
    let next: Json = { MaxTime: world.seconds };
    for (;;) {
      const reply = await world.call('openim/admin_getroammsg', {
        ...{ Operator_Account: operator, Peer_Account: peer, MaxCnt: 100, MinTime: 0, ...next },
      });
      text = reply.text + text;
      list.unshift(...(reply.json.MsgList as Json[]));
      if (reply.json.Complete === 1) return { text, list };
      next = { MaxTime: reply.json.LastMsgTime, LastMsgKey: reply.json.LastMsgKey };
    }
  }

  const elementsOf = (list: readonly Json[]): Json[] => list.flatMap((item) => item.MsgBody as Json[]);

  it('has at least four users, who have each other in their lists', async () => {
    const { users } = (await world.control('GET', 'info')).json as { users: string[] };
    assert.ok(users.length >= 4);
    const peers = new Set<string>();
    for (const user of users) {
      const request = { From_Account: user, TimeStamp: 0, StartIndex: 0, TopTimeStamp: 0, TopStartIndex: 0 };
      const { json } = await world.call('recentcontact/get_list', { ...request, AssistFlags: 7 });
      for (const item of json.SessionItem as Json[]) {
        peers.add([user, item.To_Account as string].sort().join(' '));
      }
    }
    assert.ok(peers.size >= 3, [...peers].join(', '));
  });

  it('has 300 messages of two people over several days, some in one second', async () => {
    const { list } = await textOf('alice', 'bob');
    assert.equal(list.length, 300);
    const times = list.map((item) => item.MsgTimeStamp as number);
    assert.ok(new Set(times.map((time) => Math.floor(time / 86_400))).size >= 6);
    assert.ok(new Set(times).size < 300);
    assert.ok(times.every((time) => time > world.seconds - 7 * 86_400 && time <= world.seconds));
  });

  it('has every element type, and a message of several', async () => {
    const { list } = await textOf('alice', 'carol');
    assert.deepEqual(
      [...new Set(elementsOf(list).map((element) => element.MsgType as string))].sort(),
      types.sort(),
    );
    assert.ok(list.some((item) => (item.MsgBody as Json[]).length > 1));
  });

  it('has JSON three levels deep, 17 digits, emoji, right-to-left text, a recalled message', async () => {
    const { text, list } = await textOf('dave', 'support-bot');
    const depth = (value: unknown): number => {
      if (typeof value === 'object' && value !== null) return Math.max(0, ...Object.values(value).map(depth));
      if (typeof value !== 'string' || !/^[[{]/.test(value)) return 0;
      return 1 + depth(JSON.parse(value));
    };
    assert.equal(Math.max(...list.map((item) => depth(item.MsgBody))), 3);
    assert.ok(
      text.includes('"Index":7,"Data":"{\\"sticker\\":12345678901234567,'),
      'typed clients can read it',
    );
    assert.doesNotMatch(text, /"[A-Za-z]+":\d{17}/, 'no number of 17 digits outside a string');
    assert.match(text, /\p{Emoji_Presentation}/u);
    assert.match(text, /\p{Script=Arabic}/u);
    assert.match(text, /\p{Script=Hebrew}/u);
    assert.deepEqual(list.filter((item) => item.MsgFlagBits === 8).length, 1);
    const longest = Math.max(...list.map((item) => Buffer.byteLength(JSON.stringify(item.MsgBody))));
    assert.ok(longest > 10_000 && longest < 12 * 1024);
  });

  it('is the same at each start, but for the times', async () => {
    const other = await World.start({ seed: undefined });
    assert.equal(other.sandbox.sandbox.snapshot(), world.sandbox.sandbox.snapshot());
    await other.stop();
  });
});
