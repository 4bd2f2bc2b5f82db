import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runInNewContext } from 'node:vm';
import { parser as goParser } from '@lezer/go';
import { parser as javaParser } from '@lezer/java';
import { parser as phpParser } from '@lezer/php';
import fc from 'fast-check';
import { ChatClient } from '../../../src/chat/client';
import { programs, type CopiedCall, type Program } from '../../../src/copying/programs';
import { callOf } from '../../../src/requests/foundCall';
import { signed, World } from '../sandbox/world';

/** All that a language may stumble over in a text, as JSON. */
const HARD = String.raw`{"To_Account":["bob"],"Text":"it's \"\"\" ''' \u00e9 \\ ${'`'} $HOME $(id) ${'${x}'} {x} %s \/ é 你好 😀 <<<JSON","N":9007199254740993,"E":1.50e3}`;

/** Runs a program that is given on its standard input. */
function run(
  command: string,
  args: readonly string[],
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  // Whatever proxy this machine has, the server is here.
  const here = { NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
  const child = spawn(command, args, { env: { ...process.env, ...here, ...environment } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  child.stdin.end(program);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(out);
      else reject(new Error(`${command} ended with ${String(status)}: ${err}`));
    });
  });
}

const runners: Readonly<Record<'curl' | 'node' | 'python', readonly [string, readonly string[]]>> = {
  curl: ['bash', ['-s']],
  node: [process.execPath, ['-']],
  python: ['python3', ['-']],
};

/** What a server was sent. */
interface Received {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: readonly string[];
  readonly contentType: string | undefined;
  readonly body: string;
}

/** A server that keeps what it is sent. */
async function recorder(): Promise<{ url: string; received: Received[]; stop: () => void }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://here');
      received.push({
        method: request.method,
        path: url.pathname,
        query: [...url.searchParams.keys()],
        contentType: request.headers['content-type'],
        body: Buffer.concat(parts).toString(),
      });
      response.end('{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    stop: () => server.close(),
  };
}

describe('copying: calls as programs', () => {
  describe('against the sandbox', () => {
    let world: World;
    before(async () => (world = await World.start({ now: Date.now }, Math.floor(Date.now() / 1000))));
    after(() => world.stop());

    for (const [name, [command, args]] of Object.entries(runners)) {
      it(`${name}: runs as it was copied and is answered as documented`, async () => {
        const { app, secretKey } = world.sandbox;
        const call = { app, command: 'im_open_login_svc/account_import', body: `{"UserID":"by_${name}"}` };
        const environment = {
          TENCENT_CHAT_SECRET_KEY: secretKey,
          TENCENT_CHAT_USERSIG: signed(world),
        };
        const answer = await run(command, args, programs[name as Program](call), environment);
        assert.deepEqual(JSON.parse(answer), { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 });
        const checked = await world.call('im_open_login_svc/account_check', {
          CheckItem: [{ UserID: `by_${name}` }],
        });
        assert.match(checked.text, /"AccountStatus":"Imported"/);
      });
    }
  });

  it('curl sends the very bytes that the extension sends, node and python the same tokens', async () => {
    const server = await recorder();
    try {
      const app = { endpoint: server.url, sdkAppId: 1400000000, administrator: "admin o'neill!" };
      const client = new ChatClient(app, { kind: 'secretKey', secretKey: 'k'.repeat(64) });
      await client.answer('openim/batchsendmsg', HARD);
      client.dispose();
      const environment = { TENCENT_CHAT_SECRET_KEY: 'k'.repeat(64), TENCENT_CHAT_USERSIG: 'eJw*sig-_' };
      for (const [name, [command, args]] of Object.entries(runners)) {
        const program = programs[name as Program]({ app, command: 'openim/batchsendmsg', body: HARD });
        await run(command, args, program, environment);
      }
      const [sent, curl, ...others] = server.received;
      assert.equal(sent?.body, HARD);
      assert.deepEqual(sent.query, ['sdkappid', 'identifier', 'usersig', 'random', 'contenttype']);
      assert.deepEqual({ ...curl, contentType: '' }, { ...sent, contentType: '' });
      assert.equal(others.length, 2);
      for (const other of others) {
        assert.deepEqual({ ...other, body: '', contentType: '' }, { ...sent, body: '', contentType: '' });
        assert.equal(other.body.replace(/\n */g, '').replaceAll('": ', '":'), HARD);
      }
    } finally {
      server.stop();
    }
  });

  it('no secret, and no message, gets into or out of its place: every grammar reads every program', () => {
    const parsers = { java: javaParser, go: goParser, php: phpParser };
    const broken = (name: keyof typeof parsers, program: string): boolean => {
      let found = false;
      parsers[name].parse(program).iterate({ enter: ({ type }) => void (found ||= type.isError) });
      return found;
    };
    assert.ok(broken('java', 'class A { void b( }'), 'the grammar sees an error where there is one');
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const tricky = fc.constantFrom(
      '"""',
      "'''",
      '`',
      '${x}',
      "\\'",
      '\nJSON;',
      '<?php',
      '?>',
      '*/',
      '\\u0022',
    );
    const body = fc
      .array(fc.oneof(text, tricky), { maxLength: 6 })
      .map((parts) => JSON.stringify({ Text: parts.join('') }));
    fc.assert(
      fc.property(
        body,
        fc.constantFrom('administrator', 'a"b', "o'neill", 'a\\', '管理员'),
        (json, administrator) => {
          const app = { endpoint: 'https://console.tim.qq.com', sdkAppId: 1400000000, administrator };
          for (const name of ['java', 'go', 'php'] as const) {
            const program = programs[name]({ app, command: 'openim/sendmsg', body: json });
            assert.ok(!broken(name, program), program);
          }
        },
      ),
      { numRuns: 150, seed: 15 },
    );
  });

  it('code has the text of a message whole, whatever sign of its own language stands in it alone', () => {
    const app = { endpoint: 'https://console.tim.qq.com', sdkAppId: 1400000000, administrator: 'admin' };
    for (const sign of ['`', '${', '${x}', "'''", '"', '\\', '\u2028']) {
      const body = JSON.stringify({ Text: `a${sign}b` });
      const program = programs.node({ app, command: 'openim/sendmsg', body });
      const literal = /const body = ([^]*?);\n\nfetch/.exec(program)?.[1] ?? '';
      assert.deepEqual(JSON.parse(String(runInNewContext(literal))), { Text: `a${sign}b` }, program);
    }
  });

  it('a copied curl can be pasted as a request again', () => {
    const app = { endpoint: 'https://console.tim.qq.com', sdkAppId: 1400000000, administrator: 'admin' };
    const call: CopiedCall = { app, command: 'openim/batchsendmsg', body: HARD };
    assert.deepEqual(callOf(programs.curl(call)), { command: 'openim/batchsendmsg', body: HARD });
  });

  it('takes what is no JSON as it was typed', async () => {
    const server = await recorder();
    const body = "{ 'Text': `${x}` \\ ''' \"\"\" }";
    try {
      const app = { endpoint: server.url, sdkAppId: 1400000000, administrator: 'admin' };
      for (const name of ['node', 'python'] as const) {
        const program = programs[name]({ app, command: 'openim/sendmsg', body });
        await run(...runners[name], program, { TENCENT_CHAT_SECRET_KEY: 'k' });
      }
    } finally {
      server.stop();
    }
    assert.deepEqual(
      server.received.map((one) => one.body),
      [body, body],
    );
  });
});
