import assert from 'node:assert/strict';
import { Refusal } from '../../../src/sandbox/requestBody';
import { calls } from '../../../src/sandbox/calls/registry';
import { seedOf, TEXT, World, type Json } from './world';

describe('sandbox: limits', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.start({ seed: seedOf({ users: ['a', 'b'] }) });
  });
  afterEach(() => world.stop());

  /**
   * Codes of so many calls at once, counted. All but the last three are only counted by the sandbox, the way a call
   * that comes in is; those go over HTTP.
   */
  async function codes(count: number, command: string, body: Json): Promise<Record<string, number>> {
    const counted: Record<string, number> = {};
    const add = (code: number): void => void (counted[code] = (counted[code] ?? 0) + 1);
    const call = calls.get(command);
    assert.ok(call);
    for (let index = 0; index < count; index++) {
      if (index >= count - 3) add((await world.call(command, { ...body, MsgRandom: index })).code);
      else add(codeOf(() => world.sandbox.sandbox.limits.enter(call)));
    }
    return counted;
  }

  it('has the number of each command in a sliding second, and its code above', async () => {
    const history = { Operator_Account: 'a', Peer_Account: 'b', MaxCnt: 1, MinTime: 0, MaxTime: 1 };
    const batch = { From_Account: 'a', To_Account: ['b'], MsgBody: TEXT };
    assert.deepEqual(await codes(202, 'openim/admin_getroammsg', history), { 0: 200, 60007: 2 });
    assert.deepEqual(await codes(201, 'openim/batchsendmsg', batch), { 0: 200, 90057: 1 });
    const check = { CheckItem: [{ UserID: 'a' }] };
    assert.deepEqual(await codes(101, 'im_open_login_svc/account_check', check), { 0: 100, 60007: 1 });
    assert.deepEqual(await codes(2, 'group_open_http_svc/get_appid_group_list', {}), { 0: 1, 60007: 1 });
    world.pass(0.999);
    assert.deepEqual(await codes(1, 'openim/admin_getroammsg', history), { 60007: 1 });
    world.pass(0.001);
    assert.deepEqual(await codes(201, 'openim/admin_getroammsg', history), { 0: 200, 60007: 1 });
  });

  it('slides: what was called half a second ago still counts', async () => {
    const check = { CheckItem: [{ UserID: 'a' }] };
    assert.deepEqual(await codes(60, 'im_open_login_svc/account_check', check), { 0: 60 });
    world.pass(0.6);
    assert.deepEqual(await codes(50, 'im_open_login_svc/account_check', check), { 0: 40, 60007: 10 });
    world.pass(0.4);
    assert.deepEqual(await codes(61, 'im_open_login_svc/account_check', check), { 0: 60, 60007: 1 });
  });

  it('has 12,000 messages of batches a minute', async () => {
    for (let batches = 0; batches < 22; batches++) world.sandbox.sandbox.limits.enterBatch(500);
    const To_Account = Array.from({ length: 500 }, () => 'b');
    const batch = { From_Account: 'a', To_Account, MsgBody: TEXT };
    assert.deepEqual(await codes(3, 'openim/batchsendmsg', batch), { 0: 2, 90057: 1 });
    world.pass(60);
    assert.deepEqual(await codes(1, 'openim/batchsendmsg', batch), { 0: 1 });
  });

  it('can be switched off', async () => {
    await world.control('POST', 'settings', { limits: false });
    const check = { CheckItem: [{ UserID: 'a' }] };
    assert.deepEqual(await codes(150, 'im_open_login_svc/account_check', check), { 0: 150 });
  });

  it('has the quota of a day when it is set', async () => {
    await world.control('POST', 'settings', { dailyRequests: 3 });
    const check = { CheckItem: [{ UserID: 'a' }] };
    assert.deepEqual(await codes(5, 'im_open_login_svc/account_check', check), { 0: 3, 60028: 2 });
    world.pass(86_400);
    assert.deepEqual(await codes(1, 'im_open_login_svc/account_check', check), { 0: 1 });
  });

  it('of the trial edition: 1,000 sends a day and 100 accounts', async () => {
    await world.control('POST', 'settings', { edition: 'trial', limits: false });
    const message = { From_Account: 'a', To_Account: 'b', MsgSeq: 1, MsgBody: TEXT };
    assert.deepEqual(await codes(1001, 'openim/sendmsg', message), { 0: 1000, 60028: 1 });
    const accounts = Array.from({ length: 99 }, (_, index) => ({ UserID: `user-${index}` }));
    const many = await world.call('im_open_login_svc/multiaccount_import', { AccountList: accounts });
    assert.deepEqual(many.json.FailAccounts, ['user-98']);
    assert.equal((await world.call('im_open_login_svc/account_import', { UserID: 'c' })).code, 70398);
    assert.equal((await world.call('im_open_login_svc/account_import', { UserID: 'a' })).code, 0);
  });
});

function codeOf(enter: () => void): number {
  try {
    enter();
    return 0;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
