// @ts-check
// `npm run screenshot`: makes media/screenshot.png and the moving media/change.png, and pictures of all themes in out/screenshots.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installVSCode, newest } from '../test/support/vscode-host/install.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { mustRun } from './lib/processes.mjs';
import { root } from './lib/root.mjs';

const say = (/** @type {string} */ line) => console.log(line);
await ensureDependencies(say);
await installVSCode(newest, say);
await mustRun(process.execPath, ['esbuild.js', '--production'], { cwd: root });
const scene = path.join(root, 'out/support/scene.cjs');
const { build } = await import('esbuild');
await build({
  entryPoints: ['test/support/ui/scene.ts'],
  outfile: scene,
  bundle: true,
  platform: 'node',
  mainFields: ['module', 'main'],
  alias: { 'tls-sig-api-v2': 'tls-sig-api-v2/TLSSigAPIv2.js' },
  external: ['playwright-core', '@gfx/zopfli'],
});
const { takeScreenshots } = await import(pathToFileURL(scene).href);
await takeScreenshots();
