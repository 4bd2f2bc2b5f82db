import assert from 'node:assert/strict';
import fc from 'fast-check';
import { specOf } from '../../../src/chat/calls/specs';
import { blockOf, callOf } from '../../../src/requests/foundCall';
import { compose, ComposeError } from '../../../src/requests/compose';
import { effectOf } from '../../../src/requests/effect';
import { judge } from '../../../src/requests/expect';
import { memberAt } from '../../../src/requests/members';
import { modificationOf } from '../../../src/requests/modification';
import { parseRequests } from '../../../src/requests/parse';
import { checkRequests } from '../../../src/requests/problems';
import type { Sources } from '../../../src/requests/variables';
import { runs } from '../../support/runs';

const ENDPOINT = 'https://console.tim.qq.com';

function sources(more: Partial<Sources> = {}): Sources {
  return {
    connection: { endpoint: ENDPOINT, sdkappid: '1400000000', identifier: 'administrator' },
    answer: () => undefined,
    environment: () => undefined,
    now: () => 1_700_000_000_000,
    randomInt: (min) => min,
    guid: () => '00000000-0000-4000-8000-000000000000',
    ...more,
  };
}

/** The body of a document's last block once it is filled in. */
function sent(text: string, more: Partial<Sources> = {}): { command: string; body: string } {
  const document = parseRequests(text);
  const block = document.blocks.at(-1);
  assert.ok(block);
  return compose(document, block, sources(more));
}

function refused(text: string, more: Partial<Sources> = {}): string {
  try {
    sent(text, more);
  } catch (error) {
    assert.ok(ComposeError.is(error));
    return error.problem;
  }
  return 'sent';
}

const TO = (url: string, body = '{}') => `POST ${url}\n\n${body}\n`;

describe('requests: what is sent of a block', () => {
  it('is its call and its body without the white space between tokens, each token as it was typed', () => {
    assert.deepEqual(
      sent(TO('{{endpoint}}/v4/openim/sendmsg', '{\n  "MsgSeq": 1.50,\n  "Text": "\\u4f60 \\/"\n}')),
      {
        command: 'openim/sendmsg',
        body: '{"MsgSeq":1.50,"Text":"\\u4f60 \\/"}',
      },
    );
    assert.equal(sent(TO(`${ENDPOINT}/v4/openim/sendmsg?sdkappid=1&usersig=abc`)).command, 'openim/sendmsg');
    assert.equal(sent('POST {{endpoint}}/v4/a/b').body, '{}');
    // What is no JSON goes as it is: one wants to see the code.
    assert.equal(sent(TO('{{endpoint}}/v4/a/b', '{ "a": , }')).body, '{ "a": , }');
    // What ends no line in a document begins no comment in a string.
    const separated = '{\n  "Text": "Agenda\u2028# first\u2028second\u2029// third\u2029"\n}';
    assert.equal(
      sent(TO('{{endpoint}}/v4/openim/sendmsg', separated)).body,
      '{"Text":"Agenda\u2028# first\u2028second\u2029// third\u2029"}',
    );
    // A line of a comment is no part of a body, as REST Client has it.
    assert.equal(sent(TO('{{endpoint}}/v4/a/b', '{\n  # who\n  "a": 1\n  // "b": 2\n}')).body, '{"a":1}');
  });

  it('has its values filled in: own ones, made ones, those of the environment and of answers', () => {
    const text = `@peer = bob
@both = {{peer}}-{{identifier}}
### x
POST {{endpoint}}/v4/a/b

{"a":"{{both}}","b":{{$randomInt 5 9}},"c":{{$timestamp}},"d":"{{$guid}}","e":{{$timestamp -1 d}},"f":"{{$processEnv WHO}}",
"g":"{{sent.response.body.$.MsgKey}}","h":{{sent.response.body.$.List[1].Next}},"i":{{sent.response.body.$.List}}}`;
    const answer = '{"MsgKey":"1_2_3","List":[{},{"Next":18446744073709551615}]}';
    const { body } = sent(text, {
      answer: (name) => (name === 'sent' ? answer : undefined),
      environment: (name) => (name === 'WHO' ? 'me' : undefined),
    });
    assert.equal(
      body,
      '{"a":"bob-administrator","b":5,"c":1700000000,"d":"00000000-0000-4000-8000-000000000000","e":1699913600,"f":"me",' +
        '"g":"1_2_3","h":18446744073709551615,"i":[{},{"Next":18446744073709551615}]}',
    );
  });

  it('is nothing when a value is not there, and the problem says where', () => {
    const body = (reference: string) => TO('{{endpoint}}/v4/a/b', `{"a":"{{${reference}}}"}`);
    assert.equal(refused(body('nobody')), 'unknownVariable');
    assert.equal(refused(body('sent.response.body.$.a')), 'noAnswer');
    assert.equal(refused(body('sent.response.body.$.a'), { answer: () => '{}' }), 'noSuchMember');
    assert.equal(refused(body('$processEnv SECRET')), 'noEnvironment');
    assert.equal(refused(body('$randomInt 9 1')), 'badArguments');
    assert.equal(refused(`@a = {{b}}\n@b = {{a}}\n${body('a').replace('POST', '### \nPOST')}`), 'circle');
    assert.equal(refused('# nothing'), 'noRequest');
    assert.equal(refused('GET {{endpoint}}/v4/a/b'), 'notPost');
    assert.equal(refused(`@a = hello\n###\n${TO('{{endpoint}}/v4/a/b', '{"x":{{a}}}')}`), 'notJsonValue');
  });

  it('goes nowhere but to the endpoint of the connection', () => {
    const urls = [
      ['https://evil.example/v4/openim/sendmsg', 'otherHost'],
      ['http://console.tim.qq.com/v4/openim/sendmsg', 'otherHost'],
      ['https://console.tim.qq.com:8443/v4/openim/sendmsg', 'otherHost'],
      ['https://console.tim.qq.com.evil.example/v4/openim/sendmsg', 'otherHost'],
      ['https://console.tim.qq.com@evil.example/v4/openim/sendmsg', 'credentials'],
      ['https://console.tim.qq.com\\@evil.example/v4/openim/sendmsg', 'noUrl'],
      ['{{endpoint}}.evil.example/v4/openim/sendmsg', 'otherHost'],
      ['{{endpoint}}@evil.example/v4/openim/sendmsg', 'credentials'],
      ['{{endpoint}}:81/v4/openim/sendmsg', 'otherHost'],
      ['{{host}}/v4/openim/sendmsg', 'variable'],
      ['{{endpoint}}/v4/{{call}}', 'variable'],
      ['{{endpoint}}/v4/openim/../../x/v4/openim/sendmsg', 'noCall'],
      ['{{endpoint}}/v4/openim/%73endmsg', 'noCall'],
      ['{{endpoint}}/v4/openim/SendMsg', 'noCall'],
      ['//evil.example/v4/openim/sendmsg', 'noUrl'],
      ['/v4/openim/sendmsg', 'noUrl'],
      ['ftp://console.tim.qq.com/v4/openim/sendmsg', 'noUrl'],
    ] as const;
    for (const [url, problem] of urls) assert.equal(refused(`POST ${url}\n\n{}`), problem, url);
    // A name of its own for it is refused too, wherever it stands.
    for (const text of ['@endpoint = https://evil.example\n###\n', '###\n@endpoint=x\n']) {
      assert.equal(refused(text + TO('{{endpoint}}/v4/openim/sendmsg')), 'endpointSet');
    }
    assert.equal(
      sent(`@identifier = mallory\n###\n${TO('{{endpoint}}/v4/a/b', '{"a":"{{identifier}}"}')}`).body,
      '{"a":"administrator"}',
    );
  });

  it('keeps the text of an answer inside its string, whatever that text is', () => {
    const document = TO('{{endpoint}}/v4/a/b', '{"a":"{{x.response.body.$.t}}","b":1}');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('","b":2,"c":"', '\\', '{{identifier}}', '"}'),
        ),
        (text) => {
          const { body } = sent(document, { answer: () => JSON.stringify({ t: text }) });
          assert.deepEqual(JSON.parse(body), { a: text, b: 1 });
        },
      ),
      runs(200, 10_000),
    );
    // Outside of a string only one whole value of JSON gets in.
    const bare = TO('{{endpoint}}/v4/a/b', '{"a":{{x.response.body.$.t}}}');
    assert.equal(sent(bare, { answer: () => '{"t":"1,\\"b\\":2"}' }).body, '{"a":"1,\\"b\\":2"}');
  });
});

describe('requests: guards', () => {
  it('know what a call does; what nobody described counts as what cannot be taken back', () => {
    assert.equal(effectOf('openim/admin_getroammsg'), 'read');
    assert.equal(effectOf('openim/sendmsg'), 'write');
    assert.equal(effectOf('openim/modify_c2c_msg'), 'modify');
    assert.equal(effectOf('openim/modify_group_msg'), 'modify');
    assert.equal(effectOf('im_open_login_svc/account_delete'), 'remove');
    assert.equal(effectOf('group_open_http_svc/destroy_group'), 'remove');
    assert.equal(effectOf('some_svc/whatever'), 'remove');
  });

  it('name the message that a body overwrites only where there is no doubt', () => {
    const c2c = 'openim/modify_c2c_msg';
    const body =
      '{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3","MsgBody":[ 1.0 ],"CloudCustomData":"x"}';
    assert.deepEqual(modificationOf(c2c, body), {
      address: { chat: 'c2c', from: 'a', to: 'b', key: '1_2_3' },
      text: '{"MsgBody":[ 1.0 ],"CloudCustomData":"x"}',
    });
    assert.deepEqual(
      modificationOf('openim/modify_group_msg', '{"GroupId":"@g","MsgSeq":7,"TopicId":"","MsgBody":[]}'),
      {
        address: { chat: 'group', group: '@g', seq: 7 },
        text: '{"MsgBody":[]}',
      },
    );
    const doubts = [
      ['{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3","MsgKey":"4_5_6","MsgBody":[]}', 'doubled'],
      ['{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3","msgkey":"4_5_6","MsgBody":[]}', 'doubled'],
      ['{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3","MsgBody":[],}', 'notJson'],
      ['[{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3"}]', 'notJson'],
      ['{"From_Account":"a","To_Account":5,"MsgKey":"1_2_3"}', 'addressType'],
      ['{"From_Account":"a","To_Account":"b"}', 'noAddress'],
    ] as const;
    for (const [text, problem] of doubts) assert.deepEqual(modificationOf(c2c, text), { problem }, text);
  });
});

describe('requests: expectations', () => {
  const block = parseRequests(`# @expect ErrorCode 0
# @expect $.List[0].Name "bob"
# @expect $.List[0].Name bob
# @expect $.List
# @expect MsgKey
# @expect $.Next 18446744073709551615
# @expect ]]
POST {{endpoint}}/v4/a/b`).blocks[0]!;

  it('are held against the answer, digit by digit', () => {
    const met = (answer: string) => judge(block, answer).map((verdict) => verdict.met);
    assert.deepEqual(
      met('{"ErrorCode":0,"List":[{"Name":"bob"}],"MsgKey":"1","Next":18446744073709551615}'),
      [true, true, true, true, true, true],
    );
    assert.deepEqual(met('{"ErrorCode":1,"List":[{"Name":"al"}],"Next":18446744073709551616}'), [
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
    assert.deepEqual(met('no JSON'), [false, false, false, false, false, false]);
  });
});

describe('requests: problems before anything is sent', () => {
  const ids = (text: string, connections?: readonly string[]) =>
    checkRequests(parseRequests(text), connections).own.map(({ id, offset, length }) => [
      id,
      text.slice(offset, offset + length),
    ]);

  it('are found at their places', () => {
    const text = `# @connection Nobody
@endpoint = https://evil.example

### a
# @name a
# @expext ErrorCode 0
POST {{endpoint}}/v4/openim/sendmgs?usersig=eJwrSy0qzszPU7IyMjY1BAA
X-Token: 1

{ "a": "{{peer}}", "b": "{{b.response.body.$.x}}" }
###
# @name a
GET https://console.tim.qq.com/v4/openim/admin_msgwithdraw

{ "From_Account": 5, "To_Account": "b" }
POST {{endpoint}}/v4/openim/sendmsg
`;
    assert.deepEqual(ids(text, ['Sandbox']), [
      ['noConnection', 'Nobody'],
      ['connectionNameSet', '@endpoint = https://evil.example'],
      ['unknownDirective', 'expext'],
      ['unknownCall', 'openim/sendmgs'],
      ['queryIgnored', '?usersig=eJwrSy0qzszPU7IyMjY1BAA'],
      ['secret', 'eJwrSy0qzszPU7IyMjY1BAA'],
      ['headerIgnored', 'X-Token: 1'],
      ['unknownVariable', '{{peer}}'],
      ['unknownRequest', '{{b.response.body.$.x}}'],
      ['nameTwice', 'a'],
      ['notPost', 'GET'],
      ['memberMissing', '{'],
      ['memberType', '5'],
      ['secondRequest', 'POST {{endpoint}}/v4/openim/sendmsg'],
    ]);
  });

  it('say which values a member may have, and those of objects inside', () => {
    const found = (command: string, body: object): string[] => {
      const text = blockOf({ command, body: JSON.stringify(body) }, 'x');
      const { own } = checkRequests(parseRequests(text));
      return own.map(
        ({ id, subject, offset, length }) => `${id} ${subject} at ${text.slice(offset, offset + length)}`,
      );
    };
    const group = { GroupId: '@g' };
    assert.deepEqual(
      found('group_open_http_svc/create_group', {
        Type: 'Work',
        Name: 'é'.repeat(51),
        SupportTopic: 2,
        MemberList: [{ Member_Account: 'a', Role: 'Owner' }, {}, 'b'],
      }),
      [
        'memberValue Type: "Public", "Private", "ChatRoom", "AVChatRoom", "Community" at "Work"',
        `memberBytes Name: 1…100 at "${'é'.repeat(51)}"`,
        'memberValue SupportTopic: 0, 1 at 2',
        'memberValue Role: "Admin" at "Owner"',
        'memberMissing Member_Account at {',
      ],
    );
    assert.deepEqual(
      found('group_open_http_svc/forbid_send_msg', { ...group, Members_Account: [], ShutUpTime: -1 }),
      ['memberItems Members_Account: 1…500 at []', 'memberValue ShutUpTime: ≤ 4294967295 at -1'],
    );
    assert.deepEqual(
      found('group_open_http_svc/forbid_send_msg', {
        ...group,
        Members_Account: Array(500).fill('a'),
        ShutUpTime: 0,
      }),
      [],
    );
    const filled = '{ "GroupId": "@g", "Members_Account": ["a"], "ShutUpTime": {{$randomInt 1 9}} }';
    assert.deepEqual(ids(`POST {{endpoint}}/v4/group_open_http_svc/forbid_send_msg\n\n${filled}`), []);
  });

  it('know a member by its place, and none that an object has by itself', () => {
    const { body } = specOf('group_open_http_svc/create_group');
    assert.equal(memberAt(body, ['MemberList', 3, 'Role']), 'String? Admin');
    assert.equal(memberAt(body, ['Role']), undefined);
    for (const at of [[], ['constructor'], ['toString'], ['MemberList', 0, 'constructor']])
      assert.equal(memberAt(body, at), undefined);
  });

  it('include those of a message inside a body, but for what is filled in first', () => {
    const text = `POST {{endpoint}}/v4/openim/sendmsg

{ "To_Account": "b", "MsgRandom": {{$randomInt 1 9}}, "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "text": "x" } }] }`;
    const { messages } = checkRequests(parseRequests(text));
    assert.ok(
      messages[0]?.problems.some(({ range }) =>
        text.slice(range.offset, range.offset + range.length).includes('text'),
      ),
    );
    const filled = text.replace('"MsgContent": { "text": "x" }', '"MsgContent": {{content}}');
    assert.deepEqual(checkRequests(parseRequests(`@content = {}\n###\n${filled}`)).messages, []);
  });

  it('are found in any text without an exception', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '# @expect ',
            '# @name a\n',
            'POST ',
            '{{endpoint}}',
            '/v4/openim/sendmsg',
            '\n',
            '\n\n',
            '{"MsgBody":',
            '[{',
            '}',
            ']',
            '"',
            '{{',
            '}}',
            '###',
            'usersig=',
            'x: y\n',
          ),
          { maxLength: 25 },
        ),
        (all) => {
          const text = all.join('');
          for (const { offset, length } of checkRequests(parseRequests(text)).own) {
            assert.ok(offset >= 0 && offset + length <= text.length);
          }
        },
      ),
      runs(300, 10_000),
    );
  });
});

describe('requests: from what was copied', () => {
  it('take the request of a log, as it is shown there', () => {
    const log =
      '# 2026-01-31T11:33:20.000Z  HTTP 200, 5 ms\nPOST https://console.tim.qq.com/v4/openim/sendmsg?sdkappid=1&usersig=…&random=1\n\n{"a":1.0}\n\n# Answer\n';
    assert.deepEqual(callOf(log), { command: 'openim/sendmsg', body: '{"a":1.0}\n\n# Answer' });
    assert.equal(callOf('hello'), undefined);
  });

  it('refer to nothing by what somebody wrote in a message, unless they were copied from a document', () => {
    const command = 'openim/sendmsg';
    const words = 'a {{$processEnv HOME}} {{{identifier}}} {{{{b}}';
    const body = JSON.stringify({ MsgBody: [{ MsgContent: { Text: words, '{{c}}': 1 } }] });
    const made = blockOf({ command, body }, 'x');
    assert.ok(!made.slice(made.indexOf('\n\n')).includes('{{'));
    assert.deepEqual(JSON.parse(sent(made).body), JSON.parse(body));
    const log = `POST https://console.tim.qq.com/v4/${command}?sdkappid=1\n\n${body}\n\n# Answer\n`;
    assert.deepEqual(JSON.parse(sent(blockOf(callOf(log)!, 'x')).body), JSON.parse(body));

    const document = `POST {{endpoint}}/v4/${command}\n\n{ "From_Account": "{{identifier}}" }\n`;
    assert.match(blockOf(callOf(document)!, 'x'), /"From_Account": "\{\{identifier\}\}"/);
  });

  it('take command and body, and leave host and signature behind', () => {
    const curl = `curl -X POST 'https://console.tim.qq.com/v4/openim/sendmsg?sdkappid=1&identifier=a&usersig=eJw1&random=1&contenttype=json' \\
  -H "Content-Type: application/json" --data-raw '{"To_Account":"it'\\''s","MsgSeq":1.0}'`;
    const call = callOf(curl);
    assert.deepEqual(call, { command: 'openim/sendmsg', body: `{"To_Account":"it's","MsgSeq":1.0}` });
    const text = blockOf(call, 'From curl');
    assert.ok(!text.includes('eJw1') && !text.includes('tim.qq.com'));
    // What is sent of it is what curl sent.
    assert.deepEqual(sent(text), call);
    assert.equal(callOf('wget https://x/v4/a/b'), undefined);
    assert.deepEqual(callOf(`curl --json "{\\"a\\": 1}" https://x/v4/a/b`), {
      command: 'a/b',
      body: '{"a": 1}',
    });
  });
});
