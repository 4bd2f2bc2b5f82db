// @ts-check
// `npm run pictures`: draws what of media/ is drawn and not photographed.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/root.mjs';

await ensureDependencies((line) => console.log(line));
// Loaded only now: on a fresh clone it has just been installed.
const { makeIcon } = await import('./lib/icon.mjs');
await mkdir(path.join(root, 'media'), { recursive: true });
await writeFile(path.join(root, 'media/icon.png'), await makeIcon());
