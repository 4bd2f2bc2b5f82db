import type { ChatClient } from '../chat/client';
import type { Journal } from '../journal/journal';
import type { LockHolder, LockResult } from '../modify/lock';
import type { Modifier } from '../modify/modifier';
import { nodeTiming, type Timing } from '../modify/timing';
import { ImportRun } from './importing/importRun';
import { settleImports } from './importing/settleImports';
import { importOf, type PauseReason, type Plan } from './plan';
import { callsOf } from './planGates';
import { PlanRun, type Run } from './planRun';
import type { PlanStore } from './planStore';
import type { PlanRunOptions } from './runOptions';
import { mayBeTried, reportOf, type PlanReport, type ReportRow } from './report';

/** What running plans works with. */
export interface PlanRunnerParts {
  readonly journal: Journal;
  readonly store: PlanStore;
  /** This window's one way in: its locks, and how it settles what is in doubt. */
  readonly modifier: Modifier;
  readonly timing?: Timing;
}

/** Somebody else needs some seconds for what is in doubt, see `lookAfterDoubt`. */
const SETTLING_PAUSE_MS = 500;
const SETTLING_ROUNDS = 20;

/** How a run ended. */
export type PlanRunEnd =
  | { readonly kind: 'ended'; readonly report: PlanReport }
  | {
      readonly kind: 'paused';
      readonly why: PauseReason;
      /** The service's or the network's error that paused it. */
      readonly error?: Error;
      readonly report: PlanReport;
    }
  /** Somebody runs it already. */
  | { readonly kind: 'busy'; readonly holder: LockHolder };

/** The one way to overwrite many messages: runs plans that were written down. One instance a window. */
export class PlanRunner {
  private readonly timing: Timing;

  constructor(private readonly parts: PlanRunnerParts) {
    this.timing = parts.timing ?? nodeTiming;
  }

  /**
   * Runs what is left of a plan: never what was carried out, nor what a reading has left out. What is in doubt from
   * before is settled first.
   *
   * @throws what keeps plan, journal or locks from being written; then the plan is paused, and nothing was sent that
   * the journal does not have
   */
  async run(plan: Plan, options: PlanRunOptions): Promise<PlanRunEnd> {
    const { store } = this.parts;
    const { client } = options;
    // Nobody is kept waiting for what a read-only connection refuses.
    for (const call of callsOf(plan)) client.demand(call);
    const taken = await this.take(plan.id);
    if (taken.kind === 'busy') return taken;
    try {
      await store.setState(plan, { kind: 'running' });
      return await this.end(plan, await this.begin(plan, options), options);
    } finally {
      await taken.lock.release();
    }
  }

  private async begin(plan: Plan, options: PlanRunOptions): Promise<Run> {
    const { retryRefused = false } = options;
    const parts = { ...this.parts, timing: this.timing };
    const isImport = importOf(plan) !== undefined;
    let unsettled: Error | undefined;
    if (isImport) unsettled = await settleImports(plan, parts, options.client);
    else await this.settle(plan, options);
    const { rows, counts } = await this.report(plan);
    const wanted = rows.filter((row) => {
      // What may be there is not imported before it is known.
      if (isImport && row.end === 'unknown') return false;
      return mayBeTried(row) || (retryRefused && row.end === 'refused');
    });
    const start = {
      tried: wanted.map(({ index }) => ({ index, tries: 0 })),
      before: { done: counts.done, refused: retryRefused ? 0 : counts.refused },
    };
    if (isImport) return new ImportRun(plan, parts, options, { ...start, unsettled });
    return new PlanRun(plan, parts, options, { ...start, notes: await this.keptNotes(plan, wanted) });
  }

  /**
   * Finds out what earlier runs of a plan left in doubt, and waits for whoever looks at one of its messages just now:
   * after a crash that is each window as it starts.
   */
  async settle(
    { id, connection }: Pick<Plan, 'id' | 'connection'>,
    { client, signal }: Pick<PlanRunOptions, 'client' | 'signal'>,
  ): Promise<void> {
    const options = { connectionId: connection.id, signal };
    for (let round = 0; round < SETTLING_ROUNDS; round += 1) {
      const { left } = await this.parts.modifier.settle(() => Promise.resolve(client), options);
      if (!left.some(({ revision, why }) => why === 'busy' && revision.plan === id)) return;
      await this.timing.sleep(SETTLING_PAUSE_MS, signal);
    }
  }

  /**
   * Finds out what became of an import that a crash or a lost answer left in doubt, unless some window runs it.
   * Nothing is sent.
   */
  async settleImport(plan: Plan, client: ChatClient): Promise<void> {
    const taken = await this.take(plan.id);
    if (taken.kind === 'busy') return;
    try {
      await settleImports(plan, { ...this.parts, timing: this.timing }, client);
    } finally {
      await taken.lock.release();
    }
  }

  /** False while some window runs the plan. */
  async isFree(id: string): Promise<boolean> {
    const taken = await this.take(id);
    if (taken.kind === 'taken') await taken.lock.release();
    return taken.kind === 'taken';
  }

  /** What became of a plan so far, from the disk. */
  async report(plan: Plan): Promise<PlanReport> {
    return reportOf(plan, this.parts.journal, await this.parts.store.notes(plan.id));
  }

  /** A person gives up what is left of a plan. */
  async leave(plan: Plan): Promise<void> {
    await this.parts.store.setState(plan, { kind: 'ended' });
  }

  private take(id: string): Promise<LockResult> {
    return this.parts.modifier.locks.takeNamed(`plan-${id}`, { waitMs: 0 });
  }

  private async end(plan: Plan, run: Run, { whyStopped }: PlanRunOptions): Promise<PlanRunEnd> {
    const { store } = this.parts;
    let stop;
    try {
      stop = await run.carryOut();
    } catch (error) {
      // Where the disk is full this fails, too; the plan then counts as left by a crash, which is the same.
      await store.setState(plan, { kind: 'paused', why: 'asked' }).catch(() => undefined);
      throw error;
    }
    const report = await this.report(plan);
    // Who pauses it while the last ones are on their way leaves nothing to go on with.
    if (!stop || (!stop.error && !report.rows.some(mayBeTried))) {
      await store.setState(plan, { kind: 'ended' });
      return { kind: 'ended', report };
    }
    const why = stop.why === 'asked' ? (whyStopped?.() ?? 'asked') : stop.why;
    const code =
      stop.error && 'code' in stop.error && typeof stop.error.code === 'number' ? stop.error.code : undefined;
    await store.setState(plan, { kind: 'paused', why, ...(code !== undefined && { code }) });
    return { kind: 'paused', why, ...(stop.error && { error: stop.error }), report };
  }

  /** What was noted of messages that are tried again says nothing any more. */
  private async keptNotes(plan: Plan, wanted: readonly ReportRow[]) {
    const { store } = this.parts;
    const again = new Set(wanted.map(({ index }) => index));
    const notes = await store.notes(plan.id);
    const kept = notes.filter(({ index }) => !again.has(index));
    if (kept.length < notes.length) await store.setNotes(plan.id, kept);
    return kept;
  }
}
