// @ts-check
// The bundler makes a file of whatever two rooms share, however small. Small ones are put together, since opening a file
// costs more than what is in most of them.

/** A file that is smaller, in bytes, gets none of its own. */
const SMALL = 8192;

/** What holds the small ones that several rooms share. */
const SHARED = 'shared.js';

/** What holds the ones that are loaded at once by more than one process. */
const COMMON = 'common.js';

/**
 * What holds the rooms that nobody waits for at a start. They are packed much smaller together than one by one, and only
 * what is called in it is compiled.
 */
const ROOMS = 'rooms.js';

/** What holds the rooms that are opened one after the other, by whoever looks at a message and modifies it. */
const DAILY = 'daily.js';

/** What holds the ones that a process of its own starts with: it would read all that the rooms share for a tenth of it. */
const PROGRAMS = 'programs.js';

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
 * @param {ReadonlyMap<string, { code: string, isEntry: boolean }>} files by name, without "use strict"
 * @param {string} main the entry that is loaded first
 * @param {readonly string[]} programs entries that are processes of their own: they cannot load `main`, so what they share
 *   with it gets a file
 * @param {readonly string[]} atHand rooms that are opened at a start, or by the first clicks: they share a file
 * @returns {Map<string, string>} the code of each file that is left
 */
function putTogether(files, main, programs, atHand) {
  /** Files with what they need, with what that needs, and so on. */
  const reached = (/** @type {readonly string[]} */ from, /** @type {boolean} */ isLaterToo) => {
    /** @type {Set<string>} */
    const all = new Set();
    const reach = (/** @type {string} */ name) => {
      if (all.has(name)) return;
      all.add(name);
      for (const [, needed = ''] of files.get(name)?.code.matchAll(required) ?? []) {
        const file = files.get(needed);
        if (file && (isLaterToo || !file.isEntry)) reach(needed);
      }
    };
    from.forEach(reach);
    return all;
  };
  const eager = reached([main], false);
  const ofPrograms = reached(programs, true);
  const atTheirStart = reached(programs, false);
  const soon = reached(atHand, false);
  /** @type {Map<string, string>} where each file that gets none of its own is put */
  const homes = new Map();
  for (const [name, { code, isEntry }] of files) {
    if (name === main || programs.includes(name)) continue;
    const isOfPrograms = ofPrograms.has(name);
    if (eager.has(name)) homes.set(name, isOfPrograms ? COMMON : main);
    else if (!isEntry && code.length < SMALL) homes.set(name, atTheirStart.has(name) ? PROGRAMS : SHARED);
    else if (!isOfPrograms) homes.set(name, soon.has(name) ? DAILY : ROOMS);
  }
  /** Where a file finds another one. */
  const rewired = (/** @type {string} */ code, /** @type {string} */ inside) =>
    code.replace(required, (whole, /** @type {string} */ needed) => {
      const home = homes.get(needed);
      if (home === undefined) return whole;
      return home === inside ? `part("${needed}")` : `require("./${home}").part("${needed}")`;
    });
  const partsOf = (/** @type {string} */ home) => {
    const names = [...homes].filter(([, at]) => at === home).map(([name]) => name);
    return together(names.map((name) => [name, rewired(files.get(name)?.code ?? '', home)]));
  };

  const left = new Map(
    [...files]
      .filter(([name]) => !homes.has(name))
      .map(([name, { code }]) => [
        name,
        `"use strict";${name === main ? partsOf(main) : ''}\n${rewired(code, name)}`,
      ]),
  );
  left.set(main, `${left.get(main) ?? ''}\nmodule.exports.part=part;`);
  for (const home of [COMMON, PROGRAMS, SHARED, DAILY, ROOMS])
    left.set(home, `"use strict";${partsOf(home)}\nmodule.exports={part};`);
  return left;
}

module.exports = { putTogether };
