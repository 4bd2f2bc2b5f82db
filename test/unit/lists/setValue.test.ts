import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits } from '../../../src/json/text';
import { parseList } from '../../../src/lists/parseList';
import { findValues, type ValueQuery } from '../../../src/lists/setValue';
import { parseValuePath, type ValueStep } from '../../../src/lists/valuePath';
import { runs } from '../../support/runs';

function path(text: string): readonly ValueStep[] {
  const parsed = parseValuePath(text);
  assert.ok(!('wrongAt' in parsed), `${text} cannot be read`);
  return parsed;
}

const address = '"From_Account":"a","To_Account":"b","MsgKey":"1_2_3"';

function after(
  text: string,
  change: Omit<ValueQuery, 'path'> & { path: string; value: string },
): { text: string; places: number; messages: number } {
  const places = findValues(text, parseList(text).items, { ...change, path: path(change.path) });
  const { edits, messages } = places.set(change.value);
  return { text: applyEdits(text, edits), places: places.count, messages };
}

describe('Set Value', () => {
  it('reads paths of members, items and JSON in strings', () => {
    assert.deepEqual(path('MsgBody[*].MsgContent.Data ▸ order.status'), [
      { kind: 'member', name: 'MsgBody' },
      { kind: 'each' },
      { kind: 'member', name: 'MsgContent' },
      { kind: 'member', name: 'Data' },
      { kind: 'open' },
      { kind: 'member', name: 'order' },
      { kind: 'member', name: 'status' },
    ]);
    assert.deepEqual(path('CloudCustomData>[0]."a.b"'), [
      { kind: 'member', name: 'CloudCustomData' },
      { kind: 'open' },
      { kind: 'item', index: 0 },
      { kind: 'member', name: 'a.b' },
    ]);
    for (const wrong of ['', '.a', 'a.', 'a..b', 'a[x]', '> a', 'a b', 'a.[0]'])
      assert.ok('wrongAt' in parseValuePath(wrong), wrong);
  });

  it('changes these bytes only, through two levels of strings', () => {
    const data = String.raw`"{ \"id\":12345678901234567, \"s\":\"\/\u4f60\", \"order\": {\"status\":1,\"more\":\"{\\\"open\\\":false}\"} }"`;
    const text = `[{${address}, "MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{"Data":${data}}}]}]`;
    assert.equal(
      after(text, { path: 'MsgBody[*].MsgContent.Data ▸ order.status', value: '"opened"' }).text,
      text.replace(String.raw`\"status\":1`, String.raw`\"status\":\"opened\"`),
    );
    assert.equal(
      after(text, { path: 'MsgBody[0].MsgContent.Data ▸ order.more ▸ open', value: 'true' }).text,
      text.replace(String.raw`\"open\\\":false`, String.raw`\"open\\\":true`),
    );
  });

  it('counts places and messages, and changes only where it is what was asked for', () => {
    const item = (key: number, ...values: string[]): string =>
      `{"From_Account":"a","To_Account":"b","MsgKey":"${key}_2_3","MsgBody":[${values.map((value) => `{"v":${value}}`).join()}]}`;
    const text = `[${item(1, '1', '2')},${item(2, '1.0', '3')},${item(3)},${item(4, '2').replace('"MsgKey"', '"MsgFlagBits":8,"MsgKey"')}]`;
    const all = after(text, { path: 'MsgBody[*].v', value: '7' });
    assert.deepEqual([all.places, all.messages], [4, 2]);
    const some = after(text, { path: 'MsgBody[*].v', value: '7', onlyWhere: '1' });
    assert.deepEqual([some.places, some.messages], [2, 2]);
    assert.equal(some.text, text.replace('{"v":1}', '{"v":7}').replace('1.0', '7'));
    assert.deepEqual(after(text, { path: 'MsgBody[*].w', value: '7' }), { text, places: 0, messages: 0 });
    assert.deepEqual(after(text, { path: 'MsgBody[1].v', value: '2', onlyWhere: '2' }).messages, 0);
  });

  it('leaves everything else as it is, whatever stands there', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), fc.json(), (one, other, value) => {
        const inner = `{"a" :${one},"x":0,"b":  ${other}}`;
        const text = `[{${address},"MsgBody":[{"k":${other}}] , "CloudCustomData":${JSON.stringify(inner)}}]`;
        const set = after(text, { path: 'CloudCustomData ▸ x', value }).text;
        const [item] = JSON.parse(set) as { CloudCustomData: string }[];
        assert.equal(
          item?.CloudCustomData,
          `{"a" :${one},"x":${value === '-0' ? '0' : value},"b":  ${other}}`,
        );
        assert.ok(set.startsWith(text.slice(0, text.indexOf('"CloudCustomData"'))));
      }),
      runs(200, 10_000),
    );
  });
});
