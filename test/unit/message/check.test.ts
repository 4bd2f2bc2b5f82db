import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { checkMessage, checkPart } from '../../../src/message/checks';
import { contentOf, parseMessage } from '../../../src/message/document';
import { placeRange, rangeOfPath } from '../../../src/message/codePlace';
import { runs } from '../../support/runs';
import { anyText, documentText, jsonText } from './arbitraries';
import { slips } from './slips';

const cut = (text: string, { offset, length }: { offset: number; length: number }) =>
  text.slice(offset, offset + length);

describe('checkMessage', () => {
  for (const slip of slips) {
    it(`finds ${slip.name} (${slip.source})`, () => {
      const found = checkMessage(slip.before).find(({ id }) => id === slip.problem);
      assert.ok(
        found,
        `not found among ${checkMessage(slip.before)
          .map(({ id }) => id)
          .join(', ')}`,
      );
      assert.equal(found.severity, slip.severity);
      assert.equal(found.code, slip.code);
      assert.equal(cut(slip.before, found.range), slip.at);
    });
  }

  it('finds nothing in what is right', () => {
    const right = [
      '{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":""}}]}',
      '{"CloudCustomData":""}',
      '{"MsgBody":[{"MsgType":"TIMLocationElem","MsgContent":{"Desc":"someinfo","Latitude":29.3,"Longitude":116.7}}]}',
      '{"MsgBody":[{"MsgType":"TIMFaceElem","MsgContent":{"Index":1}},{"MsgType":"TIMCustomElem","MsgContent":{"Data":"d"}}]}',
      '{"MsgBody":[{"MsgType":"TIMImageElem","MsgContent":{"UUID":"u","ImageFormat":255,"ImageInfoArray":[{"Type":2,"Size":1,"Width":0,"Height":0,"URL":"http://x"}]}}]}',
      '{"MsgBody":[{"MsgType":"TIMFileElem","MsgContent":{"Url":"x","UUID":"u","FileSize":1,"FileName":"n","Download_Flag":2}}]}',
      '{"MsgBody":[{"MsgType":"TIMVideoFileElem","MsgContent":{"VideoUrl":"x","VideoUUID":"u","VideoDownloadFlag":2,"ThumbUrl":"y","ThumbUUID":"t","ThumbWidth":1,"ThumbHeight":1,"ThumbDownloadFlag":2}}]}',
    ];
    for (const text of right) assert.deepEqual(checkMessage(text), [], text);
  });

  it('never calls an error what a merged forward holds: no official table describes it', () => {
    const body =
      '[{"MsgType":"TIMRelayElem","MsgContent":{"MsgNum":"2","MsgList":[{"MsgBody":{"MsgType":"x"}}]}}]';
    const problems = checkMessage(`{"MsgBody":${body}}`);
    assert.deepEqual(
      problems.map(({ id, severity }) => `${severity} ${id}`),
      ['hint msgTypeRelay', 'warning fieldType', 'warning fieldType'],
    );
  });

  it('gives the path of the value', () => {
    const [problem] = checkMessage(
      '{"MsgBody":[{"MsgType":"TIMImageElem","MsgContent":{"UUID":"u","ImageFormat":1,"ImageInfoArray":[{"Width":1,"Height":-1,"URL":""}]}}]}',
    );
    assert.equal(problem?.id, 'fieldRange');
    assert.deepEqual(problem.path, ['MsgBody', 0, 'MsgContent', 'ImageInfoArray', 0, 'Height']);
    assert.deepEqual(problem.values, { field: 'Height', value: '-1', min: 0, max: '' });
  });

  it('reports the first of the errors that one slip makes', () => {
    assert.deepEqual(
      checkMessage('{"MsgBody":[{"MsgType": }').map(({ id }) => id),
      ['jsonSyntax'],
    );
    assert.deepEqual(
      checkMessage('['.repeat(20_000)).map(({ id }) => id),
      ['jsonTooDeep', 'jsonSyntax'],
    );
  });

  it('says one thing of a text that is nearly JSON, and names the mark', () => {
    const [problem, ...others] = checkMessage('{\n\u00a0 "MsgBody": [],\n\u00a0 “CloudCustomData”： "x"\n}');
    assert.deepEqual(others, []);
    assert.equal(problem?.id, 'jsonSlip');
    assert.deepEqual(problem.values, { kind: 'blank', count: 2, mark: 'U+00A0' });
  });

  it('proposes no repair where it would be a guess', () => {
    for (const text of [
      '{"MsgBody":[',
      '{"MsgBody": }',
      '{"MsgBody": foo(1) }',
      '{"MsgBody":"a',
      '{"MsgBody":[]]}',
    ]) {
      assert.equal(checkMessage(text)[0]?.id, 'jsonSyntax', text);
    }
  });

  it('never throws, and stays in the text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, documentText, jsonText, bodyText), (text) => {
        for (const { range, severity } of [...checkMessage(text), ...checkPart(text)]) {
          assert.ok(range.offset >= 0 && range.length >= 0 && range.offset + range.length <= text.length);
          assert.ok(['error', 'warning', 'hint'].includes(severity));
        }
      }),
      runs(600, 40_000),
    );
  });

  it('is stable: half of any valid message is checked without a throw', () => {
    for (const { before } of slips.filter((slip) => slip.before.length < 2_000)) {
      for (let end = 0; end <= before.length; end += 1) checkMessage(before.slice(0, end));
    }
  });
});

/** A body with every field of an element present, absent, misspelt or of another type. */
const bodyText = fc
  .array(
    fc.record(
      {
        MsgType: fc.oneof(
          fc.constantFrom('TIMTextElem', 'TIMImageElem', 'TIMSoundElem', 'TIMRelayElem', 'text'),
          fc.jsonValue(),
        ),
        MsgContent: fc.oneof(
          fc.dictionary(
            fc.constantFrom('Text', 'text', 'UUID', 'Url', 'ImageInfoArray', 'MsgList', 'Data'),
            fc.jsonValue(),
          ),
          fc.jsonValue(),
        ),
        Text: fc.string(),
        payload: fc.jsonValue(),
        type: fc.constantFrom('TIMTextElem', 7),
      },
      { requiredKeys: [] },
    ),
    { maxLength: 3 },
  )
  .map((MsgBody) => JSON.stringify({ MsgBody }));

describe('placeRange', () => {
  const at = (text: string, place: string, code?: number) =>
    cut(text, placeRange(parseMessage(text), [], place, code));

  it('finds the place of a code of the service', () => {
    const text = '{\n "MsgBody": {"MsgType":"TIMTextElem"},\n "CloudCustomData": "x"}';
    assert.equal(at(text, 'MsgBody'), '{"MsgType":"TIMTextElem"}');
    assert.equal(at(text, 'CloudCustomData'), '"x"');
    assert.equal(at(text, 'document'), '{');
    assert.equal(at(text, 'somewhere'), '{');
    assert.equal(at('{}', 'MsgBody'), '{}');
  });

  it('finds the element that breaks its format, and the field if it is one', () => {
    const right = '{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}}';
    assert.equal(at(`{"MsgBody":[${right},{"MsgType":"x","MsgContent":{}}]}`, 'element', 90002), '"x"');
    assert.equal(
      at(`{"MsgBody":[${right},{"MsgType":"TIMTextElem","MsgContent":{"Text":1}}]}`, 'element', 90010),
      '1',
    );
    assert.equal(at(`{"MsgBody":[${right}]}`, 'element', 90010), right);
  });

  it('falls back to the nearest value above a path', () => {
    const text = '{"MsgBody":[1]}';
    assert.equal(cut(text, rangeOfPath(parseMessage(text), ['MsgBody', 4, 'MsgType'])), '[1]');
  });
});

describe('the facts', () => {
  const samples = path.join('test', 'fixtures', 'message-samples.json');

  it('raise no error: every documented MsgBody passes', () => {
    const all = JSON.parse(readFileSync(samples, 'utf8')) as { name: string; msgBody: unknown }[];
    assert.equal(all.length, 13);
    for (const { name, msgBody } of all) {
      const text = JSON.stringify({ MsgBody: msgBody });
      assert.ok(contentOf(parseMessage(text)));
      const errors = checkMessage(text).filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, [], name);
    }
  });
});
