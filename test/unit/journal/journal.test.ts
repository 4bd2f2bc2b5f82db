import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { c2cAddress } from '../../../src/chat/address';
import { Journal, type JournalOptions, type JournalProblem } from '../../../src/journal/journal';
import type { Revision, RevisionEntry } from '../../../src/journal/revision';
import { timeOfId } from '../../../src/journal/revisionId';
import { FaultyFiles } from '../../support/faultyFiles';
import { runs } from '../../support/runs';
import { PowerCut, seededRandom, TornFiles } from '../../support/tornFiles';

const dayMs = 24 * 60 * 60 * 1000;
const start = Date.UTC(2026, 10, 21, 20, 0, 0, 123);

function entry(over: Partial<RevisionEntry> = {}): RevisionEntry {
  return {
    action: 'modify',
    connection: {
      id: '0123456789abcdef',
      name: 'Shop, production',
      endpoint: 'https://console.tim.qq.com',
      sdkAppId: 1_400_000_000,
      administrator: 'administrator',
      environment: 'production',
    },
    address: c2cAddress('alice', 'bob', '1_2_1700000000'),
    before: { msgBody: '[ {"n":12345678901234567} ]', cloudCustomData: '"a\\/b"' },
    intent: { msgBody: '[]' },
    ...over,
  };
}

describe('Journal', function () {
  this.timeout(600_000);

  let folder = '';
  let time = start;
  const problems: JournalProblem[] = [];
  const open = (options: JournalOptions = {}): Journal =>
    new Journal(folder, { now: () => time, onProblem: (problem) => problems.push(problem), ...options });
  const fileOf = (revision: Revision, unfinished = false): string =>
    path.join(folder, revision.connection.id, unfinished ? 'unfinished' : '', `${revision.id}.json`);

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'journal-'));
    problems.length = 0;
    time = start;
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  it('keeps before-image and intent at once, and the outcome afterwards', async () => {
    const begun = await open().begin(entry());
    assert.equal(timeOfId(begun.id), start);
    assert.deepEqual(await open().unfinished(), [begun]);
    assert.deepEqual(begun, {
      id: begun.id,
      at: start,
      ...entry(),
      outcome: { state: 'pending' },
    });
    time += 500;
    const settled = await open().settle(begun, { state: 'done', readBack: { msgBody: '[]' } });
    assert.deepEqual(settled.outcome, { state: 'done', readBack: { msgBody: '[]' }, at: start + 500 });
    assert.deepEqual(await open().unfinished(), []);
    assert.deepEqual(await open().list(), [settled]);
    assert.deepEqual(await open().get(begun.id), settled);
    assert.equal(await open().get('../../etc/passwd'), undefined);
  });

  it('leaves an unknown one unfinished until it is settled', async () => {
    const unknown = await open().settle(await open().begin(entry()), { state: 'unknown' });
    assert.deepEqual(await open().unfinished(), [unknown]);
    await open().settle(unknown, { state: 'foreign' });
    assert.deepEqual(await open().unfinished(), []);
    assert.equal((await open().list()).length, 1);
  });

  it('leaves no trace of a discarded one', async () => {
    const journal = open();
    await journal.discard(await journal.begin(entry()));
    assert.deepEqual(await journal.list(), []);
    assert.deepEqual(await journal.unfinished(), []);
  });

  it('writes files a person can read, and nothing that a caller carries besides', async () => {
    const connection = { ...entry().connection, ...{ secretKey: 'hush' } };
    const revision = await open().begin({ ...entry({ connection }), ...{ client: { userSig: 'hush' } } });
    const text = await fs.readFile(fileOf(revision, true), 'utf8');
    assert.match(text, /^\{\n {2}"format": 1,\n {2}"id": "20261121T200000123Z-/);
    assert.match(text, /"administrator": "administrator"/);
    assert.doesNotMatch(text, /hush/);
  });

  it('lists by connection, conversation (either way) and message, newest first', async () => {
    const journal = open();
    const other = { ...entry().connection, id: 'fedcba9876543210' };
    const begun: Revision[] = [];
    for (const over of [
      {},
      { address: c2cAddress('bob', 'alice', '1_2_1700000000') },
      { address: c2cAddress('alice', 'bob', '9_9_9') },
      { address: c2cAddress('alice', 'carol', '1_2_1700000000') },
      { connection: other },
    ]) {
      time += 1000;
      begun.push(await journal.begin(entry(over)));
    }
    await journal.settle(begun[1]!, { state: 'done' });
    const ids = async (filter: Parameters<Journal['list']>[0]): Promise<number[]> =>
      (await journal.list(filter)).map(({ id }) => begun.findIndex((one) => one.id === id));
    assert.deepEqual(await ids({}), [4, 3, 2, 1, 0]);
    assert.deepEqual(await ids({ limit: 2 }), [4, 3]);
    assert.deepEqual(await ids({ connectionId: other.id }), [4]);
    assert.deepEqual(await ids({ conversation: { chat: 'c2c', user: 'bob', peer: 'alice' } }), [4, 2, 1, 0]);
    assert.deepEqual(await ids({ conversation: { chat: 'c2c', user: 'alice', peer: 'carol' } }), [3]);
    assert.deepEqual(await ids({ message: c2cAddress('alice', 'bob', '9_9_9') }), [2]);
    const wanted = {
      connectionId: entry().connection.id,
      message: c2cAddress('bob', 'alice', '1_2_1700000000'),
    };
    assert.deepEqual(await ids(wanted), [1]);
  });

  it('keeps the order of revisions of one millisecond', async () => {
    const journal = open();
    const ids: string[] = [];
    for (let index = 0; index < 20; index += 1)
      ids.push((await journal.begin(entry({ address: c2cAddress('alice', 'bob', `${index}_0_0`) }))).id);
    assert.deepEqual(
      (await journal.list()).map(({ id }) => id),
      ids.reverse(),
    );
  });

  it('sets damaged files aside, reports them, and keeps all others', async () => {
    const journal = open();
    const done = async (key: string): Promise<Revision> =>
      journal.settle(await journal.begin(entry({ address: c2cAddress('alice', 'bob', key) })), {
        state: 'done',
      });
    const [good, torn, edited, zeros] = [
      await done('1_1_1'),
      await done('2_2_2'),
      await done('3_3_3'),
      await done('4_4_4'),
    ];
    const pending = await journal.begin(entry({ address: c2cAddress('alice', 'bob', '5_5_5') }));
    await fs.truncate(fileOf(torn), 200);
    await fs.writeFile(
      fileOf(edited),
      (await fs.readFile(fileOf(edited), 'utf8')).replace('12345678901234567', '1'),
    );
    await fs.writeFile(fileOf(zeros), '\0'.repeat(900));
    await fs.writeFile(fileOf(pending, true), '{}');
    await fs.writeFile(path.join(folder, entry().connection.id, 'notes.txt'), 'mine');
    await fs.writeFile(path.join(folder, 'stray'), 'mine');
    assert.deepEqual(await open().list(), [good]);
    assert.deepEqual(
      problems.map(({ reason }) => reason),
      Array(4).fill('damaged'),
    );
    for (const { file, movedTo } of problems) {
      assert.equal(path.join(path.dirname(file), 'damaged'), path.dirname(movedTo!));
      await fs.access(movedTo!);
    }
    assert.deepEqual(await open().list(), [good]);
    assert.equal(problems.length, 4);
  });

  it('does not take a file under a wrong name or connection for its own', async () => {
    const revision = await open().settle(await open().begin(entry()), { state: 'done' });
    const copy = path.join(folder, 'ffff', `${revision.id}.json`);
    await fs.mkdir(path.dirname(copy));
    await fs.copyFile(fileOf(revision), copy);
    assert.deepEqual(await open().list(), [revision]);
    assert.equal(problems[0]?.file, copy);
  });

  it('leaves files of a newer version and unreadable ones where they are', async () => {
    const { toCheckedJson } = await import('../../../src/files/checkedJson');
    const revision = await open().settle(await open().begin(entry()), { state: 'done' });
    const other = await open().settle(await open().begin(entry()), { state: 'done' });
    await fs.writeFile(fileOf(revision), toCheckedJson({ format: 2, more: true }));
    await fs.rm(fileOf(other));
    await fs.mkdir(fileOf(other));
    assert.deepEqual(await open().list(), []);
    assert.deepEqual(problems.map(({ reason }) => reason).sort(), ['newerFormat', 'unreadable']);
    await fs.access(fileOf(revision));
  });

  it('writes what was sent so that a version that knows no sending leaves it alone', async () => {
    const { fromCheckedJson, toCheckedJson } = await import('../../../src/files/checkedJson');
    const request = { command: 'openim/sendmsg', body: '{}', document: '0123456789abcdef' };
    const sent = await open().begin(entry({ action: 'send', before: null, request }));
    const record = fromCheckedJson(await fs.readFile(fileOf(sent, true), 'utf8'));
    // That version takes 1 for its own and anything greater for a newer one's.
    assert.ok(Number(record?.format) > 1);
    assert.deepEqual(await open().unfinishedSends(), [sent]);
    // As the first version that sent wrote it.
    await fs.writeFile(fileOf(sent, true), toCheckedJson({ ...record, format: 1 }));
    assert.deepEqual(await open().unfinishedSends(), [sent]);
    assert.deepEqual(problems, []);
  });

  it('takes the finished one when settling was cut off between its two steps', async () => {
    const begun = await open().begin(entry());
    const settled = await open().settle(begun, { state: 'done' });
    await fs.writeFile(fileOf(begun, true), await fs.readFile(fileOf(settled)));
    assert.deepEqual(await open().unfinished(), []);
    assert.deepEqual(await open().list(), [settled]);
  });

  it('forgets what is older than the limit, and never what is unfinished', async () => {
    const journal = open({ maxAge: 10 * dayMs, keepNewest: 0 });
    const old = await journal.begin(entry({ address: c2cAddress('alice', 'bob', '1_1_1') }));
    time += 1;
    await journal.settle(await journal.begin(entry({ address: c2cAddress('alice', 'bob', '2_2_2') })), {
      state: 'done',
    });
    time += 5 * dayMs;
    const newer = await journal.settle(
      await journal.begin(entry({ address: c2cAddress('alice', 'bob', '3_3_3') })),
      {
        state: 'refused',
        code: 90007,
      },
    );
    time += 5 * dayMs - 1;
    const second = await journal.settle(
      await journal.begin(entry({ address: c2cAddress('alice', 'bob', '4_4_4') })),
      { state: 'done' },
    );
    assert.equal((await journal.prune()).removed, 0);
    time += 2;
    const newest = await journal.settle(
      await journal.begin(entry({ address: c2cAddress('alice', 'bob', '5_5_5') })),
      { state: 'done' },
    );
    assert.equal((await journal.prune()).removed, 1);
    assert.deepEqual(await journal.list(), [newest, second, newer, old]);
  });

  it('forgets the oldest finished ones when there is too much, also while it runs', async () => {
    const size = async (): Promise<number> => (await open({ maxBytes: Number.MAX_VALUE }).prune()).bytes;
    const big = { msgBody: JSON.stringify('x'.repeat(10_000)) };
    const journal = open({ maxBytes: 35_000 });
    await journal.prune();
    const kept = await journal.begin(entry({ address: c2cAddress('alice', 'bob', '0_0_0'), before: big }));
    const settled: Revision[] = [];
    for (let index = 1; index <= 6; index += 1) {
      time += 1000;
      settled.push(
        await journal.settle(
          await journal.begin(entry({ address: c2cAddress('alice', 'bob', `${index}_0_0`), before: big })),
          {
            state: 'done',
          },
        ),
      );
      assert.ok((await size()) <= 35_000);
    }
    assert.deepEqual(await journal.list(), [settled[5]!, settled[4]!, kept]);
    journal.limit({ maxBytes: 1 });
    await journal.prune();
    assert.deepEqual(await journal.list(), [kept]);
  });

  it('prunes files that were set aside, too', async () => {
    const revision = await open().settle(await open().begin(entry()), { state: 'done' });
    await fs.writeFile(fileOf(revision), '');
    await open().list();
    for (let month = 0; month < 13; month += 1) {
      time += 30 * dayMs;
      await open().settle(await open().begin(entry()), { state: 'done' });
    }
    assert.equal((await open({ keepNewest: 0 }).prune()).removed, 1);
    assert.deepEqual(await fs.readdir(path.join(folder, entry().connection.id, 'damaged')), []);
  });

  it('exports JSON Lines, oldest first', async () => {
    const journal = open();
    await journal.settle(await journal.begin(entry({ address: c2cAddress('alice', 'bob', '1_1_1') })), {
      state: 'done',
      readBack: { msgBody: '[]' },
    });
    time += 1;
    await journal.begin(
      entry({
        address: c2cAddress('alice', 'bob', '2_2_2'),
        before: { msgBody: '[\n"\u2028"\n]' },
        intent: { msgBody: '[{' },
      }),
    );
    let text = '';
    for await (const line of journal.exportLines()) text += line;
    const lines = text.split('\n');
    assert.equal(lines.length, 3);
    assert.equal(lines[2], '');
    // Digits beyond a double stay, so the contents are looked at as text.
    assert.ok(lines[0]?.includes('"before":{"MsgBody":[{"n":12345678901234567}],"CloudCustomData":"a\\/b",'));
    const [first, second] = lines.slice(0, 2).map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.ok(first && second);
    const { id, connection, before, ...facts } = first;
    assert.match(String(id), /^20261121T200000123Z-/);
    assert.deepEqual(connection, entry().connection);
    assert.deepEqual((before as { exact: unknown }).exact, {
      MsgBody: '[ {"n":12345678901234567} ]',
      CloudCustomData: '"a\\/b"',
    });
    assert.deepEqual(facts, {
      format: 1,
      action: 'modify',
      chat: 'c2c',
      from: 'alice',
      to: 'bob',
      key: '1_1_1',
      at: '2026-11-21T20:00:00.123Z',
      intent: { MsgBody: [], exact: { MsgBody: '[]' } },
      outcome: {
        state: 'done',
        at: '2026-11-21T20:00:00.123Z',
        readBack: { MsgBody: [], exact: { MsgBody: '[]' } },
      },
    });
    assert.deepEqual(second.before, { MsgBody: ['\u2028'], exact: { MsgBody: '[\n"\u2028"\n]' } });
    assert.deepEqual(second.intent, { exact: { MsgBody: '[{' } });
    assert.deepEqual(second.outcome, { state: 'pending' });
  });

  it('keeps everything when the clock is years ahead, at once and later', async () => {
    const journal = open({ keepNewest: 0 });
    const first = await journal.settle(await journal.begin(entry()), { state: 'done' });
    time += 2 * 365 * dayMs;
    assert.equal((await journal.prune()).removed, 0);
    const second = await journal.settle(await journal.begin(entry()), { state: 'done' });
    assert.equal((await journal.prune()).removed, 0);
    time -= 2 * 365 * dayMs;
    assert.equal((await journal.prune()).removed, 0);
    assert.deepEqual(await journal.list(), [second, first]);
  });

  it('keeps the last thousand, whatever their age', async () => {
    const journal = open({ maxAge: 1 });
    const done = await journal.settle(await journal.begin(entry()), { state: 'done' });
    time += 20 * dayMs;
    const later = await journal.settle(await journal.begin(entry()), { state: 'done' });
    await journal.prune();
    assert.deepEqual(await journal.list(), [later, done]);
  });

  it('puts the last one last also after the clock went back, in another window too', async () => {
    const first = await open().settle(await open().begin(entry()), { state: 'done' });
    time -= 3 * 365 * dayMs;
    const second = await open().settle(await open().begin(entry()), { state: 'done' });
    assert.deepEqual(await open().list(), [second, first]);
    assert.equal(second.at, start - 3 * 365 * dayMs);
  });

  it('puts the last one last also after the clock went back between two connections', async () => {
    const first = await open().begin(entry());
    time -= dayMs;
    const other = { ...entry().connection, id: 'c0ffee0000000001' };
    const second = await open().begin(entry({ connection: other }));
    assert.deepEqual(await open().list(), [second, first]);
  });

  it('begins nothing on a disk that is full or read-only, and loses nothing of what it has', async () => {
    const disk = new FaultyFiles();
    const journal = open({ layer: disk });
    const begun = await journal.begin(entry());
    for (const [trouble, code] of [
      ['full', /ENOSPC/],
      ['readOnly', /EROFS/],
    ] as const) {
      disk.trouble = trouble;
      await assert.rejects(journal.begin(entry()), code);
      await assert.rejects(journal.settle(begun, { state: 'done' }), code);
      assert.deepEqual(await open().list(), [begun]);
    }
    disk.trouble = undefined;
    const settled = await journal.settle(begun, { state: 'done' });
    assert.deepEqual(await open().list(), [settled]);
    assert.deepEqual(problems, []);
  });

  it('gives all of a connection to the one that took its place, also when it is stopped in between', async () => {
    const disk = new FaultyFiles();
    const journal = open({ layer: disk });
    const done = await journal.settle(await journal.begin(entry()), { state: 'done' });
    time += 1;
    const pending = await journal.begin(entry());
    const stays = await journal.begin(entry({ connection: { ...entry().connection, id: 'c0ffee' } }));
    const { unlink } = disk;
    disk.unlink = () => Promise.reject(new Error('stopped'));
    await assert.rejects(journal.moveConnection(entry().connection.id, 'feed'), /stopped/);
    disk.unlink = unlink;
    assert.equal(await journal.moveConnection(entry().connection.id, 'feed'), 2);
    const moved = (revision: Revision): Revision => ({
      ...revision,
      connection: { ...revision.connection, id: 'feed' },
    });
    assert.deepEqual(await open().list(), [stays, moved(pending), moved(done)]);
    assert.deepEqual(await open().unfinished({ connectionId: 'feed' }), [moved(pending)]);
    assert.deepEqual(await open().get(done.id), moved(done));
    assert.deepEqual(problems, []);
  });

  it('removes all of one connection and nothing of another', async () => {
    const journal = open();
    const other = await journal.begin(entry({ connection: { ...entry().connection, id: '../evil' } }));
    const mine = await journal.settle(await journal.begin(entry()), { state: 'done' });
    await fs.writeFile(fileOf(mine), 'damaged');
    await journal.list();
    await journal.removeConnection(mine.connection.id);
    assert.deepEqual(await journal.list(), [other]);
    assert.equal((await fs.readdir(folder)).length, 1);
    await journal.removeConnection('never seen');
  });

  it('serves two windows at once', async () => {
    const windows = [open(), open()];
    await Promise.all(
      windows.flatMap((journal, window) =>
        [...Array(15).keys()].map(async (index) => {
          const begun = await journal.begin(
            entry({ address: c2cAddress('alice', 'bob', `${window}_${index}_0`) }),
          );
          if (index % 2 === 0) await journal.settle(begun, { state: 'done' });
          await journal.list();
        }),
      ),
    );
    assert.equal((await open().list()).length, 30);
    assert.equal((await open().unfinished()).length, 14);
    assert.deepEqual(problems, []);
  });

  it('has lost nothing it returned for after a power cut at any operation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(120), fc.integer(), async (cut, seed) => {
        const disk = new TornFiles();
        const journal = new Journal('/journal', { now: () => time, layer: disk });
        const random = seededRandom(seed);
        const states = ['done', 'refused', 'unknown'] as const;
        const held = new Map<string, string[]>();
        disk.cutAfter(cut);
        try {
          for (let index = 0; index < 6; index += 1) {
            const begun = await journal.begin(entry({ address: c2cAddress('alice', 'bob', `${index}_0_0`) }));
            held.set(begun.id, ['pending']);
            const state = states[Math.floor(random() * 3)]!;
            held.get(begun.id)!.push(state);
            await journal.settle(begun, { state });
            held.set(begun.id, [state]);
          }
        } catch (error) {
          assert.ok(error instanceof PowerCut, String(error));
        }
        disk.recover(random);
        const damaged: JournalProblem[] = [];
        const found = await new Journal('/journal', {
          layer: disk,
          onProblem: (problem) => damaged.push(problem),
        }).list();
        assert.deepEqual(damaged, []);
        for (const [id, outcomes] of held) {
          const revision = found.find((one) => one.id === id);
          assert.deepEqual(revision?.before, entry().before, 'a before-image is gone');
          assert.ok(
            outcomes.includes(revision.outcome.state),
            `${revision.outcome.state} is none of ${outcomes.join()}`,
          );
        }
      }),
      runs(300, 30_000),
    );
  });
});
