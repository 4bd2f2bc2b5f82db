import * as fc from 'fast-check';
import type { LineAction } from './faultyLine';
import { lineActions, rarely } from './lossPlans';

/** What goes wrong in one run of a plan. Steps are disk operations, waits and requests. */
export interface RunFaults {
  /** What becomes of the requests, one after the other; the rest passes. */
  readonly line: readonly LineAction[];
  /** A colleague changes a message when the plan begins its reading of this number. */
  readonly foreign: readonly { readonly at: number; readonly message: number; readonly copies: boolean }[];
  readonly pauseAt: number | undefined;
  readonly dieAt: number | undefined;
  readonly powerCut: boolean;
  readonly diskFullAt: number | undefined;
  readonly clockJump: { readonly at: number; readonly ms: number } | undefined;
  /** Another window runs it, too. */
  readonly twoWindows: boolean;
}

export const runFaults: fc.Arbitrary<RunFaults> = fc.record({
  line: fc.array(lineActions, { maxLength: 25 }),
  foreign: fc.array(
    fc.record({ at: fc.nat({ max: 8 }), message: fc.nat({ max: 11 }), copies: fc.boolean() }),
    { maxLength: 3 },
  ),
  pauseAt: rarely(fc.nat({ max: 25 }), 3),
  dieAt: rarely(fc.nat({ max: 250 }), 4),
  powerCut: fc.boolean(),
  diskFullAt: rarely(fc.nat({ max: 20 }), 2),
  clockJump: rarely(
    fc.record({ at: fc.nat({ max: 20 }), ms: fc.constantFrom(-3_600_000, 10_000, 3_600_000) }),
    2,
  ),
  twoWindows: fc.boolean(),
});

/** The runs of a plan, of the plan that rolls it back, of the one that rolls that back, and so on. */
export const planStories = fc.array(fc.array(runFaults, { maxLength: 3 }), {
  minLength: 1,
  maxLength: 4,
  size: 'max',
});
