import assert from 'node:assert/strict';
import { callRules, innerCodes } from './codeTable';
import { describeRules } from './ruleRunner';
import { seedOf, START, TEXT, World, type Json } from './world';

/** Codes that the pages list for each call; the public ones are looked at on their own. */
const documented: Record<string, readonly number[]> = {
  'openim/sendmsg': [
    ...[20001, 20002, 20003, 20004, 20005, 20006, 90001, 90002, 90003, 90005, 90006, 90007, 90009, 90010],
    ...[90012, 90026, 90031, 90044, 90048, 90992, 91000, 93000, 60028, 80001, 80002, 80003, 80004, 80005],
  ],
  'openim/batchsendmsg': [
    ...[70107, 70169, 90001, 90002, 90007, 90008, 90009, 90010, 90011, 90012, 90026, 90048, 90992, 91000],
    ...[93000, 90028, 90029, 90055, 90057],
  ],
  'openim/importmsg': [
    ...[90001, 90002, 90003, 90005, 90006, 90007, 90008, 90009, 90010, 90011, 90012, 90026, 90030, 90048],
    ...[90992, 91000, 93000],
  ],
  'openim/modify_c2c_msg': [
    ...[20001, 20002, 20003, 20004, 20005, 90001, 90002, 90003, 90007, 90009, 90010, 90012, 91000, 90992],
  ],
  'openim/admin_getroammsg': [90001, 90003, 90008, 90009, 91000],
  'openim/admin_msgwithdraw': [20022, 20023, 90001, 90003, 90008, 90009, 90054, 91000],
  'openim/admin_set_msg_read': [90001, 90003, 90008],
  'openim/get_c2c_unread_msg_num': [90001, 90003, 90008],
  'recentcontact/get_list': [50001, 50002, 50003, 50004, 50005],
  'recentcontact/delete': [50001, 50002, 50003, 50004, 50005],
  'im_open_login_svc/account_import': [40005, 40006, 40601, 70169, 70398, 70399, 70402, 70403, 70500],
  'im_open_login_svc/multiaccount_import': [70169, 70202, 70398, 70402, 70403, 70500],
  'im_open_login_svc/account_check': [70169, 70202, 70402, 70403, 70500],
  'im_open_login_svc/account_delete': [
    ...[30006, 30007, 30008, 40006, 70107, 70169, 70202, 70402, 70403, 70500, 71000],
  ],
  'profile/portrait_get': [40001, 40002, 40003, 40004, 40006, 40007, 40009],
};

/** Where the codes are shown that no request body makes. */
const elsewhere: readonly number[] = [
  ...[20006, 80003], // webhooks.test.ts
  ...[60028, 90057, 70398], // limits.test.ts
  ...[90001, 90009, 50003, 70403, 40004], // frontDoor.test.ts
  ...[70107, 40003], // below: codes of items
];

function message(seq: number, random: number, ago: number, more: Json = {}): Json {
  return {
    ...{ From_Account: 'alice', To_Account: 'bob', MsgSeq: seq, MsgRandom: random },
    ...{ MsgTimeStamp: START - ago, MsgBody: TEXT, ...more },
  };
}

const seed = seedOf({
  users: ['alice', 'bob'],
  DeletedAccounts: [{ UserID: 'gone', DeleteTime: -86_400 }],
  Messages: [message(5, 6, 60), message(9, 9, 50, { MsgFlagBits: 8 }), message(3, 3, 40, { PushPlugin: 1 })],
});

describe('sandbox: codes', () => {
  let world: World;

  before(async () => {
    world = await World.start({ seed, settings: { limits: false } });
  });
  after(() => world.stop());

  describeRules(callRules, () => world);

  it('every base request of the table is accepted', async () => {
    const own = await World.start({ seed, settings: { limits: false } });
    // Deleting bob comes last, and bob's messages are not recalled before they are modified.
    const order = [...callRules].sort(
      (a, b) => Number(/delete|withdraw/.test(a.command)) - Number(/delete|withdraw/.test(b.command)),
    );
    for (const { command, request } of order) {
      const reply = await own.call(command, request);
      assert.deepEqual([command, reply.code], [command, 0]);
    }
    await own.stop();
  });

  it('codes of single items: 70107 and 40003', async () => {
    const deleted = await world.call('im_open_login_svc/account_delete', {
      DeleteItem: [{ UserID: 'nobody' }],
    });
    assert.equal((deleted.json.ResultItem as Json[])[0]?.ResultCode, 70107);
    const batch = { To_Account: ['bob', 'nobody'], MsgRandom: 1, MsgBody: TEXT };
    const sent = await world.call('openim/batchsendmsg', batch);
    assert.deepEqual(sent.json.ErrorList, [{ To_Account: 'nobody', ErrorCode: 70107 }]);
    const unread = { To_Account: 'bob', Peer_Account: ['nobody'] };
    const counted = await world.call('openim/get_c2c_unread_msg_num', unread);
    assert.deepEqual(counted.json.ErrorList, [{ Peer_Account: 'nobody', ErrorCode: 70107 }]);
    const asked = { To_Account: ['nobody'], TagList: ['Tag_Profile_IM_Nick'] };
    const profile = await world.call('profile/portrait_get', asked);
    assert.equal((profile.json.UserProfileItem as Json[])[0]?.ResultCode, 40003);
  });

  it('codes of the inside come from faults', async () => {
    for (const code of innerCodes) {
      await world.control('POST', 'faults', { command: 'openim/admin_getroammsg', code, times: 1 });
      assert.equal((await world.call('openim/admin_getroammsg')).code, code);
    }
  });

  it('every documented code of every call is shown by some test', () => {
    for (const [command, codes] of Object.entries(documented)) {
      const own = callRules.find((rules) => rules.command === command)?.rules ?? [];
      const shown = new Set([...own.map((rule) => rule.code), ...innerCodes, ...elsewhere]);
      assert.deepEqual(
        codes.filter((code) => !shown.has(code)),
        [],
        command,
      );
    }
  });
});
