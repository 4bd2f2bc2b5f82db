// @ts-check
// The bundler makes a file of whatever two rooms share, however small. Small ones are put together, since opening a file
// costs more than what is in most of them.

/** A file that is smaller, in bytes, gets none of its own. */
const SMALL = 4096;

/** What holds the small ones that several rooms share. */
const SHARED = 'shared.js';

const required = /\brequire\("\.\/([\w-]+\.js)"\)/g;

/**
 * What a file holds that others' are put into: each is carried out when it is first asked for, as a file would be.
 *
 * @param {ReadonlyArray<readonly [name: string, code: string]>} files
 */
function together(files) {
  const parts = files.map(([name, code]) => `${JSON.stringify(name)}(module,exports){${code}}`);
  return [
    `const parts={${parts.join(',\n')}},there=Object.create(null);`,
    `function part(name){if(there[name])return there[name].exports;`,
    `const module=there[name]={exports:{}};`,
    // What failed is tried again by the next who asks, as Node does with files.
    `try{parts[name](module,module.exports)}catch(error){delete there[name];throw error}`,
    `return module.exports}`,
  ].join('');
}

/**
 * Puts CommonJS files together: into the entry what it loads at once, and into one more what is small and shared.
 *
 * @param {ReadonlyMap<string, { code: string, isEntry: boolean }>} files by name
 * @param {string} main the entry that is loaded first
 * @returns {Map<string, string>} the code of each file that is left
 */
function putTogether(files, main) {
  /** @type {Set<string>} */
  const eager = new Set();
  const reach = (/** @type {string} */ name) => {
    for (const [, needed] of files.get(name)?.code.matchAll(required) ?? []) {
      const file = needed === undefined ? undefined : files.get(needed);
      if (needed === undefined || !file || file.isEntry || eager.has(needed)) continue;
      eager.add(needed);
      reach(needed);
    }
  };
  reach(main);
  const small = new Set(
    [...files]
      .filter(([name, { code, isEntry }]) => !isEntry && !eager.has(name) && code.length < SMALL)
      .map(([name]) => name),
  );
  /** Where a file finds another one. */
  const rewired = (/** @type {string} */ code, /** @type {string} */ inside) =>
    code.replace(required, (whole, /** @type {string} */ needed) => {
      const home = eager.has(needed) ? main : small.has(needed) ? SHARED : undefined;
      if (home === undefined) return whole;
      return home === inside ? `part("${needed}")` : `require("./${home}").part("${needed}")`;
    });
  const partsOf = (/** @type {ReadonlySet<string>} */ names, /** @type {string} */ home) =>
    together([...names].map((name) => [name, rewired(files.get(name)?.code ?? '', home)]));

  const left = new Map(
    [...files]
      .filter(([name]) => !eager.has(name) && !small.has(name))
      .map(([name, { code }]) => [name, rewired(code, name)]),
  );
  left.set(main, `"use strict";${partsOf(eager, main)}\n${left.get(main) ?? ''}\nmodule.exports.part=part;`);
  left.set(SHARED, `"use strict";${partsOf(small, SHARED)}\nmodule.exports={part};`);
  return left;
}

module.exports = { putTogether };
