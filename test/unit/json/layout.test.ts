import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sameContent, sameJson } from '../../../src/message/changes';
import { checkMessage } from '../../../src/message/checks';
import { contentOf, formatMessage, parseMessage } from '../../../src/message/document';
import { fixAll, fixesFor } from '../../../src/message/fixes';
import { minify, prettyPrint } from '../../../src/json/layout';
import { SliceTracker } from '../../../src/message/sliceTracker';
import { runs } from '../../support/runs';
import { jsonText } from '../message/arbitraries';

const KB = 1024;

/** Arrays within arrays, or objects within objects. */
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const chain = (depth: number) => `${'{"a":'.repeat(depth)}0${'}'.repeat(depth)}`;

/** JSON that is deep here and wide there. */
const deepText = fc
  .tuple(fc.nat(1_500), fc.nat(40), jsonText, fc.constantFrom('[', '{"k":'), fc.constantFrom(' ', '', '\n'))
  .map(([depth, width, inner, open, gap]) => {
    const close = open === '[' ? ']' : '}';
    const one = `${`${open}${gap}`.repeat(depth)}${inner}${close.repeat(depth)}`;
    return `[${Array.from({ length: width }, () => '[1]').join(',')}${width > 0 ? ',' : ''}${one}]`;
  });

describe('the layout of a message', () => {
  it('stays bounded, however deep the message is', () => {
    for (const json of [nested(6_000), chain(2_000), `[${nested(3_000)},${nested(2_900)}]`]) {
      const text = formatMessage({ msgBody: json });
      assert.ok(text.length <= Math.max(64 * KB, 20 * (json.length + 16)), `${text.length}`);
      assert.equal(contentOf(parseMessage(text))?.msgBody, json);
      assert.equal(minify(prettyPart(text)), json);
      assert.match(text, /^\{\n {2}"MsgBody": [[{]\n {4}["[]/);
    }
  });

  it('keeps every token, and is the same when it is made again, for any depth', () => {
    fc.assert(
      fc.property(deepText, (json) => {
        const text = prettyPrint(json);
        assert.ok(text.length <= Math.max(64 * KB, 20 * json.length), `${text.length} of ${json.length}`);
        assert.equal(minify(text), minify(json));
        assert.equal(prettyPrint(text), text);
      }),
      runs(60, 4_000),
    );
  });

  it('is that of two blanks for each level as far as levels go', () => {
    assert.equal(
      prettyPrint('[[1,{"a":[]}],2]'),
      '[\n  [\n    1,\n    {\n      "a": []\n    }\n  ],\n  2\n]',
    );
    const deep = prettyPrint(nested(2_000)).split('\n');
    const widest = deep.reduce((most, line) => Math.max(most, line.length), 0);
    assert.ok(deep.length > 300 && widest > 2_000, 'some levels on lines, the rest on one');
  });
});

describe('a message of 6,000 levels', () => {
  const deep = `[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"d","X":${nested(5_990)}}}]`;
  const text = formatMessage({ msgBody: deep, cloudCustomData: '"c"' });

  it('is a message whose members can be read and edited', () => {
    assert.ok(deep.length < 12 * KB);
    const content = contentOf(parseMessage(text));
    assert.equal(content?.msgBody, deep);
    assert.equal(content.cloudCustomData, '"c"');
    const { mode, parses, slices } = SliceTracker.of(text);
    assert.deepEqual([mode, parses, Object.keys(slices)], ['members', true, ['MsgBody', 'CloudCustomData']]);
  });

  it('is compared by its tokens', () => {
    const content = contentOf(parseMessage(text)) ?? {};
    assert.ok(sameContent(content, { msgBody: deep, cloudCustomData: '"c"' }));
    assert.ok(!sameJson(deep, deep.replace('[[]]', '[[0]]')));
    assert.ok(!sameJson(deep, '[]'));
  });

  it('is checked as far as one looks into it', () => {
    const broken = text.replace('"Data"', '"data"');
    const problems = checkMessage(broken);
    assert.deepEqual(
      problems.map(({ id, severity }) => `${severity} ${id}`),
      ['error fieldName', 'hint unknownField', 'warning jsonTooDeep'],
    );
    for (const problem of problems) fixesFor(broken, problem);
    assert.equal(fixAll(broken).length, 1);
  });

  it('is no message when it is no JSON, deep inside', () => {
    const at = text.indexOf('[[]]');
    const broken = `${text.slice(0, at)}[[,]]${text.slice(at + 4)}`;
    assert.equal(contentOf(parseMessage(broken)), undefined);
    assert.deepEqual(
      checkMessage(broken).map(({ id }) => id),
      ['jsonTooDeep', 'jsonSyntax'],
    );
  });
});

describe('what takes time', () => {
  it('is linear in the digits of a number, the blanks of a text and the elements of a list', () => {
    const digits = `1${'0'.repeat(100_000)}1`.repeat(2);
    assert.ok(sameJson(digits, `${digits}.0`));
    assert.ok(!sameJson(digits, `${digits}0`));
    const blanks = ' '.repeat(200_000);
    const custom = '{"MsgType":"TIMCustomElem","MsgContent":{"Data":""}}';
    for (const message of [
      `{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"a":${blanks}1,"b":${blanks}2${blanks}}}]}`,
      `{"MsgBody":[],${blanks}${blanks}/* a */${blanks}"CloudCustomData":""}`,
      `{"MsgBody":[${Array.from({ length: 2_000 }, () => custom).join(',')}]}`,
    ]) {
      for (const problem of checkMessage(message).slice(0, 3)) fixesFor(message, problem);
    }
  });
});

/** What stands in a document of MsgBody alone. */
function prettyPart(text: string): string {
  return text.slice('{\n  "MsgBody": '.length, -'\n}\n'.length);
}
