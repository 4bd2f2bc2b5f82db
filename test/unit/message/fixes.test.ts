import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkMessage } from '../../../src/message/checks';
import { fixAll, fixesFor, fixesForCode } from '../../../src/message/fixes';
import { applyEdits } from '../../../src/json/text';
import { runs } from '../../support/runs';
import { anyText, documentText } from './arbitraries';
import { slips, type Slip } from './slips';

/** The text after the first fix of the first problem of a kind. */
function fixed(slip: Slip): { id: string | undefined; after: string; safe: boolean | undefined } {
  const problem = checkMessage(slip.before).find(({ id }) => id === slip.problem);
  assert.ok(problem);
  const fixes = fixesFor(slip.before, problem);
  const fix = fixes.find(({ id }) => id === slip.fix) ?? fixes[0];
  return { id: fix?.id, after: applyEdits(slip.before, fix?.edits ?? []), safe: fix?.safe };
}

describe('fixesFor', () => {
  for (const slip of slips) {
    it(`mends ${slip.name}`, () => {
      const { id, after, safe } = fixed(slip);
      assert.equal(id, slip.fix);
      assert.equal(after, slip.after ?? slip.before);
      assert.equal(safe, slip.safe);
    });
  }

  it('leaves nothing of the kind where the slip was', () => {
    for (const slip of slips.filter(({ fix }) => fix !== undefined)) {
      const { after } = fixed(slip);
      const left = checkMessage(after).filter(({ id }) => id === slip.problem);
      const many = slip.problem === 'requestMember' ? [] : left;
      assert.deepEqual(many, [], slip.name);
    }
  });

  it('offers every documented value', () => {
    const text =
      '{"MsgBody":[{"MsgType":"TIMImageElem","MsgContent":{"UUID":"u","ImageFormat":7,"ImageInfoArray":[]}}]}';
    const [problem] = checkMessage(text);
    assert.ok(problem);
    assert.deepEqual(
      fixesFor(text, problem).map(({ values }) => values),
      ['1', '2', '3', '4', '255'].map((value) => ({ field: 'ImageFormat', value })),
    );
  });

  it('offers each message of a list', () => {
    const one = (text: string) => `{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]}`;
    const text = `[${one('a')},${one('b')}]`;
    const [problem] = checkMessage(text);
    assert.ok(problem);
    assert.deepEqual(
      fixesFor(text, problem).map(({ edits }) => applyEdits(text, edits)),
      [one('a'), one('b')],
    );
    const mixed = text.replace(one('b'), '7');
    const [other] = checkMessage(mixed);
    assert.ok(other);
    assert.deepEqual(fixesFor(mixed, other), []);
  });

  it('follows the layout of the object that a field is added to', () => {
    const text =
      '{\n  "MsgBody": [\n    {\n      "MsgType": "TIMFaceElem",\n      "MsgContent": {\n        "Data": "x"\n      }\n    }\n  ]\n}\n';
    const [problem] = checkMessage(text);
    const [fix] = problem ? fixesFor(text, problem) : [];
    assert.equal(applyEdits(text, fix?.edits ?? []), text.replace('"x"', '"x",\n        "Index": 0'));
  });

  it('shortens a text between two characters, never inside one', () => {
    const text = `{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${'😀'.repeat(4000)}"}}]}`;
    const [problem] = checkMessage(text);
    const fix = problem && fixesFor(text, problem).find(({ id }) => id === 'shorten');
    const after = applyEdits(text, fix?.edits ?? []);
    assert.match(after, /"Text":"(😀)+"/u);
    assert.deepEqual(checkMessage(after), []);
  });

  it('touches nothing but what it mends, in any document', () => {
    fc.assert(
      fc.property(fc.oneof(documentText, anyText, mutatedSlip), (text) => {
        for (const problem of checkMessage(text)) {
          for (const { edits } of fixesFor(text, problem)) {
            const after = applyEdits(text, edits);
            const first = Math.min(...edits.map(({ offset }) => offset));
            const last = Math.max(...edits.map(({ offset, length }) => offset + length));
            assert.ok(after.startsWith(text.slice(0, first)));
            assert.ok(after.endsWith(text.slice(last)));
            checkMessage(after);
          }
        }
      }),
      runs(300, 20_000),
    );
  });
});

/** A slip with another one in it, or cut off. */
const mutatedSlip = fc
  .tuple(
    fc.constantFrom(...slips.slice(0, -2)),
    fc.nat(),
    fc.nat(3),
    fc.constantFrom('', ',', '"', '[', '}', '\n', '1', '"Text":1,'),
  )
  .map(([slip, at, length, insert]) => {
    const from = at % (slip.before.length + 1);
    return slip.before.slice(0, from) + insert + slip.before.slice(from + length);
  });

describe('fixAll', () => {
  it('mends several slips at once, and those that come to light', () => {
    const before = `{ // from the docs
  "To_Account": 7,
  "cloudCustomData": { "a": [1, 2], },
  "MsgBody": { "msgType": "text", "msg_content": { "text": 1 } }
}`;
    const after = applyEdits(before, fixAll(before));
    assert.equal(
      after,
      `{
  "To_Account": "7",
  "CloudCustomData": "{\\"a\\":[1,2]}",
  "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "1" } }]
}`,
    );
  });

  it('makes no two members of one name', () => {
    const body = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]';
    const before = `{"msgBody":${body},"msg_body":${body}}`;
    assert.equal(applyEdits(before, fixAll(before)), before.replace('msgBody', 'MsgBody'));
    const fields = '{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"text":"one","TEXT":"two"}}]}';
    assert.equal(applyEdits(fields, fixAll(fields)), fields.replace('"text"', '"Text"'));
  });

  it('mends the value that is wrong where a key stands twice', () => {
    const before = '{"MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{"Data":{"a":1},"Data":"x"}}]}';
    const after = before.replace('{"a":1}', '"{\\"a\\":1}"');
    assert.equal(applyEdits(before, fixAll(before)), after);
  });

  it('leaves alone what has to be chosen', () => {
    for (const before of [
      // Which of two that mean one field is meant; the other one stays what it is.
      '{"MsgBody":[{"MsgType":"TIMFileElem","MsgContent":{"Url":"a","UUID":"b","FileSize":1,"FileName":"c","Download_Flag":2,"fileUrl":"d","url":"e"}}]}',
      '{"MsgBody":"hello"}',
      '{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{}}]}',
      '{}',
    ]) {
      assert.deepEqual(fixAll(before), []);
    }
  });

  it('never leaves more errors than before, for any text', () => {
    const errors = (text: string) => checkMessage(text).filter(({ severity }) => severity === 'error').length;
    fc.assert(
      fc.property(fc.oneof(documentText, mutatedSlip), (text) => {
        const after = applyEdits(text, fixAll(text));
        assert.ok(errors(after) <= errors(text), after);
      }),
      runs(300, 20_000),
    );
  });

  it('mends elements of any SDK, to the end', () => {
    const before = '[{"type":"TIMTextElem","content":{"text":"a"}},{"elem_type":0,"text_elem_content":"b"}]';
    const after = applyEdits(before, fixAll(before));
    assert.equal(
      after,
      '{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}},{"MsgType":"TIMTextElem","MsgContent":{"Text":"b"}}]}',
    );
    assert.deepEqual(checkMessage(after), []);
  });

  it('makes JSON of what is nearly JSON, and touches nothing else', () => {
    const before = "{ 'MsgBody' : [ {'MsgType':'TIMTextElem',\n 'MsgContent':{'Text':\"it's 1.0\"}} , ],   }";
    const after = applyEdits(before, fixAll(before));
    assert.equal(
      after,
      '{ "MsgBody" : [ {"MsgType":"TIMTextElem",\n "MsgContent":{"Text":"it\'s 1.0"}}  ]   }',
    );
    assert.deepEqual(checkMessage(after), []);
  });

  it('comes to rest: a second time there is nothing left to do', () => {
    fc.assert(
      fc.property(fc.oneof(documentText, mutatedSlip), (text) => {
        const after = applyEdits(text, fixAll(text));
        assert.deepEqual(fixAll(after), []);
      }),
      runs(200, 10_000),
    );
  });
});

describe('fixesForCode', () => {
  it('wraps an object for either code that says MsgBody is no array', () => {
    const text = '{"MsgBody":{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}}}';
    for (const code of [90007, 90002]) {
      const [fix] = fixesForCode(text, code);
      assert.equal(fix?.id, 'wrapInArray');
    }
  });

  it('offers to make a message shorter when only the service found it too long', () => {
    const text = '{ "MsgBody": [] }';
    assert.deepEqual(fixesForCode(text, 93_000), []);
    const fixes = fixesForCode('{ "CloudCustomData": "{ \\"a\\": 1 }" }', 80_002);
    assert.equal(fixes[0]?.id, 'minifyStrings');
  });

  it('has nothing for codes that lie outside of the text', () => {
    assert.deepEqual(fixesForCode('{"CloudCustomData":1}', 70_001), []);
  });
});
