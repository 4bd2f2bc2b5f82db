import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runs } from '../../support/runs';
import { exchange } from './rawSocket';
import { encoded, seedOf, signed, World, type Json, type Reply } from './world';

const LIST = {
  From_Account: 'alice',
  TimeStamp: 0,
  StartIndex: 0,
  TopTimeStamp: 0,
  TopStartIndex: 0,
  AssistFlags: 7,
};

/** What a request to the front door is made of, so that several things of it can be wrong at once. */
interface Parts {
  method: string;
  path: string;
  body: string;
  query: Record<string, string | undefined>;
  sig: Parameters<typeof signed>[1];
}

interface DoorRule {
  readonly code: number;
  readonly rule: string;
  readonly change: (parts: Parts) => void;
  readonly settings?: Json;
}

/** Facts 1.1, 10.1 and 12.2, in the order of the checks. */
const rules: readonly DoorRule[] = [
  { code: 60002, rule: 'not POST', change: (parts) => (parts.method = 'PUT') },
  { code: 60009, rule: 'unknown command', change: (parts) => (parts.path = '/v4/openim/nothing') },
  { code: 60012, rule: 'no sdkappid', change: ({ query }) => (query.sdkappid = undefined) },
  { code: 60025, rule: 'no identifier', change: ({ query }) => (query.identifier = undefined) },
  {
    code: 60025,
    rule: 'random is a word',
    change: ({ query }) => (query.random = 'x'),
    settings: { random: 'number' },
  },
  { code: 60025, rule: 'contenttype is xml', change: ({ query }) => (query.contenttype = 'xml') },
  { code: 70050, rule: 'too many failed checks', change: () => undefined, settings: { sigFailureLimit: 1 } },
  {
    code: 70014,
    rule: 'signed for another app',
    change: ({ sig }) => Object.assign(sig ?? {}, { sdkAppId: 1 }),
  },
  {
    code: 70013,
    rule: 'signed for another account',
    change: ({ sig }) => Object.assign(sig ?? {}, { identifier: 'x' }),
  },
  {
    code: 70009,
    rule: 'signed with another key',
    change: ({ sig }) => Object.assign(sig ?? {}, { key: 'other' }),
  },
  { code: 70001, rule: 'expired', change: ({ sig }) => Object.assign(sig ?? {}, { time: 1 }) },
  { code: 50003, rule: 'not an administrator', change: (parts) => asUser(parts) },
  { code: 60028, rule: 'quota', change: () => undefined, settings: { dailyRequests: 1 } },
  { code: 60003, rule: 'not JSON', change: (parts) => (parts.body = '{') },
  { code: 50002, rule: 'a field', change: (parts) => (parts.body = '{}') },
];

function asUser({ query, sig }: Parts): void {
  query.identifier = 'alice';
  if (sig && sig.identifier === undefined) sig.identifier = 'alice';
}

async function send(world: World, parts: Parts): Promise<Reply> {
  const query: Record<string, string | undefined> = {
    sdkappid: '1400000000',
    identifier: 'administrator',
    usersig: signed(world, parts.sig),
    random: '1',
    contenttype: 'json',
    ...parts.query,
  };
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return world.post(`${parts.path}?${pairs.join('&')}`, parts.body, parts.method);
}

function usual(): Parts {
  return {
    method: 'POST',
    path: '/v4/recentcontact/get_list',
    body: JSON.stringify(LIST),
    query: {},
    sig: {},
  };
}

async function codeWith(broken: readonly DoorRule[]): Promise<number> {
  const world = await World.start({ seed: seedOf({ users: ['alice'] }) });
  try {
    // What counts calls has seen one too many.
    const settings = Object.assign({}, ...broken.map((rule) => rule.settings)) as Json;
    await world.control('POST', 'settings', settings);
    if ('sigFailureLimit' in settings) await send(world, { ...usual(), sig: { key: 'wrong' } });
    if ('dailyRequests' in settings) await send(world, usual());
    const parts = usual();
    for (const rule of broken) rule.change(parts);
    return (await send(world, parts)).code;
  } finally {
    await world.stop();
  }
}

describe('sandbox: front door', () => {
  let world: World;

  before(async () => {
    world = await World.start({ seed: seedOf({ users: ['alice', 'bob'] }) });
  });
  after(() => world.stop());

  for (const rule of rules) {
    it(`${rule.code}: ${rule.rule}`, async () => assert.equal(await codeWith([rule]), rule.code));
  }

  it('of two neighbouring rules the first one counts', async () => {
    for (const [index, first] of rules.entries()) {
      const second = rules[index + 1];
      // An account that is no administrator has signed for itself, so that pair tells nothing.
      if (!second || first.code === second.code) continue;
      assert.equal(await codeWith([second, first]), first.code, `${first.rule}, ${second.rule}`);
    }
  });

  it('tells the ways apart in which a UserSig is none', async () => {
    const right = signed(world);
    const codes: [string, number][] = [
      ['', 70002],
      [right.slice(0, 40), 70003],
      [right.replace('e', '%'), 70003],
      ['!', 70003],
      [encoded('administrator'), 70005],
      [encoded({ 'TLS.ver': '2.0', 'TLS.identifier': 'administrator' }), 70005],
      [right, 0],
    ];
    for (const [usersig, code] of codes) {
      const { identifier, sdkappid, random, contenttype } = {
        ...{ identifier: 'administrator', sdkappid: '1400000000', random: '1', contenttype: 'json' },
      };
      const search = new URLSearchParams({ sdkappid, identifier, usersig, random, contenttype });
      const reply = await world.post(`/v4/recentcontact/get_list?${search.toString()}`, LIST);
      assert.equal(reply.code, code, usersig);
    }
  });

  it('takes a UserSig from its first second to its last', async () => {
    const sig = signed(world, { expire: 100 });
    const at = async (seconds: number): Promise<number> => {
      world.pass(seconds);
      const { code } = await world.call('recentcontact/get_list', LIST, { usersig: sig });
      world.pass(-seconds);
      return code;
    };
    assert.deepEqual([await at(0), await at(100), await at(101)], [0, 0, 70001]);
    assert.deepEqual([await at(-60), await at(-61)], [0, 70001]);
  });

  it("has each service's own code for callers that are no administrators and bodies that are no JSON", async () => {
    const families: [string, number, number][] = [
      ['openim/sendmsg', 90009, 90001],
      ['recentcontact/get_list', 50003, 60003],
      ['im_open_login_svc/account_check', 70403, 60003],
      ['profile/portrait_get', 40004, 60003],
    ];
    for (const [command, notAdministrator, notJson] of families) {
      const usersig = signed(world, { identifier: 'alice' });
      assert.equal((await world.call(command, {}, { identifier: 'alice', usersig })).code, notAdministrator);
      for (const body of ['', '{', '[]', 'null', '"x"', '{"a":1,}']) {
        assert.equal((await world.call(command, body)).code, notJson, `${command} ${body}`);
      }
    }
    await world.control('POST', 'settings', {
      adminCode: 'gateway',
      jsonCode: 'gateway',
      expiredSigCode: 20002,
    });
    const usersig = signed(world, { identifier: 'alice' });
    assert.equal((await world.call('openim/sendmsg', {}, { identifier: 'alice', usersig })).code, 60010);
    assert.equal((await world.call('openim/sendmsg', '{')).code, 60003);
    const expired = signed(world, { time: 1 });
    assert.equal((await world.call('openim/sendmsg', {}, { usersig: expired })).code, 20002);
    assert.equal((await world.call('recentcontact/get_list', {}, { usersig: expired })).code, 70001);
    await world.control('POST', 'settings', {
      adminCode: 'service',
      jsonCode: 'service',
      expiredSigCode: 70001,
    });
  });

  it('knows no other app, and with a region no other domain', async () => {
    assert.equal((await world.call('openim/sendmsg', {}, { sdkappid: '1400000001' })).code, 70020);
    await world.control('POST', 'settings', { region: 'singapore' });
    const request = (host: string): string =>
      `POST /v4/openim/sendmsg?sdkappid=1400000000&identifier=a&usersig=x&random=1&contenttype=json HTTP/1.1\r\n` +
      `Host: ${host}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`;
    const ask = (host: string): Promise<string> => exchange(world.sandbox.port, Buffer.from(request(host)));
    assert.match(await ask('console.tim.qq.com'), /"ErrorCode":60026/);
    assert.match(await ask('adminapisgp.im.qcloud.com'), /"ErrorCode":70003/);
    assert.match(await ask('127.0.0.1'), /"ErrorCode":70003/);
    await world.control('POST', 'settings', { region: '' });
  });

  it('accepts what clients in use send: long and negative randoms, or none; and less when it is told so', async () => {
    const codeWith = async (random: string | undefined): Promise<number> =>
      (await world.call('recentcontact/get_list', LIST, { random })).code;
    for (const random of ['176985920012345678901', '-1', '0', 'x', '', undefined]) {
      assert.equal(await codeWith(random), 0, random);
    }
    await world.control('POST', 'settings', { random: 'number' });
    for (const random of ['176985920012345678901', '-1', '0']) assert.equal(await codeWith(random), 0);
    for (const random of ['x', '', undefined]) assert.equal(await codeWith(random), 60025, random);
    await world.control('POST', 'settings', { random: 'uint32' });
    assert.equal((await world.call('recentcontact/get_list', LIST, { random: '4294967295' })).code, 0);
    assert.equal((await world.call('recentcontact/get_list', LIST, { random: '4294967296' })).code, 60025);
    await world.control('POST', 'settings', { random: 'ignored' });
  });

  it('reads each query by itself, also one that begins or ends as the one before', async () => {
    const world = await World.start({ settings: { random: 'number' } });
    const codeOf = async (query: string): Promise<unknown> => {
      const url = `${world.sandbox.url}/v4/im_open_login_svc/account_check?${query}`;
      const answer = await fetch(url, { method: 'POST', body: '{"CheckItem":[{"UserID":"a"}]}' });
      return ((await answer.json()) as Json).ErrorCode;
    };
    try {
      const { sdkAppId } = world.sandbox.app;
      const start = `sdkappid=${sdkAppId}&identifier=administrator&usersig=${signed(world)}`;
      assert.equal(await codeOf(`${start}&random=1&contenttype=json`), 0);
      assert.equal(await codeOf(`${start}&random=123456789&contenttype=json`), 0);
      assert.equal(await codeOf(`${start}&random=x&contenttype=json`), 60_025);
      assert.equal(await codeOf(`${start}&random=&contenttype=json`), 60_025);
      assert.equal(await codeOf(`${start}&random=1&identifier=a&contenttype=json`), 70_013);
      assert.equal(await codeOf(`${start}&random=1`), 60_025);
      assert.equal(await codeOf(`${start}&random=1&contenttype=json&random=2`), 0);
      assert.equal(await codeOf(`${start}&random=1&contenttype=json&random=x`), 60_025);
      assert.equal(await codeOf(`random=1&contenttype=json&${start}`), 0);
      assert.equal(await codeOf(`random=1&contenttype=json&${start.slice(0, -20)}`), 70_003);
      assert.equal(await codeOf(`contenttype=json&${start}&random=5`), 0);
      assert.equal(await codeOf(`contenttype=json&${start}&random=-5`), 0);
      assert.equal(await codeOf(`contenttype=xml&${start}&random=5`), 60_025);
    } finally {
      await world.sandbox.stop();
    }
  });

  it("has the service's headers, and HTTP 200 for refusals", async () => {
    const answer = await fetch(`${world.sandbox.url}/v4/x`, { method: 'POST', body: '{}' });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.equal(answer.headers.get('access-control-allow-methods'), 'POST');
    assert.equal(answer.headers.get('access-control-allow-headers'), 'X-Requested-With');
    await answer.text();
  });

  it('gives bytes that are no HTTP the envelope', async () => {
    const oddities = [
      'hello\r\n\r\n',
      'CONNECT a:1 HTTP/1.1\r\n\r\n',
      'POST /v4/openim/sendmsg HTTP/1.1\r\n\r\n',
      'POST /v4/openim/sendmsg HTTP/1.1\r\nHost: a b\r\nContent-Length: x\r\n\r\n',
      'POST /v4/openim/sendmsg HTTP/1.1\r\nHost: localhost\r\nExpect: wonders\r\nContent-Length: 2\r\n\r\n{}',
      'POST /v4/openim/sendmsg HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}',
      'POST /v4/openim/sendmsg HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n{}',
      `POST /v4/x?${'a'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      'POST /v4/openim/sendmsg?%zz=%zz&usersig=%zz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}',
    ];
    for (const bytes of oddities) {
      const answer = await exchange(world.sandbox.port, Buffer.from(bytes));
      assert.match(
        answer,
        /HTTP\/1\.1 200 OK\r\n[^]*"ActionStatus":"FAIL"[^]*"ErrorCode":\d+/,
        bytes.slice(0, 80),
      );
    }
  });

  it('answers any bytes, and none of them change anything', async function () {
    this.timeout(600_000);
    const snapshot = world.sandbox.sandbox.snapshot();
    const request = fc
      .record({
        line: fc.constantFrom(
          'POST /v4/openim/sendmsg HTTP/1.1',
          'GET / HTTP/1.0',
          'PUT /v4/a/b?c=d HTTP/1.1',
          'x',
        ),
        headers: fc.array(
          fc.constantFrom('Host: a', 'Content-Length: 3', 'Transfer-Encoding: chunked', 'x', ': '),
        ),
        body: fc.string({ unit: 'binary' }),
      })
      .map(({ line, headers, body }) => Buffer.from(`${[line, ...headers].join('\r\n')}\r\n\r\n${body}`));
    const bytes = fc.oneof(request, fc.uint8Array({ minLength: 1, maxLength: 300 }));
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => {
        const answer = await exchange(world.sandbox.port, sent);
        // Blank lines before a request are nothing yet.
        if (answer === '') assert.match(Buffer.from(sent).toString('latin1'), /^[\r\n]+$/);
        else assert.match(answer, /"ActionStatus":"FAIL"/);
      }),
      runs(100, 20_000),
    );
    assert.equal(world.sandbox.sandbox.snapshot(), snapshot);
  });

  it('answers any JSON as body of any call with a code, and refusals change nothing', async function () {
    this.timeout(600_000);
    const commands = [
      ...['openim/sendmsg', 'openim/batchsendmsg', 'openim/importmsg', 'openim/admin_getroammsg'],
      ...['openim/modify_c2c_msg', 'openim/admin_msgwithdraw', 'openim/admin_set_msg_read'],
      ...['openim/get_c2c_unread_msg_num', 'openim/delete_c2c_msg_ramble', 'recentcontact/get_list'],
      ...['recentcontact/delete', 'im_open_login_svc/account_import', 'profile/portrait_get'],
      ...['im_open_login_svc/multiaccount_import', 'im_open_login_svc/account_delete'],
    ];
    const names = [
      ...['From_Account', 'To_Account', 'Operator_Account', 'Peer_Account', 'MsgBody', 'MsgRandom', 'MsgKey'],
      ...['MsgKeyList', 'UserID', 'AccountList', 'DeleteItem', 'TagList', 'Type', '__proto__', 'constructor'],
    ];
    const value = fc.oneof(fc.constantFrom<unknown>('alice', 'bob', 1, 0, null, []), fc.jsonValue());
    const body = fc.dictionary(fc.constantFrom(...names), value);
    await world.control('POST', 'settings', { limits: false });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...commands), body, async (command, sent) => {
        const before = world.sandbox.sandbox.snapshot();
        const reply = await world.call(command, sent);
        assert.equal(reply.status, 200);
        assert.ok(Number.isInteger(reply.code) && reply.code !== 91000, reply.text);
        if (reply.code !== 0) assert.equal(world.sandbox.sandbox.snapshot(), before);
      }),
      runs(150, 20_000),
    );
  });
});
