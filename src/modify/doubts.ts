import type { SettleOptions, SettleReport } from './unfinishedRevisions';

/** A connection that answers, but whose messages could not be read, is tried again after so long at the soonest. */
const againAfterMs = 30_000;

export interface DoubtsOptions {
  /** Settles what is in doubt, of one connection or of all; must not ask anybody. */
  readonly settle: (options: SettleOptions) => Promise<SettleReport>;
  /** Told what was found out. */
  readonly onReport: (report: SettleReport) => void;
  readonly now?: () => number;
}

/**
 * Sees that every modification whose end is not known is settled: at the start, and where that was not possible (the
 * sandbox did not run yet, the secret was not at hand, the network was gone), as soon as its connection answers.
 */
export class Doubts {
  /** Connections with doubts that are left, and since when they may be tried again. */
  private readonly left = new Map<string, number>();
  private readonly running = new Set<string>();
  private readonly ended = new AbortController();
  private readonly now: () => number;

  constructor(private readonly options: DoubtsOptions) {
    this.now = options.now ?? Date.now;
  }

  /** Tries to settle all there is, or all of one connection. */
  async settle(connectionId?: string): Promise<void> {
    const report = await this.options.settle({ connectionId, signal: this.ended.signal });
    for (const id of this.left.keys())
      if (connectionId === undefined || id === connectionId) this.left.delete(id);
    for (const { revision, why } of report.left) this.left.set(revision.connection.id, this.againAt(why));
    this.options.onReport(report);
  }

  /** A connection has just answered something: what was left of it is tried now. */
  async reached(connectionId: string): Promise<void> {
    const again = this.left.get(connectionId);
    if (again === undefined || again > this.now() || this.running.has(connectionId)) return;
    this.running.add(connectionId);
    try {
      await this.settle(connectionId);
    } finally {
      this.running.delete(connectionId);
    }
  }

  /** Ends reading; what is not settled then is settled at the next start. */
  dispose(): void {
    this.ended.abort();
    this.left.clear();
  }

  /** Where there was no client, nothing was tried; the next answer shows that there is one. */
  private againAt(why: SettleReport['left'][number]['why']): number {
    return why === 'noClient' ? 0 : this.now() + againAfterMs;
  }
}
