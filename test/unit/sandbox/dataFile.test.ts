import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { makeUserSig } from '../../../src/chat/userSig';
import { defaults } from '../../../src/sandbox/options';
import { readSeed, writeSeed } from '../../../src/sandbox/seed/seedFormat';
import { Store } from '../../../src/sandbox/store/store';
import { eventually } from '../../support/eventually';
import { runs } from '../../support/runs';
import { seedOf, START, TEXT, World, type Json } from './world';

const message = { From_Account: 'a', To_Account: 'b', MsgBody: TEXT };

function storeOf(seed: string): Store {
  const store = new Store();
  store.replace(readSeed(seed));
  return store;
}

describe('sandbox: data file', () => {
  let folder: string;
  let dataFile: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-data-'));
    dataFile = join(folder, 'data.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const start = (): Promise<World> => World.start({ dataFile, seed: seedOf({ users: ['a', 'b', 'c'] }) });

  /** A little of everything that changes data. */
  async function changeEverything(world: World): Promise<void> {
    const calls: [string, Json][] = [
      ['openim/sendmsg', { ...message, MsgSeq: 1, MsgRandom: 1, CloudCustomData: 'é"\\' }],
      ['openim/sendmsg', { ...message, MsgSeq: 2, MsgRandom: 1, SyncOtherMachine: 2 }],
      ['openim/batchsendmsg', { ...message, To_Account: ['b', 'c'], MsgSeq: 3, MsgRandom: 1 }],
      [
        'openim/importmsg',
        { ...message, SyncFromOldSystem: 5, MsgSeq: 4, MsgRandom: 1, MsgTimeStamp: START - 50 },
      ],
      ['openim/modify_c2c_msg', { ...message, MsgKey: `1_1_${START}`, CloudCustomData: 'new' }],
      ['openim/admin_msgwithdraw', { ...message, MsgKey: `3_1_${START}` }],
      ['openim/delete_c2c_msg_ramble', { From_Account: 'b', To_Account: 'a', MsgKeyList: [`2_1_${START}`] }],
      ['openim/admin_set_msg_read', { Report_Account: 'b', Peer_Account: 'a' }],
      ['recentcontact/delete', { From_Account: 'a', Type: 1, To_Account: 'c', ClearRamble: 1 }],
      ['im_open_login_svc/account_import', { UserID: 'd', Nick: '名' }],
      ['im_open_login_svc/account_delete', { DeleteItem: [{ UserID: 'c' }] }],
    ];
    for (const [command, request] of calls) {
      assert.equal((await world.call(command, request)).code, 0, command);
    }
  }

  it('has after a stop what it had before, and does not look at the seed then', async () => {
    const first = await start();
    await changeEverything(first);
    const snapshot = first.sandbox.sandbox.snapshot();
    await first.stop();
    const second = await World.start({ dataFile, seed: seedOf({ users: ['other'] }) });
    assert.equal(second.sandbox.sandbox.snapshot(), snapshot);
    await second.stop();
    assert.deepEqual((await readdir(folder)).sort(), ['data.json', 'data.json.log']);
  });

  it('can be read again after calls at the edge of what it can hold, and after what earlier versions took', async () => {
    const G = 'group_open_http_svc';
    const first = await start();
    const group = { Type: 'Public', GroupId: 'g', Name: 'g', Owner_Account: 'a' };
    await first.call(`${G}/create_group`, { ...group, MaxMemberCount: 4_294_967_295 });
    const snapshot = JSON.parse(first.sandbox.sandbox.snapshot()) as { Groups: Json[] };
    for (const name of ['张三', '', 'x'.repeat(33)])
      await first.call(`${G}/forbid_send_msg`, { GroupId: 'g', Members_Account: [name], ShutUpTime: 9 });
    await first.call(`${G}/modify_group_base_info`, { GroupId: 'g', MaxMemberNum: 4_294_967_296 });
    const AppDefinedData = [{ Key: '', Value: 'x' }];
    await first.call(`${G}/modify_group_base_info`, { GroupId: 'g', AppDefinedData });
    assert.deepEqual(JSON.parse(first.sandbox.sandbox.snapshot()), snapshot, 'none of them was taken');
    const latest = 4_294_967_295;
    assert.equal((await first.control('POST', 'clock', { set: latest + 1 })).status, 400);
    assert.equal((await first.control('POST', 'clock', { set: latest })).status, 200);
    first.pass(5);
    assert.equal(((await first.control('GET', 'clock')).json as Json).now, latest, 'it goes no further');
    assert.equal((await first.control('POST', 'call?command=openim/sendmsg', message)).status, 200);
    const state = first.sandbox.sandbox.snapshot();
    await first.stop();
    // The first start writes all of it as a snapshot, and the second reads that.
    for (const time of [1, 2]) {
      const again = await start();
      assert.equal(again.sandbox.sandbox.snapshot(), state, String(time));
      await again.stop();
    }
    const [kept] = snapshot.Groups;
    const old = {
      ...kept,
      AppDefinedData: [...AppDefinedData, { Key: 'k', Value: 'v' }],
      MutedList: ['张三', '', 'b'].map((name) => ({ Member_Account: name, ShutUpUntil: 9 })),
    };
    const read = writeSeed(storeOf(JSON.stringify({ Format: 1, Groups: [old] })));
    const [loaded] = (JSON.parse(read) as typeof snapshot).Groups;
    assert.deepEqual(
      [loaded?.AppDefinedData, loaded?.MutedList],
      [[{ Key: 'k', Value: 'v' }], [{ Member_Account: 'b', ShutUpUntil: 9 }]],
    );
  });

  it('keeps seeds that were put in, and resets', async () => {
    const first = await start();
    await first.control('POST', 'seed', seedOf({ users: ['x'] }));
    await first.control('POST', 'seed?add=1', seedOf({ users: ['y'] }));
    await first.stop();
    const second = await start();
    assert.deepEqual(((await second.control('GET', 'info')).json as Json).users, ['x', 'y']);
    await second.control('POST', 'reset');
    await second.stop();
    const third = await start();
    assert.deepEqual(((await third.control('GET', 'info')).json as Json).users, ['a', 'b', 'c']);
    await third.stop();
  });

  it('cut anywhere, the log gives a beginning of what was done', async function () {
    this.timeout(600_000);
    const world = await start();
    const states = [world.sandbox.sandbox.snapshot()];
    world.sandbox.store.onChange(() => states.push(world.sandbox.sandbox.snapshot()));
    await changeEverything(world);
    const files = await Promise.all([readFile(dataFile), readFile(`${dataFile}.log`)]);
    await world.stop();
    const [snapshot, log] = files;
    const head = log.indexOf(0x0a) + 1;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: head, max: log.length }), async (length) => {
        await Promise.all([writeFile(dataFile, snapshot), writeFile(`${dataFile}.log`, log)]);
        await truncate(`${dataFile}.log`, length);
        const again = await start();
        const state = again.sandbox.sandbox.snapshot();
        await again.stop();
        const lines = log.subarray(head, length).toString().split('\n').length - 1;
        assert.equal(state, states[lines]);
      }),
      runs(15, 500),
    );
  });

  it('refuses what was damaged or changed by others, and leaves it as it is', async () => {
    const world = await start();
    await changeEverything(world);
    const log = await readFile(`${dataFile}.log`, 'utf8');
    const snapshot = await readFile(dataFile, 'utf8');
    await world.stop();
    const lines = log.split('\n');
    const damaged: [string, string, RegExp][] = [
      [
        snapshot,
        lines.map((line, index) => (index === 3 ? line.replace('"', "'") : line)).join('\n'),
        /log is damaged at line 4/,
      ],
      [snapshot, lines.slice(1).join('\n'), /log is damaged at line 1/],
      [snapshot.replace('"a"', '"A"'), log, /was changed by somebody else/],
      ['{', log, /is damaged/],
    ];
    for (const [data, changes, expected] of damaged) {
      await Promise.all([writeFile(dataFile, data), writeFile(`${dataFile}.log`, changes)]);
      await assert.rejects(start(), expected);
      assert.equal(await readFile(dataFile, 'utf8'), data);
      assert.equal(await readFile(`${dataFile}.log`, 'utf8'), changes);
    }
    await rm(`${dataFile}.log`);
    await writeFile(dataFile, snapshot);
    await (await start()).stop();
  });

  it('a log older than its snapshot says nothing new', async () => {
    const world = await start();
    await changeEverything(world);
    const log = await readFile(`${dataFile}.log`, 'utf8');
    const state = world.sandbox.sandbox.snapshot();
    await world.stop();
    // The next start folds the log into a snapshot of the next generation.
    await (await start()).stop();
    await writeFile(`${dataFile}.log`, log);
    const again = await start();
    assert.equal(again.sandbox.sandbox.snapshot(), state);
    await again.stop();
  });

  it('is used by one sandbox at a time; a dead one does not count', async () => {
    await writeFile(`${dataFile}.lock`, `${process.ppid}\n`);
    await assert.rejects(start(), /Another sandbox \(process \d+\) uses this data/);
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    await writeFile(`${dataFile}.lock`, `${gone.pid ?? 0}\n`);
    await (await start()).stop();
  });

  it('answers no call with OK that it cannot write', async () => {
    const world = await start();
    const before = (await world.call('openim/sendmsg', { ...message, MsgRandom: 1 })).code;
    // What a full disk does, without filling one: a file stands where the folder was.
    await rm(folder, { recursive: true });
    await writeFile(folder, '');
    assert.equal((await world.control('POST', 'reset')).status, 400);
    const after = (await world.call('openim/sendmsg', { ...message, MsgRandom: 2 })).code;
    assert.deepEqual([before, after], [0, 91000]);
    await world.stop().catch(() => undefined);
  });
});

/** What is known of one message after calls on it were answered, or not. */
interface Known {
  readonly key: string;
  /** Contents that may be there: the last one that was answered OK, and those asked for since. */
  clouds: string[];
  recalled: boolean | 'perhaps';
}

describe('sandbox: data file, killed', () => {
  const script = resolve('dist/sandbox.js');
  let folder: string;
  let child: ChildProcess | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-kill-'));
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function launch(): Promise<string> {
    const args = [
      script,
      '--port',
      '0',
      '--data',
      join(folder, 'data.json'),
      '--quiet',
      '--set',
      'limits=false',
    ];
    child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    for await (const data of child.stdout ?? []) {
      said += String(data);
      const url = /listening on (\S+)/.exec(said)?.[1];
      if (url !== undefined) return url;
    }
    throw new Error(`The sandbox did not start: ${said}`);
  }

  const userSig = makeUserSig(defaults.sdkAppId, defaults.secretKey, defaults.administrator);

  async function call(url: string, command: string, body: Json): Promise<Json> {
    const query = `sdkappid=${defaults.sdkAppId}&identifier=${defaults.administrator}&usersig=${userSig}`;
    const address = `${url}/v4/${command}?${query}&random=1&contenttype=json`;
    const answer = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
    return (await answer.json()) as Json;
  }

  /** Sends, modifies and recalls until the sandbox is gone. */
  async function work(url: string, seqs: () => number, known: Known[]): Promise<void> {
    for (;;) {
      const sent = await call(url, 'openim/sendmsg', {
        ...{ From_Account: 'alice', To_Account: 'dave', MsgSeq: seqs(), MsgRandom: 1, MsgBody: TEXT },
        CloudCustomData: 'sent',
      });
      assert.equal(sent.ErrorCode, 0);
      const one: Known = { key: sent.MsgKey as string, clouds: ['sent'], recalled: false };
      known.push(one);
      const address = { From_Account: 'alice', To_Account: 'dave', MsgKey: one.key };
      one.clouds.push(`new ${one.key}`);
      const modified = { ...address, CloudCustomData: `new ${one.key}` };
      assert.equal((await call(url, 'openim/modify_c2c_msg', modified)).ErrorCode, 0);
      one.clouds.shift();
      one.recalled = 'perhaps';
      assert.equal((await call(url, 'openim/admin_msgwithdraw', address)).ErrorCode, 0);
      one.recalled = true;
    }
  }

  async function readAll(url: string): Promise<Map<string, Json>> {
    const found = new Map<string, Json>();
    let next: Json = { MaxTime: Math.floor(Date.now() / 1000) + 60 };
    for (;;) {
      const page = await call(url, 'openim/admin_getroammsg', {
        ...{ Operator_Account: 'dave', Peer_Account: 'alice', MaxCnt: 1000, MinTime: 0, ...next },
      });
      for (const item of page.MsgList as Json[]) found.set(item.MsgKey as string, item);
      if (page.Complete === 1) return found;
      next = { MaxTime: page.LastMsgTime, LastMsgKey: page.LastMsgKey };
    }
  }

  it('what was answered OK before a kill is there after it', async function () {
    this.timeout(3_600_000);
    const known: Known[] = [];
    let seq = 0;
    const rounds = fc.sample(fc.integer({ min: 0, max: 400 }), runs(5, 1000));
    for (const ms of rounds) {
      const url = await launch();
      const found = await readAll(url);
      for (const { key, clouds, recalled } of known) {
        const item = found.get(key);
        assert.ok(item && clouds.includes(item.CloudCustomData as string), `${key} is lost`);
        if (recalled !== 'perhaps') assert.equal(item.MsgFlagBits, recalled ? 8 : 0, key);
      }
      // Enough is known of old ones; the log and its folding go on.
      if (known.length > 2000) known.splice(0, 1000);
      const workers = [1, 2, 3].map(() => work(url, () => ++seq, known));
      const ended = Promise.allSettled(workers);
      await pause(ms);
      // A machine that stalls may not come to anything in that time.
      if (ms === rounds.at(-1)) await eventually(() => known.length > 0, 'something done before a kill');
      const running = child;
      running?.kill('SIGKILL');
      if (running?.exitCode === null && running.signalCode === null) await once(running, 'exit');
      for (const result of await ended) {
        // Whoever was cut off saw the connection break, never a wrong answer.
        const reason: unknown = result.status === 'rejected' ? result.reason : undefined;
        assert.ok(!(reason instanceof assert.AssertionError), String(reason));
      }
    }
    assert.ok(known.length > 0, 'nothing was done before a kill');
  });
});
