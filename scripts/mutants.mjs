// @ts-check
// `npm run mutants`: breaks the source on purpose, one place at a time, and sees that a test fails each time.
//   npm run mutants -- --only modify,journal    by the names of the files in test/mutants
//   npm run mutants -- --grep TEXT              mutants with TEXT in what they break
//   npm run mutants -- --quick                  those alone that tests in plain Node catch
import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { copyProject } from './lib/apart.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { run } from './lib/processes.mjs';
import { root } from './lib/root.mjs';

/**
 * One way to break the source, and who must notice.
 *
 * @typedef {object} Mutant
 * @property {string} breaks what no longer holds, in words
 * @property {string} file
 * @property {string} from a text that stands exactly once in `file`
 * @property {string} to what stands there instead
 * @property {'unit' | 'host' | 'ui'} [suite] the suite whose tests catch it; `unit` when absent
 * @property {string} tests for `unit` a file or folder under `test/unit`, else a part of the tests' titles
 */

const { values } = parseArgs({
  options: { only: { type: 'string' }, grep: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
await ensureDependencies((line) => console.log(line));

const only = values.only?.split(',');
const folder = path.join(root, 'test/mutants');
/** @type {Mutant[]} */
const mutants = [];
for (const file of (await readdir(folder)).sort()) {
  if (only && !only.includes(path.basename(file, '.mjs'))) continue;
  mutants.push(...(await import(pathToFileURL(path.join(folder, file)).href)).default);
}
const wanted = mutants.filter(
  ({ breaks, suite = 'unit' }) =>
    (values.grep === undefined || breaks.includes(values.grep)) && (!values.quick || suite === 'unit'),
);
if (wanted.length === 0) throw new Error('There is no such mutant.');

// A copy is broken, never the project itself.
const copy = await mkdtemp(path.join(tmpdir(), 'mutants-'));
/** @type {{ breaks: string, file: string, caughtBy: string }[]} */
const rows = [];
/** Tests that were seen to pass as things are. @type {Set<string>} */
const sound = new Set();
try {
  await copyProject(copy);
  await symlink(path.join(root, '.vscode-test'), path.join(copy, '.vscode-test'));
  await build(['--tests']);
  for (const mutant of wanted) {
    const caughtBy = await firstFailure(mutant);
    rows.push({ ...mutant, caughtBy: caughtBy ?? 'NOTHING' });
    console.log(`${caughtBy === undefined ? '✗ lives' : '✔ caught'}: ${mutant.breaks}`);
    if (caughtBy !== undefined) console.log(`    by ${caughtBy}`);
  }
} finally {
  await rm(copy, { recursive: true, force: true, maxRetries: 5 });
}

console.log(`\n| no longer so | where | caught by |\n| --- | --- | --- |`);
for (const { breaks, file, caughtBy } of rows) console.log(`| ${breaks} | ${file} | ${caughtBy} |`);
const living = rows.filter(({ caughtBy }) => caughtBy === 'NOTHING').length;
console.log(`\n${rows.length - living} caught, ${living} alive`);
process.exit(living === 0 ? 0 : 1);

/**
 * Runs the tests that should notice a mutant: first as things are, for tests that fail anyway, or that are not there any
 * more, notice nothing.
 *
 * @param {Mutant} mutant
 * @returns {Promise<string | undefined>} the title of the first test that failed
 */
async function firstFailure({ breaks, file, from, to, suite = 'unit', tests }) {
  const target = path.join(copy, file);
  const text = await readFile(target, 'utf8');
  if (text.split(from).length !== 2)
    throw new Error(`“${breaks}” does not stand exactly once in ${file} any more: ${from}`);
  const name = `${suite} ${tests}`;
  if (!sound.has(name)) {
    const failure = await failing(suite, tests);
    if (failure !== undefined) throw new Error(`This fails with nothing broken: ${failure} (${name})`);
    sound.add(name);
  }
  await writeFile(
    target,
    text.replace(from, () => to),
  );
  try {
    return await failing(suite, tests);
  } finally {
    await writeFile(target, text);
  }
}

/** @param {string[]} args */
async function build(args) {
  const { code, output } = await run(process.execPath, ['esbuild.js', ...args], { cwd: copy, quiet: true });
  if (code !== 0) throw new Error(`This cannot be built:\n${output}`);
}

/**
 * Builds and runs tests.
 *
 * @param {'unit' | 'host' | 'ui'} suite
 * @param {string} tests
 * @returns {Promise<string | undefined>} the title of the first that failed
 */
async function failing(suite, tests) {
  const results = path.join(copy, 'results.json');
  if (suite !== 'unit') {
    const args = ['scripts/test.mjs', '--only', suite, '--vscode', '1.139', '--grep', tests];
    const { code, output } = await run(process.execPath, args, { cwd: copy, quiet: true });
    return code === 0 ? undefined : (/^ +1\) (.+)/m.exec(output)?.[1] ?? `${suite}: ${tests}`);
  }
  const files = await testFiles(tests);
  await build([`--tests=${files.join(',')}`]);
  await rm(results, { force: true });
  const args = [
    ...['node_modules/mocha/bin/mocha.js', '--bail', '--timeout', '120000'],
    ...['--reporter', 'json', '--reporter-option', `output=${results}`],
    ...files.map((file) => path.join('out', file.replace(/\.ts$/, '.js'))),
  ];
  const { code, output } = await run(process.execPath, args, { cwd: copy, quiet: true });
  if (code === 0) return undefined;
  const text = await readFile(results, 'utf8').catch(() => undefined);
  /** @type {{ failures: { fullTitle: string }[] } | undefined} */
  const report = text === undefined ? undefined : JSON.parse(text);
  return report?.failures[0]?.fullTitle ?? `the run ended: ${output.trim().slice(-300)}`;
}

/**
 * @param {string} place a file or a folder below `test/unit`
 * @returns {Promise<string[]>} its files of tests, below `test`
 */
async function testFiles(place) {
  if (place.endsWith('.ts')) return [path.join('unit', place)];
  const names = await readdir(path.join(copy, 'test/unit', place), { recursive: true });
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => path.join('unit', place, name));
}
