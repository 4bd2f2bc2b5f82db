// @ts-check
// `npm test`: everything that is checked, on a machine where nothing is installed yet too.
//   npm test -- --only checks,unit,host,ui   parts of it
//   npm test -- --grep TEXT                  tests with TEXT in their title
//   npm test -- --vscode 1.100               the extension host's suite on that version only
import { parseArgs } from 'node:util';
import { versions } from '../test/support/vscode-host/install.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { npm, run } from './lib/processes.mjs';
import { root } from './lib/root.mjs';
import { runInHost, runMocha } from './lib/suites.mjs';

const kinds = ['checks', 'unit', 'host', 'ui'];

/** @typedef {import('./lib/suites.mjs').Counts} Counts */

const { values } = parseArgs({
  options: { only: { type: 'string' }, grep: { type: 'string' }, vscode: { type: 'string' } },
});
const only = values.only?.split(',') ?? kinds;
const unknown = only.filter((kind) => !kinds.includes(kind));
if (unknown.length > 0) throw new Error(`--only takes ${kinds.join(', ')}, not ${unknown.join(', ')}.`);
const hosts = values.vscode === undefined ? versions : [values.vscode];
const options = { grep: values.grep };

const say = (/** @type {string} */ line) => console.log(`\n▶ ${line}`);
const total = { passed: 0, failed: 0 };
/** @type {string[]} */
const failures = [];

/**
 * @param {string} name
 * @param {() => Promise<Counts>} work
 * @returns {Promise<boolean>} whether all of it passed
 */
async function step(name, work) {
  say(name);
  const start = Date.now();
  const { passed, failed, notes } = await work().catch((error) => ({
    passed: 0,
    failed: 1,
    notes: [error instanceof Error ? error.message : String(error)],
  }));
  total.passed += passed;
  total.failed += failed;
  for (const note of notes) console.log(note);
  if (failed > 0)
    failures.push(`${name}: ${failed} failed${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`);
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
    const { code } = await run(command, args, { cwd: root });
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, notes: [] };
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

/** Types, lint and format, which need one core only and so run beside the tests. */
async function checks() {
  await step('Types', command(npm, ['run', '--silent', 'typecheck']));
  await step('Lint', command(npm, ['run', '--silent', 'lint']));
  await step('Format', command(npm, ['run', '--silent', 'format:check']));
}

const checked = only.includes('checks') ? checks() : Promise.resolve();
const suites = only.filter((kind) => kind !== 'checks');
if (suites.length > 0) {
  let built = false;
  await step('Build', async () => {
    built = (await run(process.execPath, ['esbuild.js', '--tests'], { cwd: root })).code === 0;
    return { passed: 0, failed: built ? 0 : 1, notes: built ? [] : ['no test could be run'] };
  });
  if (built && only.includes('unit')) await step('Unit tests', () => runMocha('unit', options));
  if (built && only.includes('host')) {
    // They wait more than they compute, so one core each is enough.
    await Promise.all(
      hosts.map((version) =>
        step(`Extension host tests in VS Code ${version}`, () =>
          hostsReady.then(() => runInHost(version, options)),
        ),
      ),
    );
  }
  // The workbench is measured in what a person waits for: nothing else runs beside it.
  await checked;
  if (built && only.includes('ui'))
    await step('Workbench tests', () => hostsReady.then(() => runMocha('ui', options)));
}

await checked;
if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
