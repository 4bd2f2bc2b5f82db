import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { toCheckedJson } from '../../../src/files/checkedJson';
import { UnsentStore } from '../../../src/sending/unsentStore';

describe('The files of messages that are not sent yet', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'unsent-'));
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  it('are set aside when they are damaged, and left alone when a newer version wrote them', async () => {
    const store = new UnsentStore(folder);
    const [good, torn, newer] = [
      await store.create('c0ffee', '{"To_Account":"bob"}'),
      await store.create('c0ffee', '{}'),
      await store.create('c0ffee', '{}'),
    ];
    const file = (id: string): string => path.join(folder, `${id}.new.json`);
    await fs.truncate(file(torn.id), 20);
    await fs.writeFile(file(newer.id), toCheckedJson({ format: 2, id: newer.id, more: true }));
    assert.deepEqual(await store.list(), [good]);
    await fs.access(file(newer.id));
    await assert.rejects(fs.access(file(torn.id)));
    assert.equal((await fs.readdir(path.join(folder, 'damaged'))).length, 1);
  });
});
