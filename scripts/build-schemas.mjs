// @ts-check
// Writes the JSON schemas of message documents from the one description of element types, in every language.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Text file in l10n/ → schema in the given folder. */
const languages = [
  { language: 'en', texts: 'schema.json', schema: 'message.schema.json' },
  { language: 'zh', texts: 'schema.zh-cn.json', schema: 'message.schema.zh-cn.json' },
];

/**
 * @param {string} folder where to write the schemas
 * @returns {Promise<void>}
 */
export async function buildSchemas(folder = path.join(root, 'dist', 'schemas')) {
  const { messageSchema } = await schemaModule();
  await mkdir(folder, { recursive: true });
  for (const { language, texts, schema } of languages) {
    const words = JSON.parse(await readFile(path.join(root, 'l10n', texts), 'utf8'));
    await writeFile(
      path.join(folder, schema),
      `${JSON.stringify(made(texts, () => messageSchema(words, language)))}\n`,
    );
  }
}

/**
 * The code that makes schemas, as a module. It is a file for as long as it is loaded, since an error in code that was
 * loaded from a `data:` address shows the whole of it as its place.
 *
 * @returns {Promise<{ messageSchema: (texts: Record<string, string>, language: string) => object }>}
 */
async function schemaModule() {
  const folder = await mkdtemp(path.join(tmpdir(), 'schemas-'));
  const outfile = path.join(folder, 'schema.mjs');
  try {
    await build({
      entryPoints: [path.join(root, 'src', 'message', 'schema.ts')],
      bundle: true,
      outfile,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      mainFields: ['module', 'main'],
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * @template T
 * @param {string} texts the table that is used
 * @param {() => T} make
 * @returns {T}
 * @throws Error that says which table is at fault
 */
function made(texts, make) {
  try {
    return make();
  } catch (error) {
    throw new Error(`l10n/${texts}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
