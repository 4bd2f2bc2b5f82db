import type { RowKey } from '../conversation/rowViews';
import type { Gap } from '../conversation/timeline';
import type { Reader } from '../conversation/reader';
import { isCancellation } from '../ui/cancellation';
import type { Log } from '../ui/log';
import type { Notices } from '../ui/notices';
import { isGone, type Phase } from './notice';
import type { PageList } from './pageList';

/** What a page reads, one after the other; what fails is said in the page. */
export class PageReading {
  phase: Phase = 'loading';
  private readonly abort = new AbortController();
  /** What is being read in gaps. */
  private readonly fills = new Map<RowKey, Promise<boolean>>();
  private last: Promise<boolean> = Promise.resolve(false);

  /** @param onDidRead after each reading, however it ended, with the rows that look otherwise with it */
  constructor(
    private readonly reader: Reader,
    private readonly list: PageList,
    private readonly reports: { readonly notices: Notices; readonly log: Log },
    private readonly onDidRead: (others: readonly RowKey[]) => void,
  ) {}

  /** @returns false when it failed */
  run(work: (reader: Reader, signal: AbortSignal) => Promise<void>): Promise<boolean> {
    return this.turn(work, (error, failure) => {
      this.phase = error === undefined ? 'read' : { failed: error, isGone: isGone(failure) };
    });
  }

  /** Reads in a gap, or waits until it was read in by another. @returns false when nothing came of it */
  async fill(key: RowKey, from: 'above' | 'below'): Promise<boolean> {
    const gap = this.list.gap(key);
    const under = this.fills.get(key);
    if (under || !gap) return under ?? false;
    const done = this.readIn(gap, from).finally(() => this.fills.delete(key));
    this.fills.set(key, done);
    return done;
  }

  private async readIn(gap: Gap, from: 'above' | 'below'): Promise<boolean> {
    const { key } = gap;
    const { filling, failures } = this.list.rows;
    filling.add(key);
    failures.delete(key);
    this.list.sendRows([key]);
    const done = await this.turn(
      (reader, signal) => reader.fill(this.list.viewed, gap, from, signal),
      (error) => {
        filling.delete(key);
        if (error !== undefined) failures.set(key, error);
      },
    );
    this.list.sendRows([key]);
    return done;
  }

  /** Reads the newest of what is missing; at the beginning that is what is read first. @returns false when nothing came of it */
  async more(): Promise<boolean> {
    if (this.phase === 'loading') return this.last;
    const gap = this.list.all.filter(({ kind }) => kind === 'gap').at(-1);
    return gap !== undefined && this.fill(gap.key, 'below');
  }

  dispose(): void {
    this.abort.abort();
  }

  private turn(
    work: (reader: Reader, signal: AbortSignal) => Promise<void>,
    ended: (error: string | undefined, failure: unknown) => void,
  ): Promise<boolean> {
    const { signal } = this.abort;
    const done = this.last.then(async () => {
      let error: string | undefined;
      let reason: unknown;
      try {
        if (!signal.aborted) await work(this.reader, signal);
      } catch (failure) {
        if (!isCancellation(failure)) this.reports.log.warn(String(failure));
        error = this.reports.notices.message(failure);
        reason = failure;
      }
      if (signal.aborted) return false;
      ended(error, reason);
      this.onDidRead(this.list.update());
      return error === undefined;
    });
    this.last = done;
    return done;
  }
}
