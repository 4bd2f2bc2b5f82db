import { setMaxListeners } from 'node:events';
import { byChat } from '../../chat/byChat';
import { ChatServiceError } from '../../chat/errors';
import type { RevisionEnd } from '../../journal/planRevisions';
import { importAccounts } from '../../modify/accountImport';
import type { Plan, PlanItem } from '../plan';
import type { Run, RunParts, RunStart } from '../planRun';
import type { PlanProgress, PlanRunOptions } from '../runOptions';
import { Stopping } from '../stopping';
import { GROUP_MOST, importTogether, type ImportEnd, type ImportParts } from './importCall';

/** Messages of two users that are written down and ended together. */
const LARGEST_CHUNK = 40;
/** So many chunks are under way at once: some are written down while others wait for their turn. */
const CHUNKS = 10;

/** One message of a plan, with its place in it. */
interface Numbered extends PlanItem {
  readonly item: number;
}

/**
 * One run of an import: accounts first, then messages in the order of the plan, which is by rising time. Those of two users
 * leave in that order, many at once; those of a group or a topic go one call after the other.
 */
export class ImportRun implements Run {
  private readonly stopping: Stopping;
  private counts: PlanProgress;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly plan: Plan,
    private readonly parts: RunParts,
    private readonly options: PlanRunOptions,
    private readonly start: Pick<RunStart, 'tried' | 'before'> & {
      /** Why it is not known what earlier runs came to; then nothing is sent. */
      readonly unsettled: Error | undefined;
    },
  ) {
    this.stopping = new Stopping(options.signal, parts.timing);
    // Each call that waits for its turn listens to it.
    setMaxListeners(0, this.stopping.signal);
    const total = plan.items.length;
    this.counts = { total, ended: total - start.tried.length, ...start.before };
  }

  async carryOut() {
    const { stopping, plan } = this;
    const { tried, unsettled } = this.start;
    if (unsettled) stopping.stop('network', unsettled);
    const items = tried.flatMap(({ index }): Numbered[] => {
      const item = plan.items[index];
      return item ? [{ ...item, item: index }] : [];
    });
    this.tell([]);
    await this.importAccounts();
    const single = items.filter(({ address }) => address.chat === 'c2c');
    const groups = byChat(items.filter(({ address }) => address.chat === 'group'));
    const size = Math.max(4, Math.min(LARGEST_CHUNK, Math.floor(this.options.perSecond / 4)));
    // An iterator that all share hands each chunk out once.
    const chunks = inChunks(single, size);
    const lanes = groups.values();
    await Promise.all(
      Array.from({ length: CHUNKS }, async () => {
        for (const { items: own } of lanes)
          await this.oneAfterTheOther(inChunks(own, GROUP_MOST), GROUP_MOST);
        await this.oneAfterTheOther(chunks, 1);
      }),
    );
    if (this.failure) throw this.failure.error;
    return stopping.why;
  }

  /** @param together so many messages go in one call */
  private async oneAfterTheOther(chunks: Iterable<readonly Numbered[]>, together: number): Promise<void> {
    for (const chunk of chunks) {
      if (!(await this.stopping.clear())) return;
      try {
        await this.one(chunk, together);
      } catch (error) {
        // What cannot be written down ends the run.
        this.failure ??= { error };
        this.stopping.stop('asked');
      }
    }
  }

  /** Writes down what is about to be sent in one durable write, sends it, and writes down what became of it. */
  private async one(chunk: readonly Numbered[], together: number): Promise<void> {
    const { journal, timing } = this.parts;
    const { id, connection } = this.plan;
    const entries = chunk.map(({ address, content, item }) => ({
      ...{ action: 'import' as const, connection, address, before: null, intent: content, item },
    }));
    const revisions = await journal.beginMany(id, entries);
    const { client, gates } = this.options;
    const parts: ImportParts = { client, gates, timing, stopping: this.stopping };
    const calls = await Promise.all(
      [...inChunks(chunk, together)].map((items) => importTogether(items, parts)),
    );
    const ends = new Map(calls.flatMap((call): [PlanItem, ImportEnd][] => [...call]));
    const settled = chunk.flatMap((item, at): RevisionEnd[] => {
      const [revision, end] = [revisions[at], ends.get(item)];
      if (!revision || !end) return [];
      return [
        { revision: { ...revision, ...(end.address && { address: end.address }) }, outcome: end.outcome },
      ];
    });
    await journal.settleMany(settled);
    this.tell(settled);
  }

  /** One that is there already is imported again, which changes nothing about it. */
  private async importAccounts(): Promise<void> {
    const { accounts = [] } = this.plan;
    const { stopping } = this;
    if (accounts.length === 0 || this.start.tried.length === 0 || stopping.stopped) return;
    const { timing } = this.parts;
    const end = await importAccounts(this.options.client, accounts, { signal: stopping.signal, timing });
    // Of those that the service does not take, the answers to their messages tell.
    if (end.kind === 'done') return;
    if (end.kind === 'cancelled') stopping.stop('asked');
    else stopping.stop(ChatServiceError.is(end.error) ? 'stopAll' : 'network', end.error);
  }

  private tell(settled: readonly RevisionEnd[]): void {
    const having = (state: string): number => settled.filter(({ outcome }) => outcome.state === state).length;
    const { total, ended, done, refused } = this.counts;
    this.counts = {
      total,
      ended: ended + settled.length - having('notDone'),
      done: done + having('done'),
      refused: refused + having('refused'),
    };
    this.options.onProgress?.(this.counts);
  }
}

function* inChunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
