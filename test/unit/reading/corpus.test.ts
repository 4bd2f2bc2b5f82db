import assert from 'node:assert/strict';
import { readMessages } from '../../../src/reading';

/** What a text holds, a message a line: chat, sender, receiver or group, key or seq, body, problems' ids. */
function told(text: string): string[] {
  return readMessages(text).messages.map(({ chat, from, to, key, group, seq, body, problems }) =>
    [
      chat ?? '-',
      from ?? '-',
      group ?? to ?? '-',
      key ?? seq ?? '-',
      body ? 'body' : 'none',
      ...problems.filter(({ severity }) => severity !== 'hint').map(({ id }) => id),
    ].join(' '),
  );
}

const ELEM = '{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}';
const A = `{"From_Account":"u_1","To_Account":"u_2","MsgKey":"17_8812_1700000200","MsgBody":[${ELEM}]}`;
const B = `{"From_Account":"u_2","To_Account":"u_1","MsgKey":"18_8813_1700000260","MsgBody":[${ELEM}]}`;
const C2C_A = 'c2c u_1 u_2 17_8812_1700000200';
const C2C_B = 'c2c u_2 u_1 18_8813_1700000260';

const corpus: [what: string, text: string, ...told: string[]][] = [
  [
    'a history answer',
    `{"ErrorCode":0,"LastMsgKey":"18_8813_1700000260","MsgList":[${A},${B}]}`,
    `${C2C_A} body`,
    `${C2C_B} body`,
  ],
  ['JSON lines', `${A}\n${B}\n`, `${C2C_A} body`, `${C2C_B} body`],
  [
    'a log with several lines, one wrong',
    `INFO ${A}\nWARN x\nINFO ${B.replace('TIMTextElem', 'TIMTextElm')}`,
    `${C2C_A} body`,
    `${C2C_B} body msgTypeUnknown`,
  ],
  [
    'two notations in one log',
    `a=${A}\nb=${JSON.stringify(B)}\nc={'MsgBody': [{'MsgType': 'TIMTextElem', 'MsgContent': {'Text': None}}]}`,
    `${C2C_A} body`,
    `${C2C_B} body`,
    '- - - - body fieldType',
  ],
  [
    'a line that was cut, and the next one',
    `2023-11-14 10:00:00 ${A.slice(0, -7)}\n2023-11-14 10:00:01 ${B}`,
    `${C2C_A} body jsonSlip`,
    `${C2C_B} body`,
  ],
  [
    'a batch',
    '{"From_Account":"u_1","To_Account":["u_2","u_3"],"MsgRandom":7,"MsgBody":[' + ELEM + ']}',
    'c2c u_1 - - body',
  ],
  ['elements', `[${ELEM},${ELEM}]`, '- - - - body'],
  ['one element', ELEM, '- - - - body'],
  [
    'a group history',
    `{"GroupId":"@TGS#A","RspMsgList":[{"From_Account":"u_1","MsgSeq":3,"MsgRandom":1,"MsgTimeStamp":1700000200,"MsgBody":[${ELEM}]},{"From_Account":"u_1","IsPlaceMsg":1,"MsgBody":"","MsgSeq":2}]}`,
    'group u_1 @TGS#A 3 body',
    'group u_1 @TGS#A 2 body',
  ],
  [
    'a webhook of a group',
    `{"CallbackCommand":"Group.CallbackAfterSendMsg","GroupId":"@TGS#A","From_Account":"u_1","MsgSeq":9,"MsgTime":1700000200,"MsgBody":[${ELEM}]}`,
    'group u_1 @TGS#A 9 body',
  ],
  [
    'a webhook with number strings',
    `{"From_Account":"u_1","To_Account":"u_2","MsgSeq":"17","MsgRandom":"8812","MsgTimestamp":"1700000200","MsgBody":[${ELEM}]}`,
    `${C2C_A} body`,
  ],
  [
    'a row of an own server',
    `{"from_account":"u_1","to_account":"u_2","msg_key":"17_8812_1700000200","msg_body":${JSON.stringify(`[${ELEM}]`)}}`,
    `${C2C_A} body`,
  ],
  [
    'a row with the type beside its content',
    '{"From_Account":"u_1","To_Account":"u_2","MsgKey":"17_8812_1700000200","MsgType":"TIMTextElem","MsgBody":"{\\"Text\\":\\"hi\\"}"}',
    `${C2C_A} body`,
  ],
  [
    'such a row in snake case, its content with a slip',
    '{"from_account":"u_1","to_account":"u_2","msg_key":"17_8812_1700000200","msg_type":"TIMTextElem","msg_body":"{\\"Text\\":5}"}',
    `${C2C_A} body fieldType`,
  ],
  [
    'a request whose MsgBody is a string',
    `{"From_Account":"u_1","To_Account":"u_2","MsgKey":"17_8812_1700000200","MsgBody":${JSON.stringify(`[${ELEM}]`)}}`,
    `${C2C_A} body msgBodyNotArray`,
  ],
  [
    'a Web SDK message of a group',
    '{"ID":"144115234400000001-1659689444-77842438","conversationID":"GROUP@TGS#A","conversationType":"GROUP","sequence":5,"random":6,"time":1659689445,"from":"u_1","to":"@TGS#A","type":"TIMTextElem","payload":{"text":"x"}}',
    'group u_1 @TGS#A 5 body',
  ],
  [
    'print_r',
    'Array\n(\n    [From_Account] => u_1\n    [To_Account] => u_2\n    [MsgKey] => 17_8812_1700000200\n    [MsgBody] => Array\n        (\n            [0] => Array\n                (\n                    [MsgType] => TIMTextElem\n',
    `${C2C_A} none notRead`,
  ],
  [
    'var_dump',
    'array(3) {\n  ["From_Account"]=>\n  string(3) "u_1"\n  ["To_Account"]=>\n  string(3) "u_2"\n  ["MsgSeq"]=>\n  int(17)\n  ["MsgRandom"]=>\n  int(8812)\n  ["MsgTimeStamp"]=>\n  int(1700000200)\n  ["MsgBody"]=>\n  array(1) {\n    [0]=>\n    array(2) {\n      ["MsgType"]=>\n      string(11) "TIMTextElem"',
    `${C2C_A} none notRead`,
  ],
  [
    'serialize',
    'a:3:{s:12:"From_Account";s:3:"u_1";s:10:"To_Account";s:3:"u_2";s:6:"MsgKey";s:18:"17_8812_1700000200";}',
    `${C2C_A} none`,
  ],
  ['Go', '&{FromAccount:u_1 ToAccount:u_2 MsgKey:17_8812_1700000200 MsgBody:[0xc00012]}', `${C2C_A} none`],
  [
    'a map of Java',
    '{From_Account=u_1, To_Account=u_2, MsgKey=17_8812_1700000200, MsgBody=[{MsgType=TIMTextElem, MsgContent={Text=hi}}]}',
    `${C2C_A} none notRead`,
  ],
  [
    'toString without a receiver',
    'Req(fromAccount=null, msgKey=17_8812_1700000200)',
    'c2c - - 17_8812_1700000200 none',
  ],
  [
    'source code with variables',
    "send({ From_Account: from, To_Account: 'u_2', MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }] })",
    'c2c - u_2 - body',
  ],
  [
    'shell types of Mongo',
    `{ "_id" : ObjectId("5f"), "From_Account" : "u_1", "To_Account" : "u_2", "MsgSeq" : NumberLong(17), "MsgRandom" : NumberLong("8812"), "MsgTime" : 1700000200, "MsgBody" : [ ${ELEM} ] }`,
    `${C2C_A} body`,
  ],
  [
    'extended JSON',
    `{"From_Account":"u_1","To_Account":"u_2","MsgSeq":{"$numberLong":"17"},"MsgRandom":{"$numberInt":"8812"},"MsgTime":{"$numberLong":"1700000200"},"MsgBody":[${ELEM}]}`,
    `${C2C_A} body`,
  ],
  [
    'times in milliseconds, and dates with their zone',
    `${A.replace('"MsgKey":"17_8812_1700000200"', '"MsgSeq":17,"MsgRandom":8812,"MsgTime":1700000200123')}\n${B.replace('"MsgKey":"18_8813_1700000260"', '"MsgSeq":18,"MsgRandom":8813,"MsgTimeStamp":"2023-11-14T22:17:40.5Z"')}`,
    `${C2C_A} body`,
    `${C2C_B} body requestMemberNotNumber`,
  ],
  [
    'a date without its zone, which could be any second of a day',
    A.replace(
      '"MsgKey":"17_8812_1700000200"',
      '"MsgSeq":17,"MsgRandom":8812,"MsgTime":"2023-11-14 22:16:40"',
    ),
    'c2c u_1 u_2 17 body',
  ],
  [
    'milliseconds in words',
    'From_Account=u_1 To_Account=u_2 MsgSeq=17 MsgRandom=8812 MsgTime=1700000200123',
    `${C2C_A} none`,
  ],
  [
    'dates of Mongo, in its shell and in extended JSON',
    `{ "From_Account" : "u_1", "To_Account" : "u_2", "MsgSeq" : 17, "MsgRandom" : 8812, "MsgTime" : ISODate("2023-11-14T22:16:40.123Z"), "MsgBody" : [ ${ELEM} ] }\n${B.replace('"MsgKey":"18_8813_1700000260"', '"MsgSeq":18,"MsgRandom":8813,"MsgTime":{"$date":{"$numberLong":"1700000260123"}}')}`,
    `${C2C_A} body`,
    `${C2C_B} body`,
  ],
  ['base64 in a member', JSON.stringify({ body: Buffer.from(A).toString('base64') }), `${C2C_A} body`],
  ['a token that is no message', 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.AAAA'],
  [
    'quotes lost in a shell',
    '{From_Account:u_1,To_Account:u_2,MsgKey:17_8812_1700000200,MsgBody:[{MsgType:TIMTextElem,MsgContent:{Text:hi}}]}',
    `${C2C_A} body jsonSlip`,
  ],
  ['URL-encoded twice', encodeURIComponent(encodeURIComponent(A)), `${C2C_A} body`],
  ['an encoded name without a key', 'q=%22MsgKey%22%3A1'],
  [
    'lines with prefixes',
    JSON.stringify(JSON.parse(A), null, 2).replace(/^/gm, 'web-1  | '),
    `${C2C_A} body`,
  ],
  ['a comment of source code', JSON.stringify(JSON.parse(A), null, 2).replace(/^/gm, '// '), `${C2C_A} body`],
  [
    'pieces put together in source code',
    JSON.stringify(A.slice(0, 40)) + ' +\n  ' + JSON.stringify(A.slice(40)) + ';',
    `${C2C_A} body`,
  ],
  [
    'full-width marks',
    A.replace(/"/g, '”').replace(/:/g, '：').replace(/,/g, '，'),
    `${C2C_A} body jsonSlip`,
  ],
  ['NBSP', A.replace(/:/g, ':\u00a0'), `${C2C_A} body jsonSlip`],
  ['no message', 'The MsgBody is an array. See From_Account and To_Account { for more }.'],
  ['accounts alone', '{"From_Account":"u_1","To_Account":"u_2"}'],
];

describe('reading: what developers paste', () => {
  for (const [what, text, ...expected] of corpus) {
    it(`reads ${what}`, () => assert.deepEqual(told(text), expected));
  }
});
