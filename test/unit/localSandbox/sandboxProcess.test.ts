import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { platform, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ChatClient } from '../../../src/chat/client';
import { ChatServiceError } from '../../../src/chat/errors';
import { readSandboxInfo, SandboxError, type SandboxInfo } from '../../../src/localSandbox/sandboxInfo';
import { SandboxProcess } from '../../../src/localSandbox/sandboxProcess';
import { defaults } from '../../../src/sandbox/options';
import { eventually } from '../../support/eventually';

const script = resolve('dist/sandbox.js');
const KEY = 'a key of its own';

describe('sandbox process', () => {
  let folder: string;
  let processes: SandboxProcess[];
  let exits: number;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'sandbox-process-')), 'storage');
    processes = [];
    exits = 0;
  });
  afterEach(async () => {
    for (const process of processes) await process.stop().catch(() => process.dispose());
    await rm(join(folder, '..'), { recursive: true, force: true, maxRetries: 5 });
  });

  function windowWith(port = 0, at = script): SandboxProcess {
    const made = new SandboxProcess({
      script: at,
      folder,
      port: () => port,
      secretKey: () => Promise.resolve(KEY),
      onOutput: () => undefined,
      onExit: () => (exits += 1),
    });
    processes.push(made);
    return made;
  }

  const connect = (info: SandboxInfo): ChatClient =>
    new ChatClient(info, { kind: 'secretKey', secretKey: info.secretKey });

  it('starts with sample data, tells its key, and stops', async () => {
    const process = windowWith();
    assert.equal(await process.running(), undefined);
    const info = await process.start();
    assert.ok(process.isOwn);
    assert.ok(info.users.includes('alice'));
    assert.deepEqual(await process.running(), info);
    const client = connect(info);
    assert.deepEqual(await client.accountCheck(['alice', 'nobody']), [
      { userId: 'alice', imported: true },
      { userId: 'nobody', imported: false },
    ]);
    client.dispose();
    await process.stop();
    assert.equal(await process.running(), undefined);
    await assert.rejects(readSandboxInfo(info.endpoint), SandboxError);
    assert.equal(exits, 0, 'a stop that was asked for is no surprise');
  });

  it('has the key that is kept for it, not the one that everybody knows, and tells nobody by its arguments', async () => {
    const process = windowWith();
    const info = await process.start();
    assert.equal(info.secretKey, KEY);
    const stranger = new ChatClient(info, { kind: 'secretKey', secretKey: defaults.secretKey });
    await assert.rejects(
      stranger.accountCheck(['alice']),
      (error) => ChatServiceError.is(error) && error.code === 70009,
    );
    stranger.dispose();
    if (platform() === 'linux') {
      const seen = await readFile(`/proc/${process.pid}/cmdline`, 'utf8');
      assert.ok(!seen.includes(KEY), seen);
    }
  });

  it('is one for all windows, and only the one that started it stops it', async () => {
    const [first, second] = [windowWith(), windowWith()];
    const [a, b] = await Promise.all([first.start(), second.start()]);
    assert.equal(a.endpoint, b.endpoint);
    assert.notEqual(first.isOwn, second.isOwn);
    const [owner, guest] = first.isOwn ? [first, second] : [second, first];
    await assert.rejects(guest.stop(), (error) => SandboxError.is(error) && error.problem === 'elsewhere');
    await owner.stop();
    assert.equal(await guest.running(), undefined);
    await guest.start();
    assert.ok(guest.isOwn);
  });

  it('takes a free port when the asked one is in use', async () => {
    const taken: Server = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as AddressInfo;
    try {
      const info = await windowWith(port).start();
      assert.notEqual(new URL(info.endpoint).port, String(port));
    } finally {
      taken.close();
    }
  });

  it('keeps its port over restarts and resets, also one that was not asked for, and while nobody else took it', async () => {
    const process = windowWith(0);
    const { endpoint } = await process.start();
    await process.stop();
    assert.equal((await process.start()).endpoint, endpoint);
    assert.equal((await process.reset()).endpoint, endpoint);
    await process.stop();
    const taken: Server = createServer();
    await new Promise<void>((done) => taken.listen(Number(new URL(endpoint).port), '127.0.0.1', done));
    try {
      assert.notEqual((await windowWith(0).start()).endpoint, endpoint);
    } finally {
      taken.close();
    }
  });

  it('that a person stopped it is known in every window until somebody starts it', async () => {
    const [owner, guest] = [windowWith(), windowWith()];
    assert.equal(await guest.wasStopped(), false);
    await owner.start();
    assert.equal(await guest.wasStopped(), false);
    await owner.stop();
    assert.deepEqual([await owner.wasStopped(), await guest.wasStopped()], [true, true]);
    await guest.start();
    assert.equal(await owner.wasStopped(), false);
    await guest.reset();
    assert.equal(await owner.wasStopped(), false);
  });

  it('keeps its data over a restart and throws them away at a reset', async () => {
    const process = windowWith();
    let client = connect(await process.start());
    await client.accountImport({ userId: 'newcomer' });
    client.dispose();
    await process.stop();
    const isThere = async (info: SandboxInfo): Promise<boolean | undefined> => {
      client = connect(info);
      const [account] = await client.accountCheck(['newcomer']);
      client.dispose();
      return account?.imported;
    };
    assert.equal(await isThere(await process.start()), true);
    assert.equal(await isThere(await process.reset()), false);
  });

  it('takes over after a window that died', async () => {
    await mkdir(folder, { recursive: true });
    // Process ids are far below this one.
    await writeFile(
      join(folder, 'running.json'),
      JSON.stringify({ pid: 2 ** 22 + 1, endpoint: 'http://127.0.0.1:9' }),
    );
    const process = windowWith();
    await process.start();
    assert.ok(process.isOwn);
  });

  it('says so when it cannot be started, and leaves no lock behind', async () => {
    const broken = join(folder, 'broken.js');
    await mkdir(folder, { recursive: true });
    await writeFile(broken, 'console.error("Out of order"); process.exit(3);');
    await assert.rejects(
      windowWith(0, broken).start(),
      (error) => SandboxError.is(error) && error.problem === 'notStarted' && error.detail === 'Out of order',
    );
    assert.equal(existsSync(join(folder, 'running.json')), false);
    await windowWith().start();
  });

  it('leaves no process behind when it listens and the start fails after that', async () => {
    // What says that a person stopped it cannot be removed.
    const stopped = join(folder, 'stopped');
    await mkdir(stopped, { recursive: true });
    const first = windowWith();
    await assert.rejects(first.start(), (error) => error instanceof Error && !SandboxError.is(error));
    assert.equal(first.isOwn, false);
    assert.equal(existsSync(join(folder, 'running.json')), false);
    await rm(stopped, { recursive: true });
    // Of one process only: who has the data keeps all others from it.
    const second = windowWith();
    await second.start();
    assert.ok(second.isOwn);
    assert.equal(exits, 0);
  });

  it('leaves no process behind that says where it listens and does not answer there', async () => {
    const mute = join(folder, 'mute.js');
    const pids = join(folder, 'pids');
    await mkdir(folder, { recursive: true });
    await writeFile(
      mute,
      `require('node:fs').appendFileSync(${JSON.stringify(pids)}, process.pid + '\\n');
setInterval(() => undefined, 1000);
process.on('disconnect', () => process.exit());
console.log('Sandbox listening on http://127.0.0.1:9');`,
    );
    // It is tried at the port that was asked for, and at any other.
    await assert.rejects(windowWith(18_080, mute).start(), (error) => SandboxError.is(error));
    const started = (await readFile(pids, 'utf8')).trim().split('\n').map(Number);
    assert.equal(started.length, 2);
    for (const pid of started)
      assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' }, `${pid} is still there`);
  });

  it('tells when it ended by itself', async () => {
    const owner = windowWith();
    const info = await owner.start();
    process.kill(owner.pid ?? assert.fail(), 'SIGKILL');
    await eventually(() => exits > 0, 'the end of the process');
    assert.equal(exits, 1);
    assert.equal(owner.isOwn, false);
    assert.notEqual((await owner.start()).endpoint, '');
    assert.ok(info.endpoint);
  });

  it('never asks another machine for a key', async () => {
    for (const endpoint of [
      'https://console.tim.qq.com',
      'http://192.168.0.1:18080',
      'http://localhost.example.com',
    ]) {
      await assert.rejects(
        readSandboxInfo(endpoint),
        (error) => SandboxError.is(error) && error.problem !== 'noAnswer',
      );
    }
  });
});
