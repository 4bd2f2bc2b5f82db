import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { parseRequests } from '../../../src/requests/parse';
import { runFiles } from '../../../src/sandbox/run/runFiles';
import { runBlocks } from '../../../src/sandbox/run/runBlocks';
import { ChatClient } from '../../../src/chat/client';
import { World } from './world';

const GOOD = `### Import
# @expect ErrorCode 0
POST {{endpoint}}/v4/im_open_login_svc/account_import

{ "UserID": "dora" }

###
# @name sent
# @expect ErrorCode 0
# @expect MsgKey
POST {{endpoint}}/v4/openim/sendmsg

{ "From_Account": "{{identifier}}", "To_Account": "dora", "MsgRandom": {{$randomInt 1 99}}, "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "hi" } }] }

### Recall
POST {{endpoint}}/v4/openim/admin_msgwithdraw

{ "From_Account": "{{identifier}}", "To_Account": "dora", "MsgKey": "{{sent.response.body.$.MsgKey}}" }
`;

describe('sandbox: run FILE…', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'run-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  interface Ended {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }

  function written(files: Readonly<Record<string, string>>): string[] {
    return Object.entries(files).map(([name, text]) => {
      writeFileSync(path.join(folder, name), text);
      return path.join(folder, name);
    });
  }

  async function run(
    files: Readonly<Record<string, string>>,
    args: readonly string[] = [],
    environment: Record<string, string> = {},
  ): Promise<Ended> {
    let [stdout, stderr] = ['', ''];
    const status = await runFiles([...written(files), ...args], {
      out: (text) => (stdout += text),
      err: (text) => (stderr += text),
      environment,
    });
    return { status, stdout: stdout.replaceAll(folder + path.sep, ''), stderr };
  }

  /** As a program of its own. */
  function spawned(files: Readonly<Record<string, string>>): Promise<Ended> {
    const child = spawn(process.execPath, [path.resolve('dist/sandbox.js'), 'run', ...written(files)]);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    return new Promise((resolve) =>
      child.on('close', (status) =>
        resolve({ status, stdout: stdout.replaceAll(folder + path.sep, ''), stderr }),
      ),
    );
  }

  it('sends to a sandbox of its own, prints a line each, and ends with 0 when all is as expected', async () => {
    const { status, stdout, stderr } = await spawned({ 'good.chat.http': GOOD });
    assert.equal(stderr, '');
    assert.match(
      stdout,
      /^✓ good\.chat\.http: Import \(im_open_login_svc\/account_import\), \d+ ms\n✓ good\.chat\.http: sent \(openim\/sendmsg\), \d+ ms\n✓ good\.chat\.http: Recall \(openim\/admin_msgwithdraw\), \d+ ms\n3 of 3 as expected\n$/,
    );
    assert.equal(status, 0);
  });

  it('ends with 1 for what is not as expected, and JUnit says what', async () => {
    const text = `### <bad> & "worse"
# @expect ErrorCode 0
# @expect ErrorInfo "x\u0007"
POST {{endpoint}}/v4/openim/sendmsg

{}

###
POST {{endpoint}}/v4/openim/sendmsg

{ "To_Account": "{{nobody}}" }
`;
    const { status, stdout } = await run({ 'bad.chat.http': text }, [
      '--junit',
      path.join(folder, 'out.xml'),
      '--empty',
    ]);
    assert.equal(status, 1);
    assert.match(
      stdout,
      /✗ bad[^]*@expect ErrorCode 0: it is \d+[^]*line 11: unknownVariable: nobody\n0 of 2 as expected\n$/,
    );
    const xml = readFileSync(path.join(folder, 'out.xml'), 'utf8');
    assert.match(
      xml,
      /<testsuite name="[^"]*bad\.chat\.http" tests="2" failures="1" errors="1" time="[\d.]+">/,
    );
    assert.match(xml, /name="&#60;bad&#62; &#38; &#34;worse&#34;"/);
    assert.ok(!xml.includes('\u0007'));
  });

  it('tells nothing of the query of a URL, where people paste their UserSig', async () => {
    const query = '?sdkappid=1400000001&identifier=administrator&usersig=eJwSecretOfSomebody&random=1';
    const text = `POST {{endpoint}}/v4/openim/querystate${query}

{ "To_Account": ["alice"] }

###
POST https://console.tim.qq.com/v4/openim/querystate${query}

{}

###
https://console.tim.qq.com/v4/openim/querystate${query}

{}
`;
    const xmlFile = path.join(folder, 'queries.xml');
    const { stdout, stderr } = await run({ 'q.chat.http': text }, ['--junit', xmlFile]);
    assert.match(stdout, /^✓ q\.chat\.http: \S+\/v4\/openim\/querystate \(openim\/querystate\), \d+ ms$/m);
    assert.match(stdout, /otherHost: https:\/\/console\.tim\.qq\.com\/v4\/openim\/querystate$/m);
    for (const told of [stdout, stderr, readFileSync(xmlFile, 'utf8')])
      assert.ok(!/usersig|eJw/.test(told), told);
  });

  it('sends to one that runs, which tells on this machine how it is called', async () => {
    const world = await World.start({}, Math.floor(Date.now() / 1000));
    try {
      const { status, stdout } = await run({ 'good.chat.http': GOOD }, ['--endpoint', world.sandbox.url]);
      assert.match(stdout, new RegExp(`^${world.sandbox.url}: reads, writes and deletes\n✓`));
      assert.equal(status, 0);
    } finally {
      await world.stop();
    }
  });

  it('ends with 2 for a command line that is wrong', async () => {
    for (const args of [
      [],
      ['--endpoint', 'http://example.com', 'a'],
      ['--nonsense', 'a'],
      ['no-such-file'],
    ]) {
      const { status, stderr } = await run({}, args);
      assert.equal(status, 2, args.join(' '));
      assert.notEqual(stderr, '');
    }
    const { status } = await run({ 'a.chat.http': GOOD }, ['--endpoint', 'https://127.0.0.2:9']);
    assert.equal(status, 2);
  });

  it('reads only, writes too, or deletes too, as it is allowed', async () => {
    const world = await World.start({}, Math.floor(Date.now() / 1000));
    const client = new ChatClient(world.sandbox.app, {
      kind: 'secretKey',
      secretKey: world.sandbox.secretKey,
    });
    const calls = [
      'im_open_login_svc/account_check',
      'openim/sendmsg',
      'openim/modify_c2c_msg',
      'im_open_login_svc/account_delete',
      'some/thing',
    ];
    const document = parseRequests(
      calls.map((call) => `###\n# @expect ActionStatus\nPOST {{endpoint}}/v4/${call}\n\n{}\n`).join('\n'),
    );
    const sentBy = async (writes: boolean, deletes: boolean): Promise<boolean[]> => {
      const sent: boolean[] = [];
      for await (const { reasons } of runBlocks(document, client, { writes, deletes }))
        sent.push(!reasons.some((reason) => reason.startsWith('not sent')));
      return sent;
    };
    try {
      assert.deepEqual(await sentBy(false, false), [true, false, false, false, false]);
      assert.deepEqual(await sentBy(true, false), [true, true, false, false, false]);
      assert.deepEqual(await sentBy(true, true), [true, true, true, true, true]);
    } finally {
      client.dispose();
      await world.stop();
    }
  });

  it('sends no signature to another host, not even by a redirect, and no key into a body', async () => {
    const reached: string[] = [];
    const server = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.writeHead(302, { Location: 'http://127.0.0.1:9/' });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const environment = { TENCENT_CHAT_SDKAPPID: '1400000000', TENCENT_CHAT_SECRET_KEY: 'k'.repeat(64) };
    try {
      const elsewhere = await run({ 'a.chat.http': `POST ${url}/v4/openim/sendmsg\n\n{}\n` });
      assert.match(elsewhere.stdout, /otherHost/);
      assert.deepEqual(reached, []);
      const key = await run(
        {
          'b.chat.http':
            'POST {{endpoint}}/v4/openim/sendmsg\n\n{"a":"{{$processEnv TENCENT_CHAT_SECRET_KEY}}"}\n',
        },
        ['--endpoint', url],
        environment,
      );
      assert.match(key.stdout, /noEnvironment/);
      const redirected = await run(
        { 'c.chat.http': 'POST {{endpoint}}/v4/openim/admin_getroammsg\n\n{}\n' },
        ['--endpoint', url],
        environment,
      );
      assert.equal(redirected.status, 1);
      assert.equal(reached.length, 1);
      assert.ok(!redirected.stdout.includes('eJ') && !key.stdout.includes('kkkk'));
    } finally {
      server.close();
    }
  });
});
