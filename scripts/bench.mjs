// @ts-check
// `npm run bench`: measures on a production build, each figure against its budget in the same run.
//   npm run bench -- --only activation,editor     by the names of the files in test/bench, or sizes
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installVSCode, newest } from '../test/support/vscode-host/install.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { mustRun, run } from './lib/processes.mjs';
import { root } from './lib/root.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const say = (/** @type {string} */ line) => console.log(line);
await ensureDependencies(say);
const { ensureBrowser } = await import('../test/support/browser.mjs');
await ensureBrowser(say);
await installVSCode(newest, say);
await mustRun(process.execPath, ['esbuild.js', '--tests', '--production'], { cwd: root });

const only = values.only?.split(',');
/** Files that fetch what they compare with, and run only when they are named. */
const onlyWhenNamed = ['mocks'];
const isWanted = (/** @type {string} */ name) => (only ? only.includes(name) : !onlyWhenNamed.includes(name));
const folder = path.join(root, 'out/bench');
for (const file of readdirSync(folder).sort()) {
  const name = /^(.*)\.bench\.js$/.exec(file)?.[1];
  if (name === undefined || !isWanted(name)) continue;
  console.log(`\n▶ ${name}`);
  // A process of its own for each: no figure depends on what was measured before it.
  const { code } = await run(process.execPath, ['--expose-gc', path.join(folder, file)], { cwd: root });
  if (code !== 0) process.exitCode = 1;
}
if (isWanted('sizes')) {
  console.log('\n▶ sizes');
  const vsix = path.join(root, 'out/bench/extension.vsix');
  const { code } = await run(process.execPath, ['scripts/package.mjs', '--out', vsix], { cwd: root });
  if (code !== 0) process.exitCode = 1;
}
