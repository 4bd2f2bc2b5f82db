// @ts-check
import { build } from 'esbuild';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  builtinsLater,
  factsForPrograms,
  nodeBundle,
  sandboxAlias,
  withoutEnumerations,
} from './bundles.cjs';
import { packedInspectorPage } from './inspectorPage.cjs';
import { npm, run } from './processes.mjs';
import { repackTarball } from './repack.mjs';
import { root } from './root.mjs';

/**
 * Makes the sandbox's own npm package. Nothing else is built, and nothing in `dist` is touched but where it goes.
 *
 * @param {string} folder where the tarball goes
 * @returns {Promise<string>} its path
 */
export async function packSandbox(folder) {
  const made = mkdtempSync(path.join(tmpdir(), 'sandbox-package-'));
  try {
    await build({
      ...nodeBundle,
      entryPoints: { index: 'src/sandbox/library/index.ts', cli: 'src/sandbox/main.ts' },
      absWorkingDir: root,
      format: 'esm',
      splitting: true,
      minify: true,
      alias: sandboxAlias,
      plugins: [builtinsLater, factsForPrograms, withoutEnumerations],
      charset: 'utf8',
      outdir: made,
      outExtension: { '.js': '.mjs' },
      chunkNames: 'lib/[name]-[hash]',
      define: { INSPECTOR_PAGE: JSON.stringify(await packedInspectorPage()) },
      // The signer is CommonJS and asks for Node's modules by `require`.
      banner: { js: `import{createRequire}from'node:module';const require=createRequire(import.meta.url);` },
    });
    const cli = path.join(made, 'cli.mjs');
    writeFileSync(cli, `#!/usr/bin/env node\n${readFileSync(cli, 'utf8')}`, { mode: 0o755 });
    writeFileSync(path.join(made, 'index.d.ts'), typesOf());
    writeFileSync(path.join(made, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
    cpSync(path.join(root, 'src/sandbox/library/README.md'), path.join(made, 'README.md'));
    cpSync(path.join(root, 'LICENSE'), path.join(made, 'LICENSE'));
    mkdirSync(folder, { recursive: true });
    const { code, output } = await run(
      npm,
      ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', path.resolve(folder)],
      { cwd: made, quiet: true },
    );
    if (code !== 0) throw new Error(`npm pack ended with ${code}:\n${output}`);
    const file = path.join(folder, `${manifest().name}-${manifest().version}.tgz`);
    await repackTarball(file);
    return file;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** The types file is the package's, with what it exports as values. */
function typesOf() {
  const types = readFileSync(path.join(root, 'src/sandbox/library/types.ts'), 'utf8');
  return `${types}\nexport declare const startSandbox: StartSandbox;\nexport declare const connectSandbox: ConnectSandbox;\n`;
}

function manifest() {
  const { version, license } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return {
    name: 'tencent-chat-sandbox',
    version,
    description:
      'A stand-in for the server API of Tencent Cloud Chat (IM), for tests of clients in any language',
    license,
    type: 'module',
    bin: { 'tencent-chat-sandbox': 'cli.mjs' },
    exports: { '.': { types: './index.d.ts', default: './index.mjs' } },
    types: './index.d.ts',
    engines: { node: '>=20' },
    keywords: ['tencent', 'chat', 'im', 'mock', 'emulator', 'sandbox', 'usersig'],
  };
}
