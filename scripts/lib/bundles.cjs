// @ts-check
const { readFileSync } = require('node:fs');
const path = require('node:path');

/**
 * How everything that runs in Node is bundled.
 *
 * @satisfies {import('esbuild').BuildOptions}
 */
const nodeBundle = {
  bundle: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  platform: 'node',
  target: 'node20',
  // jsonc-parser's UMD build hides its imports from a bundler; its ES modules do not.
  mainFields: ['module', 'main'],
  alias: {
    // Its package.json has two `main` members, and esbuild takes the first, which names no file.
    'tls-sig-api-v2': 'tls-sig-api-v2/TLSSigAPIv2.js',
  },
};

/** Of node-fetch the sandbox's command line needs little, and brings it itself. */
const sandboxAlias = {
  ...nodeBundle.alias,
  'node-fetch': path.join(__dirname, '../../src/sandbox/run/plainFetch.ts'),
};

/**
 * Of the catalogue of codes the command line needs what a program does with a code; sources, links and what a person can do
 * are the extension's.
 *
 * @type {import('esbuild').Plugin}
 */
const codesForPrograms = {
  name: 'codes-for-programs',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\\\]chat[/\\\\]codes\.json$/ }, ({ path: file }) => {
      const { codes } = JSON.parse(readFileSync(file, 'utf8'));
      const kept = codes.map((/** @type {Record<string, unknown>} */ entry) => ({
        ...Object.fromEntries(Object.entries(entry).filter(([name]) => !['link', 'place'].includes(name))),
        ...{ apis: [], source: [], actions: [] },
      }));
      return { contents: JSON.stringify({ codes: kept, sources: {} }), loader: 'json' };
    });
  },
};

module.exports = { nodeBundle, sandboxAlias, codesForPrograms };
