// @ts-check
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/**
 * Mocha's usual output, and each test's result as JSON in the file that the environment variable TEST_RESULTS names:
 * what a run that dies half-way does not write.
 */
module.exports = class CountingReporter extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    const skipped = /** @type {string[]} */ ([]);
    const passed = /** @type {{ title: string, ms: number }[]} */ ([]);
    const failed = /** @type {{ title: string, error: string }[]} */ ([]);
    runner.on(EVENT_TEST_PASS, (/** @type {Mocha.Test} */ test) => {
      passed.push({ title: test.fullTitle(), ms: test.duration ?? 0 });
    });
    // A hook that fails is told here too, under its own title.
    runner.on(EVENT_TEST_FAIL, (/** @type {Mocha.Test} */ test, /** @type {unknown} */ error) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      failed.push({ title: test.fullTitle(), error: text });
    });
    runner.on(EVENT_TEST_PENDING, (/** @type {Mocha.Test} */ test) => skipped.push(test.fullTitle()));
    runner.once(EVENT_RUN_END, () => {
      if (process.env.TEST_RESULTS)
        writeFileSync(process.env.TEST_RESULTS, JSON.stringify({ passed, failed, skipped }));
    });
  }
};
