// @ts-check
// `npm run package`: builds for production, makes the VSIX, and holds it to its size and to what the marketplaces take.
//   npm run package -- --out FILE.vsix
//   npm run package -- --apart             builds in a copy of the project, since what is built here is in use
//   npm run package -- --pictures-url URL  where the project's pictures are served; without it the README has none
//   npm run package -- --links-url URL     where its other files are read; without it links to them are plain words
import { existsSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runApart } from './lib/apart.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { isBase, packagedPage, refused } from './lib/listing.mjs';
import { mustRun } from './lib/processes.mjs';
import { root } from './lib/root.mjs';
import { shrinkBuild } from './lib/shrink.mjs';

const KB = 1024;
/** The most that may weigh on everyone who installs the extension, in bytes. */
const limits = { vsix: 700 * KB };

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: path.join(root, 'tencent-chat-message-editor.vsix') },
    apart: { type: 'boolean', default: false },
    'pictures-url': { type: 'string' },
    'links-url': { type: 'string' },
  },
});
const bases = { pictures: values['pictures-url'], links: values['links-url'] };
for (const base of Object.values(bases))
  if (base !== undefined && !isBase(base)) throw new Error(`${base} is no https address.`);

/** What of the manifest is for those who work on the extension. */
const forDevelopment = ['private', 'scripts', 'devDependencies', 'knip'];

/**
 * JSON without the space that lets people read it, and the manifest without what nobody reads there.
 *
 * @param {string} name
 * @param {Uint8Array<ArrayBuffer>} content
 */
function packagedFile(name, content) {
  if (!name.endsWith('.json')) return content;
  const value = JSON.parse(Buffer.from(content).toString('utf8'));
  if (name === 'extension/package.json') for (const field of forDevelopment) delete value[field];
  return new Uint8Array(Buffer.from(JSON.stringify(value)));
}

/** @param {string} name */
const text = (name) => readFile(path.join(root, name), 'utf8');

await ensureDependencies((line) => console.log(line));
if (values.apart) {
  const others = process.argv.slice(2).filter((arg) => arg !== '--apart');
  process.exit(await runApart(['scripts/package.mjs', ...others, '--out', path.resolve(values.out)]));
}
await mustRun(process.execPath, ['esbuild.js', '--production'], { cwd: root });
await shrinkBuild();
const readme = path.join('dist', 'README.md');
const changelog = path.join('dist', 'CHANGELOG.md');
await writeFile(path.join(root, readme), packagedPage(await text('README.md'), bases));
await writeFile(path.join(root, changelog), packagedPage(await text('CHANGELOG.md'), bases));

const manifest = JSON.parse(await text('package.json'));
const icon = path.join(root, String(manifest.icon));
for (const line of refused({
  manifest,
  texts: JSON.parse(await text('package.nls.json')),
  pages: { 'README.md': await text(readme), 'CHANGELOG.md': await text(changelog) },
  icon: existsSync(icon) ? await readFile(icon) : undefined,
})) {
  console.error(`A marketplace would refuse it: ${line}.`);
  process.exitCode = 1;
}

await mustRun(
  process.execPath,
  [
    path.join(root, 'node_modules/@vscode/vsce/vsce'),
    ...['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'],
    ...['--readme-path', readme, '--changelog-path', changelog, '--out', values.out],
  ],
  { cwd: root },
);
// Loaded only now: on a fresh clone it has just been installed.
const { repack } = await import('./lib/repack.mjs');
await repack(values.out, packagedFile);

/** @type {Array<[string, string, number]>} */
const sizes = [['VSIX', values.out, limits.vsix]];
for (const [name, file, limit] of sizes) {
  const { size } = statSync(file);
  console.log(`${name}: ${(size / KB).toFixed(1)} KB of ${limit / KB} KB`);
  if (size > limit) {
    console.error(`${name} is too big.`);
    process.exitCode = 1;
  }
}
console.log(values.out);
