import assert from 'node:assert/strict';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

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

describe('sandbox: process', () => {
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

  it('says what is wrong and ends with 1, or with 2 for the command line', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    for (const [exit, args, expected] of [
      [1, ['--port', String(port)], /^The port is in use/],
      [1, ['--seed', '/nothing/there.json'], /ENOENT/],
      [1, ['--import', '/nothing/there.json'], /ENOENT/],
      [2, ['--set', 'colour=red'], /^There is no setting colour/],
      [2, ['--colour'], /--colour/],
      [2, ['--listen', 'everywhere'], /^--listen is an IP address/],
    ] as const) {
      const { code, out, error } = await ended(run(...args));
      assert.deepEqual([code, out], [exit, '']);
      assert.match(error, expected);
      assert.ok(!error.includes('    at '), 'no stack');
    }
    taken.close();
  });

  it('says for programs where it is, in a line of JSON', async () => {
    const child = run('--port', '0', '--json', '--secret-key', 'k', '--sdkappid', '5', '--admin', 'root');
    const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    const ready = JSON.parse(line.toString()) as Record<string, unknown>;
    assert.match(String(ready.url), /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(ready.url, `http://127.0.0.1:${String(ready.port)}`);
    const { sdkAppId, administrator, secretKey, token } = ready;
    assert.deepEqual(
      { sdkAppId, administrator, secretKey },
      { sdkAppId: 5, administrator: 'root', secretKey: 'k' },
    );
    assert.match(String(token), /^[0-9a-f]{32}$/);
  });

  it('writes what it has into a file when it is stopped, and begins with that the next time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-export-'));
    const file = join(folder, 'state.json');
    const list = join(folder, 'more.chatmsgs.json');
    writeFileSync(
      list,
      JSON.stringify([{ From_Account: 'erin', To_Account: 'frank', MsgKey: '1_2_1700000000', MsgBody: [] }]),
    );
    try {
      for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
        const child = run('--port', '0', '--import', file, '--import', list, '--export-on-exit', file);
        const end = ended(child);
        await once(child.stdout ?? child, 'data');
        child.kill(signal);
        assert.equal((await end).code, 0);
      }
      const { Accounts, Messages } = JSON.parse(readFileSync(file, 'utf8')) as {
        Accounts: { UserID: string }[];
        Messages: { MsgKey: string }[];
      };
      assert.deepEqual(
        Accounts.map(({ UserID }) => UserID),
        ['erin', 'frank'],
      );
      assert.ok(Messages.some(({ MsgKey }) => MsgKey === '1_2_1700000000'));
    } finally {
      rmSync(folder, { recursive: true });
    }
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
