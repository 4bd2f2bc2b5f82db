import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { codesInText } from '../../../src/chat/codesInText';
import { clientTextKey, explainedClientCodes, isClientCode } from '../../../src/chat/clientCodes';
import english from '../../../l10n/codes.json';
import { runs } from '../../support/runs';

describe('chat: codes in a text', () => {
  const cases: [what: string, text: string, codes: number[]][] = [
    ['a bare number', ' 90010\n', [90010]],
    ['a code of a range', '125000', [125000]],
    ['a range, with a dash or a hyphen', 'codes 120001–130000', [120001, 130000]],
    ['a range as it is typed', '120001-130000', [120001, 130000]],
    ['what looks like a range in a name', 'file-60008-70001-9.log', []],
    ['SDK codes in words', 'got 6206, then 7003 and 2801 and 8003', [6206, 7003, 2801, 8003]],
    ['one that nobody documented', '424242', [424242]],
    ['a number that is being typed', '90', []],
    ['an answer', '{"ActionStatus":"FAIL","ErrorCode":90010,"ErrorInfo":"invalid 12345"}', [90010]],
    ['an answer within a string', String.raw`resp="{\"ErrorCode\": 20003, \"ErrorInfo\":\"\"}"`, [20003]],
    ['a success', '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"succeed"}', [0]],
    [
      'results of a batch beside a success',
      '{"ErrorCode":0,"ResultItem":[{"UserID":"a","ResultCode":70107},{"UserID":"b","ResultCode":0}]}',
      [70107],
    ],
    ['words', 'ErrorCode 90010', [90010]],
    ['a query', 'errorCode=70009&x=1', [70009]],
    ['Chinese words', '错误码：60026', [60026]],
    [
      'a line of a log',
      '2026-11-25 18:22:51.123 [info] Sandbox: openim/modify_c2c_msg, ErrorCode 20027, 12 ms',
      [20027],
    ],
    [
      'a line of a log without a name',
      '[2026-11-25 18:22:51] im send failed: 90012 user_20003x 13800',
      [90012],
    ],
    ['a status is none', 'status code: 200, ErrorCode: 60008', [60008]],
    ['the error of an SDK', 'IM error {"code":6206,"desc":"sig expired"}', [6206]],
    ['several, each once', 'ErrorCode 90010, ErrorCode 20003, ErrorCode 90010', [90010, 20003]],
    ['words without a code', 'the receiver is unknown', []],
    ['a MsgKey is none', '20003_90010_1700000000', []],
  ];
  for (const [what, text, codes] of cases) {
    it(`are found in ${what}`, () => assert.deepEqual(codesInText(text), codes));
  }

  it('are looked for in any text, without end or error', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        for (const code of codesInText(text)) assert.ok(Number.isSafeInteger(code));
      }),
      runs(200, 20_000),
    );
    assert.deepEqual(codesInText('code: '.repeat(400_000)), []);
  });

  it('of client SDKs are said to be such, the commonest with words of their own', () => {
    for (const code of [2403, 6206, 6707, 7006, 8003]) assert.ok(isClientCode(code), String(code));
    for (const code of [0, 20003, 60008, 70009, 80001, 90010, 1002, 62.06]) assert.ok(!isClientCode(code));
    const words = english as Record<string, { meaning: string }>;
    for (const code of explainedClientCodes) assert.ok(words[clientTextKey(code)]?.meaning, String(code));
    assert.equal(clientTextKey(6707), 'client');
  });
});
