import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupAddress, type MessageAddress } from '../../../src/chat/address';
import type { HistoryCursor, HistoryPage } from '../../../src/chat/client';
import { isRecalled, type ChatMessage } from '../../../src/chat/chatMessage';
import { ChatNetworkError } from '../../../src/chat/errors';
import { runs } from '../../support/runs';
import { collect, errorOf, ScriptedServer, type Answer } from './scriptedServer';

const START = 1_700_000_000;

/** What the service keeps under one MsgSeq. */
interface Kept {
  readonly seq: number;
  readonly time: number;
  /** `IsPlaceMsg`. */
  readonly place: 0 | 1 | 2;
  /** A place may say no more than its MsgSeq. */
  readonly bare: boolean;
  /** JSON text of the body. */
  readonly body: string;
}

interface Step {
  /** MsgSeqs that nobody ever sees. */
  readonly gap: number;
  /** Seconds since the message before. */
  readonly later: number;
  readonly place: 0 | 1 | 2;
  readonly bare: boolean;
  readonly body: string;
}

const step: fc.Arbitrary<Step> = fc.record({
  gap: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.nat(45)),
  later: fc.oneof(fc.nat(2), fc.nat(90_000)),
  place: fc.constantFrom(0, 0, 0, 0, 1, 2),
  bare: fc.boolean(),
  body: fc.oneof(
    fc.json(),
    fc.constantFrom('[{"Data":12345678901234567}]', '[ "\\/\\u4f60" , 1.0 ]', '{}', '""'),
  ),
});

/** A group as the steps make it, by rising MsgSeq. */
function group(steps: readonly Step[]): Kept[] {
  let seq = 0;
  let time = START;
  return steps.map(({ gap, later, ...rest }) => {
    seq += gap + 1;
    time += later;
    return { seq, time, ...rest };
  });
}

function itemText({ seq, time, place, bare, body }: Kept): string {
  const who =
    bare && place !== 0 ? '' : `"From_Account":"u_${seq % 3}","MsgRandom":7,"MsgTimeStamp":${time},`;
  return `{${who}"IsPlaceMsg":${place},"MsgBody":${body},"MsgPriority":1,"MsgSeq":${seq}}`;
}

/** Answers as the page says (1047/34971): from the newest, or from ReqMsgSeq, downwards; cut at a size now and then. */
function serve(kept: readonly Kept[], topic: string | undefined, cuts: readonly number[]): Answer {
  let page = 0;
  return ({ body }, response) => {
    const request = JSON.parse(body) as {
      GroupId: string;
      TopicId?: string;
      ReqMsgNumber: number;
      ReqMsgSeq?: number;
      WithRecalledMsg: number;
    };
    assert.deepEqual([request.GroupId, request.TopicId, request.WithRecalledMsg], ['@TGS#1', topic, 1]);
    assert.ok(request.ReqMsgNumber >= 1 && request.ReqMsgNumber <= 20);
    const asked = kept.filter(({ seq }) => seq <= (request.ReqMsgSeq ?? Infinity)).reverse();
    const items = asked.slice(0, Math.min(request.ReqMsgNumber, cuts[page++ % cuts.length] ?? 1));
    const finished = items.length < Math.min(request.ReqMsgNumber, asked.length) ? 0 : 1;
    response.end(
      `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"GroupId":"@TGS#1","IsFinished":${finished},` +
        `"RspMsgList":[${items.map(itemText).join(',')}]}`,
    );
  };
}

function seqs(messages: readonly ChatMessage[]): number[] {
  return messages.map(({ address }) => (address.chat === 'group' ? address.seq : assert.fail()));
}

const cuts = fc.oneof(
  fc.constant([20]),
  fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
);
const topics = fc.constantFrom(undefined, '@TGS#1@TOPIC#2');

describe('chat: history of groups', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(() => server.stop());

  const chatOf = (topic: string | undefined) =>
    ({ chat: 'group', group: '@TGS#1', ...(topic !== undefined && { topic }) }) as const;

  it('gives every place once, newest first, exact to the byte, with gaps, placeholders and topics', async () => {
    const client = server.client();
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        cuts,
        fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
        topics,
        async (steps, cut, pageSize, topic) => {
          const kept = group(steps);
          server.answer = serve(kept, topic, cut);
          const request = { chat: chatOf(topic), ...(pageSize !== undefined && { pageSize }) };
          const pages = await collect(client.history(request));
          const all = pages.flatMap(({ messages }) => messages);
          const wanted = [...kept].reverse();
          assert.deepEqual(
            all.map(({ address }): MessageAddress => address),
            wanted.map(({ seq }) => groupAddress('@TGS#1', seq, topic)),
          );
          assert.deepEqual(
            all.map((message) => [message.isGone === true, isRecalled(message), message.content.msgBody]),
            wanted.map(({ place, body }) => [
              place === 1,
              place === 2,
              place === 1 || body === 'null' ? undefined : body,
            ]),
          );
          assert.deepEqual(
            pages.map(({ complete, cursor }) => [complete, cursor === undefined]),
            pages.map((_, i) => [i === pages.length - 1, i === pages.length - 1]),
          );
        },
      ),
      runs(100, 5_000),
    );
  });

  it('goes on later, with a cursor that was stored as JSON, as if it had not stopped', async () => {
    const client = server.client();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), cuts, async (steps, cut) => {
        const kept = group(steps);
        server.answer = serve(kept, undefined, cut);
        const found: number[] = [];
        let after: HistoryCursor | undefined;
        let page: HistoryPage | undefined;
        do {
          const pages = client.history({ chat: chatOf(undefined), pageSize: 3, ...(after && { after }) });
          page = (await pages[Symbol.asyncIterator]().next()).value as HistoryPage;
          found.push(...seqs(page.messages));
          after = page.cursor && (JSON.parse(JSON.stringify(page.cursor)) as HistoryCursor);
        } while (after);
        assert.deepEqual(found, kept.map(({ seq }) => seq).reverse());
      }),
      runs(40, 2_000),
    );
  });

  it('gives of a window all that is known to lie in it and nothing that is known not to', async () => {
    const client = server.client();
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 120 }),
        cuts,
        fc.nat(120),
        fc.nat(100_000),
        async (steps, cut, middle, width) => {
          const kept = group(steps);
          server.answer = serve(kept, undefined, cut);
          const minTime = kept[middle % Math.max(kept.length, 1)]?.time ?? START;
          const maxTime = minTime + width;
          const pages = await collect(client.history({ chat: chatOf(undefined), minTime, maxTime }));
          const found = new Set(seqs(pages.flatMap(({ messages }) => messages)));
          for (const { seq, time, place, bare } of kept) {
            if (bare && place !== 0) continue;
            assert.equal(found.has(seq), time >= minTime && time <= maxTime, `MsgSeq ${seq}`);
          }
        },
      ),
      runs(150, 5_000),
    );
  });

  it('finds where a day of a long group begins in few calls, expired places or not', async () => {
    const client = server.client();
    // Two hundred thousand messages: quiet for months, then busy; the oldest half says no more than that it was.
    const total = 200_000;
    const timeOf = (seq: number): number => START + (seq < 150_000 ? seq * 40 : 6_000_000 + (seq - 150_000));
    server.answer = ({ body }, response) => {
      const { ReqMsgSeq = total, ReqMsgNumber } = JSON.parse(body) as {
        ReqMsgSeq?: number;
        ReqMsgNumber: number;
      };
      const items: string[] = [];
      for (let seq = ReqMsgSeq; seq > 0 && items.length < ReqMsgNumber; seq--) {
        items.push(
          itemText({ seq, time: timeOf(seq), place: seq <= 100_000 ? 1 : 0, bare: true, body: '[]' }),
        );
      }
      response.end(`{"ErrorCode":0,"IsFinished":1,"RspMsgList":[${items.join(',')}]}`);
    };
    for (const seq of [199_990, 199_000, 170_000, 150_003, 149_000, 110_017]) {
      server.received.length = 0;
      const pages = client.history({ chat: chatOf(undefined), maxTime: timeOf(seq) });
      const page = (await pages[Symbol.asyncIterator]().next()).value as HistoryPage;
      assert.equal(seqs(page.messages)[0], seq);
      assert.ok(server.received.length <= 20, `${server.received.length} calls for ${seq}`);
    }
  });

  it('ends where all that is older has expired, and at an empty group', async () => {
    const client = server.client();
    server.answerWith(
      `{"ErrorCode":0,"IsFinished":2,"RspMsgList":[{"IsPlaceMsg":1,"MsgBody":{},"MsgSeq":7000000}]}`,
    );
    const [page, ...more] = await collect(client.history({ chat: chatOf(undefined) }));
    assert.deepEqual([page?.complete, page?.messages[0]?.isGone, more.length], [true, true, 0]);
    for (const list of ['[]', 'null']) {
      server.answerWith(`{"ErrorCode":0,"IsFinished":1,"RspMsgList":${list}}`);
      assert.deepEqual(await collect(client.history({ chat: chatOf(undefined) })), [
        { messages: [], unreadable: [], complete: true },
      ]);
      assert.deepEqual(await collect(client.history({ chat: chatOf(undefined), maxTime: START })), [
        { messages: [], unreadable: [], complete: true },
      ]);
    }
  });

  it('says so when the service would have it ask the same for ever', async () => {
    const client = server.client();
    server.answerWith(
      `{"ErrorCode":0,"IsFinished":0,"RspMsgList":[${itemText({ seq: 9, time: START, place: 0, bare: false, body: '[]' })}]}`,
    );
    const error = await errorOf(collect(client.history({ chat: chatOf(undefined) })));
    assert.ok(ChatNetworkError.is(error) && error.reason === 'noProgress');
  });

  it('reads messages of the system, whose body is no array, and tells beside the others what is none', async () => {
    const client = server.client();
    server.answerWith(
      '{"ActionStatus":"OK","ErrorCode":0,"GroupId":"@TGS#1","IsFinished":1,"RspMsgList":[' +
        '{"From_Account":"@TIM#SYSTEM","IsPlaceMsg":0,"IsSystemMsg":1,"MsgBody":{"MemberNum":12,"OpType":1},' +
        '"MsgPriority":1,"MsgRandom":5501,"MsgSeq":1,"MsgTimeStamp":1700000001},' +
        '{"From_Account":"u_2","IsPlaceMsg":0,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}],' +
        '"MsgPriority":2,"MsgRandom":5502,"MsgSeq":3,"MsgTimeStamp":1700000050},' +
        '{"IsPlaceMsg":0,"MsgSeq":2,"MsgTimeStamp":1700000049},17]}',
    );
    const [page] = await collect(client.history({ chat: chatOf(undefined) }));
    assert.deepEqual(
      page?.messages.map(({ sender, seq, isSystem, priority, content }) => [
        seq,
        sender,
        isSystem === true,
        priority,
        content.msgBody,
      ]),
      [
        [3, 'u_2', false, 2, '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}]'],
        [1, '@TIM#SYSTEM', true, 1, '{"MemberNum":12,"OpType":1}'],
      ],
    );
    assert.deepEqual(
      page.unreadable.map(({ member, seq }) => [member, seq]),
      [
        ['From_Account', 2],
        ['RspMsgList', undefined],
      ],
    );
  });

  it('finds one message by its MsgSeq with one call for one message', async () => {
    const client = server.client();
    const kept = group([
      { gap: 0, later: 1, place: 0, bare: false, body: '[1]' },
      { gap: 1, later: 1, place: 1, bare: true, body: '{}' },
      { gap: 2, later: 1, place: 2, bare: false, body: '[]' },
    ]);
    server.answer = serve(kept, '@TGS#1@TOPIC#2', [20]);
    const find = (seq: number) => client.findMessage(groupAddress('@TGS#1', seq, '@TGS#1@TOPIC#2'));
    const first = await find(1);
    assert.deepEqual([first?.viewpoint, first?.message.content.msgBody], ['group', '[1]']);
    assert.deepEqual(
      server.received.map(({ body }) => body),
      ['{"GroupId":"@TGS#1","TopicId":"@TGS#1@TOPIC#2","ReqMsgNumber":1,"ReqMsgSeq":1,"WithRecalledMsg":1}'],
    );
    // The service gives the nearest one below what is not there.
    assert.equal(await find(2), undefined);
    assert.equal(await find(3), undefined);
    assert.equal(await find(5), undefined);
    assert.equal(isRecalled((await find(6))?.message ?? { flags: 0 }), true);
    server.answerWith('{"ErrorCode":0,"IsFinished":1,"RspMsgList":[{"IsPlaceMsg":0,"MsgSeq":5}]}');
    const odd = await errorOf(find(5));
    assert.ok(ChatNetworkError.is(odd) && odd.reason === 'malformed');
  });
});
