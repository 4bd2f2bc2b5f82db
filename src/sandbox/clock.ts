/** How a clock stands, as `/sandbox/clock` tells it. */
export interface ClockState {
  /** Unix seconds, with milliseconds behind the point. */
  readonly now: number;
  /** The same as ISO 8601 in UTC. */
  readonly iso: string;
  readonly frozen: boolean;
  /** Seconds ahead of the machine's clock; negative behind it. */
  readonly ahead: number;
}

/** Where a clock ends, 2106-02-07T06:28:15Z: later seconds do not fit into the 32 bits of a message's time. */
const LATEST_MS = 4_294_967_295_000;

/**
 * The clock of a sandbox: the machine's, until somebody sets, moves or freezes it. Everything that has to do with time
 * follows it: UserSigs, days of history, the window of repeated messages, calls a second, times of messages.
 */
export class Clock {
  private aheadMs = 0;
  private frozenAt: number | undefined;

  /** @param machine the machine's clock, in Unix milliseconds */
  constructor(private readonly machine: () => number) {}

  /** Unix milliseconds. */
  readonly now = (): number => Math.min(this.frozenAt ?? this.machine() + this.aheadMs, LATEST_MS);

  get state(): ClockState {
    const now = this.now();
    return {
      now: now / 1000,
      iso: new Date(now).toISOString(),
      frozen: this.frozenAt !== undefined,
      ahead: (now - this.machine()) / 1000,
    };
  }

  /**
   * Changes the clock: `{"set": …}` to Unix seconds or an ISO text, `{"move": …}` by seconds, `{"freeze": …}` stops it or lets
   * it go on from where it stands; of several, in this order.
   *
   * @returns true when it went back
   * @throws {Error} that names what is wrong; then nothing changed
   */
  change(value: Record<string, unknown>): boolean {
    const before = this.now();
    const { set, move, freeze, ...others } = value;
    const [other] = Object.keys(others);
    if (other !== undefined) throw new Error(`A clock has no ${other}; it takes set, move and freeze.`);
    if (move !== undefined && typeof move !== 'number') throw new Error('move is a number of seconds.');
    if (freeze !== undefined && typeof freeze !== 'boolean') throw new Error('freeze is true or false.');
    const target = (set === undefined ? before : millisecondsOf(set)) + (move ?? 0) * 1000;
    if (!(target >= 0 && target <= LATEST_MS)) throw new Error('The time is not between 1970 and 2106.');
    this.aheadMs = target - this.machine();
    this.frozenAt = (freeze ?? this.frozenAt !== undefined) ? target : undefined;
    return target < before;
  }

  /** The machine's time again. */
  reset(): void {
    this.aheadMs = 0;
    this.frozenAt = undefined;
  }

  /** Puts the clock where it stood when the state was taken: as far ahead, or frozen at that time. */
  restore({ now, frozen, ahead }: ClockState): void {
    this.aheadMs = ahead * 1000;
    this.frozenAt = frozen ? now * 1000 : undefined;
  }
}

function millisecondsOf(value: unknown): number {
  if (typeof value === 'number') return value * 1000;
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(parsed))
    throw new Error('set is a number of Unix seconds or a time such as 2026-01-31T11:33:20Z.');
  return parsed;
}
