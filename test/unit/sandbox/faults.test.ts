import assert from 'node:assert/strict';
import { readCommandLine } from '../../../src/sandbox/commandLine';
import { defaultSettings } from '../../../src/sandbox/settings';
import { eventually, PATIENCE_MS } from '../../support/eventually';
import { seedOf, signed, START, TEXT, World, type Json } from './world';

const message = { From_Account: 'a', To_Account: 'b', MsgSeq: 5, MsgRandom: 6, MsgBody: TEXT };

describe('sandbox: faults and control', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.start({ seed: seedOf({ users: ['a', 'b'] }) });
  });
  afterEach(() => world.stop());

  /** How a send ended: its code, an HTTP status, or what the connection did. */
  async function send(MsgRandom: number, signal = AbortSignal.timeout(PATIENCE_MS)): Promise<string> {
    const query = new URLSearchParams({
      ...{ sdkappid: '1400000000', identifier: 'administrator', random: '1', contenttype: 'json' },
      usersig: signed(world),
    });
    let answer: Response;
    try {
      answer = await fetch(`${world.sandbox.url}/v4/openim/sendmsg?${query.toString()}`, {
        method: 'POST',
        body: JSON.stringify({ ...message, MsgRandom }),
        signal,
      });
    } catch (error) {
      return error instanceof DOMException ? 'no answer' : 'dropped';
    }
    const text = await answer.text().catch(() => 'half');
    if (text === 'half') return 'half';
    if (answer.status !== 200) return `HTTP ${answer.status}`;
    try {
      return String((JSON.parse(text) as Json).ErrorCode);
    } catch {
      return 'not JSON';
    }
  }

  const isStored = (random: number): boolean =>
    world.sandbox.store.message({ from: 'a', to: 'b', key: `5_${random}_${START}` }) !== undefined;

  it('each kind, before the change and after it', async () => {
    const kinds: [Json, string, boolean][] = [
      [{ code: 91000 }, '91000', false],
      [{ code: 20005, when: 'after' }, '20005', true],
      [{ status: 502 }, 'HTTP 502', false],
      [{ status: 504, when: 'after' }, 'HTTP 504', true],
      [{ kind: 'drop' }, 'dropped', false],
      [{ kind: 'drop', when: 'after' }, 'dropped', true],
      [{ kind: 'half' }, 'half', true],
      [{ kind: 'notJson' }, 'not JSON', false],
      [{ kind: 'notJson', when: 'after' }, 'not JSON', true],
      [{ kind: 'stall' }, 'no answer', false],
      [{ kind: 'stall', when: 'after' }, 'no answer', true],
      [{ delayMs: 100 }, '0', true],
    ];
    for (const [index, [fault, ended, stored]] of kinds.entries()) {
      await world.control('POST', 'faults', { command: 'openim/sendmsg', times: 1, ...fault });
      const over = new AbortController();
      const sent = send(index, ended === 'no answer' ? over.signal : undefined);
      if (ended === 'no answer') {
        // The fault is used up when the call has come in.
        const { faults } = world.sandbox.sandbox;
        await eventually(() => faults.list().length === 0 && isStored(index) === stored, 'the call');
        await new Promise((resolve) => setTimeout(resolve, 300));
        over.abort();
      }
      assert.deepEqual([await sent, isStored(index)], [ended, stored], JSON.stringify(fault));
    }
    assert.equal(await send(99), '0');
  });

  it('a status is one that ends the exchange: below 200 the client would wait for ever', async () => {
    for (const status of [100, 101, 103, 150, 199]) {
      const { status: answered, json } = await world.control('POST', 'faults', { status });
      assert.equal(answered, 400);
      assert.match(String((json as Json).error), /status is a number from 200 to 599/);
    }
    assert.deepEqual((await world.control('GET', 'faults')).json, []);
    assert.throws(() => readCommandLine(['--fault', '*:status=100']), /status is a number from 200/);
    for (const status of [200, 204, 205, 304, 404, 502, 599]) {
      await world.control('POST', 'faults', { times: 1, status });
      assert.equal(await send(status), status === 200 ? 'not JSON' : `HTTP ${status}`);
    }
  });

  it('only its command, the next so many calls, or at random with a seed', async () => {
    await world.control('POST', 'faults', { command: 'openim/sendmsg', code: 20004, times: 2 });
    const check = { CheckItem: [{ UserID: 'a' }] };
    assert.equal((await world.call('im_open_login_svc/account_check', check)).code, 0);
    assert.deepEqual([await send(1), await send(2), await send(3)], ['20004', '20004', '0']);
    const hits = async (): Promise<number[]> => {
      const faults = { command: '*', code: 91000, probability: 0.3, seed: 7 };
      await world.control('DELETE', 'faults');
      await world.control('POST', 'faults', faults);
      const codes: number[] = [];
      for (let index = 0; index < 60; index++) {
        codes.push((await world.call('im_open_login_svc/account_check', check)).code);
      }
      world.pass(1);
      return codes;
    };
    const once = await hits();
    assert.deepEqual(await hits(), once);
    const failed = once.filter((code) => code === 91000).length;
    assert.ok(failed > 8 && failed < 30, `${failed} of 60`);
  });

  it('reports the calls it received, without UserSigs', async () => {
    await world.call('openim/sendmsg', message);
    await world.call('recentcontact/get_list', '{');
    await world.post('/v4/what', '{}');
    const { json } = await world.control('GET', 'calls');
    const { total, calls } = json as { total: number; calls: Json[] };
    assert.equal(total, 3);
    assert.deepEqual(
      calls.map(({ command, code }) => [command, code]),
      [
        ['openim/sendmsg', 0],
        ['recentcontact/get_list', 60003],
        [undefined, 60002],
      ],
    );
    assert.equal(calls[0]?.request, JSON.stringify(message));
    assert.ok(!JSON.stringify(json).includes(signed(world)));
    const some = await world.control('GET', 'calls?command=recentcontact/get_list');
    assert.equal((some.json as { calls: Json[] }).calls.length, 1);
    await world.control('DELETE', 'calls');
    assert.deepEqual((await world.control('GET', 'calls')).json, { total: 0, calls: [] });
  });

  it('a snapshot put back makes the same sandbox; reset makes the first one', async () => {
    await world.call('openim/sendmsg', message);
    await world.call('openim/importmsg', {
      ...message,
      SyncFromOldSystem: 5,
      MsgTimeStamp: START - 9,
      MsgSeq: 6,
    });
    await world.call('openim/admin_msgwithdraw', {
      From_Account: 'a',
      To_Account: 'b',
      MsgKey: `5_6_${START}`,
    });
    await world.call('im_open_login_svc/account_delete', { DeleteItem: [{ UserID: 'b' }] });
    const text = world.sandbox.sandbox.snapshot();
    await world.control('POST', 'settings', { roamingDays: 1 });
    await world.control('POST', 'faults', { code: 91000 });
    const info = (await world.control('POST', 'reset')).json as Json;
    assert.deepEqual(info.users, ['a', 'b']);
    assert.deepEqual((await world.control('GET', 'settings')).json, defaultSettings);
    assert.deepEqual((await world.control('GET', 'faults')).json, []);
    assert.ok(!isStored(6));
    assert.equal((await world.control('POST', 'seed', text)).status, 200);
    assert.equal(world.sandbox.sandbox.snapshot(), text);
    assert.ok(isStored(6));
  });

  it('says what is wrong in what it is asked', async () => {
    const wrong: [string, unknown, RegExp][] = [
      ['settings', { roamingDays: 'x' }, /roamingDays is a number/],
      ['settings', { colour: 1 }, /no setting colour/],
      ['settings', [], /not a JSON object/],
      ['settings', { edition: 'gold' }, /edition is one of trial, standard/],
      ['faults', { kind: 'fire' }, /kind is one of/],
      ['faults', { colour: 1 }, /has no colour/],
      ['faults', 7, /is an object/],
      ['webhook', { url: 'ftp://x' }, /url is not/],
      ['seed', '{', /not JSON/],
      ['seed', { Format: 2 }, /Format is not 1/],
      ['seed', { Format: 1, Accounts: [{ UserID: '名' }] }, /Accounts\[0\]\.UserID/],
      ['seed', { Format: 1, Messages: [{ MsgBody: [] }] }, /Messages\[0\]\.From_Account/],
    ];
    const before = world.sandbox.sandbox.snapshot();
    for (const [path, body, expected] of wrong) {
      const { status, json } = await world.control('POST', path, body);
      assert.equal(status, 400);
      assert.match(String((json as Json).error), expected);
    }
    assert.equal((await world.control('GET', 'nothing')).status, 404);
    assert.equal(world.sandbox.sandbox.snapshot(), before);
  });

  it('is for programs of this machine only', async () => {
    const ask = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${world.sandbox.url}/sandbox/info`, { headers });
    assert.equal((await ask({})).status, 200);
    assert.equal((await ask({ Origin: 'https://example.com' })).status, 403);
    assert.equal((await ask({ Origin: 'null' })).status, 403);
    assert.equal((await ask({ Origin: 'http://localhost:3000' })).status, 200);
  });

  it('reads its command line', () => {
    const { options, quiet } = readCommandLine([
      ...['--port', '0', '--sdkappid', '7', '--secret-key', 'k', '--admin', 'a', '--admin', 'b', '--quiet'],
      ...['--set', 'roamingDays=0', '--set', 'limits=false'],
      ...[
        '--fault',
        'openim/sendmsg:code=20004,times=2',
        '--fault',
        '*:kind=drop,when=after,probability=0.5,seed=3',
      ],
      ...['--webhook', 'http://127.0.0.1:1/x', '--webhook-token', 't', '--webhook-commands', 'A,B'],
    ]);
    assert.equal(quiet, true);
    assert.deepEqual([options.port, options.sdkAppId, options.secretKey], [0, 7, 'k']);
    assert.deepEqual(options.administrators, ['a', 'b']);
    assert.deepEqual(options.settings, { roamingDays: '0', limits: 'false' });
    assert.deepEqual(options.webhook, { url: 'http://127.0.0.1:1/x', token: 't', commands: ['A', 'B'] });
    const [first, second] = options.faults as Json[];
    assert.deepEqual([first?.code, first?.times, first?.when], [20004, 2, 'before']);
    assert.deepEqual([second?.kind, second?.probability, second?.seed], ['drop', 0.5, 3]);
    for (const [args, expected] of [
      [['--port', 'x'], /--port is a number/],
      [['--port', '70000'], /--port is a number/],
      [['--admin', '名'], /--admin/],
      [['--set', 'x'], /NAME=VALUE/],
      [['--fault', 'x'], /COMMAND:/],
      [['--nothing'], /nothing/],
    ] as const) {
      assert.throws(() => readCommandLine(args), expected);
    }
  });
});
