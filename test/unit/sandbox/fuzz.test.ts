import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { calls } from '../../../src/sandbox/calls/registry';
import { runs, soaks } from '../../support/runs';
import { answersIn, RawConnection } from './rawSocket';
import { seedOf, signed, World } from './world';

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

/** Parameters of control routes. Nothing waits: what is not there would cost its whole time. */
const search = fc
  .dictionary(
    fc.constantFrom('after', 'command', 'name', 'one', 'other', 'group', 'before', 'limit'),
    fc.string(),
    { maxKeys: 3 },
  )
  .map((pairs) => new URLSearchParams({ ...pairs, within: '0' }).toString());

const methods = fc.constantFrom('GET', 'POST', 'DELETE', 'PUT');
const route = fc.constantFrom(...routes.filter((name) => name !== 'expect' && name !== 'webhook'));

/** Requests that are sent one behind the other over a connection, and those that go together before anybody looks. */
const TOGETHER = 50;
const CONNECTIONS = 4;
/** How much more memory may be in use at the end than after the first tenth. */
const GROWTH_BYTES = 8 * 1024 * 1024;

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
      runs(200, 50_000),
    );
  });

  it('every control route answers, and the sandbox goes on', async () => {
    await fc.assert(
      fc.asyncProperty(methods, route, search, body, async (method, name, query, text) => {
        await control(method, `${name}?${query}`, text);
      }),
      runs(150, 50_000),
    );
    await control('POST', 'reset', '');
    assert.ok(world.sandbox.store.account('alice'));
  });

  it('by the million, it meets no exception and no hang, and leaves nothing behind', async () => {
    const total = soaks ? 1_000_000 : 4_000;
    const query = new URLSearchParams({
      ...{ sdkappid: '1400000000', identifier: 'administrator', random: '1', contenttype: 'json' },
      usersig: signed(world),
    }).toString();
    const request = fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(...calls.keys()).map((name) => `POST /v4/${name}?${query}`) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(methods, route, search)
          .map(([method, name, given]) => `${method} /sandbox/${name}?${given}`),
      },
    );
    const whole = fc.tuple(request, body).map(([line, text]) => {
      const length = Buffer.byteLength(text);
      return `${line} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n${text}`;
    });
    const inUse = async (): Promise<number> => {
      await control('POST', 'reset', '');
      await control('DELETE', 'snapshots', '');
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    let afterTenth = 0;
    for (let sent = 0; sent < total;) {
      const batches = Array.from({ length: CONNECTIONS }, (_none, index) =>
        fc.sample(whole, { numRuns: TOGETHER, ...(!soaks && { seed: sent + index }) }),
      );
      await Promise.all(batches.map((batch) => sendTogether(world.sandbox.port, batch)));
      sent += TOGETHER * CONNECTIONS;
      if (sent === total / 10) afterTenth = await inUse();
      else if (sent % 20_000 === 0) await inUse();
    }
    const grown = (await inUse()) - afterTenth;
    assert.ok(grown < GROWTH_BYTES, `${grown} bytes more`);
  });
});

/** Sends requests in one piece, and waits for the answer of each. */
async function sendTogether(port: number, requests: readonly string[]): Promise<void> {
  const connection = await RawConnection.open(port);
  try {
    connection.send(requests.join(''));
    await connection.answers(requests.length);
    assert.equal(answersIn(connection.received), requests.length);
    assert.doesNotMatch(connection.received, /"ErrorCode":91000|HTTP\/1\.1 5/);
  } finally {
    connection.close();
  }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
