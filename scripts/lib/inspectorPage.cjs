// @ts-check
const { build } = require('esbuild');
const { readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');
const { brotliCompressSync, constants } = require('node:zlib');
const { withoutEnumerations } = require('./bundles.cjs');

const root = path.join(__dirname, '../..');
const LIMIT = 200 * 1024;

/** @type {Promise<string> | undefined} */
let built;

/**
 * The sandbox's page, whole in one file of HTML.
 *
 * @returns {Promise<string>}
 */
function inspectorPage() {
  return (built ??= buildPage());
}

/**
 * The same, compressed, as the text that stands in the sandbox's bundle.
 *
 * @returns {Promise<string>} base64 of Brotli
 */
async function packedInspectorPage() {
  const page = Buffer.from(await inspectorPage());
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: page.length };
  return brotliCompressSync(page, { params }).toString('base64');
}

async function buildPage() {
  const folder = path.join(root, 'webview/inspector');
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['webview/inspector/main.ts'],
    outdir: 'page',
    write: false,
    bundle: true,
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    mainFields: ['module', 'main'],
    plugins: [withoutEnumerations],
    define: { CHINESE: JSON.stringify(chineseIn(sources)), CODE_TEXTS: JSON.stringify(codeTexts()) },
  });
  /** @param {string} ending */
  const textOf = (ending) => outputFiles.find((file) => file.path.endsWith(ending))?.text.trim() ?? '';
  const [script, style] = [textOf('.js'), textOf('.css')];
  if (/<\/(script|style)/i.test(script + style)) throw new Error('The page would end in its own script.');
  const page = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="sandbox-token" content="">',
    `<title>Tencent Cloud Chat Sandbox</title><style>${style}</style></head>`,
    `<body><script>${script}</script></body></html>\n`,
  ].join('');
  if (Buffer.byteLength(page) > LIMIT) throw new Error('The page of the sandbox is too big.');
  return page;
}

/**
 * The translations of the texts that stand in the sources.
 *
 * @param {string} sources
 */
function chineseIn(sources) {
  /** @type {Record<string, string>} */
  const all = JSON.parse(readFileSync(path.join(root, 'l10n/bundle.l10n.zh-cn.json'), 'utf8'));
  return Object.fromEntries(
    Object.entries(all).filter(
      ([english]) => sources.includes(`'${english}'`) || sources.includes(`"${english}"`),
    ),
  );
}

/** What the service's own codes mean; those of client SDKs never come from a sandbox, and what helps would be too much. */
function codeTexts() {
  /** @param {string} name */
  const read = (name) => {
    /** @type {[string, { meaning: string }][]} */
    const texts = Object.entries(JSON.parse(readFileSync(path.join(root, 'l10n', name), 'utf8')));
    return Object.fromEntries(
      texts.filter(([key]) => /^\d/.test(key)).map(([key, { meaning }]) => [key, meaning]),
    );
  };
  return { en: read('codes.json'), zh: read('codes.zh-cn.json') };
}

module.exports = { packedInspectorPage };
