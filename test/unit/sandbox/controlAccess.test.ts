import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { exchange, RawConnection } from './rawSocket';
import { seedOf, World, type Json } from './world';

/** Every route under `/sandbox/`, by hand: whoever adds one looks here at what is said of all of them. */
const looking = [
  ...['calls', 'chats', 'clock', 'events', 'faults', 'info', 'messages', 'settings', 'snapshot', 'snapshots'],
  ...['webhook', 'webhook/samples', 'webhooks'],
];
const changing = [
  ...['DELETE calls', 'DELETE clock', 'DELETE faults', 'DELETE snapshots', 'DELETE webhook', 'POST call'],
  ...[
    'POST clock',
    'POST expect',
    'POST faults',
    'POST reset',
    'POST seed',
    'POST settings',
    'POST snapshots',
  ],
  ...['POST snapshots/restore', 'POST webhook', 'POST webhook/send'],
];
const routes = [...changing, ...looking.map((name) => `GET ${name}`)].map((route) =>
  route.replace(' ', ' /sandbox/'),
);
const PAGES = ['GET /sandbox', 'GET /sandbox/'];
const OWN_PAGE = 'Origin: http://localhost:3000';

describe('sandbox: every control route', () => {
  let world: World;

  afterEach(() => world.stop());

  const begin = async (options: Parameters<typeof World.start>[0] = {}): Promise<void> => {
    world = await World.start({ seed: seedOf({ users: ['alice', 'bob'] }), ...options });
  };
  const ask = (line: string, headers: readonly string[], body = '{"Format":1}'): Promise<string> => {
    const head = [`${line} HTTP/1.1`, ...headers, `Content-Length: ${body.length}`, 'Connection: close'];
    return exchange(world.sandbox.port, `${head.join('\r\n')}\r\n\r\n${body}`);
  };
  /** Data, settings, faults, webhook, clock, calls and snapshots. */
  const state = (): unknown => {
    const { sandbox } = world.sandbox;
    const { settings, faults, webhooks, clock, calls } = sandbox;
    return [sandbox.snapshot(), settings, faults.list(), webhooks.target, clock.state, calls.list()];
  };

  it('is one of those that are looked at here', async () => {
    await begin();
    const { json } = await world.control('GET', 'nothing');
    assert.deepEqual([...((json as Json).routes as string[])].sort(), [...routes].sort());
  });

  it('answers no page of another site, and no other name for this machine, also when asked what it allows', async () => {
    await begin();
    const before = state();
    const lines = [
      ...routes,
      ...PAGES,
      ...routes.flatMap((route) => [as('OPTIONS', route), as('HEAD', route)]),
    ];
    for (const line of new Set(lines)) {
      for (const headers of [
        ['Host: localhost', 'Origin: https://evil.example'],
        ['Host: localhost', 'Origin: null'],
        ['Host: evil.example'],
        ['Host: localhost', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors'],
      ]) {
        const answer = await ask(line, headers);
        assert.match(answer, /^HTTP\/1\.1 403 /, `${line} ${headers.join(' ')}`);
        assert.doesNotMatch(answer, /access-control/i);
      }
    }
    assert.deepEqual(state(), before);
  });

  it('wants the token of a page of this machine for everything that changes something', async () => {
    await begin();
    const before = state();
    for (const line of routes.filter((route) => !route.startsWith('GET '))) {
      for (const shown of [[], ['X-Sandbox-Token: '], [`X-Sandbox-Token: ${world.sandbox.token}0`]]) {
        const answer = await ask(line, ['Host: localhost', OWN_PAGE, ...shown]);
        assert.match(answer, /^HTTP\/1\.1 401 /, `${line} ${shown.join('')}`);
      }
    }
    assert.deepEqual(state(), before);
    const token = `X-Sandbox-Token: ${world.sandbox.token}`;
    assert.match(await ask('POST /sandbox/seed', ['Host: localhost', OWN_PAGE, token]), /^HTTP\/1\.1 200 /);
    assert.notDeepEqual(state(), before);
  });

  it('wants the token of everybody once other machines can ask, but for the page, which has none in it', async () => {
    await begin({ listen: '0.0.0.0', allow: { hosts: ['chat'], origins: ['*'] } });
    const before = state();
    for (const line of routes) {
      assert.match(await ask(line, ['Host: localhost']), /^HTTP\/1\.1 401 /, line);
      assert.match(await ask(line, ['Host: chat', 'X-Sandbox-Token: x']), /^HTTP\/1\.1 401 /, line);
    }
    for (const line of PAGES) {
      const answer = await ask(line, ['Host: chat']);
      assert.match(answer, /^HTTP\/1\.1 200 /);
      assert.ok(!answer.includes(world.sandbox.token));
    }
    assert.deepEqual(state(), before);
  });

  it('reads no path from a request', async () => {
    await begin();
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-path-'));
    const file = join(folder, 'there.json');
    writeFileSync(file, '{"Format":1,"Accounts":[{"UserID":"from-the-file"}]}');
    const out = relative(process.cwd(), join(folder, 'made'));
    try {
      for (const path of [file, `file://${file}`, relative(process.cwd(), file), out, '../../etc/passwd']) {
        const name = encodeURIComponent(path);
        for (const line of routes.filter((route) => !/events|expect|calls/.test(route))) {
          const query = `name=${name}&file=${name}&path=${name}&command=${name}&one=${name}&group=${name}`;
          const answer = await ask(`${line}?${query}`, ['Host: localhost'], JSON.stringify(path));
          assert.doesNotMatch(answer, /from-the-file|root:/, line);
        }
        for (const line of [
          '/sandbox/../',
          '/sandbox/..%2f',
          '/sandbox/%2e%2e/',
          '/sandbox//',
          '/sandbox/./',
        ])
          assert.match(
            await ask(`GET ${line}${path}`, ['Host: localhost']),
            /"There is no such route\."|ErrorCode/,
          );
      }
      assert.ok(!existsSync(join(folder, 'made')));
    } finally {
      rmSync(folder, { recursive: true });
    }
    // Nothing that answers requests can open a file at all.
    for (const room of ['control', 'http', 'calls', 'webhooks']) {
      for (const name of readdirSync(`src/sandbox/${room}`, { recursive: true, encoding: 'utf8' })) {
        if (!name.endsWith('.ts')) continue;
        const source = readFileSync(join('src/sandbox', room, name), 'utf8');
        assert.doesNotMatch(source, /from '(?:node:(?:fs|child_process)|[./]+files\/)/, `${room}/${name}`);
      }
    }
  });

  it('has the bounds of the front door for body and headers', async () => {
    await begin({ httpLimits: { bodyBytes: 1000, headers: 20 } });
    const before = state();
    const long = JSON.stringify({ Format: 1, Accounts: [{ UserID: 'x'.repeat(2000) }] });
    const many = Array.from({ length: 30 }, (_none, index) => `x${index}: 1`);
    for (const line of routes) {
      assert.match(await ask(line, ['Host: localhost'], long), /"the body is too large"/, line);
      assert.match(await ask(line, ['Host: localhost', ...many]), /"there are too many headers"/, line);
    }
    assert.deepEqual(state(), before);
  });

  it('has them for time', async () => {
    await begin({ httpLimits: { headersMs: 300, requestMs: 400, lookMs: 50 } });
    const before = state();
    const slow = await RawConnection.open(world.sandbox.port);
    slow.send('POST /sandbox/reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{');
    assert.match(await slow.ended(), /"ErrorCode":60008/);
    assert.deepEqual(state(), before);
  });

  it('has them for connections, those included that listen to what happens', async () => {
    await begin({ httpLimits: { connections: 8 } });
    const streams = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const stream = await RawConnection.open(world.sandbox.port);
        stream.send('GET /sandbox/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
        return stream;
      }),
    );
    try {
      await Promise.race(streams.map((stream) => stream.ended()));
      assert.ok(streams.filter(({ received }) => received !== '').length <= 8);
    } finally {
      for (const stream of streams) stream.close();
    }
  });

  it('refuses to wait for longer than a minute, and keeps a bounded number of snapshots', async () => {
    await begin();
    for (const within of ['60001', '-1', 'x', '1e9']) {
      const answer = await ask(`GET /sandbox/calls?after=0&within=${within}`, ['Host: localhost'], '');
      assert.match(answer, /^HTTP\/1\.1 400 [^]*within is a number of milliseconds/, within);
      const { status } = await world.control('POST', 'expect', { command: 'a/b', within });
      assert.equal(status, 400, within);
    }
    for (let index = 0; index < 50; index++) await world.control('POST', `snapshots?name=s${index}`);
    const { status, json } = await world.control('POST', 'snapshots?name=one-more');
    assert.deepEqual([status, (json as Json).error], [400, 'More than 50 snapshots.']);
  });
});

function as(method: string, route: string): string {
  return route.replace(/^\w+/, method);
}
