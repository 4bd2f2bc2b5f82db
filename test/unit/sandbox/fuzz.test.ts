import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calls } from '../../../src/sandbox/calls/registry';
import { runs } from '../../support/runs';
import { seedOf, World } from './world';

const routes = [
  ...['info', 'calls', 'expect', 'call', 'clock', 'settings', 'faults', 'webhook', 'webhooks', 'chats'],
  ...['messages', 'snapshots', 'snapshots/restore', 'snapshot', 'seed', 'reset', '', 'nothing'],
  ...['webhook/samples', 'webhook/send'],
];

/** Names that requests have, so that what is made up gets past the first look. */
const names = [
  ...[
    'From_Account',
    'To_Account',
    'MsgBody',
    'MsgKey',
    'MsgSeq',
    'MsgRandom',
    'MsgTimeStamp',
    'GroupId',
    'TopicId',
  ],
  ...[
    'MsgType',
    'MsgContent',
    'Text',
    'command',
    'within',
    'count',
    'set',
    'move',
    'freeze',
    'kind',
    'code',
    'Format',
  ],
  ...[
    'Accounts',
    'Messages',
    'Groups',
    'GroupMessages',
    'UserID',
    'AddFriendItem',
    'ProfileItem',
    'Tag',
    'Value',
  ],
  ...[
    'MemberList',
    'Operator_Account',
    'Peer_Account',
    'StartIndex',
    'AddSource',
    '__proto__',
    'constructor',
  ],
];

const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      'alice',
      'bob',
      'group',
      'TIMTextElem',
      '',
      '1_2_3',
      null,
      true,
      -1,
      0,
      1,
      1e300,
      '\ud800',
    ),
    fc.string(),
    fc.integer(),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('any'), { maxKeys: 6 }),
  ),
})).any;

const body = fc.oneof(
  { weight: 8, arbitrary: value.map((any) => JSON.stringify(any)) },
  { weight: 1, arbitrary: fc.string() },
);

describe('sandbox: whatever is sent', function () {
  this.timeout(3_600_000);
  let world: World;

  before(async () => {
    world = await World.start({
      seed: seedOf({ users: ['alice', 'bob'] }),
      settings: { limits: false },
    });
  });
  after(() => world.stop());

  /** Nothing waits: an expectation that is not met would cost its whole time. */
  const control = async (method: string, path: string, text: string): Promise<void> => {
    const hasBody = method !== 'GET';
    const answer = await fetch(`${world.sandbox.url}/sandbox/${path}`, {
      method,
      ...(hasBody && { body: text }),
    });
    await answer.arrayBuffer();
    assert.ok([200, 400, 404, 417].includes(answer.status), `${method} ${path}: ${answer.status}`);
  };

  it('every call answers with an envelope, and never with an error of the inside', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...calls.keys()), body, async (command, text) => {
        const { code } = await world.call(command, text);
        assert.notEqual(code, 91000, `${command} ${text}`);
      }),
      runs(200, 700_000),
    );
  });

  it('every control route answers, and the sandbox goes on', async () => {
    const search = fc
      .dictionary(
        fc.constantFrom('after', 'command', 'name', 'one', 'other', 'group', 'before', 'limit'),
        fc.string(),
        {
          maxKeys: 3,
        },
      )
      .map((pairs) => new URLSearchParams({ ...pairs, within: '0' }).toString());
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'DELETE', 'PUT'),
        fc.constantFrom(...routes.filter((route) => route !== 'expect' && route !== 'webhook')),
        search,
        body,
        async (method, route, query, text) => {
          await control(method, `${route}?${query}`, text);
        },
      ),
      runs(150, 300_000),
    );
    await control('POST', 'reset', '');
    assert.ok(world.sandbox.store.account('alice'));
  });
});
