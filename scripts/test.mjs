// @ts-check
// `npm test`: everything that is checked, on a machine where nothing is installed yet too.
//   npm test -- --only checks,unit,host,ui   parts of it
//   npm test -- --grep TEXT                  tests with TEXT in their title
//   npm test -- --only ui --file editor,kill  files of tests, by name
//   npm test -- --vscode 1.100               the extension host's suite on that version only
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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

/**
 * @param {string} name
 * @param {() => Promise<Counts>} work
 * @returns {Promise<boolean>} whether all of it passed
 */
async function step(name, work) {
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
    failures.push(`${name}: ${failed} failed${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`);
    for (const { title, error } of counts.failures ?? [])
      failures.push(`  ${title}\n    ${error.split('\n').slice(0, 12).join('\n    ')}`);
  }
  console.log(`${name}: ${passed} passed, ${failed} failed in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return failed === 0;
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
const needsHosts = only.includes('host') || only.includes('ui');
const hostsReady = needsHosts ? installHosts() : Promise.resolve();
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
const buildingFiles = ['start.test.js'];
/** Its VSIX is made in a copy of the project meanwhile, which takes a minute of one processor. */
const packageFile = 'package.test.js';
const isOnlyJob =
  only.length === 1 && (only[0] === 'unit' || values.grep !== undefined || values.file !== undefined);

/**
 * @param {string} title
 * @param {readonly string[]} files
 * @param {Record<string, string>} [env]
 */
const workbench = (title, files, env) => () =>
  step(title, () => hostsReady.then(() => runMocha('ui', { ...options, files, env, quiet: !isOnlyJob })));

/** @type {string | undefined} */
let packaged;

if (built && only.includes('ui')) {
  const files = filesOf('ui', values.file);
  if (values.grep !== undefined || values.file !== undefined) jobs.push(workbench('Workbench tests', files));
  else {
    const alone = [...buildingFiles, packageFile];
    for (const { name, files: some } of windowsOf(files.filter((file) => !alone.includes(file))))
      jobs.push(workbench(`Workbench tests: ${name}`, some));
    packaged = await mkdtemp(path.join(tmpdir(), 'packaged-'));
    for (const file of buildingFiles) buildingJobs.push(workbench(`Workbench tests: ${file}`, [file]));
  }
}
if (built && only.includes('host')) {
  for (const version of hosts)
    jobs.push(() =>
      step(`Extension host tests in VS Code ${version}`, () =>
        hostsReady.then(() => runInHost(version, { ...options, quiet: true })),
      ),
    );
}
if (built && only.includes('unit')) {
  const files = values.file === undefined ? undefined : filesOf('unit', values.file);
  plainJobs.push(() => step('Unit tests', () => runMocha('unit', { ...options, files, quiet: !isOnlyJob })));
}
if (only.includes('checks')) plainJobs.push(checks);
if (packaged !== undefined) {
  const vsix = path.join(packaged, 'extension.vsix');
  const args = ['scripts/package.mjs', '--apart', '--out', vsix];
  /** @type {(value: unknown) => void} */
  let made = () => {};
  const isMade = new Promise((resolve) => (made = resolve));
  plainJobs.push(() => step('Package', command(process.execPath, args)).then(made));
  const job = workbench(`Workbench tests: ${packageFile}`, [packageFile], { TEST_VSIX: vsix });
  jobs.push(() => isMade.then(job));
}

// Two at a time: more would take no less time on two processors, and make each other late. One of them begins with what needs
// no VS Code, and each helps the other when it has done its own.
const inOrder = async (/** @type {typeof jobs[]} */ ...queues) => {
  for (const queue of queues) for (let job = queue.shift(); job; job = queue.shift()) await job();
};
await Promise.all([inOrder(jobs, plainJobs), inOrder(plainJobs, jobs)]);
await inOrder(buildingJobs);
if (packaged !== undefined) await rm(packaged, { recursive: true, force: true });

if (slowest.length > 0) {
  say('The slowest tests');
  for (const { title, ms } of slowest.sort((a, b) => b.ms - a.ms).slice(0, 10))
    console.log(`${(ms / 1000).toFixed(1).padStart(6)} s  ${title}`);
}
if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
