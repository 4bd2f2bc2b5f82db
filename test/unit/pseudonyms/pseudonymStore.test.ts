import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { NameBook } from '../../../src/pseudonyms/nameBook';
import { PseudonymStore } from '../../../src/pseudonyms/pseudonymStore';

describe('The books of names', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'names-'));
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  function bookOf(account: string): NameBook {
    const book = NameBook.empty();
    book.meet('account', account);
    book.nameOf('account', account);
    return book;
  }

  it('go with a connection to its new id, and none is left under the former one', async () => {
    const store = new PseudonymStore(folder);
    const book = bookOf('alice');
    await store.write('old', book);
    await store.moveConnection('old', 'new');
    assert.deepEqual((await store.read('new')).toRecord(), book.toRecord());
    assert.deepEqual(await store.connections(), ['new']);
    await store.moveConnection('old', 'new');
    assert.deepEqual((await store.read('new')).toRecord(), book.toRecord(), 'moved again, after a crash');
    await store.moveConnection('nobody', 'none');
    assert.deepEqual(await store.connections(), ['new']);
  });

  it('stay both, where the other connection has one: each leads its own exports back', async () => {
    const store = new PseudonymStore(folder);
    const [earlier, later] = [bookOf('alice'), bookOf('bob')];
    await store.write('old', earlier);
    await store.write('new', later);
    await store.moveConnection('old', 'new');
    assert.deepEqual((await store.read('old')).toRecord(), earlier.toRecord());
    assert.deepEqual((await store.read('new')).toRecord(), later.toRecord());
  });

  it('are found without knowing whose they are', async () => {
    const store = new PseudonymStore(folder);
    for (const id of ['c0ffee', 'a/b']) await store.write(id, bookOf('alice'));
    assert.deepEqual(await store.connections(), ['a/b', 'c0ffee']);
    for (const id of await store.connections()) await store.removeConnection(id);
    assert.deepEqual(await fs.readdir(folder), []);
  });
});
