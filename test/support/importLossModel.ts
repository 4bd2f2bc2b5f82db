import assert from 'node:assert/strict';
import type { Plan } from '../../src/bulk/plan';
import type { PlanRunEnd } from '../../src/bulk/planRunner';
import { sameContent } from '../../src/message/changes';
import { parseList } from '../../src/lists/parseList';
import type { Revision } from '../../src/journal/revision';
import { readImport } from '../../src/transfer/importItems';
import { planImport } from '../../src/transfer/importPlan';
import type { LineRequest } from './faultyLine';
import { textBody } from './groups';
import { revisionsIn, type ModifyWorld } from './modifyWorld';
import type { RunFaults } from './planStories';
import { PlanWindow } from './planWorld';

/** What `import_group_msg` answers to a message whose time is not above that of the group's last one. */
const NOT_NEWER = 10004;

/** What the model came by. */
export interface ImportFigures {
  messages: number;
  imported: number;
  faults: number;
  deaths: number;
  powerCuts: number;
  readonly ends: Map<string, number>;
}

/**
 * Imports on a bad line, on a disk that runs full, in windows that die. At each message that arrives it sees that it is in
 * the journal and in doubt there, that it is there once, and that a group's come in their order; at the end, that the report
 * is true.
 */
export class ImportLossModel {
  private readonly violations: string[] = [];
  private readonly arrivals = new Map<string, number>();
  private readonly underWay = new Set<LineRequest>();
  private arrived: () => void = () => undefined;
  private window!: PlanWindow;
  private plan!: Plan;

  /** @param size messages of two users; a group and its topic get half as many each */
  constructor(
    private readonly world: ModifyWorld,
    private readonly random: () => number,
    private readonly figures: ImportFigures,
    private readonly size: number,
  ) {
    world.sandbox.store.onChange((change) => {
      if (change.kind === 'message') this.judge(change.message.body);
      if (change.kind === 'groupMessage') this.judge(change.message.body);
    });
  }

  async run(runs: readonly RunFaults[]): Promise<void> {
    await this.open();
    const list = listOf(this.size);
    const found = await planImport(this.window.window.client, readImport(list, parseList(list)), new Set());
    assert.deepEqual([found.items.length, found.leftOut], [this.size * 2, []]);
    // Whoever imports a list may have lacked accounts; those that are there are imported again, which changes nothing.
    this.plan = await this.window.import(found, ['alice', 'bob']);
    this.figures.messages += this.plan.items.length;
    for (const faults of runs) await this.once(faults);
    // Whatever went wrong before, the next runs end what is left.
    for (let left = true; left;) left = (await this.once(undefined))?.kind === 'paused';
    await this.check();
  }

  private async once(faults: RunFaults | undefined): Promise<PlanRunEnd | undefined> {
    const { window } = this.window;
    const stop = new AbortController();
    const line = [...(faults?.line ?? [])];
    let requests = 0;
    window.line.onRequest = async (request) => {
      await window.life.step();
      if (faults?.pauseAt === requests) stop.abort();
      if (faults?.diskFullAt === requests) window.life.diskFull = true;
      if (faults?.clockJump?.at === requests) window.jump(faults.clockJump.ms);
      requests += 1;
      const action = line.shift() ?? 'pass';
      if (action !== 'dropBefore') this.underWay.add(request);
      if (action !== 'pass') this.figures.faults += 1;
      return action;
    };
    window.line.onCarriedOut = (request) => {
      this.underWay.delete(request);
      if (this.underWay.size === 0) this.arrived();
    };
    if (faults?.dieAt !== undefined) window.life.endAfter(faults.dieAt);
    const end = await Promise.race([
      window.life.death,
      this.window
        .run(this.plan, { signal: stop.signal, perSecond: 16 })
        .catch((error: unknown) => ({ kind: 'failed' as const, error })),
    ]);
    assert.deepEqual(this.violations, []);
    if (end === 'dead') {
      count(this.figures.ends, 'dead');
      this.figures.deaths += 1;
      await this.restart(faults?.powerCut === true);
      return undefined;
    }
    window.life.goOn();
    window.life.diskFull = false;
    count(this.figures.ends, end.kind === 'paused' ? `paused ${end.why}` : end.kind);
    if (end.kind === 'ended' || end.kind === 'paused') {
      for (const { index, end: how } of end.report.rows) {
        const there = this.arrivals.get(this.plan.items[index]?.content.msgBody ?? '') ?? 0;
        assert.ok(
          how === 'unknown' || there === (how === 'done' ? 1 : 0),
          `${how}, and there ${there} times`,
        );
      }
      return end;
    }
    if (end.kind === 'busy') return end;
    assert.ok(faults?.diskFullAt !== undefined, String(end.error));
    return undefined;
  }

  private judge(body: string): void {
    this.figures.imported += 1;
    const times = (this.arrivals.get(body) ?? 0) + 1;
    this.arrivals.set(body, times);
    if (times > 1) this.violations.push(`imported twice: ${body}`);
    const noted = this.journaled().some(
      ({ intent, plan, outcome }) =>
        plan === this.plan.id && intent.msgBody === body && outcome.state === 'pending',
    );
    if (!noted) this.violations.push(`imported without a journal entry: ${body}`);
  }

  private async check(): Promise<void> {
    assert.deepEqual(this.violations, []);
    const { window, runner } = this.window;
    assert.deepEqual(window.problems, [], 'damaged journal files');
    assert.deepEqual(await window.journal.unfinishedImports(), [], 'something is left in doubt');
    const { rows } = await runner.report(this.plan);
    assert.equal(rows.length, this.plan.items.length);
    for (const { index, end, address, code } of rows) {
      const item = this.plan.items[index];
      assert.ok(item);
      const there = this.arrivals.get(item.content.msgBody ?? '') ?? 0;
      assert.equal(
        there,
        end === 'done' ? 1 : 0,
        `${end}, and there ${there} times: ${item.content.msgBody}`,
      );
      // A group takes nothing older than what it has: nothing may have gone before one whose end was not known.
      assert.notEqual(code, NOT_NEWER, `a later one went first: ${item.content.msgBody}`);
      if (end !== 'done') continue;
      const found = await window.client.findMessage(address);
      assert.ok(found && sameContent(found.message.content, item.content), 'it is not where the report says');
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
    assert.deepEqual(
      await this.window.store.get(this.plan.id),
      this.plan,
      'a plan that was written down is lost',
    );
  }

  private async open(): Promise<void> {
    this.window = new PlanWindow(this.world, await this.world.open());
  }

  private journaled(): Revision[] {
    return [...this.world.disk.files()]
      .filter(([file]) => /\/unfinished\/[^/]*Z-[^/]*\.json$/.test(file))
      .flatMap(([, text]) => revisionsIn(text));
  }
}

/** Messages of two users, of a group and of its topic; no two say the same. */
function listOf(size: number): string {
  const time = Math.floor(Date.now() / 1000) - 3000;
  const items = Array.from({ length: size }, (_, index) => [
    `{"From_Account":"alice","To_Account":"bob","MsgKey":"${index}_7_${time + index}","MsgBody":${textBody(`two ${index}`)}}`,
    `{"GroupId":"g",${index % 2 === 0 ? '' : '"TopicId":"t",'}"MsgSeq":${index + 1},"From_Account":"bob","MsgTimeStamp":${time + index},"MsgBody":${textBody(`group ${index}`)}}`,
  ]);
  return `[${items.flat().join(',')}]`;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
