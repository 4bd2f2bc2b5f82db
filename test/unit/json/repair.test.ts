import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonrepair } from 'jsonrepair';
import { readLoosely } from '../../../src/json/loose';
import { repair } from '../../../src/json/repair';
import { applyEdits } from '../../../src/json/text';
import { runs } from '../../support/runs';
import { anyText, jsonText } from '../message/arbitraries';

/** What is wrong, the text, what it becomes, and the stretches that were touched. */
const slips: [what: string, before: string, after: string, ...kinds: string[]][] = [
  [
    'quotes that are not escaped',
    '{"Data":"{"id":1,"b":"x"}"}',
    '{"Data":"{\\"id\\":1,\\"b\\":\\"x\\"}"}',
    'unescapedJson',
  ],
  [
    'the same with an array in it',
    '{"Data": "[{"a":[1,{}]}]", "Desc":""}',
    '{"Data": "[{\\"a\\":[1,{}]}]", "Desc":""}',
    'unescapedJson',
  ],
  [
    'a quoted word',
    '{"Text":"He said "hi" to me"}',
    '{"Text":"He said \\"hi\\" to me"}',
    'innerQuote',
    'innerQuote',
  ],
  ['NBSP', '{\u00a0"a":\u00a0\u00a01 }', '{ "a":  1 }', 'blank', 'blank'],
  ['full-width marks', '｛“a”：“b”，“c”：［1］｝', '{"a":"b","c":[1]}', 'fullWidth'],
  ['full-width blanks', '{"a":\u30001}', '{"a": 1}', 'blank'],
  ['a raw line break', '{"a":"x\ny"}', '{"a":"x\\ny"}', 'rawBreak'],
  ['a raw tab and a Windows break', '{"a":"x\ty\r\nz"}', '{"a":"x\\ty\\r\\nz"}', 'rawBreak', 'rawBreak'],
  ['single quotes', "{'a': 'it\\'s \"b\"'}", '{"a": "it\'s \\"b\\""}', 'singleQuotes'],
  ['names without quotes', '{a: 1, $b_1: 2}', '{"a": 1, "$b_1": 2}', 'unquotedName', 'unquotedName'],
  [
    'words of Python',
    '{"a": None, "b": True, "c": False}',
    '{"a": null, "b": true, "c": false}',
    'literal',
    'literal',
    'literal',
  ],
  ['undefined', '{"a": undefined}', '{"a": null}', 'literal'],
  ['a missing comma', '{"a":1\n"b":2}', '{"a":1,\n"b":2}', 'missingComma'],
  ['a missing comma between items', '[{"a":1} {"b":2}]', '[{"a":1}, {"b":2}]', 'missingComma'],
  ['a missing colon before a string', '{"a" "c"}', '{"a": "c"}', 'missingColon'],
  ['a missing quote', '{"a":"x,\n"b":1}', '{"a":"x",\n"b":1}', 'missingQuote'],
  ['a missing bracket', '{"a":[{"b":1}}', '{"a":[{"b":1}]}', 'missingBracket'],
  ['a comma too many', '{"a":1,,"b":2}', '{"a":1,"b":2}', 'extraMark'],
  ['a trailing comma', '[1,2,]', '[1,2]', 'trailingComma'],
  ['comments', '{"a": 1, // one\n/* two */"b": 2}', '{"a": 1,\n"b": 2}', 'comment', 'comment'],
  ['a comment before and behind', '// x\n{"a":1} // y', '\n{"a":1} ', 'comment', 'comment'],
  ['backslashes', '{\\"a\\":\\"b\\"}', '{"a":"b"}', 'backslashes'],
  ['backslashes and escaped breaks', '{\\n  \\"a\\": \\"b\\"\\n}', '{\n  "a": "b"\n}', 'backslashes'],
  ['a path of Windows', '{"a":"C:\\dir"}', '{"a":"C:\\\\dir"}', 'escape'],
  [
    'raw strings of Python',
    `{'a': r'C:\\new\\"x" \\'y\\\\', 'b': r"\\""}`,
    '{"a": "C:\\\\new\\\\\\"x\\" \\\\\'y\\\\\\\\", "b": "\\\\\\""}',
    'singleQuotes',
  ],
  [
    'a missing bracket behind quotes that are not escaped',
    '{"a":[{"b":{"Data":"{"id":1}"}],"c":"x"}',
    '{"a":[{"b":{"Data":"{\\"id\\":1}"}}],"c":"x"}',
    'unescapedJson',
    'missingBracket',
  ],
  [
    'types of Mongo',
    '{"a": NumberLong("17"), "b": ObjectId("5f")}',
    '{"a": 17, "b": "5f"}',
    'mongoType',
    'mongoType',
  ],
  [
    'numbers of other languages',
    '{"a": 0x10, "b": 17L, "c": .5}',
    '{"a": 16, "b": 17, "c": 0.5}',
    'number',
    'number',
    'number',
  ],
];

describe('json: repair', () => {
  for (const [what, before, after, ...kinds] of slips) {
    it(`mends ${what}`, () => {
      const done = repair(before);
      assert.ok(done);
      assert.equal(done.text, after);
      assert.equal(applyEdits(before, done.edits), after);
      assert.deepEqual([...new Set(done.repairs.map(({ kind }) => kind))], [...new Set(kinds)]);
    });
  }

  it('makes nothing up: what is not in the text, or cannot be read, is no repair', () => {
    for (const text of [
      '{"a": String(x)}',
      '{"a": x}',
      '{a, b}',
      '{"a": `x${y}`}',
      '{"a": f"Hi {user.name}"}',
      "{'a': Rf'Hi {user.name}'}",
      "{'a': b'\\xe4\\xbd\\xa0'}",
      '{"a": "b" + c}',
      '[...]',
      '{"a": [Object]}',
      '{"a":1',
      '{"a":"b',
      'hello',
      '',
      '{"a"=>"b"}',
      'Req(a=b)',
    ]) {
      const done = repair(text);
      // What ends early is completed, and said to be cut.
      if (done)
        assert.ok(
          done.repairs.some(({ kind }) => kind === 'cut'),
          text,
        );
      else assert.equal(done, undefined);
    }
  });

  it('does not try all ways to read strings that seem to hold JSON', () => {
    // What is no JSON for a moment, as while somebody types behind it.
    for (const item of ['"["', '"a":"{"', '"a": "[{"', '"{"', '["["'])
      for (const count of [60, 400]) {
        const items = Array.from({ length: count }, () => item).join(',');
        for (const text of [`{"a":[${items}], "b": `, `{${items}, "b": `, `[${items}`]) {
          const done = repair(text);
          if (done) JSON.parse(done.text);
        }
      }
  });

  it('leaves JSON alone', () => {
    fc.assert(
      fc.property(jsonText, (text) => assert.equal(repair(text), undefined)),
      runs(300, 10_000),
    );
  });

  it('never fails, and what comes out is JSON', () => {
    const marks = fc.string({
      unit: fc.constantFrom(...Array.from('{}[]:,"\'\\/#nux1 \n.a“”：，=>+()')),
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          marks.map((text) => `{${text}`),
          marks.map((text) => `{"a":${text}`),
        ),
        (text) => {
          const done = repair(text);
          if (done) JSON.parse(done.text);
          const at = text.search(/[[{]/);
          const read = at < 0 ? undefined : readLoosely(text, at);
          if (typeof read === 'object') assert.ok(read.end > at && read.end <= text.length);
        },
      ),
      runs(3_000, 60_000),
    );
  });

  it('reads what a common library repairs, to the same value', () => {
    const styles: ((json: string) => string)[] = [
      (json) => json.replace(/"((?:\w)+)":/g, '$1:'),
      (json) => json.replace(/,"/g, ' "'),
      (json) => json.replace(/([}\]])/g, ',$1').replace(/([[{]),/g, '$1'),
      (json) => `/* x */ ${json} // y`,
      (json) => json.replace(/true/g, 'True').replace(/false/g, 'False').replace(/null/g, 'None'),
      (json) => json.replace(/"/g, '“'),
      (json) => json.replace(/:/g, ':\u00a0'),
    ];
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        word,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.dictionary(word, tie('value'), { minKeys: 1, maxKeys: 3 }),
        fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(word, value, { minKeys: 1 }), fc.constantFrom(...styles), (object, style) => {
        const broken = style(JSON.stringify(object));
        const expected: unknown = JSON.parse(jsonrepair(broken));
        assert.deepEqual(expected, JSON.parse(JSON.stringify(object)));
        assert.deepEqual(JSON.parse(repair(broken)?.text ?? broken), expected, broken);
      }),
      runs(1_000, 30_000),
    );
  });
});
