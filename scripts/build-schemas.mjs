// @ts-check
// Writes the JSON schemas of message documents from the one table of element formats, in every language.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Text file in l10n/ → schema in the given folder. */
const languages = [
  { texts: 'schema.json', schema: 'message.schema.json' },
  { texts: 'schema.zh-cn.json', schema: 'message.schema.zh-cn.json' },
];

/**
 * @param {string} folder where to write the schemas
 * @returns {Promise<void>}
 */
export async function buildSchemas(folder = path.join(root, 'dist', 'schemas')) {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'src', 'message', 'schema.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  const code = outputFiles[0]?.text ?? '';
  const { messageSchema } = await import(
    `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
  );
  await mkdir(folder, { recursive: true });
  for (const { texts, schema } of languages) {
    const words = JSON.parse(await readFile(path.join(root, 'l10n', texts), 'utf8'));
    await writeFile(path.join(folder, schema), `${JSON.stringify(messageSchema(words))}\n`);
  }
}
