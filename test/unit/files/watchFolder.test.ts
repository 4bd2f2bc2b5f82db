import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { nodeFiles, type FileLayer } from '../../../src/files/fileLayer';
import { watchFolder } from '../../../src/files/watchFolder';
import { eventually } from '../../support/eventually';

describe('watchFolder', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'watch-'));
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  // A system that cannot watch shows as a start that fails; from then on the folder is looked at.
  const blind: FileLayer = { ...nodeFiles, mkdir: () => Promise.reject(new Error('no watches left')) };

  for (const [name, layer] of [
    ['by the system', nodeFiles],
    ['by looking', blind],
  ] as const) {
    it(`tells of files that appear, change and go, ${name}`, async () => {
      await fs.writeFile(path.join(folder, 'there.json'), 'before');
      const told = new Set<string>();
      const all: string[] = [];
      const until = async (file: string): Promise<void> => {
        await eventually(() => told.has(file), `${file} to be told`);
        all.push(...told);
        told.clear();
      };
      const watcher = {
        onName: (file: string) => void told.add(file),
        onReady: () => void told.add('ready'),
      };
      const watch = watchFolder(folder, watcher, layer);
      try {
        await until('ready');
        await fs.writeFile(path.join(folder, '.tmp-1'), '');
        await fs.writeFile(path.join(folder, 'new.json'), '');
        await until('new.json');
        await fs.writeFile(path.join(folder, 'there.json'), 'afterwards');
        await until('there.json');
        await fs.rm(path.join(folder, 'new.json'));
        await until('new.json');
      } finally {
        watch.dispose();
      }
      assert.ok(!all.includes('.tmp-1'));
    });
  }

  it('makes a missing folder, and tells nothing once disposed of', async () => {
    const missing = path.join(folder, 'a/b');
    const told: string[] = [];
    const watch = watchFolder(missing, { onName: (name) => told.push(name) });
    watch.dispose();
    const end = Date.now() + 5_000;
    while ((await fs.readdir(folder)).length === 0 && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await fs.mkdir(missing, { recursive: true });
    await fs.writeFile(path.join(missing, 'late.json'), '');
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(told, []);
  });
});
