import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedMembers, sameContent, sameJson } from '../../../src/message/changes';
import { contentOf, formatMessage, parseMessage } from '../../../src/message/document';
import { composeEdits, differenceEdit, moveOffset } from '../../../src/json/edits';
import { minify, prettyPrint } from '../../../src/json/layout';
import { applyEdits, type TextEdit } from '../../../src/json/text';
import { MESSAGE_LIMIT, messageBytes, utf8Bytes } from '../../../src/message/size';
import { tokensOf } from '../../../src/json/tokens';
import { runs } from '../../support/runs';
import { anyText, documentText, jsonText, placed, relativeChange } from './arbitraries';

const spelled = (text: string) => tokensOf(text).map((token) => text.slice(token.offset, token.end));

describe('contentOf', () => {
  it('gives the members, every token byte for byte and no layout', () => {
    const text = '{ "CloudCustomData" : "a\\/\\u4f60" , "MsgBody" : [ 1.0, 12345678901234567 ] }';
    assert.deepEqual(contentOf(parseMessage(text)), {
      msgBody: '[1.0,12345678901234567]',
      cloudCustomData: '"a\\/\\u4f60"',
    });
    assert.deepEqual(contentOf(parseMessage('{}')), {});
    assert.equal(contentOf(parseMessage('{"MsgBody":1,"MsgBody":2}'))?.msgBody, '2');
  });

  it('gives nothing for what is no object of strict JSON', () => {
    for (const text of ['', '{', '[]', '{"MsgBody":[],}', '{} //', '"MsgBody"', '['.repeat(30_000)]) {
      assert.equal(contentOf(parseMessage(text)), undefined, text.slice(0, 20));
    }
  });

  it('agrees with JSON.parse on what is JSON', () => {
    fc.assert(
      fc.property(fc.oneof(documentText, anyText, jsonText), (text) => {
        let value: unknown;
        try {
          value = JSON.parse(text);
        } catch {
          value = undefined;
        }
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
        assert.equal(contentOf(parseMessage(text)) !== undefined, isObject);
      }),
      runs(500, 40_000),
    );
  });
});

describe('formatMessage', () => {
  it('lays out with two blanks and touches no token', () => {
    assert.equal(
      formatMessage({ msgBody: '[{"a":1.0,"b":[],"c":{}}]', cloudCustomData: '"x\\/"' }),
      '{\n  "MsgBody": [\n    {\n      "a": 1.0,\n      "b": [],\n      "c": {}\n    }\n  ],\n  "CloudCustomData": "x\\/"\n}\n',
    );
    assert.equal(formatMessage({}), '{}\n');
  });

  it('comes back as it was, token by token', () => {
    fc.assert(
      fc.property(jsonText, jsonText, (msgBody, cloudCustomData) => {
        const text = formatMessage({ msgBody, cloudCustomData });
        const content = contentOf(parseMessage(text));
        assert.deepEqual(spelled(content?.msgBody ?? ''), spelled(msgBody));
        assert.deepEqual(spelled(content?.cloudCustomData ?? ''), spelled(cloudCustomData));
        assert.equal(formatMessage(content ?? {}), text);
      }),
      runs(200, 10_000),
    );
  });
});

describe('layout', () => {
  it('changes white space between tokens only, in any text', () => {
    fc.assert(
      fc.property(fc.oneof(jsonText, anyText), (text) => {
        assert.deepEqual(spelled(minify(text)), spelled(text));
        if (tokensOf(text).every(({ kind }) => kind !== 'broken')) {
          assert.deepEqual(spelled(prettyPrint(text)), spelled(text));
        }
      }),
      runs(300, 20_000),
    );
  });
});

describe('sameJson', () => {
  it('compares values, exactly', () => {
    const table: [a: string | undefined, b: string | undefined, same: boolean][] = [
      ['{"a":1,"b":[2]}', '{ "b": [2.0], "a": 1e0 }', true],
      ['12345678901234567', '12345678901234568', false],
      ['0.1', '0.10000000000000000555', false],
      ['1e400', '10e399', true],
      ['-0', '0', true],
      ['"\\u4f60\\/"', '"你/"', true],
      ['[1,2]', '[2,1]', false],
      ['{"a":1,"a":2}', '{"a":2}', true],
      ['{"a":null}', '{}', false],
      ['"1"', '1', false],
      ['{', '{', true],
      ['{', '{ ', false],
      [undefined, undefined, true],
      [undefined, 'null', false],
    ];
    for (const [a, b, same] of table) assert.equal(sameJson(a, b), same, `${a ?? ''} ${b ?? ''}`);
  });

  it('does not mind the layout, for any JSON', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        assert.ok(sameJson(text, prettyPrint(text)));
        assert.ok(sameJson(minify(text), text));
      }),
      runs(200, 10_000),
    );
  });
});

describe('changedMembers', () => {
  it('names what differs; a member that is absent is kept', () => {
    const base = { msgBody: '[1]', cloudCustomData: '"x"' };
    assert.deepEqual(changedMembers(base, { msgBody: '[ 1 ]', cloudCustomData: '"y"' }), ['CloudCustomData']);
    assert.deepEqual(changedMembers(base, { msgBody: '[2]' }), ['MsgBody']);
    assert.deepEqual(changedMembers(base, {}), []);
    assert.deepEqual(changedMembers({}, { cloudCustomData: '""' }), ['CloudCustomData']);
    assert.equal(sameContent(base, { msgBody: '[1]' }), false);
  });
});

describe('size', () => {
  it('counts bytes of UTF-8', () => {
    for (const text of ['', 'a', 'é', '你', '😀', 'a😀你\ud83d', '\ude00x']) {
      assert.equal(utf8Bytes(text), Buffer.byteLength(text, 'utf8'), text);
    }
    assert.equal(messageBytes({ msgBody: '[]', cloudCustomData: '"你"' }), 7);
    assert.equal(MESSAGE_LIMIT, 12_288);
  });
});

describe('edits', () => {
  it('two lists in a row are as one', () => {
    fc.assert(
      fc.property(anyText, fc.array(relativeChange, { maxLength: 5 }), (text, changes) => {
        let all: TextEdit[] = [];
        let now = text;
        for (const relative of changes) {
          const { from, to, insert } = placed(now, relative);
          const edits = [{ offset: from, length: to - from, text: insert }];
          all = composeEdits(text.length, all, edits);
          now = applyEdits(now, edits);
        }
        assert.equal(applyEdits(text, all), now);
        assert.equal(applyEdits(text, differenceEdit(text, now)), now);
      }),
      runs(300, 20_000),
    );
  });

  it('refuses what overlaps', () => {
    const edit = { offset: 0, length: 2, text: '' };
    assert.throws(() => applyEdits('abc', [edit, { ...edit, offset: 1 }]), RangeError);
    assert.throws(() => applyEdits('a', [edit]), RangeError);
  });

  it('moves places along', () => {
    const insert = [{ offset: 3, length: 0, text: 'xy' }];
    assert.equal(moveOffset(3, insert, 'before'), 3);
    assert.equal(moveOffset(3, insert, 'after'), 5);
    assert.equal(moveOffset(2, insert, 'after'), 2);
    assert.equal(moveOffset(3, [{ offset: 1, length: 2, text: 'abcdef' }], 'before'), 7);
    assert.equal(moveOffset(4, [{ offset: 1, length: 2, text: '' }], 'before'), 2);
  });
});
