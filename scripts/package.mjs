// @ts-check
// `npm run package`: builds for production, makes the VSIX and holds it to its size.
//   npm run package -- --out FILE.vsix
import { statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { mustRun } from './lib/processes.mjs';
import { repack } from './lib/repack.mjs';
import { root } from './lib/root.mjs';

const KB = 1024;
/** The most that may weigh on everyone who installs the extension, in bytes. */
const limits = { vsix: 700 * KB };

const { values } = parseArgs({
  options: { out: { type: 'string', default: path.join(root, 'tencent-chat-message-editor.vsix') } },
});

/** What of the project's own pages goes with the extension, beside README and licence. */
const brought = ['docs/requests.md', 'docs/security.md', 'LICENSE'];

/**
 * The README as it is installed: without pictures, which weigh more than the code, and without links to what is not there.
 *
 * @param {string} text
 */
function packagedReadme(text) {
  return text
    .replace(/^!\[[^\]]*\]\([^)]*\)\n+/gm, '')
    .replace(/\[([^\]]+)\]\((?!https?:)([^)]+)\)/g, (link, name, target) =>
      brought.includes(target) ? link : name,
    );
}

await ensureDependencies((line) => console.log(line));
await mustRun(process.execPath, ['esbuild.js', '--production'], { cwd: root });
const readme = path.join('dist', 'README.md');
await writeFile(
  path.join(root, readme),
  packagedReadme(await readFile(path.join(root, 'README.md'), 'utf8')),
);
await mustRun(
  process.execPath,
  [
    path.join(root, 'node_modules/@vscode/vsce/vsce'),
    ...['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'],
    ...['--readme-path', readme, '--out', values.out],
  ],
  { cwd: root },
);
await repack(values.out);

/** @type {Array<[string, string, number]>} */
const sizes = [['VSIX', values.out, limits.vsix]];
for (const [name, file, limit] of sizes) {
  const { size } = statSync(file);
  console.log(`${name}: ${(size / KB).toFixed(0)} KB of ${limit / KB} KB`);
  if (size > limit) {
    console.error(`${name} is too big.`);
    process.exitCode = 1;
  }
}
console.log(values.out);
