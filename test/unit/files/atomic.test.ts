import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { namesIn, readIfThere, removeFile, sweepTemporary, writeFileAtomic } from '../../../src/files/atomic';
import { fromCheckedJson, setAside, toCheckedJson } from '../../../src/files/checkedJson';
import { runs } from '../../support/runs';
import { PowerCut, seededRandom, TornFiles } from '../../support/tornFiles';

async function* inTwo(text: string): AsyncGenerator<string> {
  yield text.slice(0, text.length / 2);
  await Promise.resolve();
  yield text.slice(text.length / 2);
}

describe('writeFileAtomic', function () {
  this.timeout(600_000);

  let folder = '';
  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'atomic-'));
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  it('writes, replaces and removes on a real disk and leaves nothing beside', async () => {
    const file = path.join(folder, 'a/b/c.json');
    await writeFileAtomic(file, '你好 👋\n');
    await writeFileAtomic(file, 'two');
    assert.equal(await fs.readFile(file, 'utf8'), 'two');
    assert.deepEqual(await fs.readdir(path.dirname(file)), ['c.json']);
    assert.equal(await removeFile(file), true);
    assert.equal(await removeFile(file), false);
  });

  it('removes its temporary file when the target cannot be written', async () => {
    const file = path.join(folder, 'taken');
    await fs.mkdir(path.join(file, 'inside'), { recursive: true });
    await assert.rejects(writeFileAtomic(file, 'text'));
    assert.deepEqual(await fs.readdir(folder), ['taken']);
  });

  it('does not list temporary files, and sweeps only old ones', async () => {
    await fs.writeFile(path.join(folder, '.tmp-old'), '');
    await fs.writeFile(path.join(folder, 'kept.json'), '');
    assert.deepEqual(await namesIn(folder), ['kept.json']);
    await sweepTemporary(folder, Date.now(), 60_000);
    assert.equal((await fs.readdir(folder)).length, 2);
    await sweepTemporary(folder, Date.now() + 120_000, 60_000);
    assert.deepEqual(await fs.readdir(folder), ['kept.json']);
  });

  it('finds no names in a folder that is not there', async () => {
    assert.deepEqual(await namesIn(path.join(folder, 'nowhere')), []);
  });

  it('holds the old or the new text after a power cut at any operation, and the new one once it returned', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(40),
        fc.integer(),
        fc.array(fc.string({ maxLength: 200 }), { minLength: 1, maxLength: 4 }),
        async (cut, seed, texts) => {
          const disk = new TornFiles();
          const file = '/data/deep/file.json';
          const random = seededRandom(seed);
          let held: string | undefined;
          let attempted: string | undefined;
          disk.cutAfter(cut);
          try {
            for (const text of texts) {
              attempted = text;
              // In one piece, or in two.
              await writeFileAtomic(file, text.length % 2 === 0 ? text : inTwo(text), disk);
              held = text;
            }
          } catch (error) {
            assert.ok(error instanceof PowerCut, String(error));
          }
          disk.recover(random);
          const found = await readIfThere(file, disk);
          assert.ok(found === held || found === attempted, `${JSON.stringify(found)} is neither old nor new`);
        },
      ),
      runs(400, 40_000),
    );
  });

  it('stays removed once removing returned', async () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const disk = new TornFiles();
      await writeFileAtomic('/data/file.json', 'text', disk);
      await removeFile('/data/file.json', disk);
      disk.recover(seededRandom(seed));
      assert.equal(await readIfThere('/data/file.json', disk), undefined);
    }
  });
});

describe('checked JSON', function () {
  this.timeout(600_000);

  it('comes back as it was and tells any change of a byte', () => {
    const record = { format: 1, text: 'a "b" 你好 \ud83d', list: [1, { deep: null }] };
    const text = toCheckedJson(record);
    assert.deepEqual(fromCheckedJson(text), record);
    assert.match(text, /^\{\n {2}"format": 1,\n/);
    assert.equal(fromCheckedJson(text.replace('你好', '你们')), undefined);
    assert.equal(fromCheckedJson(text.slice(0, -10)), undefined);
    for (const broken of ['', '\0\0\0', 'null', '[]', '"text"', '{}'])
      assert.equal(fromCheckedJson(broken), undefined);
  });

  it('sets files of one name aside beside each other', async () => {
    const disk = new TornFiles();
    for (const text of ['one', 'two']) {
      await writeFileAtomic('/data/file.json', text, disk);
      assert.match(
        (await setAside('/data/file.json', disk)) ?? '',
        /^\/data\/damaged\/file-[0-9a-f]{8}\.json$/,
      );
    }
    assert.equal((await disk.readdir('/data/damaged')).length, 2);
    assert.equal(await setAside('/data/file.json', disk), undefined);
  });
});
