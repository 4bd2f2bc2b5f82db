import { Chunk, type ChunkParts, type RunUnderWay } from './chunk';
import type { PauseReason, Plan, PlanNote } from './plan';
import type { PlanStore } from './planStore';
import { LatestReadings } from './latestReadings';
import { ReadingAhead } from './readingAhead';
import type { PlanRunOptions } from './runOptions';
import type { Tried } from './stages';
import { Stopping } from './stopping';

/** What runs of plans share. */
export interface RunParts extends ChunkParts {
  readonly store: PlanStore;
}

/** One run of a plan. */
export interface Run {
  /**
   * Tries all messages.
   * @returns why it stopped before, undefined when all were tried
   * @throws what keeps plan or journal from being written
   */
  carryOut(): Promise<{ readonly why: PauseReason; readonly error?: Error } | undefined>;
}

/** What a run begins with. */
export interface RunStart {
  readonly tried: readonly Tried[];
  /** Of the messages that are not tried. */
  readonly notes: readonly PlanNote[];
  /** How many of those were carried out and refused before. */
  readonly before: { readonly done: number; readonly refused: number };
}

/** Messages that are read, written down and ended together. */
const LARGEST_CHUNK = 40;
/** So many chunks are under way at once at most: some are read while others are sent and read back. */
const CHUNKS = 10;

/** One run of a plan, from its first reading to the last answer. */
export class PlanRun implements Run, RunUnderWay {
  private readonly waiting: Tried[];
  private readonly notes: PlanNote[];
  readonly stopping: Stopping;
  readonly ahead: ReadingAhead;
  readonly latest: LatestReadings;
  private done: number;
  private refused: number;
  private ended: number;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly plan: Plan,
    private readonly parts: RunParts,
    private readonly options: PlanRunOptions,
    { tried, notes, before }: RunStart,
  ) {
    this.waiting = [...tried];
    this.notes = [...notes];
    this.stopping = new Stopping(options.signal, parts.timing);
    const { perSecond } = options;
    this.ahead = new ReadingAhead(perSecond, Math.max(4, Math.min(LARGEST_CHUNK, Math.floor(perSecond / 4))));
    this.latest = new LatestReadings();
    this.done = before.done;
    this.refused = before.refused;
    this.ended = plan.items.length - tried.length;
  }

  async carryOut() {
    const tasks = new Set<Promise<void>>();
    this.tell();
    while ((this.waiting.length > 0 || tasks.size > 0) && !this.stopping.stopped && !this.failure) {
      const mayBegin = this.waiting.length > 0 && tasks.size < CHUNKS;
      const count = this.ahead.atOnce;
      if (!mayBegin || !this.ahead.hasRoom(count)) {
        await Promise.race([...tasks, ...(mayBegin ? [this.ahead.changed] : [])]);
        continue;
      }
      const task = this.one(this.waiting.splice(0, count)).finally(() => tasks.delete(task));
      tasks.add(task);
    }
    await Promise.all(tasks);
    await this.keepNotes(this.failure === undefined);
    if (this.failure) throw this.failure.error;
    return this.stopping.why;
  }

  /** Tries some messages. What keeps it from being written down ends the run. */
  private async one(tried: readonly Tried[]): Promise<void> {
    const chunk = new Chunk(this.plan, this.parts, this.options, this);
    try {
      await this.follow(chunk, await chunk.carryOut(tried));
    } catch (error) {
      this.failure ??= { error };
    }
  }

  private async follow(chunk: Chunk, again: readonly Tried[]): Promise<void> {
    this.waiting.push(...again);
    this.notes.push(...chunk.notes);
    for (const { index, end, content } of chunk.ends) {
      this.ended += 1;
      if (end === 'done') this.done += 1;
      if (end === 'refused') this.refused += 1;
      const item = this.plan.items[index];
      if (!item) continue;
      const sent = { ...item.base, ...item.content };
      this.options.onEvent?.({ address: item.address, end, sent, ...(content && { content }) });
    }
    this.tell();
    if (chunk.notes.length > 0) await this.keepNotes(false);
  }

  private tell(): void {
    const { done, refused, ended } = this;
    this.options.onProgress?.({ total: this.plan.items.length, ended, done, refused });
  }

  /** Notes that are lost are only read anew, so that they stop nothing; at the end of a run they are told of. */
  private async keepNotes(must: boolean): Promise<void> {
    if (this.notes.length === 0) return;
    try {
      await this.parts.store.setNotes(this.plan.id, this.notes);
    } catch (error) {
      if (must) throw error;
    }
  }
}
