import * as fc from 'fast-check';
import type { Environment } from '../../src/journal/revision';
import type { ConflictChoice } from '../../src/modify/modifyRequest';
import type { LineAction } from './faultyLine';

/** What goes wrong while one message is modified. Steps are disk operations, requests, waits and questions. */
export interface Plan {
  /** What is edited first when there is no draft. */
  readonly member: 'body' | 'cloud' | 'both';
  readonly environment: Environment;
  /** What becomes of the requests, one after the other; the rest passes. */
  readonly line: readonly LineAction[];
  readonly conflict: readonly ConflictChoice[];
  readonly unreadable: 'withoutCopy' | 'cancel';
  /** A colleague changes the message at these of the moments at which the tool has to notice it. */
  readonly foreignAt: readonly number[];
  /** The window dies at this step of it. */
  readonly dieAt: number | undefined;
  /** …and the power goes with it: what was not synced is lost. */
  readonly powerCut: boolean;
  readonly cancelAt: number | undefined;
}

export type Command =
  | { readonly kind: 'edit'; readonly message: number; readonly member: 'body' | 'cloud' | 'both' }
  | {
      readonly kind: 'foreign';
      readonly message: number;
      readonly member: 'body' | 'cloud';
      readonly copies: boolean;
    }
  | { readonly kind: 'modify'; readonly message: number; readonly plan: Plan }
  | { readonly kind: 'restart'; readonly powerCut: boolean };

export const lineActions: fc.Arbitrary<LineAction> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<LineAction>('pass') },
  {
    weight: 5,
    arbitrary: fc.constantFrom<LineAction>(
      'dropBefore',
      'gatewayBefore',
      'dropAfter',
      'halfAfter',
      'gatewayAfter',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<LineAction>(20004, 20005, 91000, 90992, 60007, 20027, 20028, 90007),
  },
  // Codes that do not tell: time-outs, internal errors, and one that nobody documented.
  {
    weight: 4,
    arbitrary: fc
      .record({ code: fc.constantFrom(60008, 60014, 90994, 90995, 91000, 424_242), after: fc.boolean() })
      .map(({ code, after }): LineAction => (after ? { codeAfter: code } : code)),
  },
);

export function rarely<T>(arbitrary: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 10 - weight, arbitrary: fc.constant(undefined) }, { weight, arbitrary });
}

const members = fc.constantFrom('body' as const, 'cloud' as const, 'both' as const);

const plans: fc.Arbitrary<Plan> = fc.record({
  member: members,
  environment: fc.constantFrom<Environment>('sandbox', 'test', 'production'),
  line: fc.array(lineActions, { maxLength: 8 }),
  conflict: fc.array(
    fc.constantFrom<ConflictChoice>('keepMine', 'keepMine', 'takeService', 'mergeByHand', 'cancel'),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
  unreadable: fc.constantFrom('withoutCopy', 'cancel'),
  foreignAt: fc.uniqueArray(fc.nat(6), { maxLength: 2 }),
  dieAt: rarely(fc.nat(70), 4),
  powerCut: fc.boolean(),
  cancelAt: rarely(fc.nat(8), 2),
});

const message = fc.nat(1);

export const commandLists: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('edit' as const),
        message,
        member: members,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('foreign' as const),
        message,
        member: fc.constantFrom('body' as const, 'cloud' as const),
        copies: fc.boolean(),
      }),
    },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('modify' as const), message, plan: plans }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), powerCut: fc.boolean() }) },
  ),
  { minLength: 3, maxLength: 12, size: 'max' },
);
