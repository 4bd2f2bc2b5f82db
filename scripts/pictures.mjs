// @ts-check
// `npm run pictures`: draws what of media/ is drawn and not photographed.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/root.mjs';

await ensureDependencies((line) => console.log(line));
// Loaded only now: on a fresh clone it has just been installed.
const { makeIcon } = await import('./lib/icon.mjs');
const { walkthroughPictures } = await import('./lib/walkthrough.mjs');
const folder = path.join(root, 'media/walkthrough');
await mkdir(folder, { recursive: true });
await writeFile(path.join(root, 'media/icon.png'), await makeIcon());
for (const [step, picture] of Object.entries(walkthroughPictures()))
  await writeFile(path.join(folder, `${step}.svg`), picture);
