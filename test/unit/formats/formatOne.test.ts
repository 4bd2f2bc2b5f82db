import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { c2cAddress, type MessageRef } from '../../../src/chat/address';
import { DraftStore } from '../../../src/documents/draftStore';
import { Journal } from '../../../src/journal/journal';
import { MessageLocks } from '../../../src/modify/lock';
import { nodeTiming } from '../../../src/modify/timing';

interface NameOfBefore {
  readonly connectionId: string;
  readonly from: string;
  readonly to: string;
  readonly key: string;
  readonly revision: string;
  readonly lock: string;
}

const fixtures = path.resolve('test/fixtures/format1');

describe('files of the version that knew messages of two users only', () => {
  let folder = '';
  let names: NameOfBefore[] = [];
  const problems: unknown[] = [];
  const onProblem = (problem: unknown): void => void problems.push(problem);
  const refOf = ({ connectionId, from, to, key }: NameOfBefore): MessageRef => ({
    connectionId,
    address: c2cAddress(from, to, key),
  });

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'format-'));
    await fs.cp(fixtures, folder, { recursive: true });
    names = JSON.parse(await fs.readFile(path.join(fixtures, 'names.json'), 'utf8')) as NameOfBefore[];
    problems.length = 0;
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  it('are read as drafts and bases, byte for byte', async () => {
    const drafts = new DraftStore(path.join(folder, 'messages'), { onProblem });
    for (const [index, name] of names.entries()) {
      assert.deepEqual(await drafts.read(refOf(name)), {
        ref: refOf(name),
        facts: index % 2 === 1 ? undefined : { time: 1764060000 + index, flags: 0 },
        base: {
          msgBody: `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello ${index}"}}]`,
          cloudCustomData: '"{\\"n\\":12345678901234567890}"',
        },
        draft: index === 1 ? null : `{ "MsgBody": [], // broken ${index}`,
        savedAt: 1764060100000 + index,
      });
    }
    assert.equal((await drafts.list()).length, 6);
    assert.deepEqual(problems, []);
  });

  it('are written anew with the kind of chat, at the same place', async () => {
    const drafts = new DraftStore(path.join(folder, 'messages'));
    for (const state of await drafts.list()) await drafts.write(state);
    const files = await fs.readdir(path.join(folder, 'messages'));
    assert.deepEqual(files.sort(), (await fs.readdir(path.join(fixtures, 'messages'))).sort());
    for (const file of files) {
      const text = await fs.readFile(path.join(folder, 'messages', file), 'utf8');
      const { chat, format } = JSON.parse(text) as { chat: unknown; format: unknown };
      assert.deepEqual([chat, format], ['c2c', 1]);
    }
  });

  it('are read as revisions, found by message, conversation and id, and settled', async () => {
    const journal = new Journal(path.join(folder, 'journal'), { onProblem });
    assert.deepEqual(
      (await journal.list()).map(({ id }) => id),
      names.map(({ revision }) => revision).reverse(),
    );
    for (const name of names) {
      const { address } = refOf(name);
      const [found, ...more] = await journal.list({ message: address });
      assert.deepEqual([found?.id, more.length], [name.revision, 0]);
      assert.deepEqual(found?.address, address);
      assert.equal(found.before?.cloudCustomData, '"{\\"n\\":12345678901234567890}"');
      const conversation = { chat: 'c2c', user: name.to, peer: name.from } as const;
      assert.equal((await journal.list({ conversation })).length, 1);
      assert.deepEqual((await journal.get(name.revision))?.address, address);
    }
    const [unfinished] = await journal.unfinished();
    assert.ok(unfinished);
    assert.deepEqual(unfinished.address, c2cAddress('..', '.', '3_4_1764060003'));
    await journal.settle(unfinished, { state: 'notDone' });
    assert.deepEqual(await journal.unfinished(), []);
    assert.equal((await journal.list({ message: unfinished.address }))[0]?.outcome.state, 'notDone');
    assert.deepEqual(problems, []);
  });

  it('lock their messages', async () => {
    const owner = { pid: 1, start: () => Promise.resolve('62158'), isRunning: () => true };
    // Where the holder ran cannot be seen from another machine: then its silence counts, and a copy was just touched.
    const locks = new MessageLocks(path.join(folder, 'locks'), nodeTiming, owner);
    for (const name of names)
      assert.equal((await locks.take(refOf(name), { waitMs: 0 })).kind, 'busy', name.lock);
    const free = { connectionId: 'c1', address: c2cAddress('alice', 'bob', '1_2_3') };
    assert.equal((await locks.take(free, { waitMs: 0 })).kind, 'taken');
  });
});
