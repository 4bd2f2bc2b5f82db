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

/**
 * Node's `crypto` and `zlib` are loaded with the first function of theirs that is called: loading them takes as long as
 * half of a sandbox's start, which needs neither.
 *
 * @type {import('esbuild').Plugin}
 */
const builtinsLater = {
  name: 'builtins-later',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(crypto|zlib)$/ }, ({ path: name, namespace, kind, importer }) => {
      if (/^builtin/.test(namespace)) return { path: name, external: true };
      // One that is loaded late itself, and imports them whole.
      if (importer.includes('node-fetch')) return undefined;
      const how = kind === 'require-call' ? 'builtin' : 'builtin-by-name';
      return { path: name.replace(/^node:/, ''), namespace: how, sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path: name }) => ({
      contents: `module.exports = ${later(`require('${name}')`)};`,
    }));
    onLoad({ filter: /.*/, namespace: 'builtin-by-name' }, ({ path: name }) => {
      const functions = Object.entries(require(name)).filter(([, value]) => typeof value === 'function');
      return {
        contents: [
          `const load = () => require('${name}');`,
          ...functions.map(([one]) => `export const ${one} = (...given) => load().${one}(...given);`),
          `export const constants = /* @__PURE__ */ ${later('load().constants')};`,
        ].join('\n'),
      };
    });
  },
};

/** An expression whose members are looked up in another one, which is carried out each time. @param {string} object */
const later = (object) => `new Proxy({}, { get: (_, name) => ${object}[name] })`;

/** Of node-fetch the sandbox's command line needs little, and brings it itself. */
const sandboxAlias = {
  ...nodeBundle.alias,
  'node-fetch': path.join(__dirname, '../../src/sandbox/run/plainFetch.ts'),
};

/**
 * Of the catalogue of codes the command line needs what a program does with a code; sources, links and what a person can do
 * are the extension's. Codes that say the same stand together. Of the calls it needs neither links nor members.
 *
 * @type {import('esbuild').Plugin}
 */
const factsForPrograms = {
  name: 'facts-for-programs',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]chat[/\\]codes\.json$/ }, ({ path: file }) => {
      /** @type {Map<string, number[]>} */
      const alike = new Map();
      for (const { code, ...entry } of JSON.parse(readFileSync(file, 'utf8')).codes) {
        const said = Object.entries(entry).filter(([name]) => !personal.includes(name));
        const key = JSON.stringify(Object.fromEntries(said));
        alike.set(key, [...(alike.get(key) ?? []), code]);
      }
      const groups = [...alike].map(([said, codes]) => `[${said},${JSON.stringify(codes)}]`);
      const entry = '{code,apis:[],source:[],actions:[],...said}';
      const contents = `export const codes=[${groups.join(',')}]
        .flatMap(([said,list])=>list.map((code)=>(${entry}))).sort((a,b)=>a.code-b.code);export const sources={};`;
      return { contents, loader: 'js' };
    });
    onLoad({ filter: /[/\\]chat[/\\]calls[/\\]specs[/\\]\w+\.ts$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8')
        .replaceAll(/\bdoc: '[^']*',?/g, '')
        .replaceAll(/\bbody: (?:\{[^{}]*\}|[A-Za-z_]+)(?=[,\s])/g, 'body: {}'),
      loader: 'ts',
    }));
  },
};
/** Members of a code's entry that are for a person. */
const personal = ['link', 'place', 'apis', 'source', 'actions'];

/**
 * jsonc-parser makes objects of its enumerations, which nobody here uses: said to be pure, they are left out.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutEnumerations = {
  name: 'without-enumerations',
  setup({ onLoad }) {
    onLoad({ filter: /jsonc-parser[/\\]lib[/\\]esm[/\\]main\.js$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replaceAll(/^\(function \(\w+\) \{$/gm, '/* @__PURE__ */ $&'),
      loader: 'js',
    }));
  },
};

module.exports = { nodeBundle, sandboxAlias, builtinsLater, factsForPrograms, withoutEnumerations };
