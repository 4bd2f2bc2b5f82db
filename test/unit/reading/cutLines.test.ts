import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readMessages } from '../../../src/reading';
import { runs } from '../../support/runs';

const ELEM = '{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}';
const FIRST = `{"From_Account": "u_1", "To_Account":"u_2","MsgKey":"17_8812_1700000200","IsPeerRead":1,"MsgBody":[${ELEM}]}`;
const SECOND = `{"From_Account":"u_2","To_Account":"u_1","MsgKey":"18_8813_1700000260","MsgBody":[${ELEM}]}`;

/** What stands before a record, in the first line and in the second. */
const prefixes: readonly (readonly [string, string])[] = [
  ['', ''],
  ['2023-11-14 10:00:01 INFO body=', '2023-11-14 10:00:02 INFO body='],
  ['[2023-11-14 10:00:01] local.INFO: ', '[2023-11-14 10:00:01] local.INFO: '],
  ['10.0.0.1 - - ', '10.0.0.2 - - '],
  ['INFO: ', 'INFO: '],
  ['[INFO] ', '[WARN] '],
  ['Nov 14 10:00:01 host app: ', 'Nov 14 10:00:02 host app: '],
  ['web-1  | ', 'web-1  | '],
];

describe('reading: a log whose lines were cut', () => {
  it('finds the second record whole, wherever the first was cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...prefixes),
        fc.integer({ min: 1, max: FIRST.length - 1 }),
        fc.constantFrom('\n', '\r\n'),
        ([before, beforeNext], cut, eol) => {
          const text = `${before}${FIRST.slice(0, cut)}${eol}${beforeNext}${SECOND}`;
          const last = readMessages(text).messages.at(-1);
          assert.equal(last?.key, '18_8813_1700000260', text);
          assert.equal(text.slice(last.range.offset, last.range.offset + last.range.length), SECOND);
          assert.deepEqual([last.from, last.body, last.problems], ['u_2', true, []], text);
        },
      ),
      runs(600, 20_000),
    );
  });

  it('does not take a value on a line of its own for the next record', () => {
    for (const text of [
      `{"MsgKey":"17_8812_1700000200","MsgBody":\n[${ELEM}],\n"CloudCustomData":"c",}`,
      `{"From_Account":"u_1","To_Account":"u_2","MsgKey":"17_8812_1700000200","MsgBody":[\n${ELEM},\n${ELEM}\n],}`,
      `{"MsgKey":"17_8812_1700000200","MsgBody":[${ELEM},\n${ELEM}],}`,
    ]) {
      const { messages } = readMessages(text);
      assert.deepEqual(
        messages.map(({ key, body }) => [key, body]),
        [['17_8812_1700000200', true]],
        text,
      );
      assert.ok(!messages[0]?.problems.some(({ values }) => values.kind === 'cut'), text);
    }
  });
});
