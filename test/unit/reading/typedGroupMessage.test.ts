import assert from 'node:assert/strict';
import { typedGroupMessage } from '../../../src/reading/typedGroupMessage';

describe('a message of a group that was typed', () => {
  const told: readonly [text: string, group: string, topic: string | undefined, seq: number][] = [
    ['@TGS#1ABC 12', '@TGS#1ABC', undefined, 12],
    ['  team #7\n', 'team', undefined, 7],
    ['12345 6', '12345', undefined, 6],
    // As notices and titles name it, copied out of one of them.
    ['team / @TOPIC#_team @TOPIC#1 #3', '', undefined, 0],
    ['@TGS#_x / @TGS#_x@TOPIC#_@TOPIC#c1 #3', '@TGS#_x', '@TGS#_x@TOPIC#_@TOPIC#c1', 3],
    ['@TGS#_x topic 3', '@TGS#_x', 'topic', 3],
  ];
  for (const [text, group, topic, seq] of told) {
    it(`is read from ${JSON.stringify(text)}${seq === 0 ? ': not at all' : ''}`, () => {
      const expected = { chat: 'group', group, seq, ...(topic !== undefined && { topic }) };
      assert.deepEqual(typedGroupMessage(text), seq === 0 ? undefined : expected);
    });
  }

  it('is none in a MsgKey, one without its underscores, a group alone, or JSON', () => {
    for (const text of [
      '1_2_1700000000',
      '1 2 1700000000',
      '@TGS#12',
      'team',
      'team 0',
      'team 1.5',
      'team -3',
      'team 99999999999999999',
      '{"GroupId":"team", "MsgSeq": 12}',
      '{"MsgSeq": 12',
      '',
    ]) {
      assert.equal(typedGroupMessage(text), undefined, text);
    }
  });
});
