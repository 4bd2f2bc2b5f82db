import assert from 'node:assert/strict';
import { checkOutgoing } from '../../src/outgoing/checkOutgoing';
import { outgoingOf } from '../../src/outgoing/outgoing';
import { textBody } from '../support/groups';

const MsgBody: unknown = JSON.parse(textBody('hi'));

/** Each problem as one word: what, how grave, of which member, with which code. */
function problems(members: Readonly<Record<string, unknown>>): string[] {
  return checkOutgoing(JSON.stringify(members)).map(({ id, severity, values, code }) =>
    [id, severity, values.field ?? values.name, ...(code === undefined ? [] : [code])].join(' '),
  );
}

describe('A message that is not sent yet', () => {
  const kinds: [string, Record<string, unknown>][] = [
    ['sendmsg', { To_Account: 'bob' }],
    ['batchsendmsg', { To_Account: ['bob', 'carol'] }],
    ['importmsg', { From_Account: 'alice', To_Account: 'bob', SyncFromOldSystem: 2, MsgTimeStamp: 1 }],
    ['send_group_msg', { GroupId: 'g' }],
    ['send_group_msg', { GroupId: 'g', To_Account: ['bob'] }],
    ['import_group_msg', { GroupId: 'g', From_Account: 'alice', SendTime: 1 }],
  ];
  for (const [kind, members] of kinds)
    it(`is for ${kind} when it has ${Object.keys(members).join(', ')}`, () => {
      const text = JSON.stringify({ ...members, MsgBody });
      assert.equal(outgoingOf(text)?.kind, kind);
      assert.deepEqual(problems({ ...members, MsgBody }), []);
    });

  it('keeps every token of what is sent, and nothing else', () => {
    const outgoing = outgoingOf(
      '{ "To_Account": "b\\u006fb", "MsgBody": [ {"N": 12345678901234567890} ],\n "Odd": 1, "MsgSeq": 4, "MsgRandom": null }',
    );
    assert.deepEqual(
      [...(outgoing?.members ?? [])],
      [
        ['MsgBody', '[{"N":12345678901234567890}]'],
        ['To_Account', '"b\\u006fb"'],
      ],
    );
    assert.deepEqual(outgoing?.to, ['bob']);
  });

  it('is nothing while its JSON is broken', () => {
    assert.equal(outgoingOf('{ "To_Account": '), undefined);
    assert.deepEqual(
      checkOutgoing('{ "To_Account": ').map(({ severity }) => severity),
      ['error'],
    );
  });

  it('is told what its call refuses', () => {
    assert.deepEqual(problems({ MsgBody }), ['requestMemberMissing error To_Account 90003']);
    assert.deepEqual(problems({ To_Account: '', MsgBody }), ['requestMemberMissing error To_Account 90003']);
    assert.deepEqual(problems({ To_Account: 7, MsgBody }), ['fieldType error To_Account 90003']);
    assert.deepEqual(problems({ To_Account: 'bob' }), ['requestMemberMissing error MsgBody 90007']);
    assert.deepEqual(problems({ To_Account: [], MsgBody }), ['fieldRange error To_Account 90029']);
    const many = Array.from({ length: 501 }, (_, index) => `u${index}`);
    assert.deepEqual(problems({ To_Account: many, MsgBody }), ['fieldRange error To_Account 90011']);
    assert.deepEqual(problems({ To_Account: ['bob', 7], MsgBody }), ['fieldType error To_Account 90029']);
    const sent = { To_Account: 'bob', MsgBody };
    assert.deepEqual(problems({ ...sent, SyncOtherMachine: 3 }), ['fieldValue error SyncOtherMachine 90031']);
    assert.deepEqual(problems({ ...sent, MsgLifeTime: 604_801 }), ['fieldRange error MsgLifeTime 90026']);
    assert.deepEqual(problems({ ...sent, MsgLifeTime: 1.5 }), ['fieldType error MsgLifeTime 90044']);
    assert.deepEqual(problems({ ...sent, SendMsgControl: ['NoUnread', 'Quiet'] }), [
      'fieldValue error SendMsgControl',
    ]);
    assert.deepEqual(problems({ ...sent, OfflinePushInfo: '{}' }), ['fieldType error OfflinePushInfo 90043']);
    const imported = { From_Account: 'alice', To_Account: 'bob', MsgBody };
    assert.deepEqual(problems({ ...imported, SyncFromOldSystem: 1, MsgTimeStamp: 1 }), [
      'fieldValue error SyncFromOldSystem 90030',
    ]);
    assert.deepEqual(problems({ ...imported, SyncFromOldSystem: 5 }), [
      'requestMemberMissing error MsgTimeStamp 90006',
    ]);
    assert.deepEqual(problems({ GroupId: 'g', MsgPriority: 'Highest', MsgBody }), [
      'fieldValue error MsgPriority 10004',
    ]);
  });

  it('is told what of it is not sent', () => {
    assert.deepEqual(problems({ To_Account: 'bob', MsgBody, MsgSeq: 1, MsgRandom: 2 }), [
      'memberIsWritten hint MsgSeq',
      'memberIsWritten hint MsgRandom',
    ]);
    assert.deepEqual(problems({ To_Account: ['bob'], MsgBody, ForbidCallbackControl: [], Extra: 1 }), [
      'memberOfOtherCall warning ForbidCallbackControl',
      'memberOfOtherCall warning Extra',
    ]);
    assert.deepEqual(problems({ To_Account: 'bob', MsgBody, MsgTimeStamp: 1 }), [
      'memberOfOtherCall warning MsgTimeStamp',
    ]);
  });

  it('has the checks of every message too', () => {
    assert.deepEqual(problems({ To_Account: 'bob', MsgBody: [{ MsgType: 'TIMTextElem' }] }), [
      'msgContentMissing error  90002',
    ]);
  });
});
