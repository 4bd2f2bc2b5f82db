import assert from 'node:assert/strict';
import { nodeAtPath, parseJson } from '../../../src/json/tree';
import { applyEdits } from '../../../src/json/text';
import { checkMessage, checkPart } from '../../../src/message/checks';
import { placeRange } from '../../../src/message/codePlace';
import { contentOf, messageAt, parseMessage } from '../../../src/message/document';
import { elements } from '../../../src/message/elements';
import { fixesFor } from '../../../src/message/fixes';

const BODY = '"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}}]';

describe('what a request has around a message', () => {
  const found = (text: string) =>
    checkPart(text)
      .filter(({ severity }) => severity !== 'hint')
      .map(({ id, severity, code, values }) => [severity, id, code, Object.values(values)[0]]);

  it('is checked when it is to be sent', () => {
    assert.deepEqual(found(`{"To_Account":"b","MsgRandom":7,${BODY}}`), []);
    assert.deepEqual(found(`{"To_Account":"b",${BODY}}`), [
      ['error', 'requestMemberMissing', 90005, 'MsgRandom'],
    ]);
    assert.deepEqual(found(`{"SyncOtherMachine":2,"MsgRandom":7,${BODY}}`), [
      ['error', 'requestMemberMissing', 90003, 'To_Account'],
    ]);
    for (const random of ['"7"', '-1', '4294967296', '1.5']) {
      assert.deepEqual(
        found(`{"To_Account":"b","MsgRandom":${random},${BODY}}`),
        [['error', 'requestMemberNotNumber', 90005, 'MsgRandom']],
        random,
      );
    }
    assert.deepEqual(found(`{"To_Account":["b","c"],"MsgRandom":7,${BODY}}`), [], 'to many');
    assert.deepEqual(found(`{"To_Account":7,"MsgRandom":7,${BODY}}`), [
      ['error', 'toAccountNotString', 90003, 'number'],
    ]);
  });

  it('is checked when it is to modify', () => {
    const address = '"From_Account":"a","To_Account":"b"';
    assert.deepEqual(found(`{${address},"MsgKey":"1_2_3",${BODY}}`), []);
    assert.deepEqual(found(`{${address},"MsgKey":"1_2","CloudCustomData":"c"}`), [
      ['error', 'msgKeyWrong', 90054, '1_2'],
    ]);
    assert.deepEqual(found(`{"To_Account":"b","MsgKey":"1_2_3",${BODY}}`), [
      ['warning', 'requestMemberMissing', 90008, 'From_Account'],
    ]);
    assert.deepEqual(found(`{"From_Account":"a","MsgKey":"1_2_3",${BODY}}`), [
      ['error', 'requestMemberMissing', 90003, 'To_Account'],
    ]);
  });

  it('is checked when it is for a group, which has no receiver', () => {
    assert.deepEqual(found(`{"GroupId":"g","Random":7,${BODY}}`), []);
    const members = '"GroupId":"g","TopicId":"t","From_Account":"a","Random":7,"To_Account":["b","c"]';
    assert.deepEqual(
      found(`{${members},"GroupAtInfo":[{"GroupAtAllFlag":1}],"MsgPriority":"High",${BODY}}`),
      [],
    );
    assert.deepEqual(found(`{"GroupId":"g","GroupAtInfo":[],${BODY}}`), [
      ['error', 'requestMemberMissing', 10004, 'Random'],
    ]);
    assert.deepEqual(found(`{"GroupId":"g","Random":"7",${BODY}}`), [
      ['error', 'requestMemberNotNumber', 10004, 'Random'],
    ]);
    assert.deepEqual(found(`{"GroupId":"g","Random":7,"To_Account":7,${BODY}}`), [
      ['error', 'toAccountNotString', 90003, 'number'],
    ]);
    assert.deepEqual(found(`{"GroupId":"g","MsgSeq":23,${BODY}}`), []);
    assert.deepEqual(found(`{"GroupId":"g","MsgSeq":"23","CloudCustomData":"c"}`), [
      ['error', 'requestMemberNotNumber', undefined, 'MsgSeq'],
    ]);
    const item = '"GroupId":"g","From_Account":"a","MsgPriority":1,"MsgRandom":5,"MsgSeq":7,"MsgTimeStamp":3';
    assert.deepEqual(found(`{${item},"IsPlaceMsg":0,${BODY}}`), []);
    // All of them are known, in a document too.
    for (const { id } of checkMessage(`{${item},"IsPlaceMsg":0,"IsSystemMsg":1,"TopicId":"t",${BODY}}`))
      assert.equal(id, 'requestMember');
  });

  it('is shown as wrong where only the service or a client makes it, and nothing is offered for it', () => {
    const system = '{"MsgBody":{"MemberNum":12,"OpType":1,"OperatorMember_Account":"u_1"}}';
    const [problem, ...more] = checkMessage(system);
    assert.deepEqual([problem?.id, problem?.code, more.length], ['msgBodyNotArray', 90007, 0]);
    assert.deepEqual(fixesFor(system, problem!), []);
    for (const type of ['TIMGroupTipElem', 'TIMGroupSystemNoticeElem']) {
      const problems = checkMessage(`{"MsgBody":[{"MsgType":"${type}","MsgContent":{}}]}`);
      assert.deepEqual(
        problems.map(({ id, code }) => [id, code]),
        [['msgTypeClientOnly', 90002]],
      );
      assert.ok(!elements.some((spec) => spec.type === type));
    }
  });

  it('is none of its business in a webhook, an answer, an item of history or a document', () => {
    for (const members of [
      '"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"a"',
      '"From_Account":"a","MsgSeq":1,"MsgRandom":2,"MsgTimeStamp":3,"MsgFlagBits":0,"MsgKey":"1_2_3"',
      '"GroupId":"@TGS#1","Random":1,"From_Account":"a"',
      '"ActionStatus":"OK","ErrorCode":0,"To_Account":"b"',
      '"MsgSeq":1',
    ]) {
      assert.deepEqual(found(`{${members},${BODY}}`), [], members);
    }
    assert.ok(checkMessage(`{"To_Account":"b",${BODY}}`).every(({ severity }) => severity === 'hint'));
  });
});

describe('a message within a text of many', () => {
  const wrong = '{"MsgKey":"1_2_3","MsgBody":{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}}}';
  const text = `{"MsgList":[{${BODY}},${wrong}],"n":1}`;
  const root = ['MsgList', 1];

  it('is checked at its path, and mended there', () => {
    assert.deepEqual(checkMessage(text, ['MsgList', 0]), []);
    const problems = checkMessage(text, root);
    assert.deepEqual(
      problems.map(({ id, path }) => [id, path]),
      [
        ['requestMember', ['MsgList', 1, 'MsgKey']],
        ['msgBodyNotArray', ['MsgList', 1, 'MsgBody']],
      ],
    );
    for (const { path, range } of problems.slice(1)) {
      const node = nodeAtPath(parseJson(text).root, path);
      assert.deepEqual([node?.offset, node?.length], [range.offset, range.length]);
    }
    const [fix] = fixesFor(text, problems[1]!);
    const after = applyEdits(text, fix?.edits ?? []);
    assert.equal(after, `{"MsgList":[{${BODY}},{"MsgKey":"1_2_3",${BODY}}],"n":1}`);
    const [only] = fixesFor(text, problems[0]!);
    assert.equal(applyEdits(text, only?.edits ?? []), text.replace('"MsgKey":"1_2_3",', ''));
  });

  it('has its content, and its place for a code', () => {
    const document = parseMessage(text);
    assert.equal(contentOf(messageAt(document, ['MsgList', 0]))?.msgBody, BODY.slice('"MsgBody":'.length));
    const cut = (place: string, code: number) => {
      const { offset, length } = placeRange(document, root, place, code);
      return text.slice(offset, offset + length);
    };
    assert.equal(cut('MsgBody', 90007), '{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}}');
    assert.equal(cut('element', 90010), '{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}}');
    assert.equal(cut('CloudCustomData', 90010), wrong);
    assert.equal(cut('elsewhere', 1), wrong);
  });
});
