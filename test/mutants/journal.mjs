// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'a setting that cannot be meant counts as its default',
    file: 'src/contributions/settingChecks.ts',
    from: 'return setting.accepts(value) ? { value, wrong: false } : { value: setting.fallback, wrong: true };',
    to: 'return { value: value as T, wrong: false };',
    tests: 'contributions',
  },
  {
    breaks: 'a clock that was years ahead costs no revision',
    file: 'src/journal/retention.ts',
    from: 'Math.min(gap, longestGapMs)',
    to: 'gap',
    tests: 'journal',
  },
  {
    breaks: 'the last thousand stay whatever their age',
    file: 'src/journal/retention.ts',
    from: 'candidates.length - index > limits.keepNewest && ',
    to: '',
    tests: 'journal',
  },
  {
    breaks: 'ids rise with the newest of all connections',
    file: 'src/journal/journal.ts',
    from: '(await this.newestTime()) + 1',
    to: '0',
    tests: 'journal',
  },
  {
    breaks: 'a cancel is one although the journal cannot be written',
    file: 'src/modify/modifier.ts',
    from: 'discard: (revision) => orTell(() => journal.discard(revision)),',
    to: 'discard: (revision) => journal.discard(revision),',
    tests: 'modify/modifier.test.ts',
  },
  {
    breaks: 'a lock that a full disk did not take whole keeps nobody off',
    file: 'src/modify/lock.ts',
    from: `      this.held.delete(token);
      await fs.unlink(file).catch(() => undefined);
      throw error;`,
    to: '      throw error;',
    tests: 'modify/lock.test.ts',
  },
  {
    breaks: 'a doubt that was left for want of a client is settled once its connection answers',
    file: 'src/modify/doubts.ts',
    from: 'for (const { revision, why } of report.left) this.left.set(revision.connection.id, this.againAt(why));',
    to: '',
    tests: 'modify/doubts.test.ts',
  },
];
