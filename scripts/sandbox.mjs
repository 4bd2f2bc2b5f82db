// @ts-check
// `npm run sandbox -- …`: the sandbox alone, with its own command line; see the README.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './lib/dependencies.mjs';
import { mustRun } from './lib/processes.mjs';
import { root } from './lib/root.mjs';

await ensureDependencies((line) => console.error(line));
const sandbox = path.join(root, 'dist/sandbox.js');
if (!existsSync(sandbox)) await mustRun(process.execPath, ['esbuild.js'], { cwd: root });
// In this process, so that signals reach the sandbox itself.
process.argv[1] = sandbox;
await import(pathToFileURL(sandbox).href);
