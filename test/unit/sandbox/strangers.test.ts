import assert from 'node:assert/strict';
import { readCommandLine } from '../../../src/sandbox/commandLine';
import { calls } from '../../../src/sandbox/calls/registry';
import { exchange } from './rawSocket';
import { seedOf, signed, World } from './world';

const EVIL = 'https://evil.example';

const controlRoutes = [
  ...['GET info', 'GET settings', 'POST settings', 'GET faults', 'POST faults', 'DELETE faults', 'GET calls'],
  ...['DELETE calls', 'GET webhook', 'POST webhook', 'DELETE webhook', 'GET snapshot', 'POST seed'],
  ...['POST reset', 'GET nothing', 'GET clock', 'POST clock', 'DELETE clock', 'POST expect', 'POST call'],
  ...['GET snapshots', 'POST snapshots', 'DELETE snapshots', 'POST snapshots/restore', 'GET webhooks'],
  ...['GET chats', 'GET messages', 'GET events'],
];

describe('sandbox: strangers', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.start({ seed: seedOf({ users: ['alice', 'bob'] }) });
  });
  afterEach(() => world.stop());

  /** One request as a browser or a program would send it. */
  function ask(line: string, headers: readonly string[], body = '{}', at = world): Promise<string> {
    const head = [`${line} HTTP/1.1`, ...headers, `Content-Length: ${body.length}`, 'Connection: close'];
    return exchange(at.sandbox.port, `${head.join('\r\n')}\r\n\r\n${body}`);
  }

  function pathOf(command: string, at = world): string {
    const query = new URLSearchParams({
      ...{ sdkappid: '1400000000', identifier: 'administrator', random: '1', contenttype: 'json' },
      usersig: signed(at),
    });
    return `/v4/${command}?${query.toString()}`;
  }

  const DELETE_ALICE = JSON.stringify({ DeleteItem: [{ UserID: 'alice' }] });
  const deleteAlice = (headers: readonly string[], at = world): Promise<string> =>
    ask(`POST ${pathOf('im_open_login_svc/account_delete', at)}`, headers, DELETE_ALICE, at);

  it('a page of another site deletes no account, though it knows the key', async () => {
    for (const origin of [
      EVIL,
      'null',
      'http://127.0.0.1.evil.example',
      'vscode-webview://x',
      'file://',
      '',
    ]) {
      const answer = await deleteAlice(['Host: 127.0.0.1', `Origin: ${origin}`]);
      assert.match(answer, /^HTTP\/1\.1 403 /, origin);
      assert.match(answer, /"ActionStatus":"FAIL","ErrorInfo":".*--allow-origin.*","ErrorCode":60002/);
      assert.doesNotMatch(answer, /access-control/i, 'the page cannot even read that');
    }
    assert.ok(world.sandbox.store.account('alice'));
    assert.match(await deleteAlice(['Host: 127.0.0.1']), /"ErrorCode":0/);
    assert.equal(world.sandbox.store.account('alice'), undefined);
  });

  it('a name of its own for 127.0.0.1 does not help it', async () => {
    for (const host of [
      ...[
        'evil.example',
        `evil.example:${world.sandbox.port}`,
        'localhost.evil.example',
        '127.0.0.1.nip.example',
      ],
      ...['', '127.0.0.1@evil.example', 'console.tim.qq.com', '0.0.0.0', '169.254.0.1'],
    ]) {
      const answer = await deleteAlice([`Host: ${host}`]);
      assert.match(answer, /^HTTP\/1\.1 403 [^]*--allow-host/, host);
    }
    assert.ok(world.sandbox.store.account('alice'));
    const { port } = world.sandbox;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'LOCALHOST', '[::1]:1', 'im.localhost']) {
      assert.doesNotMatch(await ask(`POST ${pathOf('openim/sendmsg')}`, [`Host: ${host}`]), / 403 /, host);
    }
  });

  it('holds for every call and every control route', async () => {
    const before = world.sandbox.sandbox.snapshot();
    const lines = [
      ...[...calls.keys(), 'openim/nothing'].map((command) => `POST ${pathOf(command)}`),
      ...['GET /', 'GET /v4/openim/sendmsg', 'OPTIONS /v4/openim/sendmsg', 'POST /v4', 'GET /sandbox'],
      ...controlRoutes.map((route) => route.replace(' ', ' /sandbox/')),
    ];
    for (const line of lines) {
      for (const headers of [['Host: localhost', `Origin: ${EVIL}`], ['Host: evil.example']]) {
        const answer = await ask(line, headers, '{"Format":1}');
        assert.match(answer, /^HTTP\/1\.1 403 /, `${line} ${headers.join(' ')}`);
        assert.doesNotMatch(answer, /access-control/i);
      }
    }
    assert.equal(world.sandbox.sandbox.snapshot(), before);
  });

  it('an Origin behind thousands of other headers is seen', async () => {
    const many = Array.from({ length: 2100 }, () => 'a:');
    const answer = await deleteAlice(['Host: localhost', ...many, `Origin: ${EVIL}`]);
    assert.match(answer, /"ErrorCode":60002/);
    assert.ok(world.sandbox.store.account('alice'));
  });

  it('two hosts or two origins are as good as a foreign one', async () => {
    for (const headers of [
      ['Host: localhost', 'Host: evil.example'],
      ['Host: evil.example', 'host: localhost'],
      ['Host: localhost', 'Origin: http://localhost', `Origin: ${EVIL}`],
    ]) {
      assert.match(await deleteAlice(headers), /"ErrorCode":60002/);
    }
    assert.ok(world.sandbox.store.account('alice'));
  });

  it('calls without Origin, and pages of this machine, get the documented CORS headers', async () => {
    for (const headers of [[], ['Host: localhost'], ['Host: localhost', 'Origin: http://localhost:3000']]) {
      const answer = await ask(`POST ${pathOf('openim/sendmsg')}`, headers);
      assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
      assert.match(answer, /\r\nAccess-Control-Allow-Origin: \*\r\n/);
      assert.match(answer, /\r\nAccess-Control-Allow-Headers: X-Requested-With\r\n/);
      assert.match(answer, /\r\nAccess-Control-Allow-Methods: POST\r\n/);
    }
  });

  it('who is let in may call, and change nothing else', async () => {
    const { options } = readCommandLine([
      ...['--port', '0', '--allow-host', 'chat.test', '--allow-origin', 'https://app.example'],
    ]);
    const open = await World.start({
      seed: seedOf({ users: ['alice'] }),
      ...(options.allow && { allow: options.allow }),
    });
    try {
      const headers = ['Host: chat.test:8080', 'Origin: https://app.example'];
      assert.match(await deleteAlice(headers, open), /^HTTP\/1\.1 200 [^]*Access-Control[^]*"ErrorCode":0/);
      assert.match(await deleteAlice(['Host: chat.test', `Origin: ${EVIL}`], open), /^HTTP\/1\.1 403 /);
      assert.match(await deleteAlice(['Host: other.test'], open), /^HTTP\/1\.1 403 /);
      for (const other of [['Host: chat.test'], ['Host: localhost', 'Origin: https://app.example']]) {
        assert.match(await ask('GET /sandbox/info', other, '', open), /^HTTP\/1\.1 403 /);
      }
    } finally {
      await open.stop();
    }
    const any = await World.start({ allow: { hosts: [], origins: ['*'] } });
    try {
      const answer = await ask('POST /v4/a/b', ['Host: localhost', `Origin: ${EVIL}`], '{}', any);
      assert.match(answer, /"ErrorCode":60009/);
    } finally {
      await any.stop();
    }
    assert.throws(() => readCommandLine(['--allow-origin', 'app.example']), /--allow-origin/);
    assert.throws(() => readCommandLine(['--allow-origin', 'https://app.example/x']), /--allow-origin/);
    assert.throws(() => readCommandLine(['--allow-host', 'a b']), /--allow-host/);
  });

  it('takes its key from the environment, where other users of the machine do not see it', () => {
    assert.equal(readCommandLine([], 'from the environment').options.secretKey, 'from the environment');
    assert.equal(readCommandLine(['--secret-key', 'k'], 'from the environment').options.secretKey, 'k');
    assert.throws(() => readCommandLine([], ''), /key is empty/);
  });
});
