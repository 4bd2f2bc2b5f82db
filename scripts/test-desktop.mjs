// @ts-check
// `npm run test:desktop`: the extension host's suite in a desktop VS Code, which @vscode/test-electron downloads.
import { ensureDependencies } from './lib/dependencies.mjs';
import { mustRun } from './lib/processes.mjs';
import { root } from './lib/root.mjs';
import { runInHost } from './lib/suites.mjs';

await ensureDependencies((line) => console.log(line));
await mustRun(process.execPath, ['esbuild.js', '--tests'], { cwd: root });
const { passed, failed, notes } = await runInHost('desktop', {});
for (const note of notes) console.log(note);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
