import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { c2cAddress, sameAddress, type MessageRef } from '../../../src/chat/address';
import { DraftStore, type DraftProblem, type MessageState } from '../../../src/documents/draftStore';
import { eventually } from '../../support/eventually';
import { runs } from '../../support/runs';
import { PowerCut, seededRandom, TornFiles } from '../../support/tornFiles';

const ref: MessageRef = { connectionId: 'c1', address: c2cAddress('alice', 'a/b%#.. ', '1_2_3') };

function state(draft: string | null, of: MessageRef = ref): MessageState {
  return {
    ref: of,
    facts: { time: 1_700_000_000, flags: 0 },
    base: { msgBody: '[ ]', cloudCustomData: '"{\\"n\\":12345678901234567}"' },
    draft,
    savedAt: 1_700_000_000_000,
  };
}

describe('DraftStore', function () {
  this.timeout(600_000);

  let folder = '';
  const problems: DraftProblem[] = [];
  const open = (): DraftStore => new DraftStore(folder, { onProblem: (problem) => problems.push(problem) });

  beforeEach(async () => {
    problems.length = 0;
    folder = path.join(await fs.mkdtemp(path.join(os.tmpdir(), 'drafts-')), 'drafts');
  });
  afterEach(() => fs.rm(path.dirname(folder), { recursive: true, force: true }));

  const onlyFile = async (): Promise<string> => {
    const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.json'));
    assert.equal(names.length, 1);
    return path.join(folder, names[0]!);
  };

  it('gives back what was kept, to another window too, byte for byte', async () => {
    assert.equal(await open().read(ref), undefined);
    const kept = state('{ "MsgBody": [ broken \r\n\u2028 😀');
    await open().write(kept);
    assert.deepEqual(await open().read(ref), kept);
    assert.deepEqual(await open().list(), [kept]);
    const bare: MessageState = { ...state(null), facts: undefined, base: {} };
    await open().write(bare);
    assert.deepEqual(await open().read(ref), bare);
    await open().remove(ref);
    await open().remove(ref);
    assert.deepEqual(await open().list(), []);
  });

  it('keeps messages apart that differ in case, direction or connection', async () => {
    const refs = [
      ref,
      { connectionId: 'c1', address: c2cAddress('Alice', 'a/b%#.. ', '1_2_3') },
      { connectionId: 'c1', address: c2cAddress('a/b%#.. ', 'alice', '1_2_3') },
      { ...ref, connectionId: 'c2' },
    ];
    const store = open();
    for (const [index, one] of refs.entries()) await store.write(state(`draft ${index}`, one));
    for (const [index, one] of refs.entries()) assert.equal((await store.read(one))?.draft, `draft ${index}`);
  });

  it('writes the facts in readable form and nothing a caller carries besides', async () => {
    await open().write({ ...state('text'), ...{ secretKey: 'hush' } });
    const text = await fs.readFile(await onlyFile(), 'utf8');
    assert.match(text, /"from": "alice"/);
    assert.doesNotMatch(text, /hush/);
  });

  it('sets a damaged file aside, says so, and keeps the others', async () => {
    const other = { ...ref, address: c2cAddress('alice', 'a/b%#.. ', '4_5_6') };
    const store = open();
    await store.write(state('lost'));
    const damaged = await onlyFile();
    await store.write(state('kept', other));
    await fs.writeFile(damaged, (await fs.readFile(damaged, 'utf8')).slice(0, 100));
    assert.deepEqual(await open().list(), [state('kept', other)]);
    assert.equal(problems.length, 1);
    assert.equal(problems[0]?.reason, 'damaged');
    assert.equal((await fs.readFile(problems[0].movedTo!, 'utf8')).length, 100);
    await store.write(state('again'));
    assert.equal((await open().read(ref))?.draft, 'again');
  });

  it("takes no other message's draft for its own, whatever its file is called", async () => {
    const other = { ...ref, address: c2cAddress('alice', 'a/b%#.. ', '4_5_6') };
    const store = open();
    await store.write(state('mine'));
    const file = await onlyFile();
    const text = await fs.readFile(file, 'utf8');
    await store.remove(ref);
    await store.write(state("another's", other));
    await fs.rename(await onlyFile(), file);
    assert.equal(await open().read(ref), undefined);
    assert.equal(problems[0]?.reason, 'damaged');
    await fs.writeFile(file, text);
    assert.equal((await open().read(ref))?.draft, 'mine');
  });

  it('leaves the file of a newer version alone', async () => {
    const { toCheckedJson } = await import('../../../src/files/checkedJson');
    await open().write(state('text'));
    const file = await onlyFile();
    await fs.writeFile(file, toCheckedJson({ format: 2 }));
    assert.equal(await open().read(ref), undefined);
    assert.equal(problems[0]?.reason, 'newerFormat');
    await fs.access(file);
  });

  it('ends with the state that was asked for last', async () => {
    const store = open();
    await Promise.all([...Array(20).keys()].map((index) => store.write(state(`draft ${index}`))));
    assert.equal((await store.read(ref))?.draft, 'draft 19');
  });

  it('tells another window of a write and a removal, and itself of nothing', async () => {
    const [one, two] = [open(), open()];
    // What it read before is told of, also where the watching is slow to begin.
    await one.write(state('before'));
    await two.read(ref);
    const seenByOne: MessageRef[] = [];
    const seenByTwo: MessageRef[] = [];
    const watches = [
      one.watch((changed) => seenByOne.push(changed)),
      two.watch((changed) => seenByTwo.push(changed)),
    ];
    try {
      await one.write(state('first'));
      await eventually(() => seenByTwo.length >= 1, 'the first');
      await one.write(state('second'));
      await eventually(() => seenByTwo.length >= 2, 'the second');
      await one.remove(ref);
      await eventually(() => seenByTwo.length >= 3, 'the removal');
      assert.deepEqual(seenByTwo, [ref, ref, ref]);
      assert.deepEqual(seenByOne, []);
    } finally {
      for (const watch of watches) watch.dispose();
    }
    // Somebody who watches shows that the news had come.
    const three = open();
    await three.list();
    const seenByThree: MessageRef[] = [];
    const watch = three.watch((changed) => seenByThree.push(changed));
    try {
      const other = { ...ref, address: c2cAddress('alice', 'a/b%#.. ', '4_5_6') };
      await one.write(state('after'));
      await eventually(async () => {
        await one.write(state(`${seenByThree.length} ${Date.now()}`, other));
        return seenByThree.some(({ address }) => sameAddress(address, other.address));
      }, 'the news');
      assert.equal(seenByTwo.length, 3);
    } finally {
      watch.dispose();
    }
  });

  it('tells of what changed between reading and watching, and of nothing that was never read', async () => {
    const [one, two] = [open(), open()];
    const unread = { ...ref, address: c2cAddress('alice', 'a/b%#.. ', '4_5_6') };
    await one.write(state('unread', unread));
    await one.write(state('first'));
    await two.read(ref);
    await one.write(state('second'));
    const told: MessageRef[] = [];
    const watch = two.watch((changed) => told.push(changed));
    await eventually(() => told.length > 0, 'what changed');
    // What is told after that shows that nothing else was to be told.
    await one.write(state('third'));
    await eventually(() => told.length > 1, 'what changed later');
    watch.dispose();
    assert.deepEqual(told, [ref, ref]);
  });

  it('tells of a draft that was in a list before anybody was told', async () => {
    const [one, two] = [open(), open()];
    const other = { ...ref, address: c2cAddress('alice', 'a/b%#.. ', '4_5_6') };
    await one.write(state('first'));
    await two.read(ref);
    // Written and listed before the watching begins, as between a change and the system's word of it.
    await one.write(state('second'));
    await one.write(state('new', other));
    assert.equal((await two.list()).length, 2);
    const told: MessageRef[] = [];
    const watch = two.watch((changed) => told.push(changed));
    try {
      await eventually(
        () => told.some(({ address }) => sameAddress(address, ref.address)),
        'the draft that changed',
      );
      await one.write(state('newer', other));
      await eventually(
        () => told.some(({ address }) => sameAddress(address, other.address)),
        'the new draft',
      );
    } finally {
      watch.dispose();
    }
  });

  it('has the old or the new draft after a power cut at any operation', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(60),
        fc.integer(),
        fc.integer({ min: 1, max: 5 }),
        async (cut, seed, writes) => {
          const disk = new TornFiles();
          const store = new DraftStore('/drafts', { layer: disk });
          let held: string | undefined;
          let attempted: string | undefined;
          disk.cutAfter(cut);
          try {
            for (let index = 0; index < writes; index += 1) {
              attempted = `draft ${index}`;
              await store.write(state(attempted));
              held = attempted;
            }
          } catch (error) {
            assert.ok(error instanceof PowerCut, String(error));
          }
          disk.recover(seededRandom(seed));
          const damaged: DraftProblem[] = [];
          const reopened = new DraftStore('/drafts', {
            layer: disk,
            onProblem: (problem) => damaged.push(problem),
          });
          const found = (await reopened.read(ref))?.draft;
          assert.ok(
            found === held || found === attempted,
            `${String(found)} is neither ${String(held)} nor ${String(attempted)}`,
          );
          assert.deepEqual(damaged, []);
        },
      ),
      runs(300, 30_000),
    );
  });
});
