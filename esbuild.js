// @ts-check
// Bundles the extension, the sandbox, the pages and, with --tests, the tests.
//   --tests=unit/json/layout.test.ts,…   these files of tests alone, beside what is there
const { build, context, transform } = require('esbuild');
const { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { builtinsLater, nodeBundle } = require('./scripts/lib/bundles.cjs');
const { packedInspectorPage } = require('./scripts/lib/inspectorPage.cjs');
const { putTogether } = require('./scripts/lib/chunks.cjs');
const { toCommonJs } = require('./scripts/lib/commonJs.cjs');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');
/** Files below `test` that alone are wanted. */
const wanted = process.argv
  .find((one) => one.startsWith('--tests='))
  ?.slice('--tests='.length)
  .split(',');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
};

/**
 * The data of the catalogue lies beside the bundle: with it inside, the bundle would be over its size.
 *
 * @type {import('esbuild').Plugin}
 */
const catalogueBeside = {
  name: 'catalogue-beside',
  setup({ onResolve, onStart }) {
    onResolve({ filter: /\/codes\.json$/ }, () => ({ path: './codes.json', external: true }));
    onStart(() => {
      const { codes, sources } = JSON.parse(readFileSync('src/chat/codes.json', 'utf8'));
      mkdirSync('dist', { recursive: true });
      writeFileSync('dist/codes.json', JSON.stringify({ codes, sources }));
    });
  },
};

/**
 * node-fetch comes with the first request: nobody waits for it at activation. What it would read an answer that is a form by
 * does not come at all: no answer is read as one.
 *
 * @type {import('esbuild').Plugin}
 */
const fetchLater = {
  name: 'fetch-later',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node-fetch$/ }, ({ namespace }) =>
      namespace === 'later' ? undefined : { path: 'node-fetch', namespace: 'later' },
    );
    onLoad({ filter: /.*/, namespace: 'later' }, () => ({
      contents: `export default async (...args) => (await import('node-fetch')).default(...args);`,
      resolveDir: __dirname,
    }));
    onResolve({ filter: /\/multipart-parser\.js$/ }, () => ({ path: 'forms', namespace: 'no-forms' }));
    onLoad({ filter: /.*/, namespace: 'no-forms' }, () => ({
      contents: `export const toFormData = () => { throw new TypeError('No answer is read as a form.'); };`,
    }));
  },
};

/** Names of everything in VS Code's API that exists at run time. */
function namesOfVSCode() {
  const types = readFileSync(require.resolve('@types/vscode/index.d.ts'), 'utf8');
  const exported = types.matchAll(
    /^(?:\t| {4})export (?:abstract )?(?:namespace|class|enum|const|function) (\w+)/gm,
  );
  return [...new Set([...exported].map(([, name]) => name))];
}

/**
 * VS Code's API as a module with names of its own. Taken for a foreign module, as it is, all its names would be copied
 * for each of our files that imports it: half of the time that loading the bundle takes.
 *
 * @type {import('esbuild').Plugin}
 */
const vscodeByName = {
  name: 'vscode-by-name',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'by-name'
        ? { path: 'vscode', external: true }
        : { path: 'vscode', namespace: 'by-name', sideEffects: false },
    );
    onLoad({ filter: /.*/, namespace: 'by-name' }, () => ({
      contents: [
        `const api = require('vscode'), of = (name) => api[name];`,
        ...namesOfVSCode().map((name) => `export const ${name} = /* @__PURE__ */ of('${name}');`),
      ].join('\n'),
    }));
  },
};

/** The rooms of the tree, the message editor and *Modify*. */
const atHand = [
  ...[
    'createConnections',
    'explorerView',
    'ofConnections',
    'createMessages',
    'createEditor',
    'createModifying',
  ],
  ...['createJournal', 'ofMessages', 'draftsView', 'historyView', 'createUnsent'],
];

/**
 * esbuild splits ES modules only, and VS Code loads CommonJS sooner: the split files are turned into CommonJS one by one.
 * `import()` becomes a `require` that is carried out when it is reached.
 *
 * @type {import('esbuild').Plugin}
 */
const roomsAsCommonJs = {
  name: 'rooms-as-commonjs',
  setup({ onEnd }) {
    onEnd(async ({ outputFiles = [], metafile }) => {
      mkdirSync('dist', { recursive: true });
      /** @type {Map<string, { code: string, isEntry: boolean }>} */
      const files = new Map();
      await Promise.all(
        outputFiles.map(async (file) => {
          const name = path.basename(file.path);
          if (production) {
            const isEntry = metafile?.outputs[`dist/${name}`]?.entryPoint !== undefined;
            files.set(name, { code: toCommonJs(file.text), isEntry });
            return;
          }
          const { code, map } = await transform(file.text, {
            format: 'cjs',
            platform: 'node',
            target: 'node20',
            supported: { 'dynamic-import': false },
            sourcefile: name,
            sourcemap: 'external',
            sourcesContent: false,
          });
          // As they are, so that stacks and breakpoints find the sources.
          writeFileSync(file.path, `${code}//# sourceMappingURL=${name}.map\n`);
          writeFileSync(`${file.path}.map`, map);
        }),
      );
      if (!production) return;
      const isAtHand = (/** @type {string} */ name) => atHand.some((room) => name.startsWith(`${room}-`));
      const rooms = [...files.keys()].filter(isAtHand);
      for (const [name, code] of putTogether(files, 'extension.js', ['sandbox.js', 'inbox.js'], rooms))
        writeFileSync(path.join('dist', name), code);
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const plainNode = {
  ...common,
  ...nodeBundle,
  format: 'cjs',
  alias: {
    ...nodeBundle.alias,
    // VS Code patches `http` and `https` for the user's proxy settings by their plain names.
    'node:http': 'http',
    'node:https': 'https',
  },
};

/**
 * @param {string} folder
 * @param {string} ending
 * @returns {string[]}
 */
function filesUnder(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(folder, name))
    .sort();
}

/**
 * @param {string} page the sandbox's page, which stands in whatever has the sandbox in it
 * @returns {import('esbuild').BuildOptions[]}
 */
function bundles(page) {
  const node = { ...plainNode, define: { ...common.define, INSPECTOR_PAGE: JSON.stringify(page) } };
  const product = [
    // One file a room, loaded when it is first needed: what `activate` does not need costs nothing at a start.
    {
      ...node,
      // The sandbox is a process of its own and shares files with the extension, since both know the service.
      entryPoints: {
        extension: 'src/extension.ts',
        sandbox: 'src/sandbox/main.ts',
        inbox: 'src/webhooks/inbox/main.ts',
      },
      format: 'esm',
      splitting: true,
      chunkNames: '[name]-[hash]',
      outdir: 'dist',
      write: false,
      metafile: true,
      sourcemap: production ? false : 'inline',
      // The polyfill is for a Node without streams of its own.
      external: ['web-streams-polyfill'],
      plugins: [builtinsLater, vscodeByName, catalogueBeside, fetchLater, roomsAsCommonJs],
    },
    /** @type {import('esbuild').BuildOptions} */ ({
      ...common,
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
      // The widgets' library comes after the page it belongs to.
      entryPoints: {
        editor: 'webview/main.ts',
        widgets: 'webview/toolkit/library.ts',
        conversation: 'webview/conversation/main.ts',
      },
      outdir: 'dist/webview',
    }),
  ];
  if (!tests && !wanted) return product;
  const external = [
    'vscode',
    'mocha',
    'fast-check',
    'playwright-core',
    '@vscode/test-electron',
    'eslint',
    'esbuild',
    'typescript',
    'axe-core',
    'imsdk-restapi-nodejs-es6-sdk',
  ];
  if (wanted) {
    const entryPoints = wanted.map((file) => path.join('test', file));
    return [{ ...node, minify: false, entryPoints, external, outbase: 'test', outdir: 'out' }];
  }
  const suites = ['unit', 'host', 'ui', 'bench'].map((kind) => ({
    ...node,
    minify: false,
    entryPoints: filesUnder(`test/${kind}`, kind === 'bench' ? '.bench.ts' : '.test.ts'),
    external,
    outbase: 'test',
    outdir: 'out',
  }));
  const runner = {
    ...node,
    minify: false,
    entryPoints: ['test/host/index.ts'],
    external,
    outbase: 'test',
    outdir: 'out',
  };
  return [...product, ...suites, ...(existsSync('test/host/index.ts') ? [runner] : [])].filter(
    (options) => !Array.isArray(options.entryPoints) || options.entryPoints.length > 0,
  );
}

async function main() {
  const page = await packedInspectorPage();
  if (wanted) {
    await Promise.all(bundles(page).map((options) => build(options)));
    return;
  }
  const { buildSchemas } = await import('./scripts/build-schemas.mjs');
  for (const folder of tests ? ['out', 'dist'] : ['dist']) rmSync(folder, { recursive: true, force: true });
  await buildSchemas();
  // Node looks for the nearest manifest before it loads a file, and that of the extension is long.
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/package.json', '{"type":"commonjs"}\n');
  if (watch) {
    for (const options of bundles(page)) await (await context(options)).watch();
    return;
  }
  await Promise.all(bundles(page).map((options) => build(options)));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
