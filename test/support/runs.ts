/** Whether this is `npm run soak`, which has hours. */
export const soaks = process.env.SOAK === '1';

/**
 * How often a property test runs: `short` in `npm test`, `long` in `npm run soak`. The seed is fixed in the short
 * version, so that a failure there is the change's and not chance's.
 */
export function runs(short: number, long: number): { numRuns: number; seed?: number } {
  return soaks ? { numRuns: long } : { numRuns: short, seed: 20_261 };
}
