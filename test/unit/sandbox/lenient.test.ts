import assert from 'node:assert/strict';
import { checkPart } from '../../../src/message/checks';
import { readCommandLine } from '../../../src/sandbox/commandLine';
import { seedOf, START, TEXT, World, type Json } from './world';

const old = {
  ...{ From_Account: 'alice', To_Account: 'bob', MsgSeq: 5, MsgRandom: 6 },
  ...{ MsgTimeStamp: START - 60, MsgBody: TEXT, MsgFlagBits: 8 },
};
const recalled = { From_Account: 'alice', To_Account: 'bob', MsgKey: `5_6_${START - 60}` };
const message = { From_Account: 'alice', To_Account: 'bob', MsgRandom: 1, MsgBody: TEXT };
const history = { Operator_Account: 'alice', Peer_Account: 'bob', MaxCnt: 9, MinTime: 0, MaxTime: START };

interface Leniency {
  readonly what: string;
  readonly command: string;
  readonly body: Json;
  readonly query?: Record<string, string | undefined>;
  /** The switch that refuses it, and the code it is refused with. */
  readonly strict: Json;
  readonly code: number;
}

function element(MsgType: string, MsgContent: Json): Json {
  return { ...message, MsgBody: [{ MsgType, MsgContent }] };
}

const video = {
  ...{
    VideoUrl: 'https://a.example/v',
    VideoSize: 1,
    VideoSecond: 1,
    VideoFormat: 'mp4',
    VideoDownloadFlag: 2,
  },
  ...{ ThumbUrl: 'https://a.example/t', ThumbSize: 1, ThumbWidth: 1, ThumbHeight: 1, ThumbFormat: 'JPG' },
  ThumbDownloadFlag: 2,
};

const leniencies: readonly Leniency[] = [
  ...[undefined, '', 'x', '-1', '176985920012345678901'].map((random) => ({
    what: `random ${random ?? 'left out'}`,
    ...{ command: 'openim/sendmsg', body: message, query: { random } },
    ...{ strict: { random: 'uint32' }, code: 60025 },
  })),
  ...(
    [
      ['openim/sendmsg', { ...message, CloudCustomData: null }, 90010],
      ['openim/sendmsg', { ...message, From_Account: null }, 20003],
      ['openim/sendmsg', { ...message, SyncOtherMachine: null }, 90031],
      ['openim/sendmsg', { ...message, MsgSeq: null }, 90010],
      ['openim/sendmsg', { ...message, MsgTimeStamp: null }, 90006],
      ['openim/sendmsg', { ...message, MsgLifeTime: null }, 90044],
      ['openim/sendmsg', { ...message, ForbidCallbackControl: null }, 90010],
      ['openim/sendmsg', { ...message, SendMsgControl: null }, 90010],
      ['openim/sendmsg', { ...message, OfflinePushInfo: null }, 90043],
      ['openim/sendmsg', { ...message, OfflinePushInfo: { PushFlag: null } }, 90043],
      ['openim/sendmsg', { ...message, OfflinePushInfo: { Title: null, ApnsInfo: null } }, 90043],
      ['openim/sendmsg', element('TIMCustomElem', { Data: 'x', Desc: null }), 90010],
      ['openim/batchsendmsg', { ...message, To_Account: ['bob'], MsgSeq: null }, 90010],
      [
        'openim/importmsg',
        { ...message, SyncFromOldSystem: 5, MsgTimeStamp: 1, CloudCustomData: null },
        90010,
      ],
      ['openim/admin_getroammsg', { ...history, LastMsgKey: null }, 90054],
      [
        'openim/admin_set_msg_read',
        { Report_Account: 'bob', Peer_Account: 'alice', MsgReadTime: null },
        90001,
      ],
      ['openim/get_c2c_unread_msg_num', { To_Account: 'bob', Peer_Account: null }, 90001],
      ['im_open_login_svc/account_import', { UserID: 'carol', Nick: null, FaceUrl: null }, 70402],
      ['im_open_login_svc/multiaccount_import', { AccountList: [{ UserID: 'carol', Nick: null }] }, 70402],
    ] as const
  ).map(([command, body, code]) => ({
    what: `null in ${command} ${JSON.stringify(body)}`,
    ...{ command, body, strict: { nulls: 'refused' }, code },
  })),
  {
    what: 'null in place of a name of today beside the older one',
    ...{ command: 'im_open_login_svc/account_import', body: { UserID: null, Identifier: 'carol' } },
    ...{ strict: { nulls: 'refused' }, code: 60015 },
  },
  ...['openim/sendmsg', 'openim/batchsendmsg'].map((command) => ({
    what: `SyncOtherMachine 0 in ${command}`,
    command,
    body: {
      ...{ ...message, SyncOtherMachine: 0 },
      ...(command === 'openim/batchsendmsg' && { To_Account: ['bob'] }),
    },
    ...{ strict: { syncZero: 'refused' }, code: 90031 },
  })),
  ...(
    [
      ['TIMImageElem', { ImageFormat: 1, ImageInfoArray: [] }],
      ['TIMFileElem', { Url: 'https://a.example/f', FileSize: 1, FileName: 'f', Download_Flag: 2 }],
      ['TIMSoundElem', { Url: 'https://a.example/s', Size: 1, Second: 1, Download_Flag: 2 }],
      ['TIMSoundElem', { Url: 'https://a.example/s', UUID: null, Size: 1, Second: 1, Download_Flag: 2 }],
      ['TIMVideoFileElem', video],
    ] as const
  ).map(([type, content]) => ({
    what: `${type} without UUID: ${JSON.stringify(content)}`,
    ...{ command: 'openim/sendmsg', body: element(type, content) },
    ...{ strict: { mediaUuid: 'required' }, code: 90010 },
  })),
  {
    what: 'TIMRelayElem',
    ...{ command: 'openim/sendmsg', body: element('TIMRelayElem', { Title: 'x', MsgNum: 0, MsgList: [] }) },
    ...{ strict: { relayElem: 'refused' }, code: 90002 },
  },
  {
    what: 'SyncFromOldSystem 1 in openim/importmsg',
    command: 'openim/importmsg',
    body: { ...message, SyncFromOldSystem: 1, MsgTimeStamp: 1_769_859_000 },
    ...{ strict: { importModes: 'current' }, code: 90030 },
  },
];

describe('sandbox: as lenient as the field needs', () => {
  const worlds: World[] = [];

  async function start(options: Parameters<typeof World.start>[0]): Promise<World> {
    const world = await World.start(options);
    worlds.push(world);
    return world;
  }

  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.stop();
  });

  async function codeOf(settings: Json | undefined, { command, body, query }: Leniency): Promise<number> {
    const world = await start({
      seed: seedOf({ users: ['alice', 'bob'], Messages: [old] }),
      ...(settings && { settings }),
    });
    return (await world.call(command, body, query)).code;
  }

  const strict = readCommandLine(['--strict']).options.settings;

  it('--strict sets every switch that something here is accepted by', () => {
    const switches = new Set(leniencies.flatMap(({ strict: by }) => Object.keys(by)));
    // What is refused by it is not documented as such, so it has no case of its own.
    switches.add('strictValues');
    assert.deepEqual(Object.keys(strict ?? {}).sort(), [...switches].sort());
  });

  for (const leniency of leniencies) {
    it(`${leniency.what}: accepted, and ${leniency.code} where it is switched off`, async () => {
      assert.equal(await codeOf(undefined, leniency), 0);
      assert.equal(await codeOf(leniency.strict, leniency), leniency.code);
      assert.equal(await codeOf(strict, leniency), leniency.code, '--strict switches all off');
    });
  }

  it('is told in the editor by hints and warnings, never by an error', () => {
    const withBody = leniencies.filter(({ body }) => 'MsgBody' in body);
    assert.ok(withBody.length > 6);
    for (const { what, body } of withBody) {
      const errors = checkPart(JSON.stringify(body)).filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, [], what);
    }
    for (const [type, content, hint] of [
      [
        'TIMFileElem',
        { Url: 'https://a.example/f', FileSize: 1, FileName: 'f', Download_Flag: 2 },
        'fieldLeftOut',
      ],
      ['TIMRelayElem', { Title: 'x', MsgNum: 0, MsgList: [] }, 'msgTypeRelay'],
    ] as const) {
      const found = checkPart(JSON.stringify(element(type, content))).filter(({ id }) => id === hint);
      assert.deepEqual(
        found.map(({ severity }) => severity),
        ['hint'],
        type,
      );
    }
  });

  it('--strict is for all, but for what is given back', async () => {
    const { settings } = readCommandLine(['--set', 'nulls=absent', '--strict']).options;
    const [, ...rest] = leniencies;
    const withNull = rest.find(({ strict: { nulls } }) => nulls !== undefined);
    const withZero = rest.find(({ strict: { syncZero } }) => syncZero !== undefined);
    assert.ok(withNull && withZero);
    assert.equal(await codeOf(settings, withNull), 0);
    assert.equal(await codeOf(settings, withZero), 90031);
  });

  it('null of a required member is as if it were missing, in both', async () => {
    for (const nulls of ['absent', 'refused'] as const) {
      const world = await start({ seed: seedOf({ users: ['alice', 'bob'] }), settings: { nulls } });
      assert.equal((await world.call('openim/sendmsg', { ...message, To_Account: null })).code, 90003);
      assert.equal((await world.call('openim/sendmsg', { ...message, MsgRandom: null })).code, 90005);
      const body = { ...message, MsgBody: null };
      assert.equal((await world.call('openim/sendmsg', body)).code, nulls === 'absent' ? 90002 : 90007);
    }
  });

  it('SyncOtherMachine 0 is as if it were missing: the sender keeps the message', async () => {
    const world = await start({ seed: seedOf({ users: ['alice', 'bob'] }) });
    await world.call('openim/sendmsg', { ...message, SyncOtherMachine: 0 });
    const { json } = await world.call('openim/admin_getroammsg', history);
    assert.equal((json.MsgList as Json[]).length, 1);
  });

  it('a recalled message is modified by a switch only', async () => {
    const world = await start({ seed: seedOf({ users: ['alice', 'bob'], Messages: [old] }) });
    const modify = async (Text: string): Promise<number> => {
      const MsgBody = [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];
      return (await world.call('openim/modify_c2c_msg', { ...recalled, MsgBody })).code;
    };
    assert.equal(await modify('refused'), 20023);
    await world.control('POST', 'settings', { modifyRecalledCode: 0 });
    assert.equal(await modify('accepted'), 0);
    const { json } = await world.call('openim/admin_getroammsg', history);
    const [shown] = json.MsgList as Json[];
    assert.deepEqual(
      [shown?.MsgFlagBits, shown?.MsgBody],
      [8, [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'accepted' } }]],
    );
  });
});
