import assert from 'node:assert/strict';
import samples from '../../fixtures/sandbox/groupSamples.json';
import { seedOf, World, type Json } from './world';

const G = 'group_open_http_svc';

/** The documented samples, in the order of the pages (fact sheet 7, and the pages that each call names). */
function of(api: string, kind: 'request' | 'response'): Json[] {
  return (samples as unknown as { api: string; kind: string; json: Json }[])
    .filter((sample) => sample.api === api && sample.kind === kind)
    .map((sample) => sample.json);
}

function only(api: string, kind: 'request' | 'response'): Json {
  const [first] = of(api, kind);
  return first ?? assert.fail(api);
}

const member = (Member_Account: string, Role = 'Member'): Json => ({ Member_Account, Role });

function groupSeed(GroupId: string, more: Json = {}): Json {
  return {
    ...{ GroupId, Type: 'Public', Name: 'Test', Owner_Account: 'leckie', CreateTime: 1_426_976_500 },
    ...{ MemberList: [member('leckie', 'Owner'), member('peter')], ...more },
  };
}

const users = ['leckie', 'peter', 'bob', 'tommy', 'jared', 'brennanli', 'wesley'];

describe('sandbox: documented samples of groups', () => {
  let world: World;

  async function start(seed: Json, seconds: number): Promise<World> {
    world = await World.start({ seed: seedOf({ users, ...seed }), settings: { roamingDays: 0 } }, seconds);
    return world;
  }
  afterEach(() => world.stop());

  it('modify_group_msg: MsgBody, CloudCustomData, both', async () => {
    const api = 'openim/modify_group_msg';
    const hello = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}]';
    const wanted = [
      [hello, '"old"'],
      ['["old"]', '"your cloud custom data"'],
      [hello, '"your cloud custom data"'],
    ];
    const item = {
      From_Account: 'leckie',
      MsgRandom: 1,
      MsgTimeStamp: 1_600_000_000,
      CloudCustomData: 'old',
    };
    for (const [index, request] of of(api, 'request').entries()) {
      const id = '@TGS#1HYEP2SHC';
      const here = await start(
        {
          Groups: [groupSeed(id)],
          GroupMessages: [{ GroupId: id, MsgSeq: 23, ...item, MsgBody: ['old'] }],
        },
        1_600_000_100,
      );
      assert.deepEqual((await here.call(api, request)).json, only(api, 'response'));
      const stored = here.sandbox.store.groups.messagesOf({ group: id })?.find(23);
      assert.deepEqual([stored?.body, stored?.cloud], wanted[index]);
      await here.stop();
    }
    world = await World.start();
  });

  it('group_msg_get_simple: the newest two, and from a MsgSeq downwards', async () => {
    const api = `${G}/group_msg_get_simple`;
    const expected = only(api, 'response');
    const { GroupId, RspMsgList } = expected;
    const items = (RspMsgList as Json[]).map((item) => ({ GroupId, ...item, NoContact: 1 }));
    const older = { ...items[1], MsgSeq: 7_803_319 };
    const seed = { Groups: [groupSeed(String(GroupId))], GroupMessages: [older, ...items] };
    const here = await start(seed, 1_458_721_900);
    for (const request of of(api, 'request'))
      assert.deepEqual((await here.call(api, request)).json, expected);
  });

  it('group_msg_recall: one that is not there, and one that is', async () => {
    const api = `${G}/group_msg_recall`;
    const item = { From_Account: 'peter', MsgRandom: 1, MsgTimeStamp: 1_600_000_000, MsgBody: [] };
    const id = '@TGS#2J4SZEAEL';
    const seed = { Groups: [groupSeed(id)], GroupMessages: [{ GroupId: id, MsgSeq: 101, ...item }] };
    const here = await start(seed, 1_600_000_100);
    assert.deepEqual((await here.call(api, only(api, 'request'))).json, only(api, 'response'));
  });

  it('get_appid_group_list and get_joined_group_list', async () => {
    const ids = ['@TGS#2J4SZEAEL', '@TGS#2C5SZEAEF'];
    const here = await start({ Groups: ids.map((id) => groupSeed(id)) }, 1_600_000_100);
    const list = `${G}/get_appid_group_list`;
    const { Next, ...all } = (await here.call(list, of(list, 'request')[0])).json;
    const { Next: sampleNext, ...expected } = only(list, 'response');
    assert.deepEqual(all, expected);
    assert.deepEqual([Next, typeof sampleNext], [0, 'number']);
    const joined = `${G}/get_joined_group_list`;
    assert.deepEqual((await here.call(joined, only(joined, 'request'))).json, only(joined, 'response'));
    const [, full] = of(joined, 'response');
    const [wanted] = (full?.GroupIdList ?? []) as Json[];
    const { SelfInfo, GroupId, ...facts } = wanted ?? {};
    const filtered = await here.call(joined, {
      Member_Account: 'leckie',
      ResponseFilter: {
        GroupBaseInfoFilter: Object.keys(facts),
        SelfInfoFilter: Object.keys(SelfInfo as Json),
      },
    });
    const [first] = filtered.json.GroupIdList as Json[];
    assert.deepEqual(Object.keys(first ?? {}).sort(), Object.keys(wanted ?? {}).sort());
    assert.deepEqual(Object.keys(first?.SelfInfo as Json).sort(), Object.keys(SelfInfo as Json).sort());
    assert.equal(typeof GroupId, 'string');
  });

  it('create_group and import_group with all that they take', async () => {
    for (const name of ['create_group', 'import_group']) {
      const api = `${G}/${name}`;
      const here = await start({}, 1_448_357_900);
      assert.deepEqual((await here.call(api, only(api, 'request'))).json, only(api, 'response'));
      const info = await here.call(`${G}/get_group_info`, { GroupIdList: ['MyFirstGroup'] });
      const [group] = info.json.GroupInfo as Json[];
      assert.deepEqual(
        [group?.Name, group?.Owner_Account, group?.MaxMemberNum, group?.ApplyJoinOption, group?.NextMsgSeq],
        ['TestGroup', 'leckie', 500, 'FreeAccess', 1],
      );
      const roles = (group?.MemberList as Json[]).map(({ Member_Account, Role }) => [Member_Account, Role]);
      const owner = [['leckie', 'Owner']];
      const more = [
        ['bob', 'Admin'],
        ['peter', 'Member'],
      ];
      assert.deepEqual(roles, name === 'create_group' ? [...owner, ...more] : owner);
      await here.stop();
    }
    world = await World.start();
  });

  it('members: added, imported, removed, their roles', async () => {
    const ids = ['@TGS#2J4SZEAEL', '@TGS#2C5SZEAEF'];
    for (const name of [
      'add_group_member',
      'import_group_member',
      'delete_group_member',
      'get_role_in_group',
    ]) {
      const api = `${G}/${name}`;
      const here = await start({ Groups: ids.map((id) => groupSeed(id)) }, 1_448_357_900);
      assert.deepEqual((await here.call(api, only(api, 'request'))).json, only(api, 'response'), name);
      await here.stop();
    }
    world = await World.start();
  });

  it('facts, owner, mute, notification, deletion, end', async () => {
    const names = [
      ...[
        'modify_group_base_info',
        'change_group_owner',
        'send_group_system_notification',
        'forbid_send_msg',
      ],
      ...['delete_group_msg_by_sender', 'destroy_group'],
    ];
    const ids = ['@TGS#1NVTZEAE4', '@TGS#2C5SZEAEF', '@TGS#2J4SZEAEL'];
    const here = await start({ Groups: ids.map((id) => groupSeed(id)) }, 1_448_357_900);
    for (const name of names) {
      const api = `${G}/${name}`;
      assert.deepEqual((await here.call(api, only(api, 'request'))).json, only(api, 'response'), name);
    }
    const info = await here.call(`${G}/get_group_info`, { GroupIdList: ids });
    assert.deepEqual(
      (info.json.GroupInfo as Json[]).map(({ ErrorCode, Name, Owner_Account }) => [
        ErrorCode,
        Name,
        Owner_Account,
      ]),
      [
        [0, 'NewName', 'peter'],
        [0, 'Test', 'leckie'],
        [10010, undefined, undefined],
      ],
    );
  });

  it('import_group_msg: two messages by rising time', async () => {
    const api = `${G}/import_group_msg`;
    const here = await start({ Groups: [groupSeed('@TGS#2C5SZEAEF')] }, 1_620_900_000);
    assert.deepEqual((await here.call(api, only(api, 'request'))).json, only(api, 'response'));
  });

  it('send_group_msg: in every form of the page, MsgSeq rising by one', async () => {
    const api = `${G}/send_group_msg`;
    const here = await start({ Groups: [groupSeed('@TGS#2C5SZEAEF')] }, 1_497_249_503);
    const expected = only(api, 'response');
    for (const [index, request] of of(api, 'request').entries()) {
      // The pages repeat Random and content, which within five minutes is one message only.
      const { json } = await here.call(api, { ...request, Random: index });
      assert.deepEqual(json, { ...expected, MsgSeq: index + 1 });
    }
    const history = await here.call(`${G}/group_msg_get_simple`, {
      GroupId: '@TGS#2C5SZEAEF',
      ReqMsgNumber: 20,
    });
    const seqs = (history.json.RspMsgList as Json[]).map(({ MsgSeq, MsgPriority }) => [MsgSeq, MsgPriority]);
    // The fifth was for those online only: it took its MsgSeq and left nothing.
    assert.deepEqual(seqs, [
      [8, 2],
      [7, 2],
      [6, 2],
      [4, 2],
      [3, 2],
      [2, 1],
      [1, 2],
    ]);
  });
});
