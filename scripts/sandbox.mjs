// Runs the sandbox from the command line: `npm run sandbox -- --port 18080`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = fileURLToPath(new URL('../dist/sandbox.js', import.meta.url));
if (!existsSync(bundle)) {
  const built = spawnSync(process.execPath, ['esbuild.js'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
// In this very process, so that a signal and a kill reach the sandbox itself.
process.argv[1] = bundle;
createRequire(import.meta.url)(bundle);
