import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runs } from '../../support/runs';
import { seedOf, World, type Json } from './world';

const users = ['a', 'b', 'c'] as const;
type User = (typeof users)[number];

/** A message as the tiny model has it. */
interface Kept {
  readonly from: User;
  readonly to: User;
  readonly key: string;
  text: string;
  cloud: string | undefined;
  recalled: boolean;
  seenBy: Set<User>;
  unread: boolean;
}

/** Which message a step is about: one that was sent, by its number, or one that never was. */
type Step =
  | {
      readonly kind: 'send';
      readonly from: User;
      readonly to: User;
      readonly text: string;
      readonly one: boolean;
    }
  | {
      readonly kind: 'modify';
      readonly at: number;
      readonly text?: string | undefined;
      readonly cloud?: string | undefined;
    }
  | { readonly kind: 'recall'; readonly at: number }
  | { readonly kind: 'delete'; readonly at: number; readonly bySender: boolean }
  | { readonly kind: 'clear'; readonly owner: User; readonly peer: User }
  | { readonly kind: 'read'; readonly owner: User; readonly peer: User };

const user = fc.constantFrom(...users);
const at = fc.nat(12);
const words = fc.constantFrom('x', 'yy', 'é', '😀', '"', '\\');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      from: user,
      to: user,
      text: words,
      one: fc.boolean(),
    }),
  },
  fc.record({
    ...{ kind: fc.constant('modify' as const), at },
    ...{ text: fc.option(words, { nil: undefined }), cloud: fc.option(words, { nil: undefined }) },
  }),
  fc.record({ kind: fc.constant('recall' as const), at }),
  fc.record({ kind: fc.constant('delete' as const), at, bySender: fc.boolean() }),
  fc.record({ kind: fc.constant('clear' as const), owner: user, peer: user }),
  fc.record({ kind: fc.constant('read' as const), owner: user, peer: user }),
);

const bodyOf = (Text: string): Json[] => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];
const nowhere = { from: 'a' as User, to: 'b' as User, key: '1_1_1' };

class Model {
  readonly kept: Kept[] = [];

  /** Does a step on both, and compares the codes. */
  async run(world: World, step: Step, number: number): Promise<void> {
    switch (step.kind) {
      case 'send': {
        const { from, to, text, one } = step;
        const reply = await world.call('openim/sendmsg', {
          ...{ From_Account: from, To_Account: to, MsgSeq: number, MsgRandom: 1, MsgBody: bodyOf(text) },
          ...(one && { SyncOtherMachine: 2 }),
        });
        const key = `${number}_1_${world.seconds}`;
        assert.equal(reply.json.MsgKey, key);
        const seenBy = new Set<User>(one ? [to] : [from, to]);
        this.kept.push({ from, to, key, text, cloud: undefined, recalled: false, seenBy, unread: true });
        return;
      }
      case 'modify': {
        const message = this.kept[step.at];
        const reply = await world.call('openim/modify_c2c_msg', {
          ...addressOf(message ?? nowhere),
          ...(step.text !== undefined && { MsgBody: bodyOf(step.text) }),
          ...(step.cloud !== undefined && { CloudCustomData: step.cloud }),
        });
        const empty = step.text === undefined && step.cloud === undefined;
        assert.equal(reply.code, empty ? 20001 : !message ? 20026 : message.recalled ? 20023 : 0);
        if (!message || reply.code !== 0) return;
        message.text = step.text ?? message.text;
        message.cloud = step.cloud ?? message.cloud;
        return;
      }
      case 'recall': {
        const message = this.kept[step.at];
        const reply = await world.call('openim/admin_msgwithdraw', addressOf(message ?? nowhere));
        assert.equal(reply.code, !message ? 20022 : message.recalled ? 20023 : 0);
        if (message) Object.assign(message, { recalled: true, unread: false });
        return;
      }
      case 'delete': {
        const message = this.kept[step.at];
        const { from, to, key } = message ?? nowhere;
        const [owner, peer] = step.bySender ? [from, to] : [to, from];
        const request = { Operator_Account: owner, Peer_Account: peer, MsgKeyList: [key] };
        const reply = await world.call('openim/delete_c2c_msg_ramble', request);
        assert.deepEqual(reply.json.InvalidMsgKeyList, message?.seenBy.has(owner) ? [] : [key]);
        if (message) this.hide(message, owner);
        return;
      }
      case 'clear': {
        const request = { From_Account: step.owner, Type: 1, To_Account: step.peer, ClearRamble: 1 };
        assert.equal((await world.call('recentcontact/delete', request)).code, 0);
        for (const message of this.between(step.owner, step.peer)) this.hide(message, step.owner);
        return;
      }
      case 'read': {
        const request = { Report_Account: step.owner, Peer_Account: step.peer };
        assert.equal((await world.call('openim/admin_set_msg_read', request)).code, 0);
        for (const message of this.between(step.owner, step.peer)) {
          if (message.to === step.owner) message.unread = false;
        }
      }
    }
  }

  /** What each sees of each, and how much is unread. */
  async compare(world: World): Promise<void> {
    for (const operator of users) {
      for (const peer of users) {
        const { json } = await world.call('openim/admin_getroammsg', {
          ...{
            Operator_Account: operator,
            Peer_Account: peer,
            MaxCnt: 100,
            MinTime: 0,
            MaxTime: world.seconds,
          },
        });
        const read = (json.MsgList as Json[]).map((item) => [
          ...[item.From_Account, item.MsgKey, item.MsgBody, item.CloudCustomData, item.MsgFlagBits],
        ]);
        const visible = this.between(operator, peer).filter((message) => message.seenBy.has(operator));
        assert.deepEqual(
          read,
          visible.map(({ from, key, text, cloud, recalled }) => [
            from,
            key,
            bodyOf(text),
            cloud,
            recalled ? 8 : 0,
          ]),
        );
        const counted = await world.call('openim/get_c2c_unread_msg_num', {
          ...{ To_Account: operator, Peer_Account: [peer] },
        });
        const unread = this.between(operator, peer).filter(
          (message) => message.to === operator && message.unread,
        );
        assert.equal((counted.json.C2CUnreadMsgNumList as Json[])[0]?.C2CUnreadMsgNum, unread.length);
      }
    }
  }

  private between(one: User, other: User): Kept[] {
    return this.kept.filter(
      ({ from, to }) => (from === one && to === other) || (from === other && to === one),
    );
  }

  private hide(message: Kept, owner: User): void {
    if (!message.seenBy.delete(owner)) return;
    if (message.to === owner) message.unread = false;
  }
}

function addressOf({ from, to, key }: { from: string; to: string; key: string }): Json {
  return { From_Account: from, To_Account: to, MsgKey: key };
}

describe('sandbox: against a tiny model', () => {
  it('any sequence of send, modify, recall, delete, clear and read comes out the same', async function () {
    this.timeout(600_000);
    const world = await World.start({ settings: { limits: false } });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        await world.control('POST', 'seed', seedOf({ users }));
        const model = new Model();
        for (const [number, one] of steps.entries()) {
          await model.run(world, one, number);
          if (number % 3 === 0) world.pass(1);
        }
        await model.compare(world);
      }),
      runs(20, 3000),
    );
    await world.stop();
  });
});
