// @ts-check
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/**
 * Mocha's usual output, and the counts as JSON in the file that the environment variable TEST_RESULTS names:
 * what a run that dies half-way does not write.
 */
module.exports = class CountingReporter extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    const counts = { passed: 0, failed: 0, skipped: /** @type {string[]} */ ([]) };
    /** @type {{ title: string, ms: number }[]} */
    const tests = [];
    runner.on(EVENT_TEST_PASS, (/** @type {Mocha.Test} */ test) => {
      counts.passed++;
      tests.push({ title: test.fullTitle(), ms: test.duration ?? 0 });
    });
    runner.on(EVENT_TEST_FAIL, () => counts.failed++);
    runner.on(EVENT_TEST_PENDING, (/** @type {Mocha.Test} */ test) => counts.skipped.push(test.fullTitle()));
    runner.once(EVENT_RUN_END, () => {
      const slowest = tests.sort((a, b) => b.ms - a.ms).slice(0, 10);
      if (process.env.TEST_RESULTS)
        writeFileSync(process.env.TEST_RESULTS, JSON.stringify({ ...counts, slowest }));
    });
  }
};
