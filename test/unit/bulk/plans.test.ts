import assert from 'node:assert/strict';
import { sameAddress } from '../../../src/chat/address';
import type { ChatClient } from '../../../src/chat/client';
import { parseMsgKey } from '../../../src/chat/msgKey';
import { sameContent } from '../../../src/message/changes';
import { reportCsv, reportJson, type PlanEnd } from '../../../src/bulk/report';
import type { PlanRunEnd } from '../../../src/bulk/planRunner';
import { newPlan, type Plan } from '../../../src/bulk/plan';
import { rollbackOf } from '../../../src/bulk/rollback';
import { eventually } from '../../support/eventually';
import { ModifyWorld } from '../../support/modifyWorld';
import { MODIFY, READ, text } from '../../support/modifyCase';
import { openGates, PlanWindow } from '../../support/planWorld';

describe('Plans', () => {
  let world: ModifyWorld;
  let own: PlanWindow;
  const count = 30;

  beforeEach(async () => {
    world = await ModifyWorld.start(
      Array.from({ length: count }, (_, index) => text(`old ${index}`, 'data')),
    );
    own = new PlanWindow(world, await world.open());
  });
  afterEach(() => world.stop());

  const mine = (index: number) => text(`new ${index}`);

  /** How many ended in which way, without the ways in which none did. */
  function counts(end: PlanRunEnd): Partial<Record<PlanEnd, number>> {
    assert.ok(end.kind !== 'busy', JSON.stringify(end));
    return Object.fromEntries(Object.entries(end.report.counts).filter(([, number]) => number > 0));
  }

  it('modifies every message once, with each before-image in the journal before its call', async () => {
    const plan = await own.plan(mine);
    const end = await own.run(plan);
    assert.equal(end.kind, 'ended');
    assert.deepEqual(counts(end), { done: count });
    assert.equal(world.ownChanges.length, count);
    for (const { address, previous, journaled } of world.ownChanges) {
      const index = world.addresses.indexOf(world.addresses.find(({ key }) => key === address.key)!);
      assert.ok(sameContent(previous, text(`old ${index}`, 'data')));
      assert.ok(
        journaled.some(({ before, plan: of }) => of === plan.id && before && sameContent(before, previous)),
      );
      assert.ok(sameContent(world.content(address), text(`new ${index}`, 'data')));
    }
    assert.deepEqual(await own.window.journal.unfinished(), []);
    assert.equal((await own.window.journal.list({ plan: plan.id })).length, count);
    assert.deepEqual((await own.store.head(plan.id))?.state, { kind: 'ended' });
  });

  it('reads by pages and not message by message', async () => {
    const commands: string[] = [];
    own.window.line.onRequest = ({ command }) => {
      commands.push(command);
      return 'pass';
    };
    await own.run(await own.plan(mine), { perSecond: 400 });
    const reads = commands.filter((command) => command === READ).length;
    assert.ok(reads < count / 2, `${reads} calls that read for ${count} messages`);
  });

  it('overwrites nothing that was changed meanwhile, and says which', async () => {
    const plan = await own.plan(mine);
    world.change(world.addresses[3]!, text("a colleague's"));
    world.change(world.addresses[4]!, mine(4));
    const end = await own.run(plan);
    assert.deepEqual(counts(end), { done: count - 2, conflict: 1, nothingToDo: 1 });
    assert.ok(end.kind === 'ended' && end.report.rows[3]?.end === 'conflict');
    assert.ok(sameContent(world.content(world.addresses[3]!), text("a colleague's", 'data')));
  });

  it('overwrites nothing that a page of its neighbours shows changed while it is still being read', async () => {
    const { connection, items } = await own.plan(mine);
    // The messages that are read first lie between those that are read next.
    const order = [0, 2, 4, 6, 1, 3, 5, 7];
    const wanted = order.map((index) => ({ ...items[index]!, mine: items[index]!.content }));
    const plan = newPlan(connection, { kind: 'drafts' }, wanted, Date.now());
    await own.store.add(plan);
    const { client } = own.window;
    const begins = parseMsgKey(world.addresses[0]!.key)!.time;
    // Of those that happen to be read first.
    let changed = world.addresses[2]!;
    let hidden = world.addresses[6]!;
    let begun = 0;
    let read = 0;
    const history: ChatClient['history'] = async function* (request, ...rest) {
      const call = (begun += 1);
      if (call === 1 && request.minTime !== begins)
        [changed, hidden] = [world.addresses[3]!, world.addresses[7]!];
      if (call === 2) await eventually(() => read >= 1, 'the first page');
      try {
        for await (const page of client.history(request, ...rest))
          yield call === 1
            ? { ...page, messages: page.messages.filter(({ address }) => !sameAddress(address, hidden)) }
            : page;
      } finally {
        if (call === 1) world.change(changed, text("a colleague's"));
        read += 1;
      }
    };
    const findMessage: ChatClient['findMessage'] = async (address, ...rest) => {
      if (sameAddress(address, hidden)) await eventually(() => read >= 2, "the neighbours' page");
      return client.findMessage(address, ...rest);
    };
    const slow = Object.create(client, {
      history: { value: history },
      findMessage: { value: findMessage },
    }) as ChatClient;
    const end = await own.run(plan, { client: slow, perSecond: 16 });
    assert.deepEqual(counts(end), { done: 7, conflict: 1 });
    assert.ok(sameContent(world.content(changed), text("a colleague's", 'data')));
  });

  it('overwrites nothing that a page of its neighbours shows changed after it was read again', async () => {
    const { connection, items } = await own.plan(mine);
    const order = [0, 2, 4, 6, 1, 3, 5, 7];
    const wanted = order.map((index) => ({ ...items[index]!, mine: items[index]!.content }));
    const plan = newPlan(connection, { kind: 'drafts' }, wanted, Date.now());
    await own.store.add(plan);
    let pages = 0;
    let turns = 0;
    /** The page of the neighbours is what waits for its turn to be read next. */
    let isTheirs = false;
    let neighbours = false;
    const read = async (): Promise<boolean> => {
      const waits = isTheirs;
      isTheirs = false;
      if (waits) {
        // The neighbours are read when those of the first page were read again and wait for their turn.
        await eventually(() => turns >= 8, 'the turns after the second reading');
        world.change(world.addresses[2]!, text("a colleague's"));
      }
      return true;
    };
    const modify = async (_: AbortSignal | undefined, isWanted: () => boolean): Promise<boolean> => {
      turns += 1;
      if (turns === 1) own.window.jump(5_000);
      if (turns > 4 && turns <= 8) await eventually(() => neighbours, "the neighbours' page");
      return isWanted();
    };
    const { client } = own.window;
    // Asked for before it waits for its turn; messages that are read again are asked for one by one.
    const history: ChatClient['history'] = (...args) => {
      const call = (pages += 1);
      isTheirs = call === 2;
      return (async function* () {
        try {
          yield* client.history(...args);
        } finally {
          neighbours ||= call === 2;
        }
      })();
    };
    const end = await own.run(plan, {
      client: Object.create(client, { history: { value: history } }) as ChatClient,
      gates: { ...openGates, c2c: { ...openGates.c2c, read: { pass: read }, modify: { pass: modify } } },
      perSecond: 16,
    });
    assert.deepEqual(counts(end), { done: 7, conflict: 1 });
    assert.ok(sameContent(world.content(world.addresses[2]!), text("a colleague's", 'data')));
  });

  it('does not call on a reading from before a pause, and continues with what is left', async () => {
    const plan = await own.plan(mine);
    const stop = new AbortController();
    let calls = 0;
    own.window.line.onRequest = ({ command }) => {
      if (command === MODIFY && (calls += 1) === 5) stop.abort();
      return 'pass';
    };
    const paused = await own.run(plan, { signal: stop.signal, perSecond: 16 });
    assert.ok(paused.kind === 'paused' && paused.why === 'asked', JSON.stringify(paused.kind));
    const done = paused.report.counts.done;
    assert.ok(done >= 5 && done < count, `${done} done`);
    assert.equal(world.ownChanges.length, done);
    const left = paused.report.rows.find(({ end }) => end === 'notTried')!;
    world.change(world.addresses[left.index]!, text('in the pause'));
    const end = await own.run(plan);
    assert.deepEqual(counts(end), { done: count - 1, conflict: 1 });
    assert.equal(world.ownChanges.length, count - 1);
  });

  it('has ended, and not paused, where a pause comes while its last calls are under way', async () => {
    const plan = await own.plan(mine);
    const stop = new AbortController();
    let calls = 0;
    own.window.line.onRequest = ({ command }) => {
      if (command === MODIFY && (calls += 1) === count) stop.abort();
      return 'pass';
    };
    const end = await own.run(plan, { signal: stop.signal });
    assert.ok(stop.signal.aborted);
    assert.equal(end.kind, 'ended');
    assert.deepEqual(counts(end), { done: count });
    assert.deepEqual((await own.store.head(plan.id))?.state, { kind: 'ended' });
  });

  it('goes on after a crash without doing anything twice', async () => {
    const plan = await own.plan(mine);
    let calls = 0;
    own.window.line.onRequest = ({ command }) => {
      if (command === MODIFY && (calls += 1) === 12) own.window.life.endAfter(3);
      return 'pass';
    };
    await Promise.race([own.window.life.death, own.run(plan)]);
    assert.ok(own.window.life.dead);
    await own.window.close();
    const next = new PlanWindow(world, await world.open());
    assert.deepEqual(
      (await next.store.list()).map(({ id, state }) => [id, state.kind]),
      [[plan.id, 'running']],
    );
    const end = await next.run((await next.store.get(plan.id))!);
    assert.deepEqual(counts(end), { done: count });
    const changed = world.ownChanges.map(({ address }) => address.key);
    assert.equal(new Set(changed).size, changed.length, 'something was modified twice');
    assert.equal(changed.length, count);
  });

  /** A window begins a plan and dies in the middle of it. @returns the next one */
  async function died(plan: Plan): Promise<PlanWindow> {
    let calls = 0;
    own.window.line.onRequest = ({ command }) => {
      if (command !== MODIFY) return 'pass';
      calls += 1;
      if (calls > 8) own.window.life.endAfter(0);
      return calls > 8 ? 'dropBefore' : 'pass';
    };
    await Promise.race([own.window.life.death, own.run(plan)]);
    await own.window.close();
    return new PlanWindow(world, await world.open());
  }

  it('goes on also while the window that starts looks at what was left in doubt', async () => {
    const plan = await own.plan(mine);
    const next = await died(plan);
    const { client, journal, modifier } = next.window;
    const doubtful = (await journal.unfinished()).length;
    assert.ok(doubtful > 0);
    // What was not done shows only after the three seconds that the service has for a request.
    const settling = modifier.settle(() => Promise.resolve(client));
    const [end] = await Promise.all([next.run(plan), settling]);
    assert.deepEqual(counts(end), { done: count });
    assert.equal(world.ownChanges.length, count);
  });

  it('finds out later what could not be read when it went on', async () => {
    const plan = await own.plan(mine);
    const next = await died(plan);
    let unreadable = true;
    next.window.line.onRequest = ({ command }) => (unreadable && command === READ ? 91000 : 'pass');
    const end = await next.run(plan, { onProgress: () => (unreadable = false) });
    assert.deepEqual(counts(end), { done: count });
    assert.equal(world.ownChanges.length, count);
    assert.deepEqual(await next.window.journal.unfinished(), []);
  });

  it('is rolled back by a plan, and the rollback by another one', async () => {
    const plan = await own.plan(mine);
    await own.run(plan);
    world.change(world.addresses[7]!, text('later'));
    const back = await rollbackOf(plan.id, plan.connection, own.window.journal, Date.now());
    await own.store.add(back.plan);
    assert.deepEqual(counts(await own.run(back.plan)), { done: count - 1, conflict: 1 });
    assert.ok(sameContent(world.content(world.addresses[0]!), text('old 0', 'data')));
    assert.ok(sameContent(world.content(world.addresses[7]!), text('later', 'data')));
    const again = await rollbackOf(back.plan.id, plan.connection, own.window.journal, Date.now());
    await own.store.add(again.plan);
    assert.deepEqual(counts(await own.run(again.plan)), { done: count - 1 });
    assert.ok(sameContent(world.content(world.addresses[0]!), text('new 0', 'data')));
  });

  it('takes back only what it left, not what somebody made of that before it was read back', async () => {
    const plan = await own.plan(mine);
    const [address] = plan.items.map((item) => item.address);
    own.window.line.onCarriedOut = ({ command, body }) => {
      if (command === MODIFY && body.includes('new 0')) world.change(address!, text("a colleague's"));
    };
    assert.deepEqual(counts(await own.run(plan)), { done: count });
    const back = await rollbackOf(plan.id, plan.connection, own.window.journal, Date.now());
    await own.store.add(back.plan);
    assert.deepEqual(counts(await own.run(back.plan)), { done: count - 1, conflict: 1 });
    assert.ok(sameContent(world.content(address!), text("a colleague's", 'data')));
  });

  it('is run by one window only', async () => {
    const plan = await own.plan(mine);
    const other = new PlanWindow(world, await world.open());
    const [one, two] = await Promise.all([own.run(plan), other.run(plan)]);
    assert.deepEqual([one.kind, two.kind].sort(), ['busy', 'ended']);
    assert.equal(world.ownChanges.length, count);
  });

  it('is kept as long as something of it is left to be done or can be rolled back', async () => {
    const done = await own.plan(mine);
    await own.run(done);
    const begun = await own.plan((index) => text(`other ${index}`));
    await own.store.setState(begun, { kind: 'paused', why: 'asked' });
    const ids = async () => (await own.store.list()).map(({ id }) => id).sort();
    const days = (count: number) => Date.now() + count * 24 * 60 * 60 * 1000;
    await own.store.prune(new Set([done.id]), days(400));
    await own.store.prune(new Set(), days(29));
    assert.deepEqual(await ids(), [done.id, begun.id].sort());
    await own.store.prune(new Set(), days(31));
    assert.deepEqual(await ids(), [begun.id]);
  });

  it('goes along with its connection, and continues there', async () => {
    const uri = 'tencent-chat:/c0ffee/list/00112233445566aa.chatmsgs.json';
    const connection = world.connection('sandbox');
    const wanted = world.addresses.map((address, index) => ({
      address,
      base: world.content(address),
      mine: mine(index),
    }));
    const plan = newPlan(connection, { kind: 'list', title: 'list', uri }, wanted, Date.now());
    await own.store.add(plan);
    let calls = 0;
    const stop = new AbortController();
    own.window.line.onRequest = ({ command }) => {
      if (command === MODIFY && (calls += 1) === 5) stop.abort();
      return 'pass';
    };
    const paused = await own.run(plan, { signal: stop.signal, perSecond: 16 });
    assert.equal(paused.kind, 'paused');
    await own.window.journal.moveConnection('c0ffee', 'decaf');
    await own.store.moveConnection('c0ffee', 'decaf');
    const [head] = await own.store.left();
    assert.equal(head?.connection.id, 'decaf');
    const moved = await own.store.get(plan.id);
    assert.deepEqual(moved, {
      ...plan,
      connection: { ...connection, id: 'decaf' },
      origin: { ...plan.origin, uri: uri.replace('c0ffee', 'decaf') },
    });
    assert.deepEqual(counts(await own.run(moved)), { done: count });
    assert.equal(world.ownChanges.length, count);
  });

  it('shares messages with another plan at the same time: each is modified by one of them, once', async () => {
    const other = new PlanWindow(world, await world.open());
    const [one, two] = [await own.plan(mine), await own.plan((index) => text(`other ${index}`))];
    const ends = await Promise.all([own.run(one), other.run(two)]);
    const [first, second] = ends.map(counts);
    assert.equal((first!.done ?? 0) + (second!.done ?? 0), count, JSON.stringify([first, second]));
    const changed = world.ownChanges.map(({ address }) => address.key);
    assert.equal(new Set(changed).size, count);
    assert.equal(changed.length, count);
  });

  it('finds a conflict where another plan was first', async () => {
    const [one, two] = [await own.plan(mine), await own.plan((index) => text(`other ${index}`))];
    await own.run(one);
    assert.deepEqual(counts(await own.run(two)), { conflict: count });
  });

  it('pauses at a code that every message would get, and tries all of them again', async () => {
    const plan = await own.plan(mine);
    own.window.line.onRequest = ({ command }) => (command === MODIFY ? 60010 : 'pass');
    const paused = await own.run(plan);
    assert.ok(paused.kind === 'paused' && paused.why === 'stopAll', JSON.stringify(paused));
    assert.deepEqual(counts(paused), { notTried: count });
    assert.deepEqual((await own.store.head(plan.id))?.state, { kind: 'paused', why: 'stopAll', code: 60010 });
    own.window.line.onRequest = () => 'pass';
    assert.deepEqual(counts(await own.run(plan)), { done: count });
  });

  it('pauses after ten answers without one done, and tries what was refused on demand only', async () => {
    const plan = await own.plan(mine);
    own.window.line.onRequest = ({ command }) => (command === MODIFY ? 90001 : 'pass');
    const paused = await own.run(plan, { perSecond: 16 });
    assert.ok(paused.kind === 'paused' && paused.why === 'tenWithoutOne', JSON.stringify(paused.kind));
    const { refused } = paused.report.counts;
    assert.ok(refused >= 10 && refused < count, `${refused} refused`);
    own.window.line.onRequest = () => 'pass';
    assert.deepEqual(counts(await own.run(plan)), { done: count - refused, refused });
    assert.deepEqual(counts(await own.run(plan, { retryRefused: true })), { done: count });
  });

  it('backs off when there are too many calls, and recovers', async () => {
    const plan = await own.plan(mine);
    let answers = 0;
    own.window.line.onRequest = ({ command }) =>
      command === MODIFY && (answers += 1) % 3 === 0 && answers < 30 ? 60011 : 'pass';
    assert.deepEqual(counts(await own.run(plan)), { done: count });
    assert.equal(world.ownChanges.length, count);
  });

  it('finds out by reading what became of lost answers', async () => {
    const plan = await own.plan(mine);
    let calls = 0;
    own.window.line.onRequest = ({ command }) => {
      if (command !== MODIFY) return 'pass';
      calls += 1;
      return calls % 5 === 1 ? 'dropAfter' : calls % 5 === 2 ? 'dropBefore' : 'pass';
    };
    const end = await own.run(plan);
    assert.deepEqual(counts(end), { done: count });
    const changed = world.ownChanges.map(({ address }) => address.key);
    assert.equal(new Set(changed).size, count, 'something was modified twice');
    assert.equal(changed.length, count);
  });

  it('pauses where the service cannot be reached', async () => {
    const plan = await own.plan(mine);
    let calls = 0;
    own.window.line.onRequest = ({ command }) => {
      if (command === MODIFY) calls += 1;
      return calls > 4 ? 'dropBefore' : 'pass';
    };
    const paused = await own.run(plan, { perSecond: 16 });
    assert.ok(paused.kind === 'paused' && paused.why === 'network', JSON.stringify(paused));
    own.window.line.onRequest = () => 'pass';
    assert.deepEqual(counts(await own.run(plan)), { done: count });
  });

  it('says in its report what the journal says', async () => {
    const plan = await own.plan(mine);
    world.change(world.addresses[1]!, text('=theirs'));
    own.window.line.onRequest = ({ command, body }) =>
      command === MODIFY && body.includes('new 2"') ? 20004 : 'pass';
    const end = await own.run(plan);
    assert.ok(end.kind === 'ended');
    const read = JSON.parse(reportJson(plan, end.report)) as {
      counts: Record<string, number>;
      messages: { MsgKey: string; end: string; ErrorCode?: number }[];
    };
    assert.equal(read.counts.done, count - 2);
    assert.deepEqual(
      read.messages.slice(0, 3).map((message) => [message.MsgKey, message.end, message.ErrorCode]),
      [
        [world.addresses[0]!.key, 'done', undefined],
        [world.addresses[1]!.key, 'conflict', undefined],
        [world.addresses[2]!.key, 'refused', 20004],
      ],
    );
    const lines = reportCsv(plan, end.report).split('\r\n');
    assert.equal(
      lines[0],
      'From_Account,To_Account,MsgKey,GroupId,TopicId,MsgSeq,end,ErrorCode,ErrorInfo,revision',
    );
    assert.ok(lines[2]!.startsWith(`bob,alice,${world.addresses[1]!.key},,,,conflict,,,`), lines[2]);
    assert.equal(lines.length, count + 2);
  });
});
