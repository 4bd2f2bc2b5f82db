// @ts-check
import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, mkdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './processes.mjs';
import { root } from './root.mjs';

/**
 * What a run of tests counted. One that died before its end counts as a failure, and so does one without tests
 * and each test that was skipped: what was not seen to work did not pass.
 *
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} notes
 * @property {Timed[]} [tests] each that passed
 * @property {Failure[]} [failures] each that failed, or a hook of it did
 * @property {string} [output] what it printed, where that was kept back
 */

/** @typedef {{ title: string, ms: number }} Timed */

/** @typedef {{ title: string, error: string }} Failure */

/**
 * @typedef {object} SuiteOptions
 * @property {string} [grep] tests with this in their title
 * @property {boolean} [quiet] keeps the output back, for what runs beside something else
 * @property {Record<string, string>} [env] what the tests are told
 */

/**
 * Runs the tests of `out/<kind>`, or those of some files, with mocha in a process of Node.
 *
 * @param {'unit' | 'ui'} kind
 * @param {SuiteOptions & { files?: readonly string[] }} options `files` relative to `out/<kind>`
 * @returns {Promise<Counts>}
 */
export function runMocha(kind, { grep, quiet, env: told, files = ['.'] }) {
  return counted(grep, async (env) => {
    const args = [
      path.join(root, 'node_modules/mocha/bin/mocha.js'),
      ...['--reporter', path.join(root, 'test/support/reporter.cjs')],
      // Longer than any wait within a test has patience, so that it is the wait that says what it waited for in vain.
      ...['--timeout', '360000'],
      // What a test that failed left running must not keep the run from its end.
      ...(kind === 'ui' ? ['--exit', '--require', path.join(root, 'test/support/ui/windowHooks.cjs')] : []),
      ...(grep === undefined ? [] : ['--grep', grep]),
      ...['--recursive', '--extension', '.test.js', ...files.map((file) => path.join('out', kind, file))],
    ];
    return run(process.execPath, args, { cwd: root, env: { ...env, ...told }, quiet });
  });
}

/**
 * The files of tests in `out/<kind>`, the largest first: they take longest, and what takes longest wants to start first.
 *
 * @param {'unit' | 'ui'} kind
 * @param {string} [names] those of these names only, with commas between: `editor,kill`
 * @returns {string[]} relative to that folder
 */
export function filesOf(kind, names) {
  const folder = path.join(root, 'test', kind);
  const wanted = names?.split(',');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .sort((a, b) => statSync(path.join(folder, b)).size - statSync(path.join(folder, a)).size)
    .filter((file) => wanted?.includes(path.basename(file, '.test.ts')) ?? true)
    .map((file) => file.replace(/\.ts$/, '.js'));
  if (files.length === 0) throw new Error(`There is no file of tests ${names} in test/${kind}.`);
  return files;
}

/**
 * Puts files of workbench tests together that one VS Code is started for: those of a folder, and the many that are in none
 * in two parts of about the same size.
 *
 * @param {readonly string[]} files as {@link filesOf} gives them
 * @returns {{ name: string, files: string[] }[]}
 */
export function windowsOf(files) {
  const folder = path.join(root, 'test/ui');
  /** @type {Map<string, { size: number, files: string[] }>} */
  const windows = new Map();
  for (const file of files) {
    const own = path.dirname(file);
    const names = own === '.' ? ['first window', 'second window'] : [own];
    for (const name of names) if (!windows.has(name)) windows.set(name, { size: 0, files: [] });
    const [window] = names.flatMap((name) => windows.get(name) ?? []).sort((a, b) => a.size - b.size);
    if (!window) continue;
    window.files.push(file);
    window.size += statSync(path.join(folder, file.replace(/\.js$/, '.ts'))).size;
  }
  return [...windows]
    .filter(([, window]) => window.files.length > 0)
    .sort(([, a], [, b]) => b.size - a.size)
    .map(([name, window]) => ({ name, files: window.files }));
}

/**
 * Runs the tests of `out/host` in the extension host of a VS Code, in a process of its own.
 *
 * @param {string} version of the headless VS Code, or `desktop` for a downloaded one
 * @param {SuiteOptions} options
 * @returns {Promise<Counts>}
 */
export function runInHost(version, { grep, quiet }) {
  return counted(grep, (env) =>
    run(process.execPath, [path.join(root, 'scripts/lib/host-suite.mjs'), version], {
      cwd: root,
      env,
      quiet,
    }),
  );
}

/**
 * What `host-suite.mjs` does: starts that VS Code with the suite as its extension tests.
 *
 * @param {string} version
 */
export async function startHostSuite(version) {
  const { runTests } = await import('@vscode/test-electron');
  const home = await mkdtemp(path.join(tmpdir(), 'host-tests-'));
  const folder = path.join(home, 'workspace');
  await mkdir(folder);
  try {
    await runTests({
      vscodeExecutablePath: version === 'desktop' ? undefined : path.join(root, 'test/support/code-headless'),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, 'out/host/index.js'),
      launchArgs: [
        folder,
        `--user-data-dir=${path.join(home, 'user-data')}`,
        `--extensions-dir=${path.join(home, 'extensions')}`,
      ],
      extensionTestsEnv: version === 'desktop' ? {} : { VSCODE_HOST_VERSION: version },
    });
  } catch (error) {
    // Failed tests are in the counts; anything else leaves none.
    console.log(error instanceof Error ? error.message : error);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {string | undefined} grep
 * @param {(env: Record<string, string>) => Promise<{ output: string }>} runTests
 * @returns {Promise<Counts>}
 */
async function counted(grep, runTests) {
  const home = await mkdtemp(path.join(tmpdir(), 'test-results-'));
  const file = path.join(home, 'results.json');
  try {
    const env = { TEST_RESULTS: file, ...(grep === undefined ? {} : { TEST_GREP: grep }) };
    const { output } = await runTests(env);
    /** @type {{ passed: Timed[], failed: Failure[], skipped: string[] } | undefined} */
    const results = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
    if (!results) return { passed: 0, failed: 1, notes: ['the run died before its end'], output };
    const notes = results.skipped.map((title) => `skipped: ${title}`);
    const failed = results.failed.length + results.skipped.length;
    const passed = results.passed.length;
    if (passed + failed === 0 && grep === undefined)
      return { passed: 0, failed: 1, notes: ['no test was run'], output };
    return { passed, failed, notes, tests: results.passed, failures: results.failed, output };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
