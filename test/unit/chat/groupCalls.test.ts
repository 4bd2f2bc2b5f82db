import assert from 'node:assert/strict';
import { ChatNetworkError, ChatServiceError } from '../../../src/chat/errors';
import { collect, errorOf, ScriptedServer } from './scriptedServer';

const OK = '"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0';

describe('chat: calls of groups', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(() => server.stop());

  const bodies = (): string[] => server.received.map(({ body }) => body);

  it('reads all groups of the app with a Next of 64 bits, digit by digit, and waits a second between pages', async () => {
    const client = server.client();
    server.answerWith(
      `{${OK},"TotalCount":3,"GroupIdList":[{"GroupId":"@TGS#2J4SZEAEL"},{"GroupId":"@TGS#2C5SZEAEF"}],"Next":18446744073709551615}`,
      `{${OK},"TotalCount":3,"GroupIdList":[{"GroupId":"c"}],"Next":0}`,
    );
    const started = performance.now();
    const pages = await collect(client.appGroups({ pageSize: 2, type: 'Public' }));
    assert.ok(performance.now() - started >= 1_000);
    assert.deepEqual(pages, [
      { ids: ['@TGS#2J4SZEAEL', '@TGS#2C5SZEAEF'], total: 3, next: '18446744073709551615' },
      { ids: ['c'], total: 3 },
    ]);
    assert.deepEqual(bodies(), [
      '{"Limit":2,"GroupType":"Public","Next":0}',
      '{"Limit":2,"GroupType":"Public","Next":18446744073709551615}',
    ]);
    // The overview's sample has neither ErrorInfo nor Next.
    server.answerWith(
      '{"ActionStatus":"OK","ErrorCode":0,"GroupIdList":[{"GroupId":"a"}],"TotalCount":58530}',
    );
    assert.deepEqual(await collect(client.appGroups({ after: '7' })), [{ ids: ['a'], total: 58_530 }]);
    server.answerWith(`{${OK},"TotalCount":1,"GroupIdList":[],"Next":7}`);
    const error = await errorOf(collect(client.appGroups({ after: '7' })));
    assert.ok(ChatNetworkError.is(error) && error.reason === 'noProgress');
    server.answerWith(`{${OK},"TotalCount":1,"GroupIdList":[],"Next":"7"}`);
    const malformed = await errorOf(collect(client.appGroups()));
    assert.ok(ChatNetworkError.is(malformed) && malformed.reason === 'malformed');
  });

  it('reads the groups of a user page by page, then the communities with topics, where the app has any', async () => {
    const client = server.client();
    const page = (total: number, ...ids: string[]): string =>
      `{${OK},"TotalCount":${total},"GroupIdList":[${ids.map((id) => `{"GroupId":"${id}","Type":"Public","Name":"${id}!","MemberCount":4}`).join(',')}]}`;
    server.answerWith(page(3, 'a', 'b'), page(3, 'b', 'c'), page(1, 'd'));
    const groups = (await collect(client.joinedGroups('leckie'))).flat();
    assert.deepEqual(
      groups.map(({ id, name, memberCount, supportsTopics }) => [id, name, memberCount, supportsTopics]),
      [
        ['a', 'a!', 4, false],
        ['b', 'b!', 4, false],
        ['c', 'c!', 4, false],
        ['d', 'd!', 4, true],
      ],
    );
    const asked = bodies().map((body) => JSON.parse(body) as Record<string, unknown>);
    assert.deepEqual(
      asked.map(({ Offset, GroupType, SupportTopic, WithHugeGroups }) => [
        Offset,
        GroupType,
        SupportTopic,
        WithHugeGroups,
      ]),
      [
        [0, undefined, undefined, 1],
        [2, undefined, undefined, 1],
        [0, 'Community', 1, undefined],
      ],
    );
    const refused = (code: number): string => `{"ActionStatus":"FAIL","ErrorInfo":"x","ErrorCode":${code}}`;
    server.answerWith(page(1, 'a'), refused(11000));
    assert.equal((await collect(client.joinedGroups('leckie'))).flat().length, 1);
    // What promises nothing is no answer to the question.
    server.answerWith(page(1, 'a'), refused(10002));
    const error = await errorOf(collect(client.joinedGroups('leckie')));
    assert.ok(ChatServiceError.is(error) && error.code === 10002);
  });

  it('asks for 50 groups at a time and gives each its own code, in the order asked for', async () => {
    const client = server.client();
    server.answer = ({ body }, response) => {
      const { GroupIdList } = JSON.parse(body) as { GroupIdList: string[] };
      const items = [...GroupIdList].reverse().map((id) => {
        if (id === 'g3') return `{"GroupId":"${id}","ErrorCode":10010,"ErrorInfo":"gone"}`;
        return `{"GroupId":"${id}","ErrorCode":0,"ErrorInfo":"","Type":"Public","Name":"${id}!","NextMsgSeq":1234,"MemberNum":2}`;
      });
      response.end(`{${OK},"GroupInfo":[${items.join(',')}]}`);
    };
    const ids = Array.from({ length: 120 }, (_, index) => `g${index}`);
    const infos = await client.groupInfos(ids);
    assert.deepEqual(
      infos.map(({ id }) => id),
      ids,
    );
    assert.equal(server.received.length, 3);
    assert.deepEqual(infos[3], { id: 'g3', code: 10010, info: 'gone' });
    assert.deepEqual(infos[4]?.group, {
      id: 'g4',
      name: 'g4!',
      type: 'Public',
      memberCount: 2,
      nextSeq: 1234,
    });
  });

  it('sends, imports seven at a time in order, and recalls ten at a time', async () => {
    const client = server.client();
    server.answerWith(`{${OK},"MsgTime":1497249503,"MsgSeq":1,"MsgDropReason":"MsgFreqCtrl"}`);
    const sent = await client.sendGroupMessage({
      ...{ group: '@TGS#2C5SZEAEF', from: 'leckie', random: 8912345, priority: 'High', to: ['peter'] },
      ...{ msgBody: '[ {"MsgType":"TIMTextElem"} ]', cloudCustomData: '"\\/"' },
    });
    assert.deepEqual(sent, { seq: 1, time: 1_497_249_503, dropReason: 'MsgFreqCtrl' });
    assert.equal(
      bodies()[0],
      '{"GroupId":"@TGS#2C5SZEAEF","From_Account":"leckie","Random":8912345,"MsgPriority":"High","To_Account":["peter"],' +
        '"MsgBody":[ {"MsgType":"TIMTextElem"} ],"CloudCustomData":"\\/"}',
    );
    server.received.length = 0;
    server.answer = ({ body }, response) => {
      const { MsgList } = JSON.parse(body) as { MsgList: { SendTime: number }[] };
      const results = MsgList.map(
        ({ SendTime }) => `{"MsgSeq":${SendTime},"MsgTime":${SendTime},"Result":0}`,
      );
      response.end(`{${OK},"ImportMsgResult":[${results.join(',')}]}`);
    };
    const seqs: number[] = [];
    const messages = Array.from({ length: 16 }, (_, index) => ({
      from: 'leckie',
      time: index + 1,
      msgBody: '[12345678901234567]',
    }));
    await client.importGroupMessages({ group: 'g', topic: 't', messages }, (results) => {
      seqs.push(...results.map(({ seq }) => seq));
    });
    assert.deepEqual(
      seqs,
      messages.map(({ time }) => time),
    );
    assert.deepEqual(
      bodies().map((body) => (JSON.parse(body) as { MsgList: unknown[] }).MsgList.length),
      [7, 7, 2],
    );
    assert.ok(
      bodies()[0]?.startsWith(
        '{"GroupId":"g","TopicId":"t","MsgList":[{"From_Account":"leckie","SendTime":1,',
      ),
    );
    assert.ok(bodies()[0]?.includes('"MsgBody":[12345678901234567]'));
    server.received.length = 0;
    server.answer = ({ body }, response) => {
      const { MsgSeqList } = JSON.parse(body) as { MsgSeqList: { MsgSeq: number }[] };
      const list = MsgSeqList.map(
        ({ MsgSeq }) => `{"MsgSeq":${MsgSeq},"RetCode":${MsgSeq === 3 ? 10030 : 0}}`,
      );
      response.end(`{${OK},"RecallRetList":[${list.join(',')}]}`);
    };
    const wanted = Array.from({ length: 12 }, (_, index) => index + 1);
    const results = await client.recallGroupMessages({ group: 'g', seqs: wanted, reason: 'spam' });
    assert.equal(server.received.length, 2);
    assert.deepEqual(
      results.map(({ code }) => code),
      wanted.map((seq) => (seq === 3 ? 10030 : 0)),
    );
    const refused = await errorOf(client.recallMessage({ chat: 'group', group: 'g', seq: 3 }));
    assert.ok(ChatServiceError.is(refused) && refused.code === 10030);
  });

  it('reads the topics of a community, but for those that are gone', async () => {
    const client = server.client();
    server.answerWith(
      '{"ActionStatus":"OK","ErrorInfo":"ok","ErrorCode":0,"TopicAndSelfInfo":[{"ErrorCode":0,"ErrorInfo":"ok",' +
        '"SelfInfo":{"ShutUpTime":0,"MsgSeq":0},"TopicInfo":{"TopicName":"TestTopicName","GroupID":"g","TopicId":"g@TOPIC#_a",' +
        '"NextMsgSeq":1,"LastMsgTime":0}},{"ErrorCode":110003,"ErrorInfo":"gone"}]}',
    );
    assert.deepEqual(await client.groupTopics('g'), [
      { id: 'g@TOPIC#_a', name: 'TestTopicName', lastMessageTime: 0, nextSeq: 1 },
    ]);
    assert.deepEqual(bodies(), ['{"GroupId":"g","From_Account":"administrator"}']);
  });
});
