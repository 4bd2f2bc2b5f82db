import assert from 'node:assert/strict';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { foreignHosts, readRules, type RuleProblemId } from '../../../src/webhooks/rules/readRules';
import { timesMatched } from '../../../src/webhooks/rules/timesMatched';
import { RuleBook } from '../../../src/webhooks/rules/ruleBook';
import { eventFacts } from '../../../src/webhooks/commands/facts';
import { runs } from '../../support/runs';
import { beforeSend, InboxCase } from './inboxCase';

const OK = '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}';

function document(...rules: readonly unknown[]): string {
  return JSON.stringify({ rules });
}

describe('rules of the inbox', () => {
  let inbox: InboxCase;
  beforeEach(async () => {
    inbox = await InboxCase.make();
    await inbox.start();
  });
  afterEach(() => inbox.remove());

  /** What a webhook with this text is answered under some rules. */
  async function answerOf(text: string, ...rules: readonly unknown[]): Promise<string> {
    inbox.change({ rules: document(...rules) });
    return (await inbox.post(beforeSend(text))).text;
  }

  it('forbid with a code of the app, or with the service’s own', async () => {
    const own = { answer: { do: 'forbid', code: 120001, info: '不行' } };
    assert.equal(await answerOf('x', own), '{"ActionStatus":"OK","ErrorCode":120001,"ErrorInfo":"不行"}');
    const plain = { answer: { do: 'forbid' } };
    assert.equal(await answerOf('x', plain), '{"ActionStatus":"OK","ErrorCode":1,"ErrorInfo":""}');
    assert.equal(
      await answerOf('x', { answer: { do: 'drop' } }),
      '{"ActionStatus":"OK","ErrorCode":2,"ErrorInfo":""}',
    );
  });

  it('replace the content, each token as it is written', async () => {
    inbox.change({
      rules:
        '{"rules":[{"answer":{"do":"replace","MsgBody":[{"MsgType":"TIMCustomElem","N":12345678901234567890}],"CloudCustomData":"\\u0041"}}]}',
    });
    assert.equal(
      (await inbox.post(beforeSend('x'))).text,
      '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","MsgBody":[{"MsgType":"TIMCustomElem","N":12345678901234567890}],"CloudCustomData":"\\u0041"}',
    );
  });

  it('answer with what is no JSON, with a status, with a text, or not at all', async () => {
    assert.throws(() => JSON.parse('{"ActionStatus":"OK","ErrorCode":0,"Error'));
    assert.equal(
      await answerOf('x', { answer: { do: 'broken' } }),
      '{"ActionStatus":"OK","ErrorCode":0,"Error',
    );
    assert.equal(await answerOf('x', { answer: { do: 'custom', text: 'anything' } }), 'anything');
    inbox.change({ rules: document({ answer: { do: 'status', status: 503 } }) });
    assert.equal((await inbox.post(beforeSend('x'))).status, 503);
    inbox.change({ rules: document({ answer: { do: 'none' } }) });
    const request = http.request(inbox.url(), { method: 'POST', agent: false });
    request.on('error', () => undefined);
    request.end(beforeSend('x'));
    const answered = await inbox.answered(4);
    assert.deepEqual({ how: answered.how, status: answered.status }, { how: 'noAnswer', status: undefined });
    request.destroy();
  });

  it('count in their order: the first that matches, and it is written down which', async () => {
    const rules = [
      { name: 'off', off: true, answer: { do: 'drop' } },
      { name: 'other command', when: { command: 'Group.CallbackBeforeSendMsg' }, answer: { do: 'drop' } },
      { name: 'other sender', when: { from: 'bob' }, answer: { do: 'drop' } },
      { name: 'other receiver', when: { to: ['alice', 'carol'] }, answer: { do: 'drop' } },
      { name: 'other group', when: { group: '@TGS#1' }, answer: { do: 'drop' } },
      { name: 'other text', when: { text: 'ham' }, answer: { do: 'drop' } },
      {
        name: 'spam',
        when: { from: ['jared'], to: 'Johnny', text: '/sp.m/i' },
        answer: { do: 'forbid', code: 120002 },
      },
      { name: 'all', answer: { do: 'drop' } },
    ];
    assert.match(await answerOf('much SPAM', ...rules), /"ErrorCode":120002/);
    assert.equal((await inbox.answered(1)).rule, 'spam');
    assert.match(await answerOf('nothing', ...rules), /"ErrorCode":2/);
    assert.equal((await inbox.answered(2)).rule, 'all');
  });

  it('are counted each by itself, wherever it stands and whatever it is called', async () => {
    const spam = { when: { text: 'spam' }, answer: { do: 'drop' } };
    const jared = { when: { from: 'jared' }, answer: { do: 'replace', MsgBody: [{ MsgType: 'X' }] } };
    inbox.change({ rules: document(spam) });
    for (const text of ['spam', 'more spam']) await inbox.post(beforeSend(text));
    const counts = async (...rules: readonly unknown[]): Promise<number[]> =>
      timesMatched(readRules(document(...rules)).rules, await inbox.kept());
    await inbox.answered(2);
    // Another one before it is called `rule 1` from then on.
    assert.deepEqual(await counts(jared, spam), [0, 2]);
    inbox.change({ rules: document(jared, spam) });
    await inbox.post(beforeSend('hello'));
    await inbox.answered(3);
    assert.deepEqual(await counts(jared, spam), [1, 2]);
    const spaced = readRules(JSON.stringify({ rules: [jared, spam] }, null, 2)).rules;
    assert.deepEqual(timesMatched(spaced, await inbox.kept()), [1, 2]);
    const [one, other] = [jared, spam].map((rule) => ({ ...rule, name: 'same', off: false }));
    assert.deepEqual(await counts(one, other), [1, 2]);
    assert.deepEqual(await counts(spam, spam, jared), [2, 0, 1]);
    assert.deepEqual(await counts({ ...spam, off: true }, jared), [1]);
    assert.deepEqual(await counts({ ...spam, answer: { do: 'allow' } }), [0]);
  });

  it('are not counted by what an earlier version wrote, which knew their places only', () => {
    const { rules } = readRules(document({ answer: { do: 'drop' } }));
    const answered = { kind: 'answered', number: 1, ms: 3, how: 'answered', action: 'drop' } as const;
    assert.deepEqual(timesMatched(rules, [{ answered: { ...answered, rule: 'rule 1' } }]), [0]);
  });

  it('find a text inside JSON in a string', async () => {
    const rule = { when: { text: 'order 7' }, answer: { do: 'drop' } };
    inbox.change({ rules: document(rule) });
    const body = JSON.stringify({
      MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: '{"note":"\\u004frder 7"}' } }],
    });
    assert.match((await inbox.post(body)).text, /"ErrorCode":2/);
  });

  it('pass over an expression that does not end, and say so', async () => {
    const rules = [
      { name: 'endless', when: { text: '/(a+)+c/' }, answer: { do: 'drop' } },
      { name: 'next', answer: { do: 'forbid' } },
    ];
    assert.match(await answerOf(`${'a'.repeat(60)}!`, ...rules), /"ErrorCode":1/);
    const answered = await inbox.answered(1);
    assert.deepEqual([answered.rule, answered.tooSlow], ['next', ['endless']]);
  });

  it('answer all that come while an expression is busy, up to the text with which it does not end', async () => {
    const { rules } = readRules(
      document({ name: 'busy', when: { text: '/(a+)+c/' }, answer: { do: 'drop' } }),
    );
    const book = new RuleBook(rules);
    const decide = async (text: string): Promise<string | undefined> => {
      const body = { MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }] };
      const { rule, tooSlow } = await book.decide({ command: 'any', facts: eventFacts(body), body });
      return rule?.name ?? tooSlow.map((name) => `${name}: endless`).join();
    };
    const texts = ['ac', 'bd', 'aac', `${'a'.repeat(60)}!`, 'ac'];
    assert.deepEqual(await Promise.all(texts.map(decide)), [
      'busy',
      '',
      'busy',
      'busy: endless',
      'busy: endless',
    ]);
    assert.equal(await decide('ac'), 'busy: endless');
    book.dispose();
  });

  it('change nothing when the document is wrong', async () => {
    await answerOf('x', { answer: { do: 'drop' } });
    inbox.change({ rules: '{"rules": [{' });
    assert.match((await inbox.post(beforeSend('x'))).text, /"ErrorCode":2/);
  });

  it('wait before they answer', async () => {
    await answerOf('x', { answer: { do: 'allow', delayMs: 50 } });
    assert.ok((await inbox.answered(1)).ms >= 45);
  });

  describe('that ask one’s own server', () => {
    let server: http.Server;
    let asked: { url: string; body: string }[];
    let answer: ((response: http.ServerResponse) => void) | undefined;
    let to: string;

    beforeEach(async () => {
      asked = [];
      answer = undefined;
      server = http.createServer((request, response) => {
        let body = '';
        request.on('data', (piece: Buffer) => (body += piece.toString()));
        request.on('end', () => {
          asked.push({ url: request.url ?? '', body });
          answer?.(response);
        });
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback?own=1`;
    });
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    it('give its answer, and it gets the webhook as it came', async () => {
      answer = (response) => response.writeHead(201).end('{"ErrorCode":120009}');
      inbox.change({ rules: document({ answer: { do: 'forward', to } }) });
      const body = `{ "CallbackCommand": "X", "MsgSeq": 12345678901234567890 }`;
      const seen = await inbox.post(body, inbox.url('CallbackCommand=X&Sign=abc&RequestTime=1'));
      assert.deepEqual(seen, { status: 201, text: '{"ErrorCode":120009}' });
      assert.deepEqual(asked, [{ url: '/callback?own=1&CallbackCommand=X&Sign=abc&RequestTime=1', body }]);
      const { forward } = await inbox.answered(1);
      assert.equal(forward?.status, 201);
      assert.equal(forward.answer, '{"ErrorCode":120009}');
      assert.equal(forward.to, new URL(to).origin);
    });

    it('allow what it does not answer in time, or cannot be reached for', async () => {
      inbox.change({ rules: document({ answer: { do: 'forward', to } }) });
      assert.equal((await inbox.post('{}')).text, OK);
      assert.equal((await inbox.answered(1)).forward?.error, 'late');
      await new Promise((done) => {
        server.closeAllConnections();
        server.close(done);
      });
      assert.equal((await inbox.post('{}')).text, OK);
      assert.equal((await inbox.answered(2)).forward?.error, 'failed');
    });

    it('send nothing to another machine that the person did not allow', async () => {
      const foreign = 'http://192.0.2.1:9/callback';
      inbox.change({ rules: document({ answer: { do: 'forward', to: foreign } }) });
      assert.equal((await inbox.post('{}')).text, OK);
      assert.equal((await inbox.answered(1)).forward?.error, 'notAllowed');
      assert.deepEqual(foreignHosts(readRules(document({ answer: { do: 'forward', to: foreign } })).rules), [
        '192.0.2.1:9',
      ]);
      assert.deepEqual(foreignHosts(readRules(document({ answer: { do: 'forward', to } })).rules), []);
    });
  });
});

describe('document of rules', () => {
  const wrong: readonly (readonly [RuleProblemId, string, string])[] = [
    ['notJson', '{"rules": [}', '}'],
    ['notRules', '{"rules": {}}', '{}'],
    ['notRules', '{"rules": [1]}', '1'],
    ['unknownMember', '{"rules": [{"nam": "x", "answer": {"do": "allow"}}]}', '"nam"'],
    ['unknownMember', '{"rules": [{"answer": {"do": "allow", "code": 120001}}]}', '"code"'],
    ['notText', '{"rules": [{"name": 1, "answer": {"do": "allow"}}]}', '1'],
    ['notTexts', '{"rules": [{"when": {"from": [1]}, "answer": {"do": "allow"}}]}', '[1]'],
    ['badExpression', '{"rules": [{"when": {"text": "/(/"}, "answer": {"do": "allow"}}]}', '"/(/"'],
    ['noAnswer', '{"rules": [{"answer": "allow"}]}', '"allow"'],
    ['unknownAnswer', '{"rules": [{"answer": {"do": "deny"}}]}', '"deny"'],
    ['codeOutOfRange', '{"rules": [{"answer": {"do": "forbid", "code": 20006}}]}', '20006'],
    ['codeOutOfRange', '{"rules": [{"answer": {"do": "forbid", "code": 130001}}]}', '130001'],
    [
      'codeOutOfRange',
      '{"rules": [{"when": {"command": "Group.CallbackBeforeSendMsg"}, "answer": {"do": "forbid", "code": 120001}}]}',
      '120001',
    ],
    ['nothingReplaced', '{"rules": [{"answer": {"do": "replace"}}]}', '{"do": "replace"}'],
    ['notElements', '{"rules": [{"answer": {"do": "replace", "MsgBody": {}}}]}', '{}'],
    ['notStatus', '{"rules": [{"answer": {"do": "status", "status": 99}}]}', '99'],
    ['notAddress', '{"rules": [{"answer": {"do": "forward", "to": "ftp://x"}}]}', '"ftp://x"'],
    ['notDelay', '{"rules": [{"answer": {"do": "allow", "delayMs": -1}}]}', '-1'],
  ];
  for (const [id, text, at] of wrong) {
    it(`says ${id} at ${at}`, () => {
      const { rules, problems } = readRules(text);
      assert.deepEqual(rules, []);
      const [problem] = problems;
      assert.equal(problem?.id, id);
      assert.equal(text.slice(problem.offset, problem.offset + problem.length), at);
    });
  }

  it('never fails, whatever stands in it', () => {
    const some = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record({
          rules: fc.array(fc.record({ when: fc.anything(), answer: fc.anything() }, { requiredKeys: [] })),
        })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(some, (text) => {
        const { rules, problems } = readRules(text);
        assert.ok(problems.length === 0 || rules.length === 0);
      }),
      runs(300, 20_000),
    );
  });

  it('chooses the first rule that fits, whatever the rules', async () => {
    const account = fc.constantFrom('a', 'b', 'c');
    const matcher = fc.record(
      {
        from: fc.array(account, { maxLength: 2 }),
        to: account,
        command: fc.constantFrom('X', 'Y'),
        text: fc.constantFrom('a', 'q'),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(matcher, { maxLength: 6 }),
        account,
        account,
        fc.constantFrom('X', 'Y'),
        async (whens, from, to, command) => {
          const { rules } = readRules(document(...whens.map((when) => ({ when, answer: { do: 'drop' } }))));
          const body = { From_Account: from, To_Account: to, MsgBody: [{ MsgContent: { Text: 'banana' } }] };
          const book = new RuleBook(rules);
          const { rule } = await book.decide({ command, facts: eventFacts(body), body });
          book.dispose();
          const expected = whens.findIndex(
            (when) =>
              (when.from === undefined || when.from.includes(from)) &&
              (when.to === undefined || when.to === to) &&
              (when.command === undefined || when.command === command) &&
              (when.text === undefined || when.text === 'a'),
          );
          assert.equal(rule && rules.indexOf(rule), expected < 0 ? undefined : expected);
        },
      ),
      runs(200, 5000),
    );
  });
});
