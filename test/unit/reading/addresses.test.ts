import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addressesIn as messagesIn } from '../../../src/reading/addresses';
import { runs } from '../../support/runs';
import { textOf } from '../chat/arbitraries';

const key = '89541_2574206_1572870301';

/** What the text tells of one-to-one messages: parties and key. */
function addressesIn(text: string): { from?: string; to?: string; key?: string }[] {
  return messagesIn(text).map(({ from, to, key }) => ({
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(key !== undefined && { key }),
  }));
}

describe('reading: what people paste', () => {
  it('takes a bare key, even the placeholder of the documentation', () => {
    assert.deepEqual(addressesIn(`  ${key}\n`), [{ key }]);
    assert.deepEqual(addressesIn('1_2_3'), [{ key: '1_2_3' }]);
  });

  it('reads an answer of sendmsg, alone and with its request', () => {
    const answer = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgTime":1572870301,"MsgKey":"${key}"}`;
    assert.deepEqual(addressesIn(answer), [{ key }]);
    const request =
      '{"SyncOtherMachine":2,"From_Account":"lumotuwe1","To_Account":"lumotuwe2","MsgSeq":1,"MsgRandom":2,' +
      '"MsgTimeStamp":1557387418,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]}';
    const both = { from: 'lumotuwe1', to: 'lumotuwe2', key };
    assert.deepEqual(addressesIn(`> ${request}\n< ${answer}`), [both]);
    assert.deepEqual(addressesIn(`${answer}\n${request}`), [both]);
  });

  it('reads every message of a history answer, but not its cursor', () => {
    const text = JSON.stringify({
      ActionStatus: 'OK',
      Complete: 1,
      LastMsgKey: '549396494_2578554_1584669680',
      MsgList: [
        { From_Account: 'user1', To_Account: 'user2', MsgKey: '549396494_2578554_1584669680', MsgBody: [] },
        { From_Account: 'user2', To_Account: 'user1', MsgKey: '1054803289_7201_1584669689', MsgBody: [] },
      ],
    });
    assert.deepEqual(addressesIn(text), [
      { from: 'user1', to: 'user2', key: '549396494_2578554_1584669680' },
      { from: 'user2', to: 'user1', key: '1054803289_7201_1584669689' },
    ]);
  });

  it('reads what is left of a history answer that was cut', () => {
    const text = `"MsgList":[{"From_Account":"a","To_Account":"b","MsgKey":"${key}"},{"From_Account":"b","To_Acc`;
    assert.deepEqual(addressesIn(text), [{ from: 'a', to: 'b', key }]);
  });

  it('reads a webhook body, and one that a log quotes as a string', () => {
    const body = {
      CallbackCommand: 'C2C.CallbackAfterSendMsg',
      From_Account: 'jared',
      To_Account: 'Jonh',
      MsgSeq: 48374,
      MsgRandom: 2837546,
      MsgTime: 1557481126,
      MsgKey: '48374_2837546_1557481126',
      MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'red packet' } }],
    };
    const address = { from: 'jared', to: 'Jonh', key: '48374_2837546_1557481126' };
    assert.deepEqual(addressesIn(JSON.stringify(body)), [address]);
    const line = `2026-11-21 [INFO] hook ${JSON.stringify({ level: 1, body: JSON.stringify(body) })}`;
    assert.deepEqual(addressesIn(line), [address]);
  });

  it('puts the key together where only its parts are told', () => {
    const request = {
      From_Account: 'a',
      To_Account: 'b',
      MsgSeq: 827092,
      MsgRandom: 1287657,
      MsgTimeStamp: 1556178721,
    };
    assert.deepEqual(addressesIn(JSON.stringify(request)), [
      { from: 'a', to: 'b', key: '827092_1287657_1556178721' },
    ]);
  });

  it('finds keys in running text and in source code', () => {
    assert.deepEqual(addressesIn(`modify of ${key} failed: From_Account=alice To_Account=bob`), [
      { from: 'alice', to: 'bob', key },
    ]);
    assert.deepEqual(addressesIn(`{ From_Account: 'alice', To_Account: 'bob', MsgKey: '${key}' }`), [
      { from: 'alice', to: 'bob', key },
    ]);
    assert.deepEqual(addressesIn('file_1_2_3.log and 12_34_56'), []);
  });

  it('does not take messages that a message quotes for pasted ones', () => {
    const forward = { MsgList: [{ From_Account: 'x', To_Account: 'y', MsgKey: '1_1_1572870301' }] };
    const text = JSON.stringify({ From_Account: 'a', To_Account: 'b', MsgKey: key, MsgBody: [forward] });
    assert.deepEqual(addressesIn(text), [{ from: 'a', to: 'b', key }]);
  });

  it('never fails, and finds a message wherever it stands', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), textOf('{}[]":,\\_1a ')), (text) => {
        addressesIn(text);
      }),
      runs(500, 50_000),
    );
    const noise = textOf('abc 123.,:/-=[]{}\n');
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        const message = `{"From_Account":"a","To_Account":"b","MsgKey":"${key}"}`;
        assert.ok(addressesIn(`${before}\n${message}\n${after}`).some((found) => found.key === key));
      }),
      runs(300, 20_000),
    );
    assert.deepEqual(addressesIn('['.repeat(100_000)), []);
    assert.deepEqual(addressesIn('['.repeat(100_000) + ']'.repeat(100_000)), []);
  });
});
