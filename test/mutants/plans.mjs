// @ts-check
/** Plans: what they overwrite, what they take back, and what they do after a crash. */
/** @type {import("../../scripts/mutants.mjs").Mutant[]} */
export default [
  {
    breaks: 'a rollback takes what was read back for what the plan left',
    file: 'src/bulk/rollback.ts',
    from: '({ address, before, intent }) => {',
    to: '({ address, before, intent, outcome }) => {\n    if (before && outcome.readBack) return [{ address, base: outcome.readBack, mine: before }];',
    tests: 'bulk/plans.test.ts',
  },
  {
    breaks: 'a plan overwrites what somebody changed since it was made',
    file: 'src/bulk/plan.ts',
    from: "return sameContent(shown, base) ? undefined : 'conflict';",
    to: 'return sameContent(shown, base) ? undefined : undefined;',
    tests: 'bulk/nothingLost.test.ts',
  },
  {
    breaks: 'a message is modified on the reading that it waited with, whatever a later one shows',
    file: 'src/bulk/latestReadings.ts',
    from: 'if (!known || known.at.order < reading.at.order)',
    to: 'if (!known || known.at.order > reading.at.order)',
    tests: 'bulk/latestReadings.test.ts',
  },
  {
    breaks: 'a page of neighbours is passed over as long as its message is being read',
    file: 'src/bulk/chunk.ts',
    from: 'for (const one of held) latest.follow(addressKey(this.item(one).address));',
    to: '',
    tests: 'bulk/plans.test.ts',
  },
  {
    breaks: 'a message that was read again is modified whatever a page of its neighbours shows later',
    file: 'src/bulk/chunk.ts',
    from: 'await readOne(this.reader, item.address)',
    to: 'await readOne({ ...this.reader, count: () => Infinity }, item.address)',
    tests: 'bulk/plans.test.ts',
  },
  {
    breaks: 'a reading that was tried again counts as begun when it was first tried',
    file: 'src/bulk/pageReading.ts',
    from: '    at = momentOf(reader);\n    return',
    to: '    return',
    tests: 'bulk/pageReading.test.ts',
  },
  {
    breaks: 'of two windows that settle messages of one group, one forgets what the other found out',
    file: 'src/modify/lock.ts',
    from: 'await this.takeNamed(name, { waitMs: WORK_WAIT_MS, pollMs: WORK_POLL_MS });',
    to: "{ kind: 'busy', lock: { release: async () => {} } };",
    tests: 'journal/planRevisions.test.ts',
  },
  {
    breaks: 'a call that came late crowds the second in which it came',
    file: 'src/bulk/slowCalls.ts',
    from: 'if (ms - this.quickest > slowMs) this.unpaid.push(now);',
    to: '',
    tests: 'bulk/pace.test.ts',
  },
  {
    breaks: 'a plan that goes on passes over what is not known',
    file: 'src/bulk/report.ts',
    from: "return end === 'notTried' || end === 'unknown' ||",
    to: "return end === 'notTried' ||",
    tests: 'bulk/plans.test.ts',
  },
];
