import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { writeFileAtomic } from '../../../src/files/atomic';
import { listText } from '../../../src/transfer/listText';
import { Spool } from '../../../src/transfer/spool';
import { runs } from '../../support/runs';

describe('what is exported', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'transfer-'));
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  it('comes out oldest first, conversation by conversation, as often as it is read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }), { maxLength: 4 }), {
          maxLength: 3,
        }),
        async (sections) => {
          const spool = await Spool.open(folder);
          const expected: string[] = [];
          try {
            for (const pages of sections) {
              spool.begin();
              const items = pages.map((page) => page.map((text) => JSON.stringify(text)));
              for (const page of items) await spool.add(page);
              expected.push(...items.flat().reverse());
            }
            assert.equal(spool.count, expected.length);
            for (let time = 0; time < 2; time += 1) {
              const found: string[] = [];
              for await (const page of spool.pages()) found.push(...page);
              assert.deepEqual(found, expected);
            }
          } finally {
            await spool.dispose();
          }
          assert.deepEqual(await fs.readdir(folder), []);
        },
      ),
      runs(30, 1000),
    );
  });

  it('is a list in a file that is replaced as a whole', async () => {
    const file = path.join(folder, 'old.chatmsgs.json');
    await fs.writeFile(file, 'the old one');
    async function* pages(): AsyncGenerator<readonly string[]> {
      await Promise.resolve();
      yield ['{"a":1}', '{"a":2}'];
      assert.equal(await fs.readFile(file, 'utf8'), 'the old one');
      yield [];
      yield ['{"a":3}'];
    }
    await writeFileAtomic(
      file,
      listText(pages(), (item) => item.replace('a', 'b')),
    );
    assert.equal(await fs.readFile(file, 'utf8'), '[\n  {"b":1},\n  {"b":2},\n  {"b":3}\n]\n');
    assert.deepEqual(await fs.readdir(folder), ['old.chatmsgs.json']);
  });

  it('leaves the old file when reading fails or is cancelled on the way', async () => {
    const file = path.join(folder, 'old.chatmsgs.json');
    await fs.writeFile(file, 'the old one');
    const abort = new AbortController();
    async function* pages(): AsyncGenerator<readonly string[]> {
      await Promise.resolve();
      yield ['{"a":1}'];
      abort.abort(new Error('cancelled'));
      yield ['{"a":2}'];
    }
    await assert.rejects(writeFileAtomic(file, listText(pages(), undefined, abort.signal)), /cancelled/);
    assert.equal(await fs.readFile(file, 'utf8'), 'the old one');
    assert.deepEqual(await fs.readdir(folder), ['old.chatmsgs.json']);
  });
});
