import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { Leases, type Lease } from '../../../src/documents/leases';

const message = 'a'.repeat(64);
const other = 'b'.repeat(64);
const lease = (text: string): Lease => ({
  rest: { base: { msgBody: `["${text}"]`, cloudCustomData: '"{\\"n\\":12345678901234567}"' } },
  mtime: 1_700_000_000_123,
});
const DAY_MS = 24 * 60 * 60 * 1000;

describe('Leases', () => {
  let folder = '';
  let now = 1_700_000_000_000;
  const running = new Map<number, string>();

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'leases-'));
    now = 1_700_000_000_000;
    running.clear();
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  /** A window with a process of its own. */
  function open(pid: number, start = `start of ${pid}`): Leases {
    running.set(pid, start);
    return new Leases(folder, {
      now: () => now,
      owner: {
        pid,
        start: (of) => Promise.resolve(running.get(of)),
        isRunning: (of) => running.has(of),
      },
    });
  }

  it('are seen by other windows and never by the own, exactly as they were kept', async () => {
    const [one, two] = [open(1), open(2)];
    const merging = { onto: { msgBody: '["theirs"]' }, from: '{ "MsgBody": ' };
    const kept = { ...lease('mine'), rest: { ...lease('mine').rest, merging } };
    await one.keep(message, 'c1', kept);
    assert.deepEqual(await one.others(message), []);
    const [found, ...more] = await two.others(message);
    assert.deepEqual(more, []);
    assert.deepEqual([found?.rest, found?.mtime, found?.orphan], [kept.rest, kept.mtime, false]);
    assert.deepEqual(await two.others(other), []);
  });

  it('are removed by their own window only', async () => {
    const [one, two] = [open(1), open(2)];
    await one.keep(message, 'c1', lease('of one'));
    await two.release(message);
    assert.equal((await two.others(message)).length, 1);
    await one.release(message);
    assert.deepEqual(await two.others(message), []);
  });

  it('are orphans once their process has ended, also when another one got its number', async () => {
    await open(1).keep(message, 'c1', lease('left'));
    running.delete(1);
    const two = open(2);
    assert.equal((await two.others(message))[0]?.orphan, true);
    running.set(1, 'a later start');
    assert.equal((await two.others(message))[0]?.orphan, true);
    running.set(1, 'start of 1');
    assert.equal((await two.others(message))[0]?.orphan, false);
  });

  it('are given to the window that takes them over', async () => {
    await open(1).keep(message, 'c1', lease('left'));
    running.delete(1);
    const two = open(2);
    const [found] = await two.others(message);
    await two.keep(message, 'c1', found!);
    await two.takeOver(found!);
    assert.deepEqual(await two.others(message), []);
    assert.deepEqual((await open(3).others(message))[0]?.rest, lease('left').rest);
  });

  it('wait thirty days for their text, and many of them for ever', async () => {
    const left = open(1);
    for (let index = 0; index < 201; index += 1) {
      now += 1;
      await left.keep(index.toString(16).padStart(64, '0'), 'c1', lease('left'));
    }
    running.delete(1);
    const two = open(2);
    now += 29 * DAY_MS;
    await two.sweep();
    assert.equal((await fs.readdir(folder)).length, 201);
    now += 2 * DAY_MS;
    await two.sweep();
    assert.equal((await fs.readdir(folder)).length, 200);
    assert.deepEqual(await two.others('0'.repeat(64)), []);
    now += 10_000 * DAY_MS;
    await two.sweep();
    assert.equal((await fs.readdir(folder)).length, 200);
  });

  it('go with their connection, but for those of this window', async () => {
    const [one, two] = [open(1), open(2)];
    await one.keep(message, 'c1', lease('of one'));
    await one.keep(other, 'c2', lease('of one'));
    await two.keep(message, 'c1', lease('of two'));
    await two.removeConnection('c1');
    assert.deepEqual(await two.others(message), []);
    assert.equal((await two.others(other)).length, 1);
    assert.equal((await one.others(message)).length, 1);
  });

  it('are none when their file is damaged', async () => {
    const one = open(1);
    await one.keep(message, 'c1', lease('mine'));
    const [name] = await fs.readdir(folder);
    await fs.writeFile(path.join(folder, name!), '{ "format": 1');
    assert.deepEqual(await open(2).others(message), []);
  });
});
