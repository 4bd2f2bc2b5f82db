import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** A test of somebody's client, as the README shows one. */
const PROGRAM = `
import assert from 'node:assert/strict';
import { connectSandbox, startSandbox } from 'tencent-chat-sandbox';

const sandbox = await startSandbox({ seed: { Format: 1, Accounts: [{ UserID: 'alice' }, { UserID: 'bob' }] } });
assert.match(sandbox.url, /^http:\\/\\/127\\.0\\.0\\.1:\\d+$/);
const { control } = sandbox;
assert.deepEqual((await control.info()).users, ['alice', 'bob']);
const text = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }];
const sent = await control.call('openim/sendmsg', { From_Account: 'alice', To_Account: 'bob', MsgRandom: 1, MsgBody: text });
assert.equal(sent.ErrorCode, 0);
const met = await control.expect({ command: 'openim/sendmsg', body: { To_Account: 'bob' } });
assert.equal(met.count, 1);
await assert.rejects(
  control.expect({ command: 'openim/sendmsg', body: { To_Account: 'carol' }, within: 0 }),
  /To_Account: expected "carol", came "bob"/,
);
await assert.rejects(control.changeSettings({ colour: 'red' }), /There is no setting colour/);
await connectSandbox(sandbox.url + '/').reset();
assert.equal((await control.calls()).total, 0);
await sandbox.stop();
await assert.rejects(fetch(sandbox.url));

const list = [{ From_Account: 'erin', To_Account: 'frank', MsgKey: '1_2_1700000000', MsgBody: text }];
const other = await startSandbox({ seed: list, strict: true, settings: { roamingDays: 0 }, secretKey: 'k' });
assert.equal(other.secretKey, 'k');
assert.deepEqual((await other.control.info()).users, ['erin', 'frank']);
assert.equal((await other.control.settings()).nulls, 'refused');
await other.stop();
console.log('all well');
`;

/** Uses everything that the types have, and one thing that they must refuse. */
const TYPED = `
import { startSandbox, connectSandbox, type RunningSandbox, type Expectation } from 'tencent-chat-sandbox';

const expectation: Expectation = { command: 'openim/sendmsg', count: 2, exact: true };
const sandbox: RunningSandbox = await startSandbox({ port: 0, seed: [], faults: [{ kind: 'drop', times: 1 }] });
const outcome = await connectSandbox(sandbox.url, sandbox.token).expect(expectation);
export const count: number = outcome.count;
// @ts-expect-error: a port is a number
await startSandbox({ port: '1' });
`;

describe('sandbox: npm package', () => {
  let folder: string;
  let tarball: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-npm-'));
    await exec(process.execPath, [resolve('scripts/package-sandbox.mjs'), '--out', join(folder, 'made')]);
    tarball = join(folder, 'made', readdirSync(join(folder, 'made'))[0] ?? '');
    writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}');
    await exec(npm, ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const installed = (...names: string[]): string =>
    join(folder, 'node_modules/tencent-chat-sandbox', ...names);

  it('is small, whole, and needs nothing else', () => {
    assert.ok(statSync(tarball).size <= 150 * 1024, `${statSync(tarball).size} bytes`);
    assert.deepEqual(
      readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.')),
      ['tencent-chat-sandbox'],
    );
    for (const name of ['README.md', 'LICENSE', 'index.d.ts']) assert.ok(existsSync(installed(name)), name);
    const { version } = JSON.parse(readFileSync(resolve('package.json'), 'utf8')) as { version: string };
    const manifest = JSON.parse(readFileSync(installed('package.json'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual([manifest.version, manifest.dependencies], [version, undefined]);
  });

  it('is imported by a test', async () => {
    writeFileSync(join(folder, 'program.js'), PROGRAM);
    const { stdout } = await exec(process.execPath, ['program.js'], { cwd: folder });
    assert.equal(stdout, 'all well\n');
  });

  it('runs from the shell', async () => {
    const bin = join(folder, 'node_modules/.bin/tencent-chat-sandbox');
    const child = spawn(bin, ['--port', '0', '--json', '--quiet'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { url } = JSON.parse(line.toString()) as { url: string };
    const info = (await (await fetch(`${url}/sandbox/info`)).json()) as { users: string[] };
    assert.ok(info.users.includes('alice'));
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    const { stdout } = await exec(bin, ['check', '--help']);
    assert.match(stdout, /check/);
    const requests = join(folder, 'one.chat.http');
    writeFileSync(
      requests,
      'POST {{endpoint}}/v4/im_open_login_svc/account_check\n\n{"CheckItem":[{"UserID":"alice"}]}\n',
    );
    assert.match((await exec(bin, ['run', requests])).stdout, /1 of 1 as expected/);
  });

  it('has types', async () => {
    writeFileSync(join(folder, 'typed.ts'), TYPED);
    const compilerOptions = { noEmit: true, strict: true, module: 'nodenext', target: 'es2022', types: [] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
    await exec(process.execPath, [resolve('node_modules/typescript/bin/tsc')], {
      cwd: folder,
    }).catch((error: unknown) => assert.fail((error as { stdout: string }).stdout));
  });
});
