import { Chunk, type ChunkParts, type Tried } from './chunk';
import type { PauseReason, Plan, PlanNote } from './plan';
import type { PlanRunOptions } from './runOptions';
import type { PlanStore } from './planStore';
import { Stopping } from './stopping';

/** What runs of plans share. */
export interface RunParts extends ChunkParts {
  readonly store: PlanStore;
}

/** What a run begins with. */
interface RunStart {
  readonly tried: readonly Tried[];
  /** Of the messages that are not tried. */
  readonly notes: readonly PlanNote[];
  /** How many of those were carried out and refused before. */
  readonly before: { readonly done: number; readonly refused: number };
}

/** Messages that are read, written down and ended together. */
const LARGEST_CHUNK = 40;
/** So many chunks are under way at once: one is read while others are sent and read back. */
const CHUNKS = 4;

/** One run of a plan, from its first reading to the last answer. */
export class PlanRun {
  private readonly waiting: Tried[];
  private readonly notes: PlanNote[];
  private readonly stopping: Stopping;
  private readonly chunkSize: number;
  private done: number;
  private refused: number;
  private ended: number;

  constructor(
    private readonly plan: Plan,
    private readonly parts: RunParts,
    private readonly options: PlanRunOptions,
    { tried, notes, before }: RunStart,
  ) {
    this.waiting = [...tried];
    this.notes = [...notes];
    this.stopping = new Stopping(options.signal, parts.timing);
    this.chunkSize = Math.max(4, Math.min(LARGEST_CHUNK, Math.floor(options.perSecond / 4)));
    this.done = before.done;
    this.refused = before.refused;
    this.ended = plan.items.length - tried.length;
  }

  /**
   * Tries all messages.
   * @returns why it stopped before, undefined when all were tried
   */
  async carryOut(): Promise<{ readonly why: PauseReason; readonly error?: Error } | undefined> {
    const tasks = new Set<Promise<void>>();
    let failure: { readonly error: unknown } | undefined;
    this.tell();
    while ((this.waiting.length > 0 || tasks.size > 0) && !this.stopping.stopped && !failure) {
      if (this.waiting.length === 0 || tasks.size >= CHUNKS) {
        await Promise.race(tasks);
        continue;
      }
      const chunk = new Chunk(this.plan, this.parts, this.options, this.stopping);
      const tried = this.waiting.splice(0, this.chunkSize);
      try {
        await chunk.prepare(tried);
      } catch (error) {
        failure = { error };
      }
      const task = (failure ? chunk.giveUp() : chunk.carryOut())
        .then((left) => this.follow(chunk, left))
        .catch((error: unknown) => void (failure ??= { error }))
        .finally(() => tasks.delete(task));
      tasks.add(task);
    }
    await Promise.all(tasks);
    await this.keepNotes(failure === undefined);
    if (failure) throw failure.error;
    return this.stopping.why;
  }

  private async follow(chunk: Chunk, again: readonly Tried[]): Promise<void> {
    this.waiting.push(...again);
    this.notes.push(...chunk.notes);
    for (const { index, end, content } of chunk.ends) {
      this.ended += 1;
      if (end === 'done') this.done += 1;
      if (end === 'refused') this.refused += 1;
      const { address } = this.plan.items[index] ?? {};
      if (address) this.options.onEvent?.({ address, end, ...(content && { content }) });
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
