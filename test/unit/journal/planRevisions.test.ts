import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { c2cAddress } from '../../../src/chat/address';
import { Journal, type JournalOptions, type JournalProblem } from '../../../src/journal/journal';
import { nodeFiles, type FileLayer } from '../../../src/files/fileLayer';
import type { Exclusively } from '../../../src/journal/planRevisions';
import type { RevisionEntry } from '../../../src/journal/revision';
import { MessageLocks } from '../../../src/modify/lock';
import { nodeTiming } from '../../../src/modify/timing';
import { runs } from '../../support/runs';
import { PowerCut, seededRandom, TornFiles } from '../../support/tornFiles';

const dayMs = 24 * 60 * 60 * 1000;
const start = Date.UTC(2026, 10, 21, 20, 0, 0, 123);
const plan = '0123456789abcdef';

function entry(index: number, over: Partial<RevisionEntry> = {}): RevisionEntry {
  return {
    action: 'modify',
    connection: {
      id: 'c0ffee',
      name: 'Shop',
      endpoint: 'https://console.tim.qq.com',
      sdkAppId: 1_400_000_000,
      administrator: 'administrator',
      environment: 'test',
    },
    address: c2cAddress('alice', 'bob', `${index}_0_0`),
    before: { msgBody: `[ {"n":1234567890123456${index}} ]` },
    intent: { msgBody: '[]' },
    ...over,
  };
}

const entries = (count: number): RevisionEntry[] => Array.from({ length: count }, (_, index) => entry(index));

describe('Revisions of plans', () => {
  let folder = '';
  let time = start;
  const problems: JournalProblem[] = [];
  const open = (options: JournalOptions = {}): Journal =>
    new Journal(folder, { now: () => time, onProblem: (problem) => problems.push(problem), ...options });

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'journal-'));
    problems.length = 0;
    time = start;
  });
  afterEach(async () => {
    assert.deepEqual(problems, []);
    await fs.rm(folder, { recursive: true, force: true });
  });

  it('are settled to their end by two windows at once', async () => {
    const windows = [1, 2].map((pid) => {
      const owner = { pid, start: (of: number) => Promise.resolve(`start of ${of}`), isRunning: () => true };
      const locks = new MessageLocks(path.join(folder, 'locks'), nodeTiming, owner);
      const exclusively: Exclusively = async (group, work) => locks.exclusively(group, work);
      return open({ exclusively });
    });
    const begun = await open().beginMany(plan, entries(8));
    await Promise.all(
      begun.map(async (revision, index) => {
        await windows[index % 2]?.settle(revision, { state: index < 4 ? 'done' : 'notDone' });
      }),
    );
    assert.deepEqual(await open().unfinished(), []);
    assert.deepEqual((await open().list({ plan })).map(({ outcome }) => outcome.state).reverse(), [
      'done',
      'done',
      'done',
      'done',
      'notDone',
      'notDone',
      'notDone',
      'notDone',
    ]);
  });

  it('are written together, and read one by one like any others', async () => {
    const alone = await open().begin(entry(9));
    const begun = await open().beginMany(plan, entries(3));
    assert.deepEqual(
      begun.map((revision) => [revision.plan, revision.before?.msgBody, revision.outcome.state]),
      [0, 1, 2].map((index) => [plan, `[ {"n":1234567890123456${index}} ]`, 'pending']),
    );
    assert.equal((await fs.readdir(path.join(folder, 'c0ffee', 'unfinished'))).length, 2);
    const ids = begun.map(({ id }) => id);
    assert.deepEqual(
      (await open().list()).map(({ id }) => id),
      [...ids].reverse().concat(alone.id),
    );
    assert.deepEqual((await open().list({ plan })).length, 3);
    assert.deepEqual(await open().list({ message: c2cAddress('alice', 'bob', '1_0_0') }), [begun[1]]);
    assert.deepEqual(await open().get(ids[2]!), begun[2]);
    assert.deepEqual(
      (await open().unfinished()).map(({ id }) => id),
      [alone.id, ...ids],
    );
    const lines: string[] = [];
    for await (const line of open().exportLines({ plan })) lines.push(line);
    assert.ok(lines[1]?.includes('"n":12345678901234561'));
  });

  it('are unfinished until their own end is known, and end in one write', async () => {
    const begun = await open().beginMany(plan, entries(3));
    await open().settleMany([
      { revision: begun[0]!, outcome: { state: 'done', readBack: { msgBody: '[1]' } } },
      { revision: begun[1]!, outcome: { state: 'unknown' } },
    ]);
    assert.deepEqual(
      (await open().unfinished()).map(({ id }) => id),
      [begun[1]!.id, begun[2]!.id],
    );
    await open().settle(begun[1]!, { state: 'notDone' });
    await open().settle(begun[2]!, { state: 'refused', code: 20026 });
    assert.deepEqual(await open().unfinished(), []);
    assert.deepEqual(
      (await open().list()).map(({ outcome }) => outcome.state),
      ['refused', 'notDone', 'done'],
    );
    assert.deepEqual(await fs.readdir(path.join(folder, 'c0ffee', 'unfinished')), []);
    assert.equal((await open().get(begun[0]!.id))?.outcome.readBack?.msgBody, '[1]');
  });

  it('are in doubt no more once their group is finished, which nothing is listed for', async () => {
    const begun = await open().beginMany(plan, entries(2));
    const [other] = await open().beginMany(plan, entries(1));
    const unfinished = path.join(folder, 'c0ffee', 'unfinished');
    const [first = ''] = (await fs.readdir(unfinished)).sort();
    const text = await fs.readFile(path.join(unfinished, first));
    await open().settleMany(begun.map((revision) => ({ revision, outcome: { state: 'done' } })));
    // Settling was cut off between its two steps.
    await fs.writeFile(path.join(unfinished, first), text);
    const listed = new Set<string>();
    const layer: FileLayer = {
      ...nodeFiles,
      readdir: (directory) => {
        listed.add(directory);
        return nodeFiles.readdir(directory);
      },
    };
    const doubtful = await open({ layer }).unfinished({ connectionId: 'c0ffee' });
    assert.deepEqual(
      doubtful.map(({ id }) => id),
      [other!.id],
    );
    assert.deepEqual([...listed], [unfinished]);
  });

  it('go together, after thirty days, and not before their plan has ended', async () => {
    const journal = open();
    for (let group = 0; group < 3; group += 1) {
      const begun = await journal.beginMany(plan, entries(2));
      await journal.settleMany(begun.map((revision) => ({ revision, outcome: { state: 'done' } })));
      time += dayMs;
    }
    const tight = { maxBytes: 1, keepNewest: 0 };
    const later = async (days: number, openPlans: string[]): Promise<number> => {
      time = start + days * dayMs;
      const alone = await journal.begin(entry(7));
      await journal.settle(alone, { state: 'done' });
      await open({ ...tight, openPlans: () => Promise.resolve(new Set(openPlans)) }).prune();
      return (await open().list({ plan })).length;
    };
    assert.equal(await later(20, []), 6);
    assert.equal(await later(45, [plan]), 6);
    assert.equal(await later(50, []), 0);
  });

  it('are no room for another plan as long as they may not go', async () => {
    const journal = open();
    const begun = await journal.beginMany(plan, entries(4));
    await journal.settleMany(begun.map((revision) => ({ revision, outcome: { state: 'done' } })));
    const { bytes } = await open({ maxBytes: Number.MAX_VALUE }).prune();
    assert.ok(bytes > 0);
    const small = open({ maxBytes: bytes + 1_000 });
    assert.equal(await small.fits(1_000), true);
    assert.equal(await small.fits(1_001), false);
    // A month later, when something else was modified since, they would go.
    time = start + 45 * dayMs;
    await small.settle(await small.begin(entry(7)), { state: 'done' });
    assert.equal(await small.fits(1_001), true);
  });

  it('are given with all others to the connection that took the place of theirs', async () => {
    const journal = open();
    const [first, second] = [
      await journal.beginMany(plan, entries(2)),
      await journal.beginMany(plan, entries(2)),
    ];
    await journal.settleMany(first.map((revision) => ({ revision, outcome: { state: 'done' } })));
    assert.equal(await journal.moveConnection('c0ffee', 'decaf'), 4);
    assert.deepEqual(await open().list({ connectionId: 'c0ffee' }), []);
    const moved = await open().list({ connectionId: 'decaf', plan });
    assert.deepEqual(
      moved.map(({ id }) => id),
      [...first, ...second].map(({ id }) => id).reverse(),
    );
  });

  it('pass for nothing in a version that knows revisions alone', async () => {
    await open().beginMany(plan, entries(2));
    const names = await fs.readdir(path.join(folder, 'c0ffee', 'unfinished'));
    // It reads names of this form, and sets aside what it does not understand.
    const old = /^\d{8}T\d{9}Z-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{12}\.json$/;
    assert.deepEqual(
      names.filter((name) => old.test(name)),
      [],
    );
  });

  it('have lost nothing they returned for after a power cut at any operation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(70), fc.integer(), async (cut, seed) => {
        const disk = new TornFiles();
        const journal = new Journal('/journal', { now: () => time, layer: disk });
        const held = new Map<string, string[]>();
        disk.cutAfter(cut);
        try {
          for (let group = 0; group < 3; group += 1) {
            const begun = await journal.beginMany(plan, entries(3));
            for (const { id } of begun) held.set(id, ['pending']);
            const ends = begun.map((revision, index) => ({
              revision,
              outcome: { state: (['done', 'refused', 'unknown'] as const)[(index + group) % 3]! },
            }));
            for (const { revision, outcome } of ends) held.get(revision.id)!.push(outcome.state);
            await journal.settleMany(ends);
            for (const { revision, outcome } of ends) held.set(revision.id, [outcome.state]);
          }
        } catch (error) {
          assert.ok(error instanceof PowerCut, String(error));
        }
        disk.recover(seededRandom(seed));
        const damaged: JournalProblem[] = [];
        const found = await new Journal('/journal', {
          layer: disk,
          onProblem: (problem) => damaged.push(problem),
        }).list();
        assert.deepEqual(damaged, []);
        for (const [id, outcomes] of held) {
          const revision = found.find((one) => one.id === id);
          assert.ok(revision?.before, 'a before-image is gone');
          assert.ok(
            outcomes.includes(revision.outcome.state),
            `${revision.outcome.state} is none of ${outcomes.join()}`,
          );
        }
      }),
      runs(150, 10_000),
    );
  });
});
