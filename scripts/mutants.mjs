// @ts-check
// `npm run mutants`: breaks the source on purpose, one place at a time, and sees that a test fails each time.
//   npm run mutants -- --only modify,journal    by the names of the files in test/mutants
//   npm run mutants -- --grep TEXT              mutants with TEXT in what they break
//   npm run mutants -- --quick                  those alone that tests in plain Node catch
import { cp, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
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
/** @type {{ breaks: string, caughtBy: string }[]} */
const rows = [];
try {
  const left = new Set(['.git', 'node_modules', '.vscode-test', 'dist', 'out']);
  for (const name of await readdir(root)) {
    if (!left.has(name)) await cp(path.join(root, name), path.join(copy, name), { recursive: true });
  }
  for (const name of ['node_modules', '.vscode-test']) {
    await symlink(path.join(root, name), path.join(copy, name));
  }
  for (const mutant of wanted) {
    const caughtBy = await firstFailure(mutant);
    rows.push({ breaks: mutant.breaks, caughtBy: caughtBy ?? 'NOTHING' });
    console.log(`${caughtBy === undefined ? '✗ lives' : '✔ caught'}: ${mutant.breaks}`);
    if (caughtBy !== undefined) console.log(`    by ${caughtBy}`);
  }
} finally {
  await rm(copy, { recursive: true, force: true, maxRetries: 5 });
}

console.log(`\n| broken on purpose | caught by |\n| --- | --- |`);
for (const { breaks, caughtBy } of rows) console.log(`| ${breaks} | ${caughtBy} |`);
const living = rows.filter(({ caughtBy }) => caughtBy === 'NOTHING').length;
console.log(`\n${rows.length - living} caught, ${living} alive`);
process.exit(living === 0 ? 0 : 1);

/**
 * Runs the tests that should notice a mutant.
 *
 * @param {Mutant} mutant
 * @returns {Promise<string | undefined>} the title of the first test that failed
 */
async function firstFailure({ breaks, file, from, to, suite = 'unit', tests }) {
  const target = path.join(copy, file);
  const text = await readFile(target, 'utf8');
  if (text.split(from).length !== 2)
    throw new Error(`“${breaks}” does not stand exactly once in ${file} any more: ${from}`);
  await writeFile(
    target,
    text.replace(from, () => to),
  );
  try {
    const built = await run(process.execPath, ['esbuild.js', '--tests'], { cwd: copy, quiet: true });
    if (built.code !== 0) throw new Error(`“${breaks}” cannot be built:\n${built.output}`);
    const { code, output } = await run(process.execPath, commandFor(suite, tests), {
      cwd: copy,
      quiet: true,
    });
    if (code === 0) return undefined;
    const failure = /^ +1\) (.+(?:\n +.+)*?):?\n\s*\n/m.exec(output.slice(output.indexOf(' failing')));
    return failure?.[1]?.replace(/\s*\n\s*/g, ' › ') ?? lastLine(output);
  } finally {
    await writeFile(target, text);
  }
}

/**
 * @param {'unit' | 'host' | 'ui'} suite
 * @param {string} tests
 */
function commandFor(suite, tests) {
  if (suite !== 'unit') return ['scripts/test.mjs', '--only', suite, '--vscode', '1.139', '--grep', tests];
  const place = path.join('out/unit', tests.replace(/\.ts$/, '.js'));
  return [
    'node_modules/mocha/bin/mocha.js',
    ...['--bail', '--timeout', '20000', '--recursive', '--extension', '.test.js', place],
  ];
}

/** @param {string} output */
function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? '';
}
