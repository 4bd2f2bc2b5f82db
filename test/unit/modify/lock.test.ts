import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { c2cAddress } from '../../../src/chat/address';
import { MessageLocks, type LockOwner, type MessageLock } from '../../../src/modify/lock';
import { isRunning, processStart } from '../../../src/files/processes';
import { FaultyFiles } from '../../support/faultyFiles';
import { nodeTiming } from '../../../src/modify/timing';

const address = c2cAddress('alice', 'bob', '1_2_3');

describe('MessageLocks', () => {
  let folder = '';
  const alive = new Map<number, string>();
  const window = (pid: number, start = `start of ${pid}`): MessageLocks => {
    alive.set(pid, start);
    const owner: LockOwner = {
      pid,
      start: (of) => Promise.resolve(alive.get(of)),
      isRunning: (of) => alive.has(of),
    };
    return new MessageLocks(folder, nodeTiming, owner);
  };
  const take = async (locks: MessageLocks, waitMs = 0, of = address): Promise<MessageLock> => {
    const taken = await locks.take({ connectionId: 'c1', address: of }, { waitMs });
    if (taken.kind !== 'taken') assert.fail('busy');
    return taken.lock;
  };

  beforeEach(async () => {
    alive.clear();
    folder = path.join(await fs.mkdtemp(path.join(os.tmpdir(), 'locks-')), 'locks');
  });
  afterEach(() => fs.rm(path.dirname(folder), { recursive: true, force: true }));

  it('refuses a second one, names the holder, and frees the message', async () => {
    const [one, two] = [window(101), window(102)];
    const lock = await take(one);
    const own = await one.take({ connectionId: 'c1', address }, { waitMs: 5_000 });
    assert.deepEqual(own.kind === 'busy' && [own.holder.pid, own.holder.own], [101, true]);
    const other = await two.take({ connectionId: 'c1', address }, { waitMs: 0 });
    assert.deepEqual(other.kind === 'busy' && [other.holder.pid, other.holder.own], [101, false]);
    await lock.release();
    await (await take(two)).release();
    assert.deepEqual(await fs.readdir(folder), []);
  });

  it('leaves no lock behind that a full or read-only disk did not take whole', async () => {
    const disk = new FaultyFiles();
    alive.set(101, 'start of 101');
    const owner: LockOwner = { pid: 101, start: () => Promise.resolve('s'), isRunning: () => true };
    const locks = new MessageLocks(folder, nodeTiming, owner, disk);
    for (const [trouble, code] of [
      ['full', /ENOSPC/],
      ['readOnly', /EROFS/],
    ] as const) {
      disk.trouble = trouble;
      await assert.rejects(locks.take({ connectionId: 'c1', address }, { waitMs: 0 }), code);
      assert.deepEqual(await fs.readdir(folder), []);
    }
    disk.trouble = undefined;
    await (await take(locks)).release();
  });

  it('gives up a lock that can never be made although there is none', async () => {
    const refuse = { open: () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' })) };
    const timing = { ...nodeTiming, sleep: () => Promise.resolve() };
    const owner: LockOwner = { pid: 101, start: () => Promise.resolve('s'), isRunning: () => true };
    const locks = new MessageLocks(folder, timing, owner, refuse);
    await assert.rejects(locks.take({ connectionId: 'c1', address }, { waitMs: 0 }), /EPERM/);
  });

  it('keeps other messages, directions and connections free', async () => {
    const locks = window(101);
    await take(locks);
    await take(locks, 0, c2cAddress('alice', 'bob', '1_2_4'));
    await take(locks, 0, c2cAddress('bob', 'alice', '1_2_3'));
    assert.equal((await locks.take({ connectionId: 'c2', address }, { waitMs: 0 })).kind, 'taken');
  });

  it('waits for another window', async () => {
    const [one, two] = [window(101), window(102)];
    const lock = await take(one);
    setTimeout(() => void lock.release(), 150);
    await (await take(two, 120_000)).release();
  });

  it('ends waiting when cancelled', async () => {
    const [one, two] = [window(101), window(102)];
    await take(one);
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 50);
    // Longer than the test may take.
    const waitMs = 3_600_000;
    assert.equal(
      (await two.take({ connectionId: 'c1', address }, { waitMs, signal: cancel.signal })).kind,
      'busy',
    );
  });

  it('takes over from a process that is gone, or whose id another one got', async () => {
    const dead = window(101);
    const late = await take(dead);
    alive.delete(101);
    const lock = await take(window(102));
    // What the dead one does late does not free the message.
    await late.release();
    assert.equal((await window(103).take({ connectionId: 'c1', address }, { waitMs: 0 })).kind, 'busy');
    await lock.release();

    await take(window(104, 'long ago'));
    alive.set(104, 'today');
    await (await take(window(105))).release();
  });

  it('takes over what this window left before it was started anew', async () => {
    await take(window(101));
    await (await take(window(101))).release();
  });

  it('believes a lock of another machine, or of a process of unknown age, until it was silent for long', async () => {
    const holder = window(101);
    const lock = await take(holder);
    alive.set(101, undefined as unknown as string);
    assert.equal((await window(102).take({ connectionId: 'c1', address }, { waitMs: 0 })).kind, 'busy');
    const [name = ''] = await fs.readdir(folder);
    const file = path.join(folder, name);
    const content = JSON.parse(await fs.readFile(file, 'utf8')) as object;
    await fs.writeFile(file, JSON.stringify({ ...content, host: 'elsewhere', pid: 999_999_999 }));
    assert.equal((await window(102).take({ connectionId: 'c1', address }, { waitMs: 0 })).kind, 'busy');
    const long = new Date(Date.now() - 600_000);
    await fs.utimes(file, long, long);
    await (await take(window(102))).release();
    await lock.release();
  });

  it('removes an empty lock file only when its maker had time to write it', async () => {
    const locks = window(101);
    await (await take(locks)).release();
    await take(locks);
    const [name = ''] = await fs.readdir(folder);
    await fs.writeFile(path.join(folder, name), '');
    assert.equal((await window(102).take({ connectionId: 'c1', address }, { waitMs: 0 })).kind, 'busy');
    const long = new Date(Date.now() - 60_000);
    await fs.utimes(path.join(folder, name), long, long);
    await (await take(window(102))).release();
  });

  it('lets one of many in when all find a stale lock at once', async () => {
    await take(window(100));
    alive.delete(100);
    const windows = [...Array(12).keys()].map((index) => window(200 + index));
    const results = await Promise.all(
      windows.map((locks) => locks.take({ connectionId: 'c1', address }, { waitMs: 0 })),
    );
    assert.equal(results.filter(({ kind }) => kind === 'taken').length, 1);
  });

  it('removes a stale lock no more when another window has taken it over meanwhile', async () => {
    await take(window(100));
    let taken: MessageLock | undefined;
    const slow: LockOwner = {
      pid: 102,
      isRunning: () => true,
      // While this one finds out that the holder is another process by now, another window is quicker.
      start: async (of) => {
        if (of === 100) {
          alive.delete(100);
          taken = await take(window(101));
        }
        return of === 100 ? 'another process' : (alive.get(of) ?? 'start of 102');
      },
    };
    const locks = new MessageLocks(folder, nodeTiming, slow);
    const late = await locks.take({ connectionId: 'c1', address }, { waitMs: 0 });
    assert.deepEqual(late.kind === 'busy' && late.holder.pid, 101);
    await taken?.release();
  });

  it('knows real processes by id and start', async () => {
    const script = path.join(path.dirname(folder), 'child.js');
    await fs.writeFile(script, 'process.send(1); setInterval(() => {}, 1000);');
    const child = fork(script, { execArgv: [] });
    await new Promise((resolve) => child.once('message', resolve));
    const { pid = 0 } = child;
    assert.equal(isRunning(pid), true);
    assert.equal(isRunning(process.pid), true);
    const start = await processStart(pid);
    assert.equal(await processStart(pid), start);
    if (process.platform === 'linux') assert.match(start ?? '', /^\d+$/);
    child.kill();
    await new Promise((resolve) => child.once('exit', resolve));
    assert.equal(isRunning(pid), false);
    assert.equal(await processStart(pid), undefined);
  });
});
