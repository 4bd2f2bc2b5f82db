import assert from 'node:assert/strict';
import { seedOf, START, World, type Json } from './world';

describe('sandbox: friends, block lists, profiles, online states', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.start({
      seed: seedOf({
        users: ['alice', 'bob', 'carol'],
        Friends: [
          {
            Owner_Account: 'carol',
            To_Account: 'alice',
            Fields: { Tag_SNS_IM_Remark: 'A', Tag_SNS_Custom_Test: 'x' },
          },
        ],
        Blocked: [{ Owner_Account: 'dave', To_Account: 'alice', BlockTime: -60 }],
        Accounts: [
          { UserID: 'alice', Status: 'Online', Clients: { iPhone: 'PushOnline', Web: 'Online' } },
          { UserID: 'bob', Status: 'PushOnline' },
          { UserID: 'carol' },
          { UserID: 'dave', Profile: { Tag_Profile_IM_Nick: 'Dave' } },
          { UserID: 'shy', Profile: { Tag_Profile_IM_AllowType: 'AllowType_Type_NeedConfirm' } },
          { UserID: 'closed', Profile: { Tag_Profile_IM_AllowType: 'AllowType_Type_DenyAny' } },
        ],
      }),
      settings: { limits: false },
    });
  });
  afterEach(() => world.stop());

  const sns = async (command: string, body: Json): Promise<Json> =>
    (await world.call(`sns/${command}`, { From_Account: 'alice', ...body })).json;
  const friendItem = (To_Account: string, more: Json = {}): Json => ({
    ...{ To_Account, AddSource: 'AddSource_Type_Web' },
    ...more,
  });
  const add = (to: string, more: Json = {}, item: Json = {}): Promise<Json> =>
    sns('friend_add', { AddFriendItem: [friendItem(to, item)], ...more });
  const results = ({ ResultItem }: Json): unknown[] =>
    (ResultItem as Json[]).map(({ To_Account, ResultCode }) => [To_Account, ResultCode]);
  const relation = async (
    to: string,
    CheckType = 'CheckResult_Type_Both',
    From_Account = 'alice',
  ): Promise<unknown> =>
    ((await sns('friend_check', { From_Account, To_Account: [to], CheckType })).InfoItem as Json[])[0]
      ?.Relation;

  it('adds friends on both sides, and answers as the page shows it', async () => {
    assert.deepEqual(await add('bob', {}, { Remark: 'Bobby', GroupName: 'Classmates' }), {
      ...{ ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0, ErrorDisplay: '' },
      ResultItem: [{ To_Account: 'bob', ResultCode: 0, ResultInfo: '' }],
    });
    assert.equal(await relation('bob'), 'CheckResult_Type_BothWay');
    assert.equal(await relation('bob', 'CheckResult_Type_Single'), 'CheckResult_Type_AWithB');
    const got = await sns('friend_get', { StartIndex: 0 });
    assert.deepEqual(got.UserDataItem, [
      {
        To_Account: 'bob',
        ValueItem: [
          { Tag: 'Tag_SNS_IM_AddTime', Value: START },
          { Tag: 'Tag_SNS_IM_AddSource', Value: 'AddSource_Type_Web' },
          { Tag: 'Tag_SNS_IM_Remark', Value: 'Bobby' },
          { Tag: 'Tag_SNS_IM_Group', Value: ['Classmates'] },
        ],
      },
    ]);
    const { StandardSequence, CustomSequence, FriendNum, CompleteFlag, NextStartIndex } = got;
    assert.deepEqual(
      { StandardSequence, CustomSequence, FriendNum, CompleteFlag, NextStartIndex },
      { StandardSequence: 1, CustomSequence: 0, FriendNum: 1, CompleteFlag: 1, NextStartIndex: 0 },
    );
    const known = await sns('friend_get', { StartIndex: 0, StandardSequence: 1 });
    assert.deepEqual(known.UserDataItem, [{ To_Account: 'bob', ValueItem: [] }]);
  });

  it('asks whom it adds, unless by force or one-sided', async () => {
    assert.deepEqual(results(await add('shy')), [['shy', 30539]]);
    assert.deepEqual(results(await add('closed')), [['closed', 30516]]);
    assert.deepEqual(results(await add('shy', { AddType: 'Add_Type_Single' })), [['shy', 0]]);
    assert.equal(await relation('shy'), 'CheckResult_Type_AWithB');
    const forced = await add('closed', { ForceAddFlags: 1 });
    assert.deepEqual([results(forced), forced.Fail_Account], [[['closed', 0]], undefined]);
    assert.equal(await relation('closed'), 'CheckResult_Type_BothWay');
  });

  it('says of each account of a batch what became of it', async () => {
    const answer = await sns('friend_add', {
      AddFriendItem: ['bob', 'nobody', 'dave'].map((user) => friendItem(user)),
    });
    assert.deepEqual(results(answer), [
      ['bob', 0],
      ['nobody', 30003],
      ['dave', 30525],
    ]);
    assert.deepEqual(answer.Fail_Account, ['nobody', 'dave']);
    assert.equal(answer.ErrorCode, 0);
  });

  it('imports and updates friends with custom fields', async () => {
    const imported = await sns('friend_import', {
      AddFriendItem: [
        friendItem('bob', {
          ...{ Remark: 'r', RemarkTime: 1420000001, GroupName: ['Friends'], AddTime: 1420000001 },
          CustomItem: [{ Tag: 'Tag_SNS_Custom_Test', Value: 'Test' }],
        }),
      ],
    });
    assert.deepEqual(results(imported), [['bob', 0]]);
    assert.equal(await relation('bob'), 'CheckResult_Type_AWithB');
    const SnsItem = [
      { Tag: 'Tag_SNS_IM_Remark', Value: 'remark1' },
      { Tag: 'Tag_SNS_IM_Group', Value: ['group1', 'group2'] },
    ];
    const updated = await sns('friend_update', {
      UpdateItem: [
        { To_Account: 'bob', SnsItem },
        { To_Account: 'carol', SnsItem },
      ],
    });
    assert.deepEqual(results(updated), [
      ['bob', 0],
      ['carol', 30001],
    ]);
    const TagList = ['Tag_Profile_IM_Nick', 'Tag_SNS_IM_Group', 'Tag_SNS_IM_Remark', 'Tag_SNS_Custom_Test'];
    await world.call('profile/portrait_set', {
      From_Account: 'bob',
      ProfileItem: [{ Tag: 'Tag_Profile_IM_Nick', Value: 'Bob' }],
    });
    const got = await sns('friend_get_list', { To_Account: ['bob', 'carol'], TagList });
    assert.deepEqual(got.InfoItem, [
      {
        To_Account: 'bob',
        SnsProfileItem: [
          { Tag: 'Tag_Profile_IM_Nick', Value: 'Bob' },
          { Tag: 'Tag_SNS_IM_Group', Value: ['group1', 'group2'] },
          { Tag: 'Tag_SNS_IM_Remark', Value: 'remark1' },
          { Tag: 'Tag_SNS_Custom_Test', Value: 'Test' },
        ],
        ...{ ResultCode: 0, ResultInfo: '' },
      },
      { To_Account: 'carol', ResultCode: 31211, ResultInfo: 'SNS_FRD_GET_LIST_FRD_NO_EXIST' },
    ]);
    assert.deepEqual(got.Fail_Account, ['carol']);
  });

  it('deletes friends on one side or both', async () => {
    await add('bob');
    const DeleteType = 'Delete_Type_Both';
    assert.deepEqual(results(await sns('friend_delete', { To_Account: ['bob', 'carol'] })), [
      ['bob', 0],
      ['carol', 31704],
    ]);
    assert.equal(await relation('bob'), 'CheckResult_Type_BWithA');
    await add('bob');
    await sns('friend_delete', { To_Account: ['bob'], DeleteType });
    assert.equal(await relation('bob'), 'CheckResult_Type_NoRelation');
    await add('bob');
    await add('carol');
    assert.equal((await sns('friend_delete_all', { DeleteType })).ErrorCode, 0);
    assert.equal(await relation('bob'), 'CheckResult_Type_NoRelation');
    assert.equal(await relation('alice', 'CheckResult_Type_Single', 'carol'), 'CheckResult_Type_NoRelation');
  });

  it('gives friends by pages', async () => {
    const users = Array.from({ length: 130 }, (_, index) => `u${index}`);
    await world.call('im_open_login_svc/multiaccount_import', {
      AccountList: users.slice(0, 100).map((UserID) => ({ UserID })),
    });
    await world.call('im_open_login_svc/multiaccount_import', {
      AccountList: users.slice(100).map((UserID) => ({ UserID })),
    });
    await sns('friend_import', { AddFriendItem: users.map((user) => friendItem(user)) });
    const first = await sns('friend_get', { StartIndex: 0 });
    assert.deepEqual([first.CompleteFlag, first.NextStartIndex, first.FriendNum], [0, 100, 130]);
    const second = await sns('friend_get', { StartIndex: 100 });
    assert.deepEqual([second.CompleteFlag, second.NextStartIndex], [1, 0]);
    assert.equal((second.UserDataItem as Json[])[0]?.To_Account, 'u100');
  });

  it('keeps block lists, which end friendships and keep requests away', async () => {
    await add('bob');
    const added = await sns('black_list_add', { To_Account: ['bob', 'nobody'] });
    assert.deepEqual(results(added), [
      ['bob', 0],
      ['nobody', 30003],
    ]);
    assert.equal(await relation('bob'), 'CheckResult_Type_NoRelation');
    const again = await sns('black_list_add', { To_Account: ['bob'] });
    assert.deepEqual(again.ResultItem, [
      { To_Account: 'bob', ResultCode: 30001, ResultInfo: 'Err_SNS_BlackListAdd_Already_Exist' },
    ]);
    assert.deepEqual(results(await add('bob')), [['bob', 30515]]);
    await sns('black_list_add', { To_Account: ['carol'] });
    const page = await sns('black_list_get', { StartIndex: 0, MaxLimited: 1, LastSequence: 0 });
    assert.deepEqual(page.BlackListItem, [{ To_Account: 'bob', AddBlackTimeStamp: START }]);
    assert.deepEqual([page.StartIndex, page.CurruentSequence], [1, 2]);
    const last = await sns('black_list_get', { StartIndex: 1, MaxLimited: 30, LastSequence: 0 });
    assert.deepEqual([(last.BlackListItem as Json[])[0]?.To_Account, last.StartIndex], ['carol', 0]);
    const check = async (CheckType: string): Promise<unknown> =>
      (
        (await sns('black_list_check', { To_Account: ['bob', 'dave', 'shy'], CheckType }))
          .BlackListCheckItem as Json[]
      ).map(({ Relation }) => Relation);
    assert.deepEqual(await check('BlackCheckResult_Type_Both'), [
      'BlackCheckResult_Type_AWithB',
      'BlackCheckResult_Type_BWithA',
      'BlackCheckResult_Type_NO',
    ]);
    assert.deepEqual(await check('BlackCheckResult_Type_Single'), [
      'BlackCheckResult_Type_AWithB',
      'BlackCheckResult_Type_NO',
      'BlackCheckResult_Type_NO',
    ]);
    assert.deepEqual(results(await sns('black_list_delete', { To_Account: ['bob', 'shy'] })), [
      ['bob', 0],
      ['shy', 30001],
    ]);
    assert.deepEqual(results(await add('bob')), [['bob', 0]]);
  });

  it('sets profiles, and refuses values that are none', async () => {
    const set = async (Tag: string, Value: unknown): Promise<unknown> =>
      (await world.call('profile/portrait_set', { From_Account: 'bob', ProfileItem: [{ Tag, Value }] })).code;
    assert.equal(await set('Tag_Profile_IM_Nick', 'MyNickName'), 0);
    assert.equal(await set('Tag_Profile_IM_Gender', 'Gender_Type_Male'), 0);
    assert.equal(await set('Tag_Profile_IM_BirthDay', 19900101), 0);
    assert.equal(await set('Tag_Profile_Custom_Test', 'x'), 0);
    assert.equal(await set('Tag_Profile_IM_Gender', 'male'), 40605);
    assert.equal(await set('Tag_Profile_IM_Nick', 7), 40610);
    assert.equal(await set('Tag_Profile_IM_Level', '7'), 40610);
    assert.equal(await set('Tag_Profile_IM_Level', 256), 40605);
    assert.equal(await set('Tag_Profile_IM_Nick', '好'.repeat(167)), 40601);
    assert.equal(await set('Tag_Profile_IM_Nothing', 'x'), 40009);
    assert.equal(await set('constructor', 'x'), 40009);
    const TagList = ['Tag_Profile_IM_Nick', 'Tag_Profile_IM_BirthDay', 'Tag_Profile_Custom_Test'];
    const got = await world.call('profile/portrait_get', { To_Account: ['bob'], TagList });
    assert.deepEqual((got.json.UserProfileItem as Json[])[0]?.ProfileItem, [
      { Tag: 'Tag_Profile_IM_Nick', Value: 'MyNickName' },
      { Tag: 'Tag_Profile_IM_BirthDay', Value: 19900101 },
      { Tag: 'Tag_Profile_Custom_Test', Value: 'x' },
    ]);
    const call = async (body: Json): Promise<number> => (await world.call('profile/portrait_set', body)).code;
    const ProfileItem = [{ Tag: 'Tag_Profile_IM_Nick', Value: 'x' }];
    assert.equal(await call({ From_Account: 'nobody', ProfileItem }), 40003);
    assert.equal(await call({ From_Account: 'bob' }), 40001);
    assert.equal(await call({ From_Account: 'bob', ProfileItem: [] }), 40001);
  });

  it('tells who is online, by both names of the call, until he is kicked', async () => {
    for (const command of ['openim/query_online_status', 'openim/querystate']) {
      const plain = await world.call(command, { To_Account: ['alice', 'bob', 'carol', 'nobody'] });
      assert.deepEqual(plain.json, {
        ...{ ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 },
        QueryResult: [
          { To_Account: 'alice', Status: 'Online' },
          { To_Account: 'bob', Status: 'PushOnline' },
          { To_Account: 'carol', Status: 'Offline' },
        ],
        ErrorList: [{ To_Account: 'nobody', ErrorCode: 70107 }],
      });
      const detailed = await world.call(command, { IsNeedDetail: 1, To_Account: ['alice', 'carol'] });
      assert.deepEqual(detailed.json.QueryResult, [
        {
          ...{ To_Account: 'alice', Status: 'Online' },
          Detail: [
            { Platform: 'iPhone', Status: 'PushOnline' },
            { Platform: 'Web', Status: 'Online' },
          ],
        },
        { To_Account: 'carol', Status: 'Offline' },
      ]);
    }
    const kicked = await world.call('im_open_login_svc/kick', { UserID: 'alice' });
    assert.deepEqual(kicked.json, { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 });
    const after = await world.call('openim/query_online_status', { To_Account: ['alice'] });
    assert.deepEqual(after.json.QueryResult, [{ To_Account: 'alice', Status: 'Offline' }]);
    assert.equal((await world.call('im_open_login_svc/kick', { Identifier: 'bob' })).code, 0);
    assert.equal((await world.call('im_open_login_svc/kick', { UserID: 'nobody' })).code, 70107);
    assert.equal((await world.call('im_open_login_svc/kick')).code, 70402);
  });

  it('refuses what the pages call wrong, and changes nothing', async () => {
    const before = world.sandbox.sandbox.snapshot();
    const source = { AddSource: 'AddSource_Type_Web' };
    for (const [command, body, code] of [
      ['friend_add', { AddFriendItem: [{ To_Account: 'bob' }] }, 30001],
      ['friend_add', { AddFriendItem: [{ To_Account: 'bob', AddSource: 'Web' }] }, 30001],
      ['friend_add', { AddFriendItem: [{ To_Account: 'bob', ...source, Remark: 'x'.repeat(97) }] }, 30001],
      ['friend_add', { AddFriendItem: [{ To_Account: 'bob', ...source }], AddType: 'both' }, 30001],
      ['friend_add', { AddFriendItem: 'bob' }, 30001],
      ['friend_add', { From_Account: 'nobody', AddFriendItem: [friendItem('bob')] }, 30003],
      ['friend_import', { AddFriendItem: [friendItem('bob', { GroupName: Array(33).fill('g') })] }, 30011],
      [
        'friend_update',
        { UpdateItem: [{ To_Account: 'bob', SnsItem: [{ Tag: 'Tag_SNS_IM_X', Value: 1 }] }] },
        30001,
      ],
      ['friend_delete', { To_Account: [] }, 30001],
      ['friend_delete', { To_Account: ['bob'], DeleteType: 'Both' }, 30001],
      ['friend_check', { To_Account: ['bob'] }, 30001],
      ['friend_get', {}, 30001],
      ['friend_get_list', { To_Account: Array(101).fill('bob') }, 30001],
      ['black_list_get', { StartIndex: 0, MaxLimited: 30 }, 30001],
      ['black_list_check', { To_Account: ['bob'], CheckType: 'x' }, 30001],
      ['black_list_add', { From_Account: 7, To_Account: ['bob'] }, 30001],
    ] as const) {
      const answer = await sns(command, body);
      assert.deepEqual([command, answer.ErrorCode, answer.ActionStatus], [command, code, 'FAIL']);
    }
    assert.equal(world.sandbox.sandbox.snapshot(), before);
  });

  it('stands in seeds, and goes with an account', async () => {
    const text = world.sandbox.sandbox.snapshot();
    const { Friends, Blocked, Accounts } = JSON.parse(text) as Record<string, Json[]>;
    assert.deepEqual(Friends, [
      {
        Owner_Account: 'carol',
        To_Account: 'alice',
        Fields: { Tag_SNS_IM_Remark: 'A', Tag_SNS_Custom_Test: 'x' },
      },
    ]);
    assert.deepEqual(Blocked, [{ Owner_Account: 'dave', To_Account: 'alice', BlockTime: START - 60 }]);
    assert.deepEqual(Accounts?.[0]?.Clients, { iPhone: 'PushOnline', Web: 'Online' });
    await world.control('POST', 'seed', text);
    assert.equal(world.sandbox.sandbox.snapshot(), text);
    await world.call('im_open_login_svc/account_delete', { DeleteItem: [{ UserID: 'alice' }] });
    const later = JSON.parse(world.sandbox.sandbox.snapshot()) as Record<string, Json[]>;
    assert.deepEqual([later.Friends, later.Blocked], [undefined, undefined]);
  });
});
