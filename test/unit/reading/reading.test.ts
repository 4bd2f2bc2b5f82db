import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkMessage } from '../../../src/message/checks';
import { readMessages } from '../../../src/reading';
import { runs } from '../../support/runs';
import { anyText, documentText, jsonText } from '../message/arbitraries';
import { slips } from '../message/slips';

const WRONG = '{"MsgType":"TIMTextElem","MsgContent":{}}';
const escaped = JSON.stringify;

/** The problems of everything that a text holds; undefined when it holds no message. */
function checkAnything(text: string) {
  const { messages } = readMessages(text);
  return messages.length === 0 ? undefined : messages.flatMap(({ problems }) => problems);
}

describe('readMessages: problems at their places', () => {
  const texts: [what: string, text: string][] = [
    ['a MsgBody', `[${WRONG}]`],
    ['an element', WRONG],
    ['a message document', `{"MsgBody":[${WRONG}]}`],
    ['a request', `{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3","MsgBody":[${WRONG}]}`],
    ['a webhook', `{"CallbackCommand":"C2C.CallbackAfterSendMsg","MsgBody":[${WRONG}],"EventTime":1}`],
    ['JSON around a request', `{"level":"info","tags":["a",{}],"body":{"MsgBody":[${WRONG}]}}`],
    ['a line of a log', `[2026-11-21 10:00:00] INFO {x} send it's body={"MsgBody":[${WRONG}]} cost=3ms "ok"`],
    ['a line that begins with a request', `{"MsgBody":[${WRONG}]} cost=3ms`],
    ['a command line', `curl -d '{"MsgBody":[${WRONG}]}' "https://example.com/?a={b}"`],
    ['a string', escaped(`{"MsgBody":[${WRONG}]}`)],
    ['a string in a log', `INFO body=${escaped(`[${WRONG}]`)} sent`],
    ['a string in JSON in a log', `INFO {"n":1,"body":${escaped(escaped(`[${WRONG}]`))}} sent`],
  ];
  for (const [what, text] of texts) {
    it(`takes ${what}, and finds the place in it`, () => {
      const problems = checkAnything(text) ?? [];
      assert.deepEqual(
        problems.map(({ id }) => id),
        ['fieldMissing'],
      );
      const { offset, length } = problems[0]!.range;
      assert.match(text.slice(offset, offset + length), /^\\*"MsgContent\\*"$/);
      assert.equal(offset, text.indexOf('MsgContent') - (length - 'MsgContent'.length) / 2);
    });
  }

  it('reads comments and half-typed messages as they are', () => {
    const ids = (text: string) => checkAnything(text)?.map(({ id }) => id);
    assert.deepEqual(ids('// copied\n[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}}]'), [
      'jsonComment',
    ]);
    assert.deepEqual(ids('[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"},}]'), ['jsonTrailingComma']);
    // One problem that says that the text ends here, not what a parser expected next.
    assert.deepEqual(ids('{"MsgBody":[{"MsgType":"TIMTextElem"'), ['jsonSlip']);
  });

  it('says when there is no message', () => {
    for (const text of [
      '',
      ' \n',
      'hello',
      '{}',
      '[1,2]',
      '{"name":"x","scripts":{"test":"y"}}',
      '[2026-11-21] no message {here} [at all',
      '"{}"',
      '{'.repeat(3000),
    ]) {
      assert.equal(checkAnything(text), undefined, text.slice(0, 40));
    }
  });

  it('finds every slip wherever the message lies, at its place', () => {
    const strict = slips.filter(({ before }) => before.startsWith('{') && isJson(before));
    assert.ok(strict.length > 20);
    for (const { name, before, problem, at, fix } of strict) {
      // A row of a table with the type beside the content is read as what it means.
      if (fix === 'makeElement') continue;
      if (readMessages(before).messages.length === 0 || onlyOfDocuments.has(problem)) continue;
      const line = `INFO ${before} "done"`;
      const found = checkAnything(line)?.find(({ id }) => id === problem);
      assert.ok(found, name);
      const { offset, length } = found.range;
      const alone = checkMessage(before).find(({ id }) => id === problem);
      assert.equal(offset, (alone?.range.offset ?? 0) + 'INFO '.length, name);
      assert.equal(line.slice(offset, offset + length), at, name);
    }
  });

  it('stays in the text, whatever it is', () => {
    const nested = fc.oneof(
      documentText,
      documentText.map((text) => JSON.stringify({ a: text })),
      jsonText,
    );
    fc.assert(
      fc.property(anyText, nested, anyText, (before, inside, after) => {
        const text = before + inside + after;
        for (const { range: all, problems } of readMessages(text).messages) {
          assert.ok(all.offset >= 0 && all.offset + all.length <= text.length);
          for (const { range } of problems) {
            assert.ok(range.offset >= 0 && range.offset + range.length <= text.length);
          }
        }
      }),
      runs(300, 20_000),
    );
  });

  it('does not try all ways to part what stands before a document', () => {
    for (const before of [
      '/'.repeat(100),
      '/**/'.repeat(5_000),
      '\ufeff'.repeat(5_000),
      '// a  \n'.repeat(5_000),
    ])
      for (const text of [`${before}\nx msg_key`, `{"notice":${JSON.stringify(`${before}x MsgBody`)}}`])
        assert.deepEqual(readMessages(text).messages, []);
    const body = '{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]}';
    assert.equal(readMessages(`${'/'.repeat(100)}\n/* * ** */\ufeff ${body}`).messages.length, 1);
  });
});

/** Problems that a request, an element or a log does not have. */
const onlyOfDocuments: ReadonlySet<string> = new Set([
  'requestMember',
  'unknownMember',
  'rootIsElement',
  'noMembers',
]);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
