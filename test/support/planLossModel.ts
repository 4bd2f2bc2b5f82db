import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { addressKey } from '../../src/chat/address';
import type { ChatClient } from '../../src/chat/client';
import type { MessageContent } from '../../src/chat/chatMessage';
import type { Plan } from '../../src/bulk/plan';
import type { PlanRunEnd } from '../../src/bulk/planRunner';
import { rollbackOf } from '../../src/bulk/rollback';
import { intendedContent } from '../../src/journal/revision';
import { sameContent } from '../../src/message/changes';
import type { LineAction, LineRequest } from './faultyLine';
import { lineActions, rarely } from './lossPlans';
import { text } from './modifyCase';
import type { ModifyWorld, OwnChange } from './modifyWorld';
import { PlanWindow } from './planWorld';

/** What goes wrong in one run of a plan. Steps are disk operations, waits and requests. */
export interface RunFaults {
  /** What becomes of the requests, one after the other; the rest passes. */
  readonly line: readonly LineAction[];
  /** A colleague changes a message when the plan begins its reading of this number. */
  readonly foreign: readonly { readonly at: number; readonly message: number; readonly copies: boolean }[];
  readonly pauseAt: number | undefined;
  readonly dieAt: number | undefined;
  readonly powerCut: boolean;
  readonly diskFullAt: number | undefined;
  readonly clockJump: { readonly at: number; readonly ms: number } | undefined;
  /** Another window runs it, too. */
  readonly twoWindows: boolean;
}

const runFaults: fc.Arbitrary<RunFaults> = fc.record({
  line: fc.array(lineActions, { maxLength: 25 }),
  foreign: fc.array(
    fc.record({ at: fc.nat({ max: 8 }), message: fc.nat({ max: 11 }), copies: fc.boolean() }),
    { maxLength: 3 },
  ),
  pauseAt: rarely(fc.nat({ max: 25 }), 3),
  dieAt: rarely(fc.nat({ max: 250 }), 4),
  powerCut: fc.boolean(),
  diskFullAt: rarely(fc.nat({ max: 20 }), 2),
  clockJump: rarely(
    fc.record({ at: fc.nat({ max: 20 }), ms: fc.constantFrom(-3_600_000, 10_000, 3_600_000) }),
    2,
  ),
  twoWindows: fc.boolean(),
});

/** The runs of a plan, and those of the plan that rolls it back. */
export const planStories = fc.record({
  runs: fc.array(runFaults, { minLength: 1, maxLength: 3 }),
  back: fc.array(runFaults, { maxLength: 2 }),
});

/** What the model came by. */
export interface PlanFigures {
  messages: number;
  overwritten: number;
  faults: number;
  deaths: number;
  powerCuts: number;
  foreignChanges: number;
  readonly ends: Map<string, number>;
}

/**
 * Plans on a bad line, on a disk that runs full, in windows that die, with colleagues in between. At each change that
 * comes through the tool it sees that the content is in the journal, that it is the one the plan was made on, that it
 * was read within two seconds and in this run, and that the plan did it once; at the end, that the report is true.
 */
export class PlanLossModel {
  private readonly violations: string[] = [];
  private window!: PlanWindow;
  private plan!: Plan;
  /** Of each message: when the last reading that showed it began. */
  private readonly readings = new Map<
    string,
    { readonly order: number; readonly slept: number; readonly run: number }
  >();
  /** When its last call was made. */
  private readonly left = new Map<string, number>();
  private readonly foreignAt = new Map<string, number>();
  private readonly doneBy = new Map<string, number>();
  private readonly underWay = new Set<LineRequest>();
  private arrived: () => void = () => undefined;
  private order = 0;
  private runs = 0;
  private words = 0;

  constructor(
    private readonly world: ModifyWorld,
    private readonly random: () => number,
    private readonly figures: PlanFigures,
  ) {
    world.onOwnChange = (change) => this.judge(change);
  }

  async run({
    runs,
    back,
  }: {
    readonly runs: readonly RunFaults[];
    readonly back: readonly RunFaults[];
  }): Promise<void> {
    await this.open();
    this.plan = await this.window.plan((index) => this.textOf('mine', index));
    await this.carryOut(runs);
    const { journal } = this.window.window;
    const rollback = await rollbackOf(this.plan.id, this.plan.connection, journal, Date.now());
    if (rollback.plan.items.length === 0) return;
    this.plan = rollback.plan;
    await this.window.store.add(this.plan);
    await this.carryOut(back);
  }

  private async carryOut(runs: readonly RunFaults[]): Promise<void> {
    this.figures.messages += this.plan.items.length;
    for (const faults of runs) await this.once(faults);
    // Whatever went wrong before, the next runs end what is left.
    for (let left = true; left;) {
      const end = await this.once(undefined);
      left = end?.kind === 'paused';
    }
    await this.window.window.modifier.settle(() => Promise.resolve(this.window.window.client));
    await this.check();
  }

  private async once(faults: RunFaults | undefined): Promise<PlanRunEnd | undefined> {
    this.runs += 1;
    const { window } = this.window;
    const stop = new AbortController();
    const line = [...(faults?.line ?? [])];
    const began = new Map<LineRequest, { order: number; slept: number; run: number }>();
    let requests = 0;
    let reads = 0;
    const run = this.runs;
    window.line.onRequest = async (request) => {
      await window.life.step();
      if (request.command === 'openim/admin_getroammsg') {
        for (const { at, message, copies } of faults?.foreign ?? [])
          if (at === reads) this.interfere(message, copies);
        reads += 1;
        began.set(request, { order: (this.order += 1), slept: window.slept, run });
      }
      if (faults?.pauseAt === requests) stop.abort();
      if (faults?.diskFullAt === requests) window.life.diskFull = true;
      if (faults?.clockJump?.at === requests) window.jump(faults.clockJump.ms);
      requests += 1;
      const action = line.shift() ?? 'pass';
      if (action !== 'dropBefore') this.underWay.add(request);
      if (action === 'pass') return action;
      // What did not arrive was not read.
      began.delete(request);
      this.figures.faults += 1;
      return action;
    };
    window.line.onAnswer = (request, answer) => {
      const begin = began.get(request);
      for (const address of this.world.addresses)
        if (begin && answer.includes(`"${address.key}"`)) this.readings.set(addressKey(address), begin);
      return answer;
    };
    window.line.onCarriedOut = (request) => {
      this.underWay.delete(request);
      if (this.underWay.size === 0) this.arrived();
    };
    if (faults?.dieAt !== undefined) window.life.endAfter(faults.dieAt);
    const running = this.window.run(this.plan, { client: this.noted(), signal: stop.signal, perSecond: 16 });
    const others = faults?.twoWindows === true ? [await this.tryElsewhere()] : [];
    const end = await Promise.race([
      window.life.death,
      running.catch((error: unknown) => ({ kind: 'failed' as const, error })),
    ]);
    assert.deepEqual(this.violations, []);
    assert.ok(
      others.every(
        (other) => other === 'busy' || end === 'dead' || end.kind !== 'ended' || other === 'ended',
      ),
    );
    if (end === 'dead') {
      count(this.figures.ends, 'dead');
      this.figures.deaths += 1;
      await this.restart(faults?.powerCut === true);
      return undefined;
    }
    window.life.goOn();
    window.life.diskFull = false;
    count(this.figures.ends, end.kind === 'paused' ? `paused ${end.why}` : end.kind);
    if (end.kind !== 'failed') return end;
    assert.ok(faults?.diskFullAt !== undefined, String(end.error));
    return undefined;
  }

  /** The window's client; it notes when a call is made, since the waits of other calls take no time here. */
  private noted(): ChatClient {
    const { window } = this.window;
    const modifyMessage: ChatClient['modifyMessage'] = (address, ...rest) => {
      this.left.set(addressKey(address), window.slept);
      return window.client.modifyMessage(address, ...rest);
    };
    return Object.create(window.client, { modifyMessage: { value: modifyMessage } }) as ChatClient;
  }

  /** A second window runs the same plan; it may not, while the first one does. */
  private async tryElsewhere(): Promise<string> {
    const other = new PlanWindow(this.world, await this.world.open());
    const plan = await other.store.get(this.plan.id);
    assert.ok(plan);
    // Only whether it may: what it would do is the first one's.
    const taken = await other.window.modifier.locks.takeNamed(`plan-${plan.id}`, { waitMs: 0 });
    if (taken.kind === 'taken') await taken.lock.release();
    await other.window.close();
    return taken.kind === 'busy' ? 'busy' : 'ended';
  }

  private interfere(message: number, copies: boolean): void {
    const address = this.world.addresses[message];
    if (!address) return;
    const wanted = this.plan.items.find((item) => addressKey(item.address) === addressKey(address));
    // A colleague may well make the very change that the plan holds.
    const content = copies && wanted ? wanted.content : this.textOf('theirs', message);
    this.figures.foreignChanges += 1;
    this.foreignAt.set(addressKey(address), this.order);
    this.world.change(address, content);
  }

  private judge({ address, previous, next, journaled }: OwnChange): void {
    const key = addressKey(address);
    this.figures.overwritten += 1;
    const noted = journaled.some(
      (revision) =>
        revision.plan === this.plan.id &&
        revision.before !== null &&
        sameContent(revision.before, previous) &&
        sameContent(intendedContent(revision), next),
    );
    const item = this.plan.items.find((one) => addressKey(one.address) === key);
    const reading = this.readings.get(key);
    if (!item) this.violations.push('nobody asked for this');
    else if (!sameContent(item.base, previous) && (reading?.order ?? 0) > (this.foreignAt.get(key) ?? 0))
      this.violations.push(`foreign content overwritten unasked: ${JSON.stringify(previous)}`);
    // What a colleague wrote after the reading is overwritten by any client; what the reading showed is kept.
    if (!noted && (!item || sameContent(item.base, previous)))
      this.violations.push('modified without a journal entry');
    if (reading?.run !== this.runs) this.violations.push('modified on a reading from before a pause');
    else if ((this.left.get(key) ?? Infinity) - reading.slept > 2_000)
      this.violations.push(
        `modified on a reading ${(this.left.get(key) ?? Infinity) - reading.slept} ms old`,
      );
    const times = (this.doneBy.get(`${this.plan.id} ${key}`) ?? 0) + 1;
    this.doneBy.set(`${this.plan.id} ${key}`, times);
    if (times > 1) this.violations.push('modified twice by one plan');
  }

  private async check(): Promise<void> {
    const { window, runner } = this.window;
    assert.deepEqual(this.violations, []);
    assert.deepEqual(window.problems, [], 'damaged journal files');
    assert.deepEqual(await window.journal.unfinished(), [], 'something is left in doubt');
    const { rows, counts } = await runner.report(this.plan);
    assert.equal(rows.length, this.plan.items.length);
    assert.equal(
      Object.values(counts).reduce((sum, number) => sum + number, 0),
      rows.length,
    );
    for (const { address, end } of rows) {
      const key = addressKey(address);
      const done = this.doneBy.get(`${this.plan.id} ${key}`) ?? 0;
      // One whose answer was lost and that a colleague changed before anybody looked is the colleague's now.
      if (end === 'conflict' && done === 1 && this.foreignAt.has(key)) continue;
      // What somebody else made so counts as done where the answer was lost.
      if (end === 'done' && done === 0 && this.foreignAt.has(key)) continue;
      assert.equal(done, end === 'done' ? 1 : 0, `${end}, and done ${done} times: ${key}`);
    }
  }

  private async restart(powerCut: boolean): Promise<void> {
    // What had left before it died still arrives.
    if (this.underWay.size > 0) await new Promise<void>((resolve) => (this.arrived = resolve));
    await this.window.window.close();
    if (powerCut) {
      this.figures.powerCuts += 1;
      this.world.disk.recover(this.random);
    }
    await this.open();
    const found = await this.window.store.get(this.plan.id);
    assert.deepEqual(found, this.plan, 'a plan that was written down is lost');
  }

  private async open(): Promise<void> {
    this.window = new PlanWindow(this.world, await this.world.open());
  }

  private textOf(whose: string, index: number): MessageContent {
    this.words += 1;
    const cloud = this.words % 3 === 0 ? `${whose} ${this.words}` : undefined;
    return text(`${whose} ${index} ${this.words}`, cloud);
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
