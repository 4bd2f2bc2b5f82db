// @ts-check
import { mkdtemp, mkdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './processes.mjs';
import { root } from './root.mjs';

/**
 * What a run of mocha counted. One that died before its end counts as a failure, and so does one without tests
 * and each test that was skipped: what was not seen to work did not pass.
 *
 * @typedef {{ passed: number, failed: number, notes: string[] }} Counts
 */

/** @typedef {{ grep?: string }} SuiteOptions */

/**
 * Runs the tests of `out/<kind>` with mocha in this Node's own process kind.
 *
 * @param {'unit' | 'ui'} kind
 * @param {SuiteOptions} options
 * @returns {Promise<Counts>}
 */
export function runMocha(kind, { grep }) {
  return counted(grep, async (env) => {
    const args = [
      path.join(root, 'node_modules/mocha/bin/mocha.js'),
      ...['--reporter', path.join(root, 'test/support/reporter.cjs')],
      ...['--timeout', kind === 'unit' ? '10000' : '60000'],
      // A browser on a busy machine may let one click go by; what fails twice is ours. Each second try is told.
      ...(kind === 'ui' ? ['--retries', '1'] : []),
      ...(grep === undefined ? [] : ['--grep', grep]),
      ...['--recursive', '--extension', '.test.js', path.join('out', kind)],
    ];
    await run(process.execPath, args, { cwd: root, env });
  });
}

/**
 * Runs the tests of `out/host` in the extension host of a VS Code.
 *
 * @param {string} version of the headless VS Code, or `desktop` for a downloaded one
 * @param {SuiteOptions} options
 * @returns {Promise<Counts>}
 */
export async function runInHost(version, { grep }) {
  const { runTests } = await import('@vscode/test-electron');
  return counted(grep, async (env) => {
    const home = await mkdtemp(path.join(tmpdir(), 'host-tests-'));
    const folder = path.join(home, 'workspace');
    await mkdir(folder);
    try {
      await runTests({
        vscodeExecutablePath:
          version === 'desktop' ? undefined : path.join(root, 'test/support/code-headless'),
        extensionDevelopmentPath: root,
        extensionTestsPath: path.join(root, 'out/host/index.js'),
        launchArgs: [
          folder,
          `--user-data-dir=${path.join(home, 'user-data')}`,
          `--extensions-dir=${path.join(home, 'extensions')}`,
        ],
        extensionTestsEnv: { ...env, ...(version === 'desktop' ? {} : { VSCODE_HOST_VERSION: version }) },
      });
    } catch (error) {
      // Failed tests are in the counts; anything else leaves none.
      console.log(error instanceof Error ? error.message : error);
    } finally {
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}

/**
 * @param {string | undefined} grep
 * @param {(env: Record<string, string>) => Promise<void>} runTests
 * @returns {Promise<Counts>}
 */
async function counted(grep, runTests) {
  const home = await mkdtemp(path.join(tmpdir(), 'test-results-'));
  const file = path.join(home, 'results.json');
  try {
    await runTests({ TEST_RESULTS: file, ...(grep === undefined ? {} : { TEST_GREP: grep }) });
    /** @type {{ passed: number, failed: number, skipped: string[] } | undefined} */
    const counts = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
    if (!counts) return { passed: 0, failed: 1, notes: ['the run died before its end'] };
    const notes = counts.skipped.map((title) => `skipped: ${title}`);
    const failed = counts.failed + counts.skipped.length;
    if (counts.passed + failed === 0 && grep === undefined)
      return { passed: 0, failed: 1, notes: ['no test was run'] };
    return { passed: counts.passed, failed, notes };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
