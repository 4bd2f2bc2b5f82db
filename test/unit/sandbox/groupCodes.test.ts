import assert from 'node:assert/strict';
import { groupRules, groupSeed } from './groupCodeTable';
import { describeRules } from './ruleRunner';
import { seedOf, START, TEXT, World, type Json } from './world';

/** Codes that the pages list for each call, but for those of the service's inside and of the public table. */
const documented: Readonly<Record<string, readonly number[]>> = {
  create_group: [10004, 10005, 10007, 10021, 10025],
  import_group: [10004, 10007, 10021],
  destroy_group: [10004, 10010, 10015],
  modify_group_base_info: [10004, 10010, 10015],
  change_group_owner: [10004, 10007, 10010, 10015],
  add_group_member: [10004, 10005, 10007, 10010, 10014, 10015, 10019],
  import_group_member: [10004, 10005, 10007, 10010, 10015],
  delete_group_member: [10004, 10010, 10015],
  forbid_send_msg: [10004, 10007, 10010, 10015],
  get_role_in_group: [10004, 10007, 10010, 10015],
  get_group_member_info: [10004, 10007, 10010, 10015],
  get_appid_group_list: [10004],
  get_joined_group_list: [10004],
  send_group_msg: [10004, 10007, 10010, 10015, 10017, 80002],
  send_group_system_notification: [10004, 10010, 10015],
  import_group_msg: [10004, 10007, 10010, 10015],
  group_msg_get_simple: [10004, 10010, 10015],
  group_msg_recall: [10004, 10010, 10015, 10033],
  delete_group_msg_by_sender: [10004, 10010, 10015],
};

describe('sandbox: codes of groups', () => {
  let world: World;

  before(async () => {
    world = await World.start({ seed: seedOf(groupSeed), settings: { limits: false } });
    await world.call('group_open_http_svc/destroy_group', { GroupId: 'dismissed' });
  });
  after(() => world.stop());

  describeRules(groupRules, () => world);

  it('every base request of the table is accepted', async () => {
    const own = await World.start({ seed: seedOf(groupSeed), settings: { limits: false } });
    for (const { command, request } of groupRules) {
      const reply = await own.call(command, request);
      assert.deepEqual([command, reply.code], [command, 0]);
    }
    await own.stop();
  });

  it('every documented code of every call is shown by the table', () => {
    for (const [name, codes] of Object.entries(documented)) {
      const rules = groupRules.find(({ command }) => command === `group_open_http_svc/${name}`)?.rules ?? [];
      const shown = new Set(rules.map(({ code }) => code));
      assert.deepEqual(
        codes.filter((code) => !shown.has(code)),
        [],
        name,
      );
    }
  });

  it('codes of single items: 10010 and 10015 of groups, 10030 and 10032 of recalls, 10004 and 80002 of imports', async () => {
    const infos = await world.call('group_open_http_svc/get_group_info', {
      GroupIdList: ['crew', 'nobody', '群'],
    });
    assert.deepEqual(
      (infos.json.GroupInfo as Json[]).map(({ ErrorCode }) => ErrorCode),
      [0, 10010, 10015],
    );
    await world.control('POST', 'seed?add=1', {
      Format: 1,
      GroupMessages: [
        {
          ...{ GroupId: 'work', From_Account: '@TIM#SYSTEM', MsgSeq: 1, MsgRandom: 1, IsSystemMsg: 1 },
          ...{ MsgTimeStamp: START - 50, MsgBody: { OpType: 1 } },
        },
      ],
    });
    const recalled = await world.call('group_open_http_svc/group_msg_recall', {
      GroupId: 'work',
      MsgSeqList: [{ MsgSeq: 1 }, { MsgSeq: 9 }],
    });
    assert.deepEqual(recalled.json.RecallRetList, [
      { MsgSeq: 1, RetCode: 10032 },
      { MsgSeq: 9, RetCode: 10030 },
    ]);
    const message = (SendTime: number, MsgBody: unknown = TEXT) => ({
      From_Account: 'alice',
      SendTime,
      MsgBody,
    });
    const long = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'x'.repeat(13_000) } }];
    const imported = await world.call('group_open_http_svc/import_group_msg', {
      GroupId: 'full',
      MsgList: [
        ...[message(START - 1001), message(START - 20), message(START - 20), message(START - 19, long)],
        ...[message(START + 1), message(START - 18)],
      ],
    });
    assert.deepEqual(
      (imported.json.ImportMsgResult as Json[]).map(({ MsgSeq, Result }) => [MsgSeq, Result]),
      [
        [0, 10004],
        [1, 0],
        [0, 10004],
        [0, 80002],
        [0, 10004],
        [2, 0],
      ],
    );
  });

  it('10058: a trial app has 100 groups', async () => {
    const own = await World.start({ seed: seedOf({}), settings: { edition: 'trial', limits: false } });
    for (let index = 0; index < 100; index++) {
      assert.equal(
        (await own.call('group_open_http_svc/create_group', { Type: 'Public', Name: 'a' })).code,
        0,
      );
    }
    assert.equal(
      (await own.call('group_open_http_svc/create_group', { Type: 'Public', Name: 'a' })).code,
      10058,
    );
    await own.stop();
  });
});
