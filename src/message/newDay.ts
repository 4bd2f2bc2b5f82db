/** Between two looks at the clock: a machine may sleep through midnight, or move to another zone. */
const LOOK_MS = 30_000;

/**
 * Tells whenever another day has begun here: what says today, or tells a time without its date, is wrong from then on.
 *
 * @param now Unix milliseconds
 * @returns what ends it
 */
export function onNewDay(tell: () => void, now: () => number = Date.now, lookMs = LOOK_MS): () => void {
  const today = (): string => new Date(now()).toDateString();
  let day = today();
  const timer = setInterval(() => {
    const before = day;
    day = today();
    if (day !== before) tell();
  }, lookMs);
  return () => clearInterval(timer);
}
