import assert from 'node:assert/strict';
import { readingForm } from '../../../src/message/readingForm';

const MARK = 'JSON in a string';

/** Lines of one text that the other one does not have. */
function changedLines(before: string, after: string): string[] {
  const old = before.split('\n');
  return after.split('\n').filter((line) => !old.includes(line));
}

describe('the reading form', () => {
  it('lays a message out over lines and opens the JSON in its strings, marked', () => {
    assert.equal(
      readingForm(
        {
          msgBody:
            '[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"{\\"id\\":12345678901234567,\\"tags\\":[]}"}}]',
          cloudCustomData: '"[1.50,\\"a\\\\/b\\"]"',
        },
        MARK,
      ),
      [
        '{',
        '  "MsgBody": [',
        '    {',
        '      "MsgType": "TIMCustomElem",',
        '      "MsgContent": {',
        '        "Data": /* JSON in a string */ {',
        '          "id": 12345678901234567,',
        '          "tags": []',
        '        }',
        '      }',
        '    }',
        '  ],',
        '  "CloudCustomData": /* JSON in a string */ [',
        '    1.50,',
        '    "a\\/b"',
        '  ]',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('shows one letter changed three strings deep as one changed line', () => {
    const deep = (word: string): string => {
      const inner = JSON.stringify({ note: word, other: [1, 2] });
      const middle = JSON.stringify({ inner, kept: true });
      return JSON.stringify(JSON.stringify({ middle, version: 4 }));
    };
    const before = readingForm({ cloudCustomData: deep('grey') }, MARK);
    const after = readingForm({ cloudCustomData: deep('gray') }, MARK);
    assert.deepEqual(changedLines(before, after), ['        "note": "gray",']);
  });

  it('is the same for two layouts of one message', () => {
    const one = readingForm({ msgBody: '[ {"a" :1 , "b": "{ \\"c\\" : 2 }"} ]' }, MARK);
    assert.equal(one, readingForm({ msgBody: '[{"a":1,"b":"{\\"c\\":2}"}]' }, MARK));
  });

  it('leaves strings alone that hold no object and no array, and members that are not there', () => {
    assert.equal(readingForm({ cloudCustomData: '"{ half"' }, MARK), '{\n  "CloudCustomData": "{ half"\n}\n');
    assert.equal(readingForm({}, MARK), '{}\n');
  });

  it('stays short however deeply a message is nested', () => {
    const depth = 6_000;
    const text = readingForm({ msgBody: '['.repeat(depth) + ']'.repeat(depth) }, MARK);
    assert.equal(text.replace(/\s/g, '').length, 2 * depth + '{"MsgBody":}'.length);
    assert.ok(text.length < 64_000, `${text.length}`);
  });
});
