// @ts-check
// `npm run soak`: the tests in plain Node and in the extension host with many more runs of each property test, and new seeds.
//   npm run soak -- --grep TEXT
//   npm run soak -- --only unit         those in plain Node alone
import { parseArgs } from 'node:util';
import { installVSCode, newest } from '../test/support/vscode-host/install.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { mustRun } from './lib/processes.mjs';
import { root } from './lib/root.mjs';
import { runInHost, runMocha } from './lib/suites.mjs';

const { values } = parseArgs({ options: { grep: { type: 'string' }, only: { type: 'string' } } });
const inHost = values.only !== 'unit';
const say = (/** @type {string} */ line) => console.log(line);
process.env.SOAK = '1';
// Hundreds of documents in an editor take longer than a test run may.
process.env.VSCODE_HOST_TIMEOUT_MS ??= String(6 * 60 * 60_000);
await ensureDependencies(say);
if (inHost) {
  const { ensureBrowser } = await import('../test/support/browser.mjs');
  await ensureBrowser(say);
  await installVSCode(newest, say);
}
await mustRun(process.execPath, ['esbuild.js', '--tests'], { cwd: root });
let passed = 0;
let failed = 0;
for (const suite of [() => runMocha('unit', values), ...(inHost ? [() => runInHost(newest, values)] : [])]) {
  const counts = await suite();
  for (const note of counts.notes) say(note);
  passed += counts.passed;
  failed += counts.failed;
}
say(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
