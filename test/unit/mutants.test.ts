import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Mutant } from '../../scripts/mutants.mjs';

const folder = path.resolve('test/mutants');

describe('mutants', () => {
  for (const name of readdirSync(folder)) {
    it(`of ${name} break a text that stands exactly once in its file, and name tests that are there`, async () => {
      const mutants = ((await import(pathToFileURL(path.join(folder, name)).href)) as { default: Mutant[] })
        .default;
      const stale = mutants.filter(({ file, from }) => readFileSync(file, 'utf8').split(from).length !== 2);
      assert.deepEqual(
        stale.map(({ breaks, file }) => `${file}: ${breaks}`),
        [],
      );
      const untested = mutants.filter(
        ({ suite = 'unit', tests }) => suite === 'unit' && !existsSync(path.join('test/unit', tests)),
      );
      assert.deepEqual(
        untested.map(({ breaks, tests }) => `${tests}: ${breaks}`),
        [],
      );
    });
  }
});
