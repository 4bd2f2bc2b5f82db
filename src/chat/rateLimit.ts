import { setTimeout as sleep } from 'node:timers/promises';

export interface RateLimitOptions {
  /**
   * Length of the window in milliseconds, default 1020: a second, and a fiftieth more. Requests do not all take the
   * same time to get there, so a window of exactly one second here could be a shorter one for the service.
   */
  readonly windowMs?: number;
  /** A clock in milliseconds that never runs backwards. */
  readonly now?: () => number;
}

/**
 * Lets calls start so that no window of time ever holds more than `limit` of them: a strict sliding window, without
 * a burst at its edges. Waiting calls start in the order in which they came.
 */
export class RateLimit {
  private readonly windowMs: number;
  private readonly now: () => number;
  /** When the last `limit` calls started; a ring whose oldest stands at `next`. */
  private readonly starts: number[];
  private next = 0;
  private queue: Promise<void> = Promise.resolve();

  constructor(limit: number, options: RateLimitOptions = {}) {
    this.windowMs = options.windowMs ?? 1020;
    this.now = options.now ?? (() => performance.now());
    this.starts = new Array<number>(limit).fill(Number.NEGATIVE_INFINITY);
  }

  /**
   * Waits until one more call may start, and counts it.
   *
   * @throws the signal's reason when it is aborted before; the call is not counted then
   */
  async take(signal?: AbortSignal): Promise<void> {
    const before = this.queue;
    const turn = before.then(() => this.takeTurn(signal));
    this.queue = turn.catch(() => undefined);
    await turn;
  }

  /** Starts `task` as soon as it may. */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.take(signal);
    return task();
  }

  private async takeTurn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    // A timer may fire a fraction early, hence the loop.
    for (;;) {
      const wait = (this.starts[this.next] ?? 0) + this.windowMs - this.now();
      if (wait <= 0) break;
      await sleep(Math.ceil(wait), undefined, { ref: true, ...(signal && { signal }) });
    }
    this.starts[this.next] = this.now();
    this.next = (this.next + 1) % this.starts.length;
  }
}
