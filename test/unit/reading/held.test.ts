import assert from 'node:assert/strict';
import fc from 'fast-check';
import { heldMessage } from '../../../src/reading/pasted';
import { runs } from '../../support/runs';

const BODY = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]';
const SENT = `{"From_Account":"u_1","To_Account":"u_2","MsgKey":"17_8812_1700000200","MsgBody":${BODY}}`;

describe('the one message that a text holds', () => {
  for (const [what, text, notation, ...repairs] of [
    ['elements', BODY, 'json'],
    ['one element', BODY.slice(1, -1), 'json'],
    ['a request', SENT, 'json'],
    ['a history of one', `{"MsgList":[${SENT}]}`, 'json'],
    ['a line of a log', `INFO body=${SENT} cost=3ms`, 'json'],
    ['a string in a log', `INFO body=${JSON.stringify(SENT)}`, 'backslash-escaped json'],
    ['what is URL-encoded', encodeURIComponent(SENT), 'url-encoded json'],
    [
      'a literal of JavaScript with variables around its content',
      `send({ From_Account: String(from), To_Account: 'u_2', MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hi' } }] })`,
      'javascript',
      'unquotedName',
      'singleQuotes',
    ],
    [
      'a row with the type beside the content',
      '{"MsgKey":"17_8812_1700000200","MsgType":"TIMTextElem","MsgBody":"{\\"Text\\":\\"hi\\"}"}',
      'json',
    ],
    [
      'a message of the Web SDK',
      '{"ID":"144115234400000001-1659689444-77842438","conversationID":"C2Cu_2","from":"u_1","to":"u_2","type":"TIMTextElem","payload":{"text":"hi"}}',
      'json',
    ],
    [
      'what has full-width marks',
      '{“MsgBody”：[{“MsgType”：“TIMTextElem”，“MsgContent”：{“Text”：“hi”}}]}',
      'json',
      'fullWidth',
    ],
  ] as [string, string, string, ...string[]][]) {
    it(`is read from ${what}`, () => {
      const held = heldMessage(text);
      assert.equal(held?.content.msgBody, BODY);
      assert.equal(held.notation, notation);
      assert.deepEqual([...held.repairs].sort(), [...repairs].sort());
    });
  }

  for (const [what, text] of [
    ['two messages', `[${SENT},${SENT.replace('17_', '18_')}]`],
    ['none', 'Hello {"a":1}'],
    ['a key alone', '17_8812_1700000200'],
    ['a variable in its content', "{ MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }] }"],
    ['a cut end', SENT.slice(0, -8)],
    ['what was left out', '{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}, ...]}'],
    ['a hash of Ruby', '{"MsgBody"=>[{"MsgType"=>"TIMTextElem","MsgContent"=>{"Text"=>"hi"}}]}'],
    [
      'a system message of a group',
      '{"GroupId":"g","MsgBody":{"OpType":1},"From_Account":"@TIM#SYSTEM","IsPlaceMsg":0}',
    ],
  ] as const) {
    it(`is not made up of ${what}`, () => assert.equal(heldMessage(text), undefined));
  }

  it('says what the text says, whatever that is wrapped in', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('ab 1,:{}"\'/é你\n')), maxLength: 16 });
    const around: ((json: string) => string)[] = [
      (json) => `INFO ${json} ok`,
      (json) => encodeURIComponent(json),
      (json) => JSON.stringify({ body: json }),
      (json) => `curl -d '${json.replace(/'/g, `'\\''`)}' https://example.com`,
    ];
    fc.assert(
      fc.property(text, text, fc.constantFrom(...around), (Text, custom, wrap) => {
        const MsgBody = [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];
        const held = heldMessage(
          wrap(JSON.stringify({ To_Account: 'u_2', MsgBody, CloudCustomData: custom })),
        );
        assert.deepEqual(held?.content, {
          msgBody: JSON.stringify(MsgBody),
          cloudCustomData: JSON.stringify(custom),
        });
      }),
      runs(300, 5_000),
    );
  });
});
