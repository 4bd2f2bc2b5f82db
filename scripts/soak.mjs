// @ts-check
// `npm run soak`: the unit tests with many more runs of each property test, and new seeds.
//   npm run soak -- --grep TEXT
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { mustRun } from './lib/processes.mjs';
import { root } from './lib/root.mjs';
import { runMocha } from './lib/suites.mjs';

const { values } = parseArgs({ options: { grep: { type: 'string' } } });
process.env.SOAK = '1';
await ensureDependencies((line) => console.log(line));
await mustRun(process.execPath, ['esbuild.js', '--tests'], { cwd: root });
const { passed, failed, notes } = await runMocha('unit', values);
for (const note of notes) console.log(note);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
