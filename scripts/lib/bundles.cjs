// @ts-check

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

module.exports = { nodeBundle };
