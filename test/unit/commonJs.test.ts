import assert from 'node:assert/strict';
import { toCommonJs } from '../../scripts/lib/commonJs.cjs';

/** Loads files of ES modules, turned into CommonJS, as Node would. */
function load(files: Readonly<Record<string, string>>, name: string): Record<string, unknown> {
  const loaded = new Map<string, { exports: Record<string, unknown> }>();
  const required = (file: string): unknown => {
    const there = loaded.get(file);
    if (there) return there.exports;
    const code = files[file];
    if (code === undefined) return { said: `${file} of Node` };
    const module = { exports: {} };
    loaded.set(file, module);
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- it is what is tested
    new Function('require', 'module', 'exports', `"use strict";${toCommonJs(code)}`)(
      required,
      module,
      module.exports,
    );
    return module.exports;
  };
  return required(name) as Record<string, unknown>;
}

describe('files of the bundle as CommonJS', () => {
  it('take names of others, whole modules and defaults, also where the import stands last', () => {
    const main = load(
      {
        './one.js': 'const a=1,b="two";export{a,b as c,b as default};',
        './main.js':
          'const all=[x,c,d,ns.a,p.said];import"./one.js";import{a as x,c}from"./one.js";import d from"./one.js";import*as ns from"./one.js";import p from"node:path";export{all};',
      },
      './main.js',
    );
    assert.deepEqual(main.all, [1, 'two', 'two', 1, 'node:path of Node']);
  });

  it('load at import() only, and tell a promise', async () => {
    const loads: string[] = [];
    const main = load(
      {
        './late.js': 'loads.push("late");const a=1;export{a};'.replace('loads', 'globalThis.loads'),
        './main.js': 'const later=()=>import("./late.js").then(({a})=>a+1);export{later};',
      },
      './main.js',
    );
    Object.assign(globalThis, { loads });
    const later = (main.later as () => Promise<number>)();
    assert.deepEqual(loads, []);
    assert.equal(await later, 2);
    assert.deepEqual(loads, ['late']);
    Reflect.deleteProperty(globalThis, 'loads');
  });

  it('show what a function sets later', () => {
    const main = load({ './main.js': 'let n=0;function up(){n++}export{n,up};' }, './main.js');
    (main.up as () => void)();
    assert.equal(main.n, 1);
  });

  it('leave text alone that only looks like an import', () => {
    const code = 'const a=`import b from"c";\\nexport{d};import("e")`;export{a};';
    assert.equal(load({ './main.js': code }, './main.js').a, 'import b from"c";\nexport{d};import("e")');
  });
});
