import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import { Pace, planRate } from '../../../src/bulk/pace';
import { SlowCalls } from '../../../src/bulk/slowCalls';
import type { PaceTask } from '../../support/paceChild';

describe('Pace', () => {
  let folder = '';
  beforeEach(async () => (folder = await fs.mkdtemp(path.join(os.tmpdir(), 'pace-'))));
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  const call = {
    endpoint: 'https://x.example',
    sdkAppId: 1,
    command: 'openim/modify_c2c_msg',
    perSecond: 200,
    share: 1,
  };

  /**
   * No more a second than that on the whole, and no crowd in any second. A busy machine lets some calls leave late, and
   * thus nearer to the next: how many leave in the busiest second is a figure of the bench.
   */
  function keepsTo(times: readonly number[], perSecond: number): void {
    const perMs = (times.length - 1) / (Math.max(...times) - Math.min(...times));
    assert.ok(perMs * 1000 <= perSecond, `${perMs * 1000} a second`);
    const most = mostInASecond(times);
    assert.ok(most <= perSecond * 1.3, `${most} in a second`);
  }

  /** The most calls that left within any second. */
  function mostInASecond(times: readonly number[]): number {
    const sorted = [...times].sort((one, other) => one - other);
    let from = 0;
    let most = 0;
    for (const [to, time] of sorted.entries()) {
      while (time - (sorted[from] ?? time) >= 1000) from += 1;
      most = Math.max(most, to - from + 1);
    }
    return most;
  }

  async function leave(pace: Pace, count: number, over: Partial<typeof call> = {}): Promise<number[]> {
    const gate = pace.gate({ ...call, ...over });
    return Promise.all(
      Array.from({ length: count }, async () => {
        assert.equal(await gate.pass(), true);
        return Number(process.hrtime.bigint()) / 1e6;
      }),
    );
  }

  it('keeps plans below the limit, without a crowd in any second', async () => {
    assert.equal(Math.round(planRate(call)), 186);
    keepsTo(await leave(new Pace(folder), 420), 200);
  });

  it('counts all windows of the machine together', async () => {
    const [one, two] = await Promise.all([leave(new Pace(folder), 220), leave(new Pace(folder), 220)]);
    keepsTo([...one, ...two], 200);
  });

  it('gives a part of the slots to who may have a part only', async () => {
    keepsTo(await leave(new Pace(folder), 100, { share: 0.25 }), 50);
  });

  it('lets nobody wait for a call that is not wanted any more', async () => {
    const gate = new Pace(folder).gate({ ...call, perSecond: 8, share: 0.125 });
    const stop = new AbortController();
    const all = Promise.all([gate.pass(), gate.pass(stop.signal), gate.pass(stop.signal)]);
    stop.abort();
    assert.deepEqual(await all, [true, false, false]);
    assert.equal(await gate.pass(stop.signal), false);
  });

  it('gives the turn of a call that is not to leave after all to the next one', async () => {
    const gate = new Pace(folder).gate({ ...call, perSecond: 8, share: 0.125 });
    // Each of their turns would take a second.
    const unready = Array.from({ length: 60 }, () => gate.pass(undefined, () => false));
    assert.deepEqual(await Promise.all([...unready, gate.pass()]), [...unready.map(() => false), true]);
  });

  it('forgets nobody where a call that is not to leave stops all others of its plan', async () => {
    const gate = new Pace(folder).gate({ ...call, perSecond: 8 });
    const stop = new AbortController();
    const stopping = (): boolean => {
      stop.abort();
      return false;
    };
    const all = [gate.pass(stop.signal, stopping), gate.pass(stop.signal), gate.pass(), gate.pass()];
    assert.deepEqual(await Promise.all(all), [false, false, true, true]);
  });

  it('lets nothing leave where the folder cannot be written', async () => {
    const file = path.join(folder, 'no folder');
    await fs.writeFile(file, '');
    await assert.rejects(new Pace(file).gate(call).pass());
  });

  it('is one pace for two processes', async () => {
    const script = path.resolve('out/paceChild.cjs');
    await build({
      entryPoints: ['test/support/paceChild.ts'],
      outfile: script,
      bundle: true,
      platform: 'node',
      logLevel: 'warning',
    });
    const times = await Promise.all(
      [1, 2].map(() => timesOf(script, JSON.stringify({ folder } satisfies PaceTask))),
    );
    assert.ok(times.every((list) => list.length === 200));
    keepsTo(times.flat(), 200);
  });

  it('lets a slot go unused for each call that came late, within a second and one in ten at most', () => {
    const slow = new SlowCalls();
    let now = 0;
    /** Of so many slots, 5 ms apart, those that go unused. */
    const unused = (slots: number): number[] =>
      Array.from({ length: slots }, (_, slot) => slot).filter(() => slow.takesSlot((now += 5)));
    for (const ms of [32, 30, 35, 39, 31]) slow.took(ms, now);
    assert.deepEqual(unused(40), []);
    for (const ms of [45, 60, 33, 75]) slow.took(ms, now);
    assert.deepEqual(unused(40), [0, 10, 20]);
    // Late ones count in the second in which they came, and not after it.
    slow.took(90, now);
    now += 1_000;
    assert.deepEqual(unused(40), []);
    // The way became longer for good: nothing is late any more.
    for (let calls = 0; calls < 5_000; calls += 1) slow.took(80, now);
    now += 1_000;
    slow.took(85, now);
    assert.deepEqual(unused(40), []);
  });

  function timesOf(script: string, ...args: string[]): Promise<number[]> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
      let out = '';
      child.stdout.on('data', (data: Buffer) => (out += data.toString()));
      child.on('error', reject);
      child.on('close', () => resolve(JSON.parse(out) as number[]));
    });
  }
});
