import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { allCodes } from '../../../src/chat/catalogue';
import { families } from '../../../src/chat/calls/families';
import { callGuides } from '../../../src/chat/calls/guide';
import {
  callSpecs,
  fieldOf,
  findSpec,
  isIrreversible,
  isReadOnlyCall,
  specOf,
} from '../../../src/chat/calls/specs';
import { calls } from '../../../src/sandbox/calls/registry';
import { collect, errorOf, ScriptedServer } from './scriptedServer';

/** By hand, from what the pages say that each call does. */
const reads = [
  'openim/admin_getroammsg',
  'openim/get_c2c_unread_msg_num',
  'openim/query_online_status',
  'openim/querystate',
  'recentcontact/get_list',
  'im_open_login_svc/account_check',
  'profile/portrait_get',
  'sns/friend_check',
  'sns/friend_get',
  'sns/friend_get_list',
  'sns/black_list_get',
  'sns/black_list_check',
  'group_open_http_svc/get_appid_group_list',
  'group_open_http_svc/get_joined_group_list',
  'group_open_http_svc/get_group_info',
  'group_open_http_svc/get_group_member_info',
  'group_open_http_svc/get_role_in_group',
  'group_open_http_svc/group_msg_get_simple',
  'group_open_http_svc/get_group_msg_receipt',
  'million_group_open_http_svc/get_topic',
  'group_open_http_svc/get_specified_group_member_info',
  'group_open_http_svc/get_group_shutted_uin',
  'group_open_http_svc/get_online_member_num',
  'group_open_http_svc/get_group_ban_member',
  'group_open_attr_http_svc/get_group_attr',
  'group_open_http_svc/get_group_counter',
  'group_open_http_svc/get_group_msg_receipt_detail',
  'group_open_avchatroom_http_svc/get_members',
  'recentcontact/search_contact_group',
  'recentcontact/get_contact_group',
  'sns/group_get',
  'openim_msg_ext_http_svc/get_key_values',
  'openim_msg_ext_http_svc/group_get_key_values',
  'all_member_push/im_get_attr_name',
  'all_member_push/im_get_attr',
  'all_member_push/im_get_tag',
  'openconfigsvr/getnospeaking',
  'openconfigsvr/getappinfo',
  'open_msg_svc/get_history',
  'ConfigSvc/GetIPList',
  'openim_robot_http_svc/get_all_robots',
];

/** What no other call takes back: recalls, what deletes, and what reaches everybody. */
const forGood = [
  'openim/admin_msgwithdraw',
  'openim/delete_c2c_msg_ramble',
  'recentcontact/delete',
  'im_open_login_svc/account_delete',
  'im_open_login_svc/kick',
  'sns/friend_delete',
  'sns/friend_delete_all',
  'sns/black_list_delete',
  'group_open_http_svc/destroy_group',
  'group_open_http_svc/group_msg_recall',
  'group_open_http_svc/delete_group_msg_by_sender',
  'group_open_http_svc/clear_group_msg',
  'group_open_http_svc/clear_group_attr',
  'group_open_http_svc/delete_group_attr',
  'group_open_http_svc/delete_group_counter',
  'group_open_http_svc/send_broadcast_msg',
  'million_group_open_http_svc/destroy_topic',
  'recentcontact/del_contact_group',
  'sns/group_delete',
  'all_member_push/im_push',
  'all_member_push/im_remove_attr',
  'all_member_push/im_remove_tag',
  'all_member_push/im_remove_all_tags',
  'openim_robot_http_svc/delete_robot',
];

describe('chat: descriptions of calls', () => {
  it('say what only reads, what cannot be taken back, and take what nobody described for a call that writes', () => {
    const names = callSpecs.map(({ name }) => name);
    assert.deepEqual(names.filter(isReadOnlyCall), reads);
    assert.deepEqual(names.filter(isIrreversible), forGood);
    assert.equal(isReadOnlyCall('openim/what_comes_next_year'), false);
    assert.equal(findSpec('constructor'), undefined);
  });

  it('have limits, codes of their family and the page they come from', () => {
    const { perSecond, tooFrequent, notAdministrator, notJson, doc } = specOf('openim/batchsendmsg');
    assert.deepEqual([perSecond, tooFrequent, notAdministrator, notJson], [200, 90057, 90009, 90001]);
    assert.equal(doc, 'https://trtc.io/document/34920');
    assert.equal(specOf('im_open_login_svc/account_check').perSecond, 100);
    assert.equal(specOf('group_open_http_svc/get_appid_group_list').perSecond, 1);
    assert.equal(
      specOf('im_open_login_svc/account_delete').doc,
      'https://cloud.tencent.com/document/product/269/36443',
    );
    for (const { name, family } of callSpecs) assert.ok(name.startsWith(`${family}/`) && families[family]);
  });

  it('are there for every call of a service that the catalogue names', () => {
    const named = allCodes()
      .flatMap(({ apis }) => apis)
      .map((api) => api.replace(' (inferred)', ''))
      .filter((api) => /^\w+\/\w+$/.test(api));
    assert.ok(named.length > 100);
    for (const api of named) assert.ok(findSpec(api), `${api} has no description`);
  });

  it('have a purpose in both languages each, and every member of a sample is one of the call', () => {
    assert.deepEqual(
      callGuides.map(({ spec }) => spec.name).sort(),
      callSpecs.map(({ name }) => name).sort(),
    );
    for (const { spec, purpose, sample } of callGuides) {
      assert.match(purpose.en, /^[A-Z][a-z -]+/, spec.name);
      assert.match(purpose.zh, /[\u4e00-\u9fff]/, spec.name);
      if (Object.keys(spec.body).length === 0) continue;
      for (const name of Object.keys(sample)) assert.ok(name in spec.body, `${spec.name} has no ${name}`);
      for (const [name, written] of Object.entries(spec.body)) {
        const isInside = name.includes('.');
        const there = isInside || !fieldOf(written).needed || name in sample;
        assert.ok(there, `the sample of ${spec.name} lacks ${name}`);
      }
    }
  });

  it('name the page they come from and their members, but for the calls of which none is known', () => {
    const without = (wanted: 'doc' | 'members'): string[] =>
      callSpecs
        .filter(({ doc, body }) => (wanted === 'doc' ? doc === undefined : Object.keys(body).length === 0))
        .map(({ name }) => name);
    assert.deepEqual(without('doc'), ['group_open_http_svc/clear_group_msg']);
    // Their requests have no members, as far as their pages show them.
    assert.deepEqual(without('members'), [
      'all_member_push/im_get_attr_name',
      'ConfigSvc/GetIPList',
      'openim_robot_http_svc/get_all_robots',
    ]);
    assert.deepEqual(specOf('recentcontact/mark_contact').body, {
      From_Account: 'String',
      MarkItem: 'Array 1..100',
      'MarkItem[].OptType': 'Integer 1|2|3',
      'MarkItem[].ContactItem': 'Object',
      'MarkItem[].ContactItem.Type': 'Integer 1|2',
      'MarkItem[].ContactItem.To_Account': 'String?',
      'MarkItem[].ContactItem.ToGroupId': 'String?',
      'MarkItem[].ClearMark': 'Array?',
      'MarkItem[].SetMark': 'Array?',
      'MarkItem[].CustomMark': 'String? ..256',
    });
  });

  it('say of a member what its value may be', () => {
    assert.deepEqual(fieldOf('Integer? 0..604800'), {
      type: 'Integer',
      needed: false,
      range: { min: 0, max: 604_800 },
    });
    assert.deepEqual(fieldOf('Array 1..'), { type: 'Array', needed: true, range: { min: 1, max: Infinity } });
    assert.deepEqual(fieldOf('String On|Off'), { type: 'String', needed: true, values: ['"On"', '"Off"'] });
    assert.deepEqual(fieldOf('Integer 1|2'), { type: 'Integer', needed: true, values: ['1', '2'] });
    assert.deepEqual(fieldOf('Object?'), { type: 'Object', needed: false });
    for (const { name, body } of callSpecs) {
      for (const written of Object.values(body)) {
        const { type, range, values } = fieldOf(written);
        assert.ok(['String', 'Integer', 'Array', 'Object'].includes(type), name);
        assert.ok(
          !written.includes(' ') || (range ? range.min <= range.max : (values?.length ?? 0) > 0),
          `${name}: ${written}`,
        );
      }
    }
  });

  it('list what the sandbox can do, as its documentation does', () => {
    const byService = new Map<string, string[]>();
    for (const name of calls.keys()) {
      const [service = '', command = ''] = name.split('/');
      byService.set(service, [...(byService.get(service) ?? []), command]);
    }
    const table =
      /\| service .*\n\|.*\n((?:\|.*\n)+)/.exec(readFileSync('docs/sandbox.md', 'utf8'))?.[1] ?? '';
    const written = table
      .trimEnd()
      .split('\n')
      .map((line): [string, string[]] => {
        const [service = '', ...commands] = [...line.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
        return [service, commands];
      });
    assert.deepEqual(
      written.map(([service, commands]) => [service, commands.sort()]),
      [...byService].map(([service, commands]) => [service, commands.sort()]),
    );
  });
});

describe('chat: a client that may only read', () => {
  let server: ScriptedServer;

  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(() => server.stop());

  it('sends none of the calls that write, whoever makes them, and all that read', async () => {
    const client = server.client({ refuseToWrite: (command) => new Error(`no ${command}`) });
    const c2c = { chat: 'c2c', from: 'alice', to: 'bob', key: '1_2_1700000000' } as const;
    const messages = { operator: 'alice', peer: 'bob', keys: [c2c.key] };
    const writes: Record<string, () => Promise<unknown>> = {
      'openim/modify_c2c_msg': () => client.modifyMessage(c2c, { msgBody: '[]' }),
      'openim/admin_msgwithdraw': () => client.recallMessage(c2c),
      'openim/sendmsg': () => client.sendMessage({ to: 'bob', msgBody: '[]' }),
      'openim/batchsendmsg': () => client.batchSend({ to: ['bob'], msgBody: '[]' }),
      'openim/importmsg': () => client.importMessage({ ...c2c, msgBody: '[]', time: 1 }),
      'openim/admin_set_msg_read': () => client.setRead({ reader: 'alice', peer: 'bob' }),
      'openim/delete_c2c_msg_ramble': () => client.deleteMessages(messages),
      'recentcontact/delete': () => client.recentDelete({ userId: 'alice', peer: 'bob' }),
      'im_open_login_svc/account_import': () => client.accountImport({ userId: 'erin' }),
      'im_open_login_svc/multiaccount_import': () => client.multiImport([{ userId: 'erin' }]),
      'im_open_login_svc/account_delete': () => client.accountDelete(['erin']),
      'openim/what_comes_next_year': () => client.call('openim/what_comes_next_year', '{}'),
    };
    for (const [command, write] of Object.entries(writes)) {
      assert.deepEqual(await errorOf(write()), new Error(`no ${command}`));
    }
    assert.deepEqual(server.received, []);
    server.answerWith('{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","CompleteFlag":1}');
    await client.accountCheck(['erin']);
    assert.deepEqual(await collect(client.recentContacts('alice')), []);
    assert.equal(server.received.length, 2);
  });
});
