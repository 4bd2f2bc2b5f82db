import { sleep } from '../chat/wire/sleep';

/** Time and chance as the modifier sees them; tests bring their own. */
export interface Timing {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since some moment, by a clock that nobody sets. It may stand still while the machine sleeps. */
  steady(): number;
  /** Returns after `ms`, or at once when the signal is aborted. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** 0 ≤ x < 1, for jitter. */
  random(): number;
}

/** The real thing. */
export const nodeTiming: Timing = {
  now: Date.now,
  steady: () => performance.now(),
  random: Math.random,
  sleep,
};

const firstDelayMs = 400;
const longestDelayMs = 8_000;

/** How long to wait before try number `attempt` (1 is the first retry): doubling, half of it by chance. */
export function retryDelay(attempt: number, timing: Timing): number {
  const full = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
  return full * (0.5 + timing.random() / 2);
}
