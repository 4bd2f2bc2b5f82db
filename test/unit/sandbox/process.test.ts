import assert from 'node:assert/strict';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';

const script = resolve('dist/sandbox.js');

/** What a process said and how it ended. */
async function ended(child: ChildProcess): Promise<{ code: number | null; out: string; error: string }> {
  let out = '';
  let error = '';
  child.stdout?.on('data', (data) => (out += String(data)));
  child.stderr?.on('data', (data) => (error += String(data)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, error };
}

describe('sandbox: process', function () {
  this.timeout(20_000);
  const children: ChildProcess[] = [];

  function run(...args: string[]): ChildProcess {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    return child;
  }

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('says one line on its output, one for each call on its error output, and stops when asked', async () => {
    const child = run('--port', '0');
    const end = ended(child);
    const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    const url = /^Sandbox listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line.toString())?.[1];
    assert.ok(url);
    const answer = await fetch(`${url}/v4/openim/sendmsg`, { method: 'POST', body: '{}' });
    assert.equal(((await answer.json()) as { ErrorCode: number }).ErrorCode, 60012);
    child.kill('SIGTERM');
    const { code, out, error } = await end;
    assert.deepEqual([code, out], [0, line.toString()]);
    assert.match(error, /^\d\d:\d\d:\d\d\.\d{3} openim\/sendmsg 60012 \d+\.\d ms\n$/);
  });

  it('says what is wrong and ends with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    for (const [args, expected] of [
      [['--port', String(port)], /^The port is in use/],
      [['--seed', '/nothing/there.json'], /ENOENT/],
      [['--set', 'colour=red'], /^There is no setting colour/],
    ] as const) {
      const { code, out, error } = await ended(run(...args));
      assert.deepEqual([code, out], [1, '']);
      assert.match(error, expected);
      assert.ok(!error.includes('    at '), 'no stack');
    }
    taken.close();
  });

  it('ends with the program that started it with a channel', async () => {
    const child = fork(script, ['--port', '0'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
    children.push(child);
    await once(child.stdout ?? child, 'data');
    child.disconnect();
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, 0);
  });
});
