import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

describe('imports', () => {
  for (const folder of ['src', 'webview']) {
    it(`of ${folder} lead back to no file, those of types included`, () => {
      assert.deepEqual(circles(importsUnder(folder)), []);
    });
  }

  it('are told when they lead back', () => {
    const imports = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', []],
    ]);
    assert.deepEqual(circles(imports), [['a', 'b', 'c']]);
  });
});

/** The files of ours that each file imports. */
function importsUnder(folder: string): Map<string, readonly string[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));
  return new Map(
    files.map((file) => [
      file,
      ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles.flatMap(({ fileName }) => {
        const target = path.join(path.dirname(file), fileName);
        return [`${target}.ts`, path.join(target, 'index.ts')].filter(
          (candidate) => fileName.startsWith('.') && existsSync(candidate),
        );
      }),
    ]),
  );
}

/** Files that can be reached from themselves, gathered by circle (Tarjan's strongly connected components). */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): number => {
    const known = order.get(file);
    if (known !== undefined) return open.includes(file) ? known : Infinity;
    const own = order.size;
    order.set(file, own);
    open.push(file);
    const low = Math.min(own, ...(imports.get(file) ?? []).map(visit));
    if (low < own) return low;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1 || (imports.get(file) ?? []).includes(file)) found.push(circle.sort());
    return Infinity;
  };
  for (const file of imports.keys()) visit(file);
  return found;
}
