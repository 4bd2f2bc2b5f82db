// @ts-check
// Writes the JSON schemas of message documents from the one description of element types, and those around webhooks, in
// every language.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @typedef {(...from: unknown[]) => object} MakeSchema */

/** Text file in l10n/ → schema in the given folder. */
const languages = [
  { language: 'en', texts: 'schema.json', ending: 'schema.json' },
  { language: 'zh', texts: 'schema.zh-cn.json', ending: 'schema.zh-cn.json' },
];

/**
 * @param {string} folder where to write the schemas
 * @returns {Promise<void>}
 */
export async function buildSchemas(folder = path.join(root, 'dist', 'schemas')) {
  const [{ messageSchema }, { rulesSchema, webhookSchema }] = await Promise.all([
    schemaModule(path.join('message', 'schema.ts')),
    schemaModule(path.join('webhooks', 'rules', 'schemas.ts')),
  ]);
  await mkdir(folder, { recursive: true });
  /** @type {(name: string, schema: object) => Promise<void>} */
  const write = (name, schema) => writeFile(path.join(folder, name), `${JSON.stringify(schema)}\n`);
  for (const { language, texts, ending } of languages) {
    const words = JSON.parse(await readFile(path.join(root, 'l10n', texts), 'utf8'));
    await write(
      `message.${ending}`,
      made(texts, () => messageSchema(words, language)),
    );
    await write(`rules.${ending}`, rulesSchema(language));
    await write(`webhook.${ending}`, webhookSchema(language));
  }
}

/**
 * The code that makes schemas, as a module. It is a file for as long as it is loaded, since an error in code that was
 * loaded from a `data:` address shows the whole of it as its place.
 *
 * @param {string} source below `src`
 * @returns {Promise<{ messageSchema: MakeSchema, rulesSchema: MakeSchema, webhookSchema: MakeSchema }>} those of them that it exports
 */
async function schemaModule(source) {
  const folder = await mkdtemp(path.join(tmpdir(), 'schemas-'));
  const outfile = path.join(folder, 'schema.mjs');
  try {
    await build({
      entryPoints: [path.join(root, 'src', source)],
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
