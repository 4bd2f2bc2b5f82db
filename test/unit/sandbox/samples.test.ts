import assert from 'node:assert/strict';
import samples from '../../fixtures/sandbox/samples.json';
import { seedOf, START, World, type Json } from './world';

interface Sample {
  readonly api: string;
  readonly kind: string;
  readonly json: Json;
}

/** The documented samples, in the order of the pages. */
function of(api: string, kind: 'request' | 'response'): Json[] {
  return (samples as unknown as Sample[])
    .filter((sample) => sample.api === api && sample.kind === kind)
    .map((sample) => sample.json);
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  assert.ok(item !== undefined);
  return item;
}

const text = (words: string): Json[] => [{ MsgType: 'TIMTextElem', MsgContent: { Text: words } }];

describe('sandbox: documented samples', () => {
  let world: World | undefined;

  async function start(seed: string, seconds = START, settings = {}): Promise<World> {
    world = await World.start({ seed, settings }, seconds);
    return world;
  }

  afterEach(async () => {
    await world?.stop();
    world = undefined;
  });

  it('modify_c2c_msg: MsgBody, CloudCustomData, both', async () => {
    const message = {
      ...{ From_Account: 'dramon1', To_Account: 'dramon2', MsgSeq: 1, MsgRandom: 2, MsgTimeStamp: 3 },
      ...{ MsgBody: text('old'), CloudCustomData: 'old' },
    };
    const seed = seedOf({ users: ['dramon1', 'dramon2'], Messages: [message] });
    const [body, cloud, both] = of('openim/modify_c2c_msg', 'request');
    const wanted = [
      [body, '"hello"', '"old"'],
      [cloud, '"old"', '"your cloud custom data"'],
      [both, '"hello"', '"your cloud custom data"'],
    ] as const;
    for (const [request, words, custom] of wanted) {
      const here = await start(seed, 100, { roamingDays: 0 });
      const reply = await here.call('openim/modify_c2c_msg', request);
      assert.deepEqual(reply.json, at(of('openim/modify_c2c_msg', 'response'), 0));
      const stored = here.sandbox.store.message({ from: 'dramon1', to: 'dramon2', key: '1_2_3' });
      assert.equal(stored?.body, `[{"MsgType":"TIMTextElem","MsgContent":{"Text":${words}}}]`);
      assert.equal(stored.cloud, custom);
      await here.stop();
    }
    world = undefined;
  });

  it('admin_getroammsg: two pages backwards, with the names of both revisions', async () => {
    const [pageOne, pageTwo] = of('openim/admin_getroammsg', 'response');
    const items = (page: Json | undefined): Json[] => page?.MsgList as Json[];
    // The pages leave items out: fill up to the 12 and 5 that they count, large enough for 13 KB to cut after 12.
    const filler = (count: number, seconds: number): Json[] =>
      Array.from({ length: count }, (_, index) => ({
        ...{ From_Account: 'user1', To_Account: 'user2', MsgSeq: index, MsgRandom: 1 },
        ...{ MsgTimeStamp: seconds + index, MsgBody: text('x'.repeat(1050)) },
      }));
    const old = [...items(pageTwo), ...filler(3, 1_584_669_610)];
    const recent = [...items(pageOne), ...filler(10, 1_584_669_690)];
    const seed = seedOf({ users: ['user1', 'user2'], Messages: [...old, ...recent] });
    const here = await start(seed, 1_584_673_300);
    const [first, followUp, , oldFollowUp] = of('openim/admin_getroammsg', 'request');
    const expectPage = async (request: Json | undefined, expected: Json | undefined): Promise<void> => {
      const { json } = await here.call('openim/admin_getroammsg', request);
      const { MsgList, ...rest } = json;
      const { MsgList: expectedList, ...expectedRest } = expected ?? {};
      assert.deepEqual(rest, expectedRest);
      assert.deepEqual((MsgList as Json[]).slice(0, 2), expectedList);
      assert.equal((MsgList as Json[]).length, json.MsgCnt);
    };
    await expectPage(first, pageOne);
    await expectPage(followUp, pageTwo);
    const renamed = ({ Operator_Account, Peer_Account, ...rest }: Json): Json => ({
      From_Account: Operator_Account,
      To_Account: Peer_Account,
      ...rest,
    });
    await expectPage(renamed(first ?? {}), pageOne);
    await expectPage(renamed(followUp ?? {}), pageTwo);
    assert.equal((await here.call('openim/admin_getroammsg', oldFollowUp)).code, 0);
    const failed = await here.call('openim/admin_getroammsg', '{');
    assert.deepEqual(failed.json, at(of('openim/admin_getroammsg', 'response'), 3));
  });

  it('admin_getroammsg: one message is all', async () => {
    const expected = at(of('openim/admin_getroammsg', 'response'), 2);
    const here = await start(
      seedOf({ users: ['user1', 'user2'], Messages: expected.MsgList }),
      1_584_673_300,
    );
    const reply = await here.call('openim/admin_getroammsg', at(of('openim/admin_getroammsg', 'request'), 0));
    assert.deepEqual(reply.json, expected);
  });

  it('recentcontact/get_list and delete', async () => {
    const contacts = [
      { To_Account: 'id2', MsgTime: 1630997627, TopFlag: 1 },
      { GroupId: 'id3', MsgTime: 1630997628, TopFlag: 1 },
      { To_Account: 'id4', MsgTime: 1630997630, TopFlag: 0 },
      { GroupId: 'id5', MsgTime: 1630997650, TopFlag: 0 },
    ].map((contact) => ({ Owner_Account: 'id1', ...contact }));
    const here = await start(seedOf({ users: ['id1', 'id2', 'id4'], Contacts: contacts }), 1_631_012_800);
    const list = of('recentcontact/get_list', 'request')[0];
    assert.deepEqual(
      (await here.call('recentcontact/get_list', list)).json,
      of('recentcontact/get_list', 'response')[0],
    );
    const deleted = await here.call('recentcontact/delete', of('recentcontact/delete', 'request')[0]);
    assert.deepEqual(deleted.json, of('recentcontact/delete', 'response')[0]);
    const left = (await here.call('recentcontact/get_list', list)).json.SessionItem as Json[];
    assert.deepEqual(
      left.map((item) => item.To_Account ?? item.GroupId),
      ['id3', 'id4', 'id5'],
    );
  });

  it('sendmsg: to one user, without webhooks, with push, for a user', async () => {
    const here = await start(seedOf({ users: ['lumotuwe1', 'lumotuwe2'] }), 1_572_870_301);
    const [ok, failed] = of('openim/sendmsg', 'response');
    const requests = of('openim/sendmsg', 'request');
    assert.equal(requests.length, 4);
    for (const request of requests) {
      const { json } = await here.call('openim/sendmsg', request);
      assert.deepEqual(Object.keys(json).sort(), Object.keys(ok ?? {}).sort());
      assert.deepEqual([json.ActionStatus, json.ErrorInfo, json.ErrorCode], ['OK', '', 0]);
      assert.equal(json.MsgTime, 1_572_870_301);
      assert.equal(json.MsgKey, '93847636_1287657_1572870301');
    }
    assert.deepEqual((await here.call('openim/sendmsg', '{"To_Account":')).json, failed);
  });

  it('batchsendmsg: all, some, none', async () => {
    const [all, some, none] = of('openim/batchsendmsg', 'response');
    const [toBoth, fromDave] = of('openim/batchsendmsg', 'request');
    const here = await start(seedOf({ users: ['dave', 'bonnie', 'rong'] }));
    for (const request of [toBoth, fromDave]) {
      const { MsgKey, ...rest } = (await here.call('openim/batchsendmsg', request)).json;
      assert.deepEqual({ ...rest, MsgKey: all?.MsgKey }, all);
      assert.equal(MsgKey, `28360_19901224_${START}`);
    }
    await here.stop();
    const partly = await start(seedOf({ users: ['bonnie'] }));
    const { MsgKey, ...rest } = (await partly.call('openim/batchsendmsg', toBoth)).json;
    assert.deepEqual({ ...rest, MsgKey: some?.MsgKey }, some);
    assert.equal(MsgKey, `28360_19901224_${START}`);
    await partly.stop();
    const nobody = await start(seedOf({}));
    assert.deepEqual((await nobody.call('openim/batchsendmsg', toBoth)).json, none);
  });

  it('importmsg: live in old and new numbers, history', async () => {
    for (const request of of('openim/importmsg', 'request')) {
      const here = await start(seedOf({ users: ['lumotuwe1', 'lumotuwe2'] }), 1_556_178_800);
      const reply = await here.call('openim/importmsg', request);
      assert.deepEqual(reply.json, of('openim/importmsg', 'response')[0]);
      const unread = await here.call('openim/get_c2c_unread_msg_num', { To_Account: 'lumotuwe2' });
      assert.equal(unread.json.AllC2CUnreadMsgNum, request.SyncFromOldSystem === 2 ? 0 : 1);
      await here.stop();
    }
    world = undefined;
  });

  it('admin_msgwithdraw', async () => {
    const message = {
      ...{ From_Account: 'vinson', To_Account: 'dramon', MsgSeq: 31906, MsgRandom: 833502 },
      ...{ MsgTimeStamp: 1_572_869_830, MsgBody: text('oops') },
    };
    const here = await start(seedOf({ users: ['vinson', 'dramon'], Messages: [message] }), 1_572_869_900);
    const [ok, failed] = of('openim/admin_msgwithdraw', 'response');
    const request = of('openim/admin_msgwithdraw', 'request')[0];
    assert.deepEqual((await here.call('openim/admin_msgwithdraw', request)).json, ok);
    assert.deepEqual((await here.call('openim/admin_msgwithdraw', '')).json, failed);
  });

  it('admin_set_msg_read and get_c2c_unread_msg_num', async () => {
    const from = (sender: string): Json[] =>
      Array.from({ length: 12 }, (_, index) => ({
        ...{ From_Account: sender, To_Account: 'dramon1', MsgSeq: index, MsgRandom: 1, Unread: 1 },
        ...{ MsgTimeStamp: -60 - index, MsgBody: text('hi') },
      }));
    const users = ['dramon1', 'dramon2', 'teacher'];
    const here = await start(seedOf({ users, Messages: from('dramon2') }));
    const [sum, list] = of('openim/get_c2c_unread_msg_num', 'response');
    const [all, some] = of('openim/get_c2c_unread_msg_num', 'request');
    assert.deepEqual((await here.call('openim/get_c2c_unread_msg_num', all)).json, sum);
    await here.control('POST', 'seed?add=1', seedOf({ Messages: from('teacher') }));
    assert.deepEqual((await here.call('openim/get_c2c_unread_msg_num', some)).json, list);
    const read = await here.call('openim/admin_set_msg_read', of('openim/admin_set_msg_read', 'request')[0]);
    assert.deepEqual(read.json, of('openim/admin_set_msg_read', 'response')[0]);
    assert.deepEqual((await here.call('openim/get_c2c_unread_msg_num', all)).json, sum);
  });

  it('account_import, multiaccount_import, account_check, account_delete', async () => {
    const DeletedAccounts = ['test3', 'test4'].map((UserID) => ({ UserID, DeleteTime: -86_400 }));
    const here = await start(seedOf({ users: ['UserID_1'], DeletedAccounts }));
    const service = 'im_open_login_svc';
    for (const request of of(`${service}/account_import`, 'request')) {
      const reply = await here.call(`${service}/account_import`, request);
      assert.deepEqual(reply.json, of(`${service}/account_import`, 'response')[0]);
    }
    const [oldForm, newForm] = of(`${service}/multiaccount_import`, 'request');
    const failed = of(`${service}/multiaccount_import`, 'response')[0];
    assert.deepEqual((await here.call(`${service}/multiaccount_import`, oldForm)).json, failed);
    assert.deepEqual((await here.call(`${service}/multiaccount_import`, newForm)).json, {
      ...failed,
      FailAccounts: [],
    });
    const checked = await here.call(`${service}/account_check`, of(`${service}/account_check`, 'request')[0]);
    assert.deepEqual(checked.json, of(`${service}/account_check`, 'response')[0]);
    const gone = await here.call(`${service}/account_delete`, of(`${service}/account_delete`, 'request')[0]);
    assert.deepEqual(gone.json, of(`${service}/account_delete`, 'response')[0]);
  });

  it('portrait_get', async () => {
    const [one, several] = of('profile/portrait_get', 'response');
    const items = (several?.UserProfileItem as Json[])[0]?.ProfileItem as {
      Tag: string;
      Value: string;
    }[];
    const Profile = Object.fromEntries(items.map(({ Tag, Value }) => [Tag, Value]));
    const here = await start(seedOf({ Accounts: [{ UserID: 'id1', Profile }] }));
    const [first, second] = of('profile/portrait_get', 'request');
    assert.deepEqual((await here.call('profile/portrait_get', first)).json, one);
    const { json } = await here.call('profile/portrait_get', second);
    assert.deepEqual((json.UserProfileItem as Json[])[0], (several?.UserProfileItem as Json[])[0]);
    assert.deepEqual(json.Fail_Account, ['id2', 'id3', 'id4']);
    assert.deepEqual([json.ActionStatus, json.ErrorDisplay], ['OK', '']);
  });

  it('get_appid_group_list has the fields of the sample', async () => {
    const here = await start(seedOf({}));
    const api = 'group_open_http_svc/get_appid_group_list';
    const { json } = await here.call(api, of(api, 'request')[0]);
    assert.deepEqual(Object.keys(json).sort(), Object.keys(of(api, 'response')[0] ?? {}).sort());
  });

  it('every element can be sent, but for what old clients made', async () => {
    const here = await start(seedOf({ users: ['bob'] }));
    const refused: [string, number][] = [];
    for (const { api, json } of elementSamples()) {
      const reply = await here.call('openim/sendmsg', { To_Account: 'bob', MsgRandom: 7, MsgBody: [json] });
      if (reply.code !== 0) refused.push([api, reply.code]);
    }
    // The second sound is what SDKs 2.x and 3.x sent: it is read, but cannot be sent any more.
    assert.deepEqual(refused, [['MsgBody element TIMSoundElem', 90010]]);
    for (const more of [...of('MsgBody combination', 'request'), ...of('OfflinePushInfo', 'request')]) {
      const request = { To_Account: 'bob', MsgRandom: 8, MsgBody: text('x'), ...more };
      assert.equal((await here.call('openim/sendmsg', request)).code, 0);
    }
  });
});

function elementSamples(): Sample[] {
  return (samples as unknown as Sample[]).filter(({ api }) => api.startsWith('MsgBody element'));
}
