// @ts-check
// `npm run package:sandbox`: the sandbox as an npm package of its own, in dist/npm, held to its size.
//   npm run package:sandbox -- --out FOLDER
import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/root.mjs';

const KB = 1024;
const LIMIT = 150 * KB;

const { values } = parseArgs({
  options: { out: { type: 'string', default: path.join(root, 'dist/npm') } },
});
await ensureDependencies((line) => console.log(line));
// Loaded only now: on a fresh clone it has just been installed.
const { packSandbox } = await import('./lib/sandboxPackage.mjs');
const file = await packSandbox(values.out);
const { size } = statSync(file);
console.log(`${file}: ${(size / KB).toFixed(0)} KB of ${LIMIT / KB} KB`);
if (size > LIMIT) {
  console.error('The package is too big.');
  process.exitCode = 1;
}
