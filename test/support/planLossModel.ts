import assert from 'node:assert/strict';
import { addressKey } from '../../src/chat/address';
import type { ChatClient } from '../../src/chat/client';
import type { ChatMessage, MessageContent } from '../../src/chat/chatMessage';
import type { Plan } from '../../src/bulk/plan';
import type { PlanRunEnd } from '../../src/bulk/planRunner';
import { rollbackOf } from '../../src/bulk/rollback';
import { intendedContent } from '../../src/journal/revision';
import { sameContent } from '../../src/message/changes';
import type { LineRequest } from './faultyLine';
import { text } from './modifyCase';
import type { ModifyWorld, OwnChange } from './modifyWorld';
import type { RunFaults } from './planStories';
import { PlanWindow } from './planWorld';

/** What the model came by. */
export interface PlanFigures {
  messages: number;
  overwritten: number;
  faults: number;
  deaths: number;
  powerCuts: number;
  foreignChanges: number;
  rollbacks: number;
  readonly ends: Map<string, number>;
}

/** What a reading showed of a message, and when it began. */
interface Shown {
  readonly order: number;
  readonly slept: number;
  readonly run: number;
  readonly content: MessageContent;
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
  /** What may be overwritten: what the plan was made on, or what the plan that it takes back was to leave. */
  private asked: ReadonlyMap<string, MessageContent> | undefined;
  /** Of each message, the last reading that the window got an answer to: of those, the one that began last. */
  private readonly readings = new Map<string, Shown>();
  /** When its last call was made, and what was known then. */
  private readonly left = new Map<string, { readonly slept: number; readonly shown: Shown | undefined }>();
  private readonly touched = new Set<string>();
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
    private readonly perSecond: number,
  ) {
    world.onOwnChange = (change) => this.judge(change);
  }

  /** @param story the runs of a plan, of the plan that takes it back, of the one that takes that back, and so on */
  async run([first, ...rollbacks]: readonly (readonly RunFaults[])[]): Promise<void> {
    await this.open();
    this.plan = await this.window.plan((index) => this.textOf('mine', index));
    await this.carryOut(first ?? []);
    for (const runs of rollbacks) {
      const { plan: of } = this;
      const { journal } = this.window.window;
      const { plan } = await rollbackOf(of.id, of.connection, journal, Date.now());
      if (plan.items.length === 0) return;
      this.figures.rollbacks += 1;
      this.asked = contentsOf(of);
      this.plan = plan;
      await this.window.store.add(plan);
      await this.carryOut(runs);
    }
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
    let requests = 0;
    let reads = 0;
    window.line.onRequest = async (request) => {
      await window.life.step();
      if (request.command === 'openim/admin_getroammsg') {
        for (const { at, message, copies } of faults?.foreign ?? [])
          if (at === reads) this.interfere(message, copies);
        reads += 1;
      }
      if (faults?.pauseAt === requests) stop.abort();
      if (faults?.diskFullAt === requests) window.life.diskFull = true;
      if (faults?.clockJump?.at === requests) window.jump(faults.clockJump.ms);
      requests += 1;
      const action = line.shift() ?? 'pass';
      if (action !== 'dropBefore') this.underWay.add(request);
      if (action === 'pass') return action;
      this.figures.faults += 1;
      return action;
    };
    window.line.onCarriedOut = (request) => {
      this.underWay.delete(request);
      if (this.underWay.size === 0) this.arrived();
    };
    if (faults?.dieAt !== undefined) window.life.endAfter(faults.dieAt);
    const running = this.window.run(this.plan, {
      client: this.noted(),
      signal: stop.signal,
      perSecond: this.perSecond,
    });
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

  /**
   * The window's client. It notes what each reading showed when the window has its answer, and what was known when a call
   * was made: on the line both may pass each other, and the waits of other calls take no time here.
   */
  private noted(): ChatClient {
    const { window } = this.window;
    const { client } = window;
    const begin = () => ({ order: (this.order += 1), slept: window.slept, run: this.runs });
    const saw = (begun: Omit<Shown, 'content'>, { address, content }: ChatMessage): void => {
      const key = addressKey(address);
      if ((this.readings.get(key)?.order ?? 0) < begun.order) this.readings.set(key, { ...begun, content });
    };
    const history: ChatClient['history'] = async function* (...args) {
      const pages = client.history(...args)[Symbol.asyncIterator]();
      for (;;) {
        const begun = begin();
        const page = await pages.next();
        if (page.done) return;
        for (const message of page.value.messages) saw(begun, message);
        yield page.value;
      }
    };
    const findMessage: ChatClient['findMessage'] = async (...args) => {
      const begun = begin();
      const found = await client.findMessage(...args);
      if (found) saw(begun, found.message);
      return found;
    };
    const modifyMessage: ChatClient['modifyMessage'] = (address, ...rest) => {
      const key = addressKey(address);
      this.left.set(key, { slept: window.slept, shown: this.readings.get(key) });
      return client.modifyMessage(address, ...rest);
    };
    const noted = { history, findMessage, modifyMessage };
    return Object.create(
      client,
      Object.fromEntries(Object.entries(noted).map(([name, value]) => [name, { value }])),
    ) as ChatClient;
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
    this.touched.add(addressKey(address));
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
    const { slept = Infinity, shown } = this.left.get(key) ?? {};
    const asked = this.asked?.get(key) ?? item?.base;
    if (!item) this.violations.push('nobody asked for this');
    else if (!shown || !asked || !sameContent(asked, shown.content))
      this.violations.push(`overwritten unasked: ${JSON.stringify(shown?.content)}`);
    // What a colleague wrote after the reading is overwritten by any client; what the reading showed is kept.
    if (!noted && (!asked || sameContent(asked, previous)))
      this.violations.push('modified without a journal entry');
    if (shown?.run !== this.runs) this.violations.push('modified on a reading from before a pause');
    else if (slept - shown.slept > 2_000)
      this.violations.push(`modified on a reading ${slept - shown.slept} ms old`);
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
      if (end === 'conflict' && done === 1 && this.touched.has(key)) continue;
      // What somebody else made so counts as done where the answer was lost.
      if (end === 'done' && done === 0 && this.touched.has(key)) continue;
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

/** What each message of a plan is to become. */
function contentsOf({ items }: Plan): Map<string, MessageContent> {
  return new Map(items.map(({ address, base, content }) => [addressKey(address), { ...base, ...content }]));
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
