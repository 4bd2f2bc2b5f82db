import assert from 'node:assert/strict';
import { ChatNetworkError } from '../../../src/chat/errors';
import { collect, errorOf, ScriptedServer } from './scriptedServer';

function page(items: unknown[], complete: 0 | 1, cursor: number): string {
  return JSON.stringify({
    SessionItem: items,
    CompleteFlag: complete,
    ...{ TimeStamp: cursor, StartIndex: cursor + 1, TopTimeStamp: cursor + 2, TopStartIndex: cursor + 3 },
    ...{ ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '', ErrorDisplay: '' },
  });
}

describe('chat: conversation list', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(() => server.stop());

  it('reads users and groups, pinned or not, as documented', async () => {
    server.answerWith(
      page(
        [
          { Type: 1, To_Account: 'id2', MsgTime: 1630997627, TopFlag: 1 },
          { Type: 2, GroupId: 'id3', MsgTime: 1630997628, TopFlag: 1 },
          { Type: 1, To_Account: 'id4', MsgTime: 1630997630, TopFlag: 0 },
        ],
        1,
        1631012800,
      ),
    );
    assert.deepEqual(await collect(server.client().recentContacts('id1')), [
      [
        { type: 'c2c', peer: 'id2', time: 1630997627, pinned: true },
        { type: 'group', groupId: 'id3', time: 1630997628, pinned: true },
        { type: 'c2c', peer: 'id4', time: 1630997630, pinned: false },
      ],
    ]);
    assert.deepEqual(JSON.parse(server.received[0]?.body ?? ''), {
      From_Account: 'id1',
      ...{ TimeStamp: 0, StartIndex: 0, TopTimeStamp: 0, TopStartIndex: 0, AssistFlags: 7 },
    });
  });

  it('goes on with all four numbers of the cursor until the list is complete, and shows no conversation twice', async () => {
    const item = (peer: string) => ({ Type: 1, To_Account: peer, MsgTime: 1, TopFlag: 0 });
    const group = { Type: 2, GroupId: 'b', MsgTime: 1, TopFlag: 0 };
    server.answerWith(page([item('a'), item('b')], 0, 10), page([item('b'), group], 0, 20), page([], 1, 30));
    const pages = await collect(server.client().recentContacts('me'));
    assert.deepEqual(
      pages.map((contacts) => contacts.map(({ peer, groupId }) => peer ?? `group ${groupId}`)),
      [['a', 'b'], ['group b']],
    );
    const cursors = server.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    assert.deepEqual(
      cursors.map((c) => [c.TimeStamp, c.StartIndex, c.TopTimeStamp, c.TopStartIndex]),
      [
        [0, 0, 0, 0],
        [10, 11, 12, 13],
        [20, 21, 22, 23],
      ],
    );
  });

  it('stops when the service would have it go round in circles', async () => {
    server.answerWith(page([{ Type: 1, To_Account: 'a', MsgTime: 1, TopFlag: 0 }], 0, 10));
    const error = await errorOf(collect(server.client().recentContacts('me')));
    assert.ok(ChatNetworkError.is(error) && error.reason === 'noProgress');
    assert.equal(server.received.length, 2);
  });

  it('is done with a list that is missing, and refuses one of another kind', async () => {
    server.answerWith('{"ErrorCode":0,"CompleteFlag":1}');
    assert.deepEqual(await collect(server.client().recentContacts('me')), []);
    for (const text of [
      '{"ErrorCode":0}',
      '{"ErrorCode":0,"CompleteFlag":1,"SessionItem":{}}',
      '{"ErrorCode":0,"CompleteFlag":1,"SessionItem":[1]}',
      '{"ErrorCode":0,"CompleteFlag":1,"SessionItem":[{"Type":3}]}',
      '{"ErrorCode":0,"CompleteFlag":1,"SessionItem":[{"Type":1}]}',
    ]) {
      server.answerWith(text);
      const error = await errorOf(collect(server.client().recentContacts('me')));
      assert.ok(ChatNetworkError.is(error) && error.reason === 'malformed', text);
    }
  });
});
