// @ts-check
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './root.mjs';

/**
 * Makes the built files smaller than the bundler's own minifier does, which looks at each expression once: 16 KB of the VSIX.
 * It takes most of a minute, so that only what is packaged passes through it.
 */
export async function shrinkBuild() {
  // Loaded only now: on a fresh clone it has just been installed.
  const { minify } = await import('terser');
  for (const folder of ['dist', 'dist/webview'].map((name) => path.join(root, name))) {
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
      const file = path.join(folder, name);
      const { code } = await minify(await readFile(file, 'utf8'), {
        ecma: 2020,
        toplevel: true,
        compress: { passes: 2 },
        format: { comments: false },
      });
      if (code === undefined) throw new Error(`Nothing came of ${name}.`);
      await writeFile(file, code);
    }
  }
}
