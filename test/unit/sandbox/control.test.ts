import assert from 'node:assert/strict';
import { readCommandLine } from '../../../src/sandbox/commandLine';
import { meet, readExpectation } from '../../../src/sandbox/control/expectations';
import { exchange } from './rawSocket';
import { seedOf, signed, START, TEXT, World, type Json } from './world';

interface Outcome {
  readonly met: boolean;
  readonly count: number;
  readonly calls: readonly { readonly request: Json; readonly number: number }[];
  readonly instead?: readonly { readonly command: string; readonly differs: readonly string[] }[];
}

describe('sandbox: for tests in any language', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.start({ seed: seedOf({ users: ['alice', 'bob', 'carol'] }) });
  });
  afterEach(() => world.stop());

  const send = (to: string, random = 1, more: Json = {}): ReturnType<World['call']> =>
    world.call('openim/sendmsg', {
      ...{ From_Account: 'alice', To_Account: to, MsgRandom: random, MsgBody: TEXT },
      ...more,
    });

  const expect = async (wanted: Json): Promise<{ status: number } & Outcome> => {
    const { status, json } = await world.control('POST', 'expect', wanted);
    return { status, ...(json as Outcome) };
  };

  describe('expect', () => {
    it('is met by a call that came before, or that comes meanwhile', async () => {
      await send('bob');
      const before = await expect({ command: 'openim/sendmsg', body: { To_Account: 'bob' }, within: 0 });
      assert.deepEqual([before.status, before.met, before.count], [200, true, 1]);
      const meanwhile = expect({ body: { To_Account: 'carol' }, within: 60_000 });
      await send('carol');
      const { status, calls } = await meanwhile;
      assert.equal(status, 200);
      assert.equal(calls[0]?.request.To_Account, 'carol');
    });

    it('says what came instead, and where it differed, the nearest first', async () => {
      await send('bob');
      await world.call('profile/portrait_get', { To_Account: ['bob'], TagList: ['Tag_Profile_IM_Nick'] });
      const body = {
        To_Account: 'carol',
        MsgBody: [{ MsgContent: { Text: 'hello' } }, {}],
        CloudCustomData: 'x',
      };
      const { status, met, count, instead } = await expect({ command: 'openim/sendmsg', body, within: 0 });
      assert.deepEqual([status, met, count], [417, false, 0]);
      assert.deepEqual(
        instead?.map(({ command, differs }) => [command, differs]),
        [
          [
            'openim/sendmsg',
            [
              'To_Account: expected "carol", came "bob"',
              'MsgBody: expected 2 items, came 1',
              'CloudCustomData: expected "x", is missing',
            ],
          ],
          ['profile/portrait_get', ['command: expected openim/sendmsg, came profile/portrait_get']],
        ],
      );
    });

    it('counts: so many, exactly so many, none', async () => {
      await send('bob', 1);
      const later = expect({ command: 'openim/sendmsg', count: 2, within: 60_000 });
      await send('bob', 2);
      assert.equal((await later).count, 2);
      assert.equal(
        (await expect({ command: 'openim/sendmsg', count: 1, exact: true, within: 0 })).status,
        417,
      );
      assert.equal(
        (await expect({ command: 'openim/sendmsg', count: 2, exact: true, within: 0 })).status,
        200,
      );
      assert.equal((await expect({ command: 'openim/sendmsg', count: 0, within: 0 })).status, 417);
      assert.equal((await expect({ command: 'openim/batchsendmsg', count: 0, within: 0 })).status, 200);
    });

    it('tells answers apart by code, and calls by number', async () => {
      await send('nobody');
      await send('bob');
      const failed = await expect({ command: 'openim/sendmsg', code: 90012, within: 0 });
      assert.deepEqual([failed.status, failed.calls[0]?.number], [200, 1]);
      assert.equal((await expect({ command: 'openim/sendmsg', after: 1, count: 1, within: 0 })).count, 1);
      assert.equal((await expect({ after: 2, within: 0 })).status, 417);
    });

    it('reads only members of the request that were sent as such', async () => {
      await send('bob', 1, { CloudCustomData: '{"a":1}' });
      assert.equal((await expect({ body: { CloudCustomData: { a: 1 } }, within: 0 })).status, 417);
      assert.equal((await expect({ body: { constructor: {} }, within: 0 })).status, 417);
      assert.equal((await expect({ body: { MsgRandom: '1' }, within: 0 })).status, 417);
    });

    it('says what is wrong with an expectation', async () => {
      for (const [wanted, message] of [
        [{ comand: 'x' }, /has no comand; it has command/],
        [{ within: 60_001 }, /within is a number/],
        [{ count: -1 }, /count is a whole number/],
        [{ exact: 1 }, /exact is true or false/],
      ] as const) {
        const { status, json } = await world.control('POST', 'expect', wanted);
        assert.equal(status, 400);
        assert.match((json as { error: string }).error, message);
      }
    });
  });

  it('who expects what is too deep to be compared is told so, and who calls meanwhile is answered', async () => {
    const text = `{"body":${'['.repeat(50_000)}${']'.repeat(50_000)},"within":60000}`;
    const { calls, stopped } = world.sandbox.sandbox;
    const waiting = meet(readExpectation(JSON.parse(text) as Json), calls, stopped);
    const told = assert.rejects(waiting, /could not be looked at.*call stack/);
    assert.equal((await send('bob')).code, 0);
    await told;
    // With a call that came before, it is told at once.
    assert.equal((await world.control('POST', 'expect', text)).status, 400);
  });

  it('calls are waited for', async () => {
    await send('bob');
    const waiting = world.control('GET', 'calls?after=1&command=openim/sendmsg&within=60000');
    await world.call('im_open_login_svc/account_check', { CheckItem: [{ UserID: 'bob' }] });
    await send('carol', 2);
    const { json } = await waiting;
    const { total, calls } = json as { total: number; calls: { number: number; request: string }[] };
    assert.deepEqual([total, calls.length, calls[0]?.number], [3, 1, 3]);
    assert.match(calls[0]?.request ?? '', /carol/);
    const none = await world.control('GET', 'calls?after=3&within=0');
    assert.deepEqual(none.json, { total: 3, calls: [] });
    assert.equal((await world.control('GET', 'calls?after=x')).status, 400);
  });

  it('who waits is let go when the sandbox stops', async () => {
    const waiting = world.control('POST', 'expect', { within: 60_000 }).catch(() => 'let go');
    await world.control('GET', 'info');
    await world.stop();
    assert.ok(await waiting);
  });

  describe('clock', () => {
    const clock = async (change: Json): Promise<Json> =>
      (await world.control('POST', 'clock', change)).json as Json;
    const history = async (): Promise<unknown> => {
      const { json } = await world.control('POST', 'call?command=openim/admin_getroammsg', {
        ...{
          Operator_Account: 'alice',
          Peer_Account: 'bob',
          MaxCnt: 100,
          MinTime: 0,
          MaxTime: 4_000_000_000,
        },
      });
      return (json as Json).MsgCnt;
    };

    it('is set, moved and frozen, and UserSigs follow', async () => {
      const sig = signed(world, { expire: 100 });
      const probe = async (): Promise<number> =>
        (
          await world.call(
            'im_open_login_svc/account_check',
            { CheckItem: [{ UserID: 'bob' }] },
            { usersig: sig },
          )
        ).code;
      assert.equal(await probe(), 0);
      assert.deepEqual(await clock({ move: 101 }), {
        ...{ now: START + 101, iso: '2026-01-31T11:35:01.000Z', frozen: false, ahead: 101 },
      });
      assert.equal(await probe(), 70001);
      await clock({ set: '2026-01-31T11:33:20Z' });
      assert.equal(await probe(), 0);
      await clock({ set: START + 100, freeze: true });
      world.pass(5);
      assert.equal(await probe(), 0, 'it stands still');
      await clock({ freeze: false });
      world.pass(5);
      assert.equal(await probe(), 70001, 'and goes on from there');
      const { json } = await world.control('DELETE', 'clock');
      assert.deepEqual(json, { now: START + 10, iso: '2026-01-31T11:33:30.000Z', frozen: false, ahead: 0 });
    });

    it('days of history follow', async () => {
      await send('bob');
      assert.equal(await history(), 1);
      await clock({ move: 7 * 86_400 });
      assert.equal(await history(), 1);
      await clock({ move: 1 });
      assert.equal(await history(), 0);
    });

    it('the window of repeated messages and calls a second follow', async () => {
      const key = async (): Promise<unknown> => (await send('bob', 7, { MsgSeq: 3 })).json.MsgKey;
      const first = await key();
      await clock({ move: 119 });
      assert.equal(await key(), first, 'dropped');
      await clock({ move: 1 });
      assert.notEqual(await key(), first, 'another message after 120 s');
      await clock({ set: START });
      assert.equal(await key(), first, 'back in time nothing was sent yet');
      await world.control('POST', 'clock', { freeze: true });
      const many = Array.from({ length: 201 }, () => world.call('openim/admin_getroammsg', {}));
      const codes = (await Promise.all(many)).map(({ code }) => code);
      assert.equal(codes.filter((code) => code === 60007).length, 1);
      await clock({ move: 1 });
      assert.notEqual((await world.call('openim/admin_getroammsg', {})).code, 60007);
    });

    it('says what is wrong, and stays', async () => {
      const before = (await world.control('GET', 'clock')).json;
      for (const change of [
        { set: 'noon' },
        { move: '1' },
        { freeze: 1 },
        { sett: 1 },
        { set: -1 },
        { set: 4_294_967_296 },
      ]) {
        assert.equal((await world.control('POST', 'clock', change)).status, 400, JSON.stringify(change));
      }
      assert.deepEqual((await world.control('GET', 'clock')).json, before);
    });
  });

  it('snapshots keep data, settings, faults and clock under a name', async () => {
    await send('bob');
    await world.control('POST', 'settings', { roamingDays: 30 });
    await world.control('POST', 'faults', { command: 'openim/batchsendmsg', code: 91000, times: 2 });
    await world.control('POST', 'clock', { move: 60 });
    await world.control('POST', 'snapshots?name=one.message');
    const kept = world.sandbox.sandbox.snapshot();
    await send('carol', 2);
    await world.control('POST', 'reset');
    assert.equal(world.sandbox.store.conversation('alice', 'bob'), undefined);
    assert.equal((await world.control('POST', 'snapshots/restore?name=one.message')).status, 200);
    assert.equal(world.sandbox.sandbox.snapshot(), kept);
    assert.equal(((await world.control('GET', 'settings')).json as Json).roamingDays, 30);
    assert.equal(((await world.control('GET', 'faults')).json as Json[])[0]?.times, 2);
    assert.equal(((await world.control('GET', 'clock')).json as Json).ahead, 60);
    // What is changed afterwards does not change what is kept.
    await world.call('openim/sendmsg', { To_Account: 'carol', MsgRandom: 3, MsgBody: TEXT });
    await world.control('POST', 'snapshots/restore?name=one.message');
    assert.equal(world.sandbox.sandbox.snapshot(), kept);
    assert.deepEqual(
      ((await world.control('GET', 'snapshots')).json as Json[]).map(({ name }) => name),
      ['one.message'],
    );
    for (const path of ['snapshots?name=../x', 'snapshots', 'snapshots/restore?name=two'])
      assert.equal((await world.control('POST', path)).status, 400, path);
    assert.deepEqual((await world.control('DELETE', 'snapshots')).json, []);
  });

  it('a reset brings the seed back as it was, with times that count from now, however often', async () => {
    const seed = JSON.stringify({
      Format: 1,
      Accounts: [{ UserID: 'alice' }, { UserID: 'bob' }],
      Messages: [
        { From_Account: 'alice', To_Account: 'bob', MsgSeq: 1, MsgRandom: 1, MsgTimeStamp: -10, MsgBody: [] },
      ],
      Contacts: [{ Owner_Account: 'alice', To_Account: 'bob', MsgTime: -20, TopFlag: 1 }],
    });
    const other = await World.start({ seed });
    try {
      const first = other.sandbox.sandbox.snapshot();
      assert.match(first, new RegExp(`"MsgTimeStamp":${START - 10}`));
      for (let round = 1; round <= 2; round++) {
        await other.call('openim/sendmsg', {
          From_Account: 'alice',
          To_Account: 'bob',
          MsgRandom: round,
          MsgBody: TEXT,
        });
        other.pass(86_400);
        await other.control('POST', 'reset');
        const later = first.replace(/176985\d{4}/g, (time) => String(Number(time) + round * 86_400));
        assert.equal(other.sandbox.sandbox.snapshot(), later);
      }
    } finally {
      await other.stop();
    }
  });

  it('a call of the administrator needs no UserSig, and is a call like any other', async () => {
    const { json } = await world.control('POST', 'call?command=openim/sendmsg', {
      ...{ From_Account: 'alice', To_Account: 'bob', MsgRandom: 1, MsgBody: TEXT },
    });
    assert.equal((json as Json).ErrorCode, 0);
    assert.equal(((await world.control('GET', 'calls')).json as Json).total, 1);
    const unknown = await world.control('POST', 'call?command=openim/nothing', {});
    assert.equal((unknown.json as Json).ErrorCode, 60009);
    const noJson = await world.control('POST', 'call?command=openim/sendmsg', '{');
    assert.equal((noJson.json as Json).ErrorCode, 90001);
  });

  describe('lists as seeds', () => {
    const item = { From_Account: 'erin', To_Account: 'frank', MsgKey: '7_8_1769859000' };
    const big =
      '{"MsgType":"TIMCustomElem","MsgContent":{"Data":"{\\"id\\": 12345678901234567}"}, "n": 12345678901234567}';

    it('a list of messages, with and without the answer around it', async () => {
      for (const text of [
        `[\n  ${JSON.stringify(item).slice(0, -1)}, "MsgTimeStamp": 1769859000, "MsgBody": [${big}], "CloudCustomData": "c" }\n]`,
        `{"ActionStatus":"OK","ErrorCode":0,"Complete":1,"MsgCnt":1,"MsgList":[${JSON.stringify(item).slice(0, -1)},"MsgBody":[${big}],"CloudCustomData":"c"}]}`,
      ]) {
        assert.equal((await world.control('POST', 'seed', text)).status, 200);
        const message = world.sandbox.store.message({ from: 'erin', to: 'frank', key: '7_8_1769859000' });
        assert.equal(message?.body, `[${big}]`);
        assert.equal(message.cloud, '"c"');
        assert.ok(world.sandbox.store.account('frank'));
      }
    });

    it('added, leave out what is there, and change no group that is known by more than its name', async () => {
      const facts = {
        GroupId: 'g',
        Type: 'Community',
        Name: 'The Group',
        CreateTime: START - 99,
        Owner_Account: 'bob',
      };
      const MemberList = [{ Member_Account: 'bob', Role: 'Owner', JoinTime: START - 99 }];
      const mine = { ...item, MsgSeq: 7, MsgRandom: 8, MsgTimeStamp: 1_769_859_000, MsgBody: TEXT };
      const inGroup = {
        GroupId: 'g',
        From_Account: 'bob',
        MsgSeq: 1,
        MsgTimeStamp: START - 9,
        MsgBody: TEXT,
      };
      await world.control('POST', 'seed', seedOf({ Groups: [{ ...facts, MemberList }], Messages: [mine] }));
      for (let time = 0; time < 2; time += 1)
        assert.equal((await world.control('POST', 'seed?add=1', [mine, inGroup])).status, 200);
      const { store } = world.sandbox;
      assert.equal(store.conversation('erin', 'frank')?.size, 1);
      const group = store.groups.get('g');
      assert.equal(group?.messages.all().length, 1);
      assert.deepEqual([group.facts.name, group.facts.type], ['The Group', 'Community']);
      assert.equal(group.members.get('bob')?.role, 'Owner');
    });

    it('messages of groups and topics, and the answer of a group', async () => {
      const text = (Text: string): Json => ({ MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text } }] });
      const topic = { GroupId: '@TGS#_c', TopicId: '@TGS#_c@TOPIC#_t' };
      const list = [
        { GroupId: 'g', From_Account: 'erin', MsgSeq: 5, MsgTimeStamp: START - 9, ...text('in the group') },
        { ...topic, From_Account: 'erin', MsgSeq: 1, MsgTimeStamp: START - 8, ...text('in the topic') },
        { ...item, ...text('between two') },
      ];
      await world.control('POST', 'seed', list);
      const messages = async (query: string): Promise<unknown> => {
        const { json } = await world.control('GET', `messages?${query}`);
        return (json as { messages: Json[] }).messages.map(({ key, from, body }) => [
          key,
          from,
          (JSON.parse(body as string) as { MsgContent: Json }[])[0]?.MsgContent.Text,
        ]);
      };
      assert.deepEqual(await messages('group=g'), [['5', 'erin', 'in the group']]);
      assert.deepEqual(
        await messages(new URLSearchParams({ group: topic.GroupId, topic: topic.TopicId }).toString()),
        [['1', 'erin', 'in the topic']],
      );
      assert.deepEqual(await messages('one=frank&other=erin'), [['7_8_1769859000', 'erin', 'between two']]);
      const { json } = await world.control('GET', 'chats');
      assert.deepEqual(
        (json as { chats: Json[] }).chats.map(({ chat, group, topic: within }) => [chat, group, within]),
        [
          ['group', '@TGS#_c', '@TGS#_c@TOPIC#_t'],
          ['group', 'g', undefined],
          ['c2c', undefined, undefined],
          ['group', '@TGS#_c', undefined],
        ],
      );
      const answer = {
        ...{ ActionStatus: 'OK', GroupId: 'h', IsFinished: 1 },
        RspMsgList: [
          {
            From_Account: 'erin',
            IsPlaceMsg: 0,
            MsgSeq: 3,
            MsgRandom: 4,
            MsgTimeStamp: START,
            ...text('pasted'),
          },
        ],
      };
      await world.control('POST', 'seed', answer);
      assert.deepEqual(await messages('group=h'), [['3', 'erin', 'pasted']]);
    });

    it('says which item is wrong', async () => {
      for (const [list, message] of [
        [[{ ...item, MsgKey: '7_8', MsgBody: [] }], /Messages\[0\]\.MsgKey is not a MsgKey/],
        [[item], /Messages\[0\]\.MsgBody is missing/],
        [[1], /Messages\[0\] is not an object/],
      ] as const) {
        const { status, json } = await world.control('POST', 'seed', list);
        assert.equal(status, 400);
        assert.match((json as Json).error as string, message);
      }
    });
  });

  it('webhooks that were sent are there with their answers', async () => {
    await world.control('POST', 'webhook', {
      url: 'http://127.0.0.1:1/hook',
      commands: ['C2C.CallbackAfterSendMsg'],
    });
    await send('bob');
    await world.sandbox.sandbox.webhooks.settled();
    const { json } = await world.control('GET', 'webhooks');
    const { total, webhooks } = json as { total: number; webhooks: Json[] };
    assert.equal(total, 1);
    assert.equal(webhooks[0]?.command, 'C2C.CallbackAfterSendMsg');
    assert.match(String(webhooks[0].request), /"To_Account":"bob"/);
    assert.equal(webhooks[0].status, undefined);
    assert.notEqual(webhooks[0].answer, '');
  });
});

describe('sandbox: listening to other machines', () => {
  let world: World;

  beforeEach(async () => {
    const { options } = readCommandLine(
      ['--port', '0', '--listen', '0.0.0.0', '--allow-host', 'chat'],
      'k',
      'secret',
    );
    world = await World.start({ ...options, seed: seedOf({ users: ['alice'] }) });
  });
  afterEach(() => world.stop());

  const ask = (line: string, ...headers: string[]): Promise<string> =>
    exchange(
      world.sandbox.port,
      `${line} HTTP/1.1\r\n${headers.join('\r\n')}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );

  it('control routes want the token, whatever the Host says', async () => {
    for (const host of ['Host: localhost', 'Host: chat:18080']) {
      assert.match(await ask('GET /sandbox/info', host), /^HTTP\/1\.1 401 /);
      assert.match(await ask('POST /sandbox/reset', host, 'X-Sandbox-Token: secreT'), /^HTTP\/1\.1 401 /);
      assert.match(
        await ask('GET /sandbox/info', host, 'X-Sandbox-Token: secret'),
        /^HTTP\/1\.1 200 [^]*"users"/,
      );
    }
    const token = 'X-Sandbox-Token: secret';
    assert.match(await ask('GET /sandbox/info', 'Host: other', token), /^HTTP\/1\.1 403 /);
    const own = ['Host: chat:18080', 'Origin: http://chat:18080', token];
    assert.match(await ask('POST /sandbox/reset', ...own), /^HTTP\/1\.1 200 /);
    const foreign = ['Host: chat:18080', 'Origin: http://evil.example', token];
    assert.match(await ask('POST /sandbox/reset', ...foreign), /^HTTP\/1\.1 403 /);
  });

  it('calls come by the names that are allowed', async () => {
    assert.match(await ask('POST /v4/a/b', 'Host: chat:80'), /"ErrorCode":60009/);
    assert.match(await ask('POST /v4/a/b', 'Host: 192.0.2.1'), /^HTTP\/1\.1 403 /);
  });
});

describe('sandbox: pages of this machine', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.start();
  });
  afterEach(() => world.stop());

  it('change nothing without the token, which they cannot read', async () => {
    const ask = (line: string, ...headers: string[]): Promise<string> =>
      exchange(
        world.sandbox.port,
        `${line} HTTP/1.1\r\nHost: localhost\r\n${headers.join('\r\n')}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
    const page = 'Origin: http://localhost:3000';
    for (const line of ['POST /sandbox/reset', 'DELETE /sandbox/calls', 'POST /sandbox/call?command=a/b'])
      assert.match(await ask(line, page), /^HTTP\/1\.1 401 /, line);
    const answer = await ask('GET /sandbox/info', page);
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.doesNotMatch(answer, /access-control/i);
    assert.match(answer, /nosniff/i);
    const { token } = world.sandbox;
    assert.match(await ask('POST /sandbox/reset', page, `X-Sandbox-Token: ${token}`), /^HTTP\/1\.1 200 /);
    const image = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors'];
    assert.match(await ask('GET /sandbox/calls?after=0', ...image), /^HTTP\/1\.1 403 /);
  });
});
