// @ts-check
// `npm test`: everything that is checked, on a machine where nothing is installed yet too.
//   npm test -- --only checks,unit,host,ui   parts of it
//   npm test -- --grep TEXT                  tests with TEXT in their title
//   npm test -- --only ui --file editor,kill  files of tests, by name
//   npm test -- --vscode 1.100               the extension host's suite on that version only
import path from 'node:path';
import { parseArgs } from 'node:util';
import { versions } from '../test/support/vscode-host/install.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { npm, run } from './lib/processes.mjs';
import { root } from './lib/root.mjs';
import { filesOf, runInHost, runMocha, windowsOf } from './lib/suites.mjs';

const kinds = ['checks', 'unit', 'host', 'ui'];

/** @typedef {import('./lib/suites.mjs').Counts} Counts */

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    grep: { type: 'string' },
    file: { type: 'string' },
    vscode: { type: 'string' },
  },
});
const only = values.only?.split(',') ?? kinds;
const unknown = only.filter((kind) => !kinds.includes(kind));
if (unknown.length > 0) throw new Error(`--only takes ${kinds.join(', ')}, not ${unknown.join(', ')}.`);
if (values.file !== undefined && (only.includes('host') || only.includes('checks')))
  throw new Error('--file goes with --only unit, ui or both.');
const hosts = values.vscode === undefined ? versions : [values.vscode];
const options = { grep: values.grep };

const say = (/** @type {string} */ line) => console.log(`\n▶ ${line}`);
const total = { passed: 0, failed: 0 };
/** @type {string[]} */
const failures = [];
/** @type {import('./lib/suites.mjs').Timed[]} */
const slowest = [];
/** Suites in VS Code of which a few tests failed. @type {SecondTry[]} */
const secondTries = [];

/**
 * @typedef {object} SecondTry
 * @property {string} name
 * @property {Counts} counts
 * @property {(files: string[]) => Promise<Counts>} again
 */

/**
 * @param {string} name
 * @param {() => Promise<Counts>} work
 * @param {(files: string[]) => Promise<Counts>} [again] runs some of its files alone
 * @returns {Promise<boolean>} whether all of it passed
 */
async function step(name, work, again) {
  const start = Date.now();
  /** @type {Counts} */
  const counts = await work().catch((error) => ({
    passed: 0,
    failed: 1,
    notes: [error instanceof Error ? error.message : String(error)],
    output: '',
  }));
  const { passed, failed, notes, output } = counts;
  total.passed += passed;
  total.failed += failed;
  slowest.push(...(counts.tests ?? []));
  say(name);
  if (output) console.log(output.trimEnd());
  for (const note of notes) console.log(note);
  if (failed > 0) {
    if (again && canBeTriedAgain(counts)) secondTries.push({ name, counts, again });
    else failures.push(`${name}: ${failed} failed${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`);
    for (const { title, error } of counts.failures ?? [])
      failures.push(`  ${title}\n    ${error.split('\n').slice(0, 12).join('\n    ')}`);
  }
  console.log(`${name}: ${passed} passed, ${failed} failed in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return failed === 0;
}

/** More than a few failures are no accident, and neither is a run that died or left something out. */
const AT_MOST_TRIED_AGAIN = 5;

/** @param {Counts} counts */
function canBeTriedAgain({ failed, failures: ofTests = [], notes }) {
  return notes.length === 0 && ofTests.length === failed && failed <= AT_MOST_TRIED_AGAIN;
}

/**
 * Runs the files of the few tests of VS Code that failed once more, with nothing else beside them, and counts for each of
 * their tests what came of it then. Whatever passes only now is named at the end with what went wrong before: it is a fault
 * of the test or of the product that wants to be found, but not a reason to throw a change away.
 *
 * @param {SecondTry} first
 */
async function tryAgain({ name, counts, again }) {
  const before = counts.failures ?? [];
  const second = await again([...new Set(before.map(({ file }) => file))]);
  const passedBefore = new Set(counts.tests?.map(({ title }) => title));
  const passedNow = new Set(second.tests?.map(({ title }) => title));
  const failedNow = new Set(second.failures?.map(({ title }) => title));
  const isHook = (/** @type {string} */ title) => / hook (for|in) "/.test(title);
  const went = before.filter(({ title }) => passedNow.has(title) || (isHook(title) && !failedNow.has(title)));
  const died = second.tests === undefined || second.notes.length > 0;
  const stillFailed = died ? before.length : before.length - went.length;
  const failedAnew = [...failedNow].filter((title) => !before.some((failure) => failure.title === title));
  const passedAnew = [...passedNow].filter((title) => !passedBefore.has(title));
  total.failed += stillFailed - before.length + failedAnew.length;
  total.passed += passedAnew.length - failedAnew.filter((title) => passedBefore.has(title)).length;
  say(`${name}, the files with failures again, alone`);
  if (second.output) console.log(second.output.trimEnd());
  console.log(`${before.length} failed at first, ${stillFailed + failedAnew.length} failed again`);
  if (stillFailed + failedAnew.length > 0)
    failures.push(`${name}: ${[...failedNow].join('; ') || 'the second run died'}`);
  else failures.push(`${name}: what failed at first (above) passed when it was run again alone`);
}

/**
 * A command that passes or fails as one.
 *
 * @param {string} command
 * @param {string[]} args
 * @returns {() => Promise<Counts>}
 */
function command(command, args) {
  return async () => {
    const { code, output } = await run(command, args, { cwd: root, quiet: true });
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, notes: [], output };
  };
}

/** What the tests in VS Code need; installed while the quicker checks run. */
async function installHosts() {
  const { installVSCode } = await import('../test/support/vscode-host/install.mjs');
  const { ensureBrowser } = await import('../test/support/browser.mjs');
  await ensureBrowser(say);
  for (const version of new Set([
    ...(only.includes('host') ? hosts : []),
    ...(only.includes('ui') ? versions : []),
  ])) {
    await installVSCode(version, say);
  }
}

await ensureDependencies(say);
// Loaded only now: on a fresh clone it has just been installed.
const { default: pLimit } = await import('p-limit');
/** Whether VS Code is there already, so that nobody has to wait for it. */
let hostsAreThere = false;
const needsHosts = only.includes('host') || only.includes('ui');
const hostsReady = (needsHosts ? installHosts() : Promise.resolve()).then(() => {
  hostsAreThere = true;
});
// Looked at where it is needed; until then a failure is not an unhandled one.
hostsReady.catch(() => {});

/** Types, lint and format need no bundle. */
async function checks() {
  await step('Types', command(npm, ['run', '--silent', 'typecheck']));
  await step('Lint', command(npm, ['run', '--silent', 'lint']));
  await step('Format', command(npm, ['run', '--silent', 'format:check']));
}

const suites = only.filter((kind) => kind !== 'checks');
let built = suites.length === 0;
if (!built) {
  await step('Build', async () => {
    const { code, output } = await run(process.execPath, ['esbuild.js', '--tests'], {
      cwd: root,
      quiet: true,
    });
    built = code === 0;
    return { passed: 0, failed: built ? 0 : 1, notes: built ? [] : ['no test could be run'], output };
  });
}

/** What is to be done in VS Code: what takes longest first. @type {(() => Promise<unknown>)[]} */
const jobs = [];
/** What needs none. @type {typeof jobs} */
const plainJobs = [];
/** These build the extension anew, which nobody else may be using meanwhile. @type {typeof jobs} */
const buildingJobs = [];
const buildingFiles = ['start.test.js', 'package.test.js'];
const isOnlyJob =
  only.length === 1 && (only[0] === 'unit' || values.grep !== undefined || values.file !== undefined);

/**
 * @param {string} title
 * @param {readonly string[]} files
 */
const workbench = (title, files) => () =>
  step(
    title,
    () => hostsReady.then(() => runMocha('ui', { ...options, files, quiet: !isOnlyJob })),
    (some) =>
      runMocha('ui', {
        ...options,
        files: some.map((file) => path.relative(path.join(root, 'out/ui'), file)),
        quiet: true,
      }),
  );

if (built && only.includes('ui')) {
  const files = filesOf('ui', values.file);
  if (values.grep !== undefined || values.file !== undefined) jobs.push(workbench('Workbench tests', files));
  else {
    for (const { name, files: some } of windowsOf(files.filter((file) => !buildingFiles.includes(file))))
      jobs.push(workbench(`Workbench tests: ${name}`, some));
    for (const file of buildingFiles) buildingJobs.push(workbench(`Workbench tests: ${file}`, [file]));
  }
}
if (built && only.includes('host')) {
  for (const version of hosts)
    jobs.push(() =>
      step(
        `Extension host tests in VS Code ${version}`,
        () => hostsReady.then(() => runInHost(version, { ...options, quiet: true })),
        (files) => runInHost(version, { ...options, files, quiet: true }),
      ),
    );
}
if (built && only.includes('unit')) {
  const files = values.file === undefined ? undefined : filesOf('unit', values.file);
  plainJobs.push(() => step('Unit tests', () => runMocha('unit', { ...options, files, quiet: !isOnlyJob })));
}
if (only.includes('checks')) plainJobs.push(checks);

// Each waits a good deal: one by one, half of a machine with two processors would be idle.
const lanes = pLimit(2);
const inOrder = hostsAreThere ? [...jobs, ...plainJobs] : [...plainJobs, ...jobs];
await Promise.all(inOrder.map((job) => lanes(job)));
for (const job of buildingJobs) await job();
for (const first of secondTries) await tryAgain(first);

if (slowest.length > 0) {
  say('The slowest tests');
  for (const { title, ms } of slowest.sort((a, b) => b.ms - a.ms).slice(0, 10))
    console.log(`${(ms / 1000).toFixed(1).padStart(6)} s  ${title}`);
}
if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
