import assert from 'node:assert/strict';
import fc from 'fast-check';
import { c2cAddress } from '../../../src/chat/address';
import type { HistoryCursor, HistoryPage } from '../../../src/chat/client';
import { ChatNetworkError } from '../../../src/chat/errors';
import { isRecalled, type ChatMessage } from '../../../src/chat/chatMessage';
import { runs } from '../../support/runs';
import { collect, errorOf, ScriptedServer, type Answer } from './scriptedServer';

interface Stored {
  readonly fromAlice: boolean;
  readonly seq: number;
  readonly time: number;
  /** JSON text of the body. */
  readonly body: string;
}

const stored: fc.Arbitrary<Stored> = fc.record({
  fromAlice: fc.boolean(),
  seq: fc.nat(3),
  // Few seconds, so that many messages share one and boundaries fall into the middle of them.
  time: fc.integer({ min: 1_700_000_000, max: 1_700_000_006 }),
  body: fc.oneof(fc.json(), fc.constantFrom('[{"Data":12345678901234567}]', '[ "\\/\\u4f60" , 1.0 ]')),
});

function keyOf({ seq, time }: Stored): string {
  return `${seq}_7_${time}`;
}

function identityOf(message: Stored): string {
  return `${message.fromAlice ? 'alice' : 'bob'} ${keyOf(message)}`;
}

function read(message: ChatMessage): string {
  const { address } = message;
  return address.chat === 'c2c' ? `${address.from} ${address.key}` : assert.fail();
}

/** A conversation as the service keeps it: by time, then MsgSeq, each direction and key once. */
function conversation(messages: readonly Stored[]): Stored[] {
  const unique = [...new Map(messages.map((message) => [identityOf(message), message])).values()];
  return unique.sort((a, b) => a.time - b.time || a.seq - b.seq);
}

function itemText(message: Stored): string {
  const [from, to] = message.fromAlice ? ['alice', 'bob'] : ['bob', 'alice'];
  return (
    `{"From_Account":"${from}","To_Account":"${to}","MsgSeq":${message.seq},"MsgRandom":7,` +
    `"MsgTimeStamp":${message.time},"MsgFlagBits":0,"IsPeerRead":0,"MsgKey":"${keyOf(message)}","MsgBody":${message.body}}`
  );
}

function pageText(items: readonly Stored[], complete: boolean): string {
  const [oldest] = items;
  const cursor = oldest ? `"LastMsgTime":${oldest.time},"LastMsgKey":"${keyOf(oldest)}",` : '';
  return (
    `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","Complete":${complete ? 1 : 0},"MsgCnt":${items.length},` +
    `${cursor}"MsgList":[${items.map(itemText).join(',')}]}`
  );
}

/**
 * Pages as the documentation has them, with what it leaves open: pages of any length below MaxCnt, and messages of
 * the boundary second that come again.
 */
function serve(messages: readonly Stored[], cuts: readonly number[], overlaps: readonly number[]): Answer {
  let page = 0;
  return ({ body }, response) => {
    const request = JSON.parse(body) as {
      MaxCnt: number;
      MinTime: number;
      MaxTime: number;
      LastMsgKey?: string;
    };
    const inWindow = messages.filter(({ time }) => time >= request.MinTime && time <= request.MaxTime);
    const last = inWindow.findIndex((message) => keyOf(message) === request.LastMsgKey);
    const left = last < 0 ? inWindow.length : last;
    const size = Math.min(cuts[page % cuts.length] ?? 1, request.MaxCnt);
    const overlap = overlaps[page++ % overlaps.length] ?? 0;
    let start = Math.max(0, left - size);
    const keyAt = (i: number) => inWindow.slice(i, i + 1).map(keyOf)[0];
    // The two directions can share a key; a page that ended between them would leave its cursor ambiguous.
    while (start > 0 && keyAt(start) === keyAt(start - 1)) start--;
    const items = inWindow.slice(start, last < 0 ? left : left + overlap);
    response.end(pageText(items, start === 0));
  };
}

describe('chat: history', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(() => server.stop());

  const request = { chat: { chat: 'c2c', user: 'alice', peer: 'bob' } } as const;

  it('gives every message once, newest first, exact to the byte, however pages are cut', async () => {
    const client = server.client();
    await fc.assert(
      fc.asyncProperty(
        fc.array(stored, { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }),
        async (list, cuts, overlaps) => {
          const messages = conversation(list);
          server.answer = serve(messages, cuts, overlaps);
          const pages = await collect(client.history(request));
          const all = pages.flatMap((page) => page.messages);
          assert.deepEqual(all.map(read), [...messages].reverse().map(identityOf));
          assert.deepEqual(
            all.map(({ content }) => content.msgBody),
            [...messages].reverse().map(({ body }) => (body === 'null' ? undefined : body)),
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
      fc.asyncProperty(
        fc.array(stored, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }),
        async (list, cut, overlaps) => {
          const messages = conversation(list);
          server.answer = serve(messages, [cut], overlaps);
          const all: ChatMessage[] = [];
          let after: HistoryCursor | undefined;
          let page: HistoryPage | undefined;
          do {
            page = (
              await client
                .history({ ...request, ...(after && { after }) })
                [Symbol.asyncIterator]()
                .next()
            ).value as HistoryPage;
            all.push(...page.messages);
            after = page.cursor && (JSON.parse(JSON.stringify(page.cursor)) as HistoryCursor);
          } while (after);
          assert.deepEqual(all.map(read), [...messages].reverse().map(identityOf));
        },
      ),
      runs(50, 3_000),
    );
  });

  it('comes to an end, repeats nothing and never goes back in time, whatever the answers are', async () => {
    const client = server.client();
    const anyPage = fc.record({
      items: fc.array(stored, { maxLength: 4 }),
      complete: fc.boolean(),
      cursor: fc.option(fc.tuple(fc.integer({ min: 1_699_999_999, max: 1_700_000_008 }), fc.nat(3)), {
        nil: undefined,
      }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyPage, { minLength: 1, maxLength: 8 }), async (pages) => {
        server.answerWith(
          ...pages.map(({ items, complete, cursor }) => {
            const text = JSON.parse(pageText(items, complete)) as Record<string, unknown>;
            if (cursor)
              Object.assign(text, { LastMsgTime: cursor[0], LastMsgKey: `${cursor[1]}_7_${cursor[0]}` });
            return JSON.stringify(text);
          }),
        );
        const all: ChatMessage[] = [];
        let ended: unknown;
        try {
          for await (const page of client.history(request)) all.push(...page.messages);
        } catch (error) {
          ended = error;
        }
        const completes = pages.some(({ complete }) => complete);
        assert.ok(completes || ended !== undefined, 'the last page was not marked complete');
        if (ended !== undefined) assert.ok(ChatNetworkError.is(ended) && ended.reason === 'noProgress');
        assert.equal(new Set(all.map(read)).size, all.length);
        const times = all.map(({ time }) => time);
        assert.deepEqual(
          times,
          [...times].sort((a, b) => b - a),
        );
      }),
      runs(150, 5_000),
    );
  });

  it('asks as documented: follow-ups end at LastMsgTime and name LastMsgKey', async () => {
    server.answerWith(
      pageText([{ fromAlice: true, seq: 1, time: 1584669680, body: '[]' }], false),
      pageText([], true),
    );
    const client = server.client({ now: () => 1_600_000_000_000 });
    await collect(
      client.history({
        chat: { chat: 'c2c', user: 'user2', peer: 'user1' },
        minTime: 1584669600,
        maxTime: 1584673200,
      }),
    );
    await collect(client.history({ ...request, pageSize: 20 }));
    assert.deepEqual(
      server.received.map(({ body }) => JSON.parse(body) as unknown),
      [
        {
          Operator_Account: 'user2',
          Peer_Account: 'user1',
          MaxCnt: 100,
          MinTime: 1584669600,
          MaxTime: 1584673200,
        },
        {
          Operator_Account: 'user2',
          Peer_Account: 'user1',
          MaxCnt: 100,
          MinTime: 1584669600,
          MaxTime: 1584669680,
          LastMsgKey: '1_7_1584669680',
        },
        // From the beginning, and a day beyond this machine's clock.
        { Operator_Account: 'alice', Peer_Account: 'bob', MaxCnt: 20, MinTime: 0, MaxTime: 1_600_086_400 },
      ],
    );
  });

  it('does not take a short or empty page for the end', async () => {
    const message = (time: number): Stored => ({ fromAlice: true, seq: 1, time, body: '[]' });
    const empty = JSON.stringify({
      ErrorCode: 0,
      Complete: 0,
      MsgCnt: 0,
      MsgList: [],
      LastMsgTime: 50,
      LastMsgKey: '9_9_50',
    });
    server.answerWith(pageText([message(100)], false), empty, pageText([message(40)], true));
    const pages = await collect(server.client().history(request));
    assert.deepEqual(
      pages.map(({ messages }) => messages.map(({ time }) => time)),
      [[100], [], [40]],
    );
  });

  it('asks for nothing more than is taken', async () => {
    server.answerWith(pageText([{ fromAlice: true, seq: 1, time: 100, body: '[]' }], false));
    for await (const page of server.client().history(request)) {
      assert.equal(page.messages.length, 1);
      break;
    }
    assert.equal(server.received.length, 1);
  });

  it('waits and goes on where the app makes too many calls a second', async () => {
    const alone = { fromAlice: true, seq: 1, time: 1_700_000_000, body: '[]' };
    const busy = '{"ActionStatus":"FAIL","ErrorCode":60007,"ErrorInfo":"too many calls a second"}';
    server.answerWith(busy, pageText([alone], true));
    const [page] = await collect(server.client().history(request));
    assert.deepEqual(page?.messages.map(read), [identityOf(alone)]);
    assert.equal(server.received.length, 2);
    // Any other refusal is told at once.
    server.answerWith('{"ActionStatus":"FAIL","ErrorCode":90012,"ErrorInfo":"no such user"}');
    const error = await errorOf(collect(server.client().history(request)));
    assert.match(String(error), /90012/);
    assert.equal(server.received.length, 3);
  });

  it('stops when it is aborted between pages', async () => {
    const messages = [1, 2, 3].map((time) => ({ fromAlice: true, seq: 1, time, body: '[]' }));
    server.answer = serve(messages, [1], [0]);
    const controller = new AbortController();
    const times: number[] = [];
    const error = await errorOf(
      (async () => {
        for await (const page of server.client().history(request, controller.signal)) {
          times.push(...page.messages.map(({ time }) => time));
          controller.abort();
        }
      })(),
    );
    assert.ok(ChatNetworkError.is(error) && error.reason === 'aborted');
    assert.deepEqual(times, [3]);
  });
});

describe('chat: a page of history', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(() => server.stop());

  const read = async (items: string): Promise<ChatMessage[]> => {
    server.answerWith(`{"ErrorCode":0,"Complete":1,"MsgCnt":1,"MsgList":${items}}`);
    return (await collect(server.client().history({ chat: { chat: 'c2c', user: 'a', peer: 'b' } }))).flatMap(
      ({ messages }) => messages,
    );
  };

  it('keeps content as the text it came as', async () => {
    const msgBody =
      '[ {"MsgType":"TIMCustomElem", "MsgContent":{"Data":"{\\"id\\":12345678901234567}","n":12345678901234567, "e":1.50e+3}} ]';
    const cloud = '"\\u4f60\\/ \\ud83d\\ude00 你"';
    const [message] = await read(
      `[{"From_Account":"\\u0061lice","To_Account":"b/%","MsgSeq":4294967295,"MsgRandom":0,"MsgTimeStamp":1700000000,` +
        `"MsgFlagBits":9,"IsPeerRead":1,"MsgKey":"4294967295_0_1700000000","MsgBody":${msgBody} , "CloudCustomData" : ${cloud},` +
        `"MsgVersion":12345678901234567890,"New":{"MsgBody":[1]}}]`,
    );
    assert.deepEqual(message, {
      address: { chat: 'c2c', from: 'alice', to: 'b/%', key: '4294967295_0_1700000000' },
      sender: 'alice',
      seq: 4294967295,
      random: 0,
      time: 1700000000,
      flags: 9,
      peerRead: true,
      content: { msgBody, cloudCustomData: cloud },
    });
    assert.equal(isRecalled(message), true);
  });

  it('takes old data without its newer fields, and a repeated member by its last value', async () => {
    const [old] = await read(
      '[{"From_Account":"a","To_Account":"b","MsgSeq":1,"MsgRandom":2,"MsgTimeStamp":3}]',
    );
    assert.deepEqual(old, {
      ...{
        address: { chat: 'c2c', from: 'a', to: 'b', key: '1_2_3' },
        sender: 'a',
        seq: 1,
        random: 2,
        time: 3,
      },
      ...{ flags: 0, peerRead: false, content: {} },
    });
    const [keyOnly] = await read(
      '[{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3","MsgBody":null,"MsgBody":[1],"MsgBody":[2]}]',
    );
    assert.deepEqual([keyOnly?.seq, keyOnly?.random, keyOnly?.time], [1, 2, 3]);
    assert.deepEqual(keyOnly?.content, { msgBody: '[2]' });
    const item = (key: string) => `{"From_Account":"a","To_Account":"b","MsgKey":"${key}"}`;
    const lists = await read(`[${item('1_1_1')}],"MsgList":[${item('2_2_2')}]`);
    assert.deepEqual(
      lists.map(({ address }) => address),
      [{ chat: 'c2c', from: 'a', to: 'b', key: '2_2_2' }],
    );
  });

  it('tells what is no message beside the messages that are, with its JSON and what is wrong', async () => {
    const good = '{"From_Account":"a","To_Account":"b","MsgKey":"7_7_7"}';
    const odd: [string, string, string, string?][] = [
      ['1', 'MsgList', 'wrongType'],
      ['{}', 'MsgSeq', 'missing'],
      ['{"From_Account":"a","To_Account":"b"}', 'MsgSeq', 'missing'],
      ['{"From_Account":1,"To_Account":"b","MsgKey":"1_2_3"}', 'From_Account', 'wrongType', '1_2_3'],
      ['{"To_Account":"b","MsgKey":"1_2_3"}', 'From_Account', 'missing', '1_2_3'],
      ['{"From_Account":"a","MsgKey":"1_2_3"}', 'To_Account', 'missing', '1_2_3'],
      [
        '{"From_Account":"a","To_Account":"b","MsgTimeStamp":"3","MsgKey":"1_2_3"}',
        'MsgTimeStamp',
        'wrongType',
        '1_2_3',
      ],
      ['{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3","MsgSeq":"1"}', 'MsgSeq', 'wrongType', '1_2_3'],
      [
        '{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3","MsgRandom":-2}',
        'MsgRandom',
        'wrongType',
        '1_2_3',
      ],
      [
        '{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3","MsgFlagBits":1.5}',
        'MsgFlagBits',
        'wrongType',
        '1_2_3',
      ],
      ['{"From_Account":"a","To_Account":"b","MsgKey":7}', 'MsgKey', 'wrongType'],
    ];
    for (const [raw, member, problem, key] of odd) {
      server.answerWith(
        `{"MsgList":[${good}, ${raw} ,${good.replaceAll('7', '8')}],"Complete":1,"ErrorCode":0}`,
      );
      const [page] = await collect(server.client().history({ chat: { chat: 'c2c', user: 'a', peer: 'b' } }));
      assert.ok(page);
      assert.deepEqual(
        page.messages.map(({ address }) => address.chat === 'c2c' && address.key),
        ['8_8_8', '7_7_7'],
        raw,
      );
      assert.deepEqual(page.unreadable, [{ raw, member, problem, ...(key !== undefined && { key }) }]);
    }
    const [marked] = await read('[{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3","IsPeerRead":null}]');
    assert.equal(marked?.peerRead, false);
  });

  it('an odd message keeps no other from being found, and is not called gone itself', async () => {
    const item = (key: string, seq: string): string =>
      `{"From_Account":"a","To_Account":"b","MsgKey":"${key}","MsgSeq":${seq}}`;
    server.answerWith(
      `{"MsgList":[${item('1_1_9', '"1"')},${item('2_2_9', '2')}],"Complete":1,"ErrorCode":0}`,
    );
    const client = server.client();
    const found = await client.findMessage(c2cAddress('a', 'b', '2_2_9'));
    assert.equal(found?.message.seq, 2);
    const error = await errorOf(client.findMessage(c2cAddress('a', 'b', '1_1_9')));
    assert.ok(ChatNetworkError.is(error) && error.reason === 'malformed');
  });

  it('reads on behind pages of which nothing can be read', async () => {
    const odd = (key: string): string => `{"From_Account":"a","MsgKey":"${key}","MsgSeq":1}`;
    const page = (items: string, last: string, complete: 0 | 1): string =>
      `{"MsgList":[${items}],"Complete":${complete},"LastMsgTime":9,"LastMsgKey":"${last}","ErrorCode":0}`;
    server.answerWith(
      page(odd('3_3_9'), '3_3_9', 0),
      page(odd('2_2_9'), '2_2_9', 0),
      page('{"From_Account":"a","To_Account":"b","MsgKey":"1_1_9"}', '1_1_9', 1),
    );
    const pages = await collect(server.client().history({ chat: { chat: 'c2c', user: 'a', peer: 'b' } }));
    assert.deepEqual(
      pages.map(({ messages, unreadable }) => [messages.length, unreadable.length]),
      [
        [0, 1],
        [0, 1],
        [1, 0],
      ],
    );
  });

  it('refuses an answer that is none', async () => {
    for (const items of ['{}', '[],"Complete":2']) {
      const error = await errorOf(read(items));
      assert.ok(ChatNetworkError.is(error) && error.reason === 'malformed', items);
    }
  });

  it('does not look at the shape of a refusal', async () => {
    server.answerWith('{"MsgList":{},"ErrorCode":90008,"ErrorInfo":"x"}');
    const error = await errorOf(
      collect(server.client().history({ chat: { chat: 'c2c', user: 'a', peer: 'b' } })),
    );
    assert.equal((error as { code?: number }).code, 90008);
  });
});
