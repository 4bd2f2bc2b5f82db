import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatMsgKey, parseMsgKey } from '../../../src/chat/msgKey';
import { runs } from '../../support/runs';
import { textOf } from './arbitraries';

describe('chat: MsgKey', () => {
  it('takes the documented ones apart', () => {
    assert.deepEqual(parseMsgKey('549396494_2578554_1584669680'), {
      seq: 549396494,
      random: 2578554,
      time: 1584669680,
    });
    assert.deepEqual(parseMsgKey('1_2_3'), { seq: 1, random: 2, time: 3 });
    assert.deepEqual(parseMsgKey('4294967295_4294967295_4294967295')?.seq, 4294967295);
  });

  it('refuses what is none', () => {
    const none = [
      '',
      '1_2',
      '1_2_3_4',
      ' 1_2_3',
      '1_2_3\n',
      '-1_2_3',
      '01_2_3',
      '1.0_2_3',
      '4294967296_1_1',
      '1_a_3',
    ];
    for (const text of none) assert.equal(parseMsgKey(text), undefined, JSON.stringify(text));
  });

  it('gives back the very text of whatever it accepts', () => {
    const u32 = fc.nat(0xffff_ffff);
    fc.assert(
      fc.property(u32, u32, u32, (seq, random, time) => {
        assert.deepEqual(parseMsgKey(formatMsgKey({ seq, random, time })), { seq, random, time });
      }),
      runs(200, 10_000),
    );
    fc.assert(
      fc.property(textOf('0123456789_ '), (text) => {
        const parts = parseMsgKey(text);
        if (parts) assert.equal(formatMsgKey(parts), text);
      }),
      runs(500, 50_000),
    );
  });
});
