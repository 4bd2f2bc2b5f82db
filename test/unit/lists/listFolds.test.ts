import assert from 'node:assert/strict';
import { ListFolds } from '../../../src/lists/listFolds';
import { parseList } from '../../../src/lists/parseList';

/** The lines that a fold takes, as `first-last`, from 0. */
function foldsOf(text: string, { most = 5_000, near = 100, at = 0 } = {}): string[] {
  return new ListFolds(most, near)
    .of(text, parseList(text).items, () => at)
    .map(({ first, last }) => `${first}-${last}`);
}

describe('What can be folded in a list', () => {
  it('are its messages, and the objects and arrays in them that take lines of their own', () => {
    const text = [
      '[', // 0
      '  {', // 1
      '    "MsgKey": "1_1_1",', // 2
      '    "MsgBody": [', // 3
      '      { "Text": "{[" },', // 4
      '      {', // 5
      '        "Text": "a \\" {"', // 6
      '      }', // 7
      '    ]', // 8
      '  },', // 9
      '', // 10
      '  { "MsgKey": "1_1_2" }, { "MsgKey": "1_1_3",', // 11
      '    "MsgBody": []', // 12
      '  }', // 13
      ']', // 14
      '',
    ].join('\n');
    assert.deepEqual(foldsOf(text), ['0-13', '1-8', '3-7', '5-6', '11-12']);
  });

  it('stay where they are when another message is changed', () => {
    const folds = new ListFolds(5_000, 100);
    const [one, other] = ['{\n"a":\n1\n}', '{\n"b":\n2\n}'];
    const text = `[\n${one},\n${other}\n]`;
    const of = (edited: string) => folds.of(edited, parseList(edited).items, () => 0);
    assert.deepEqual(of(text), of(text));
    const longer = text.replace('"a":\n', '"a":\n\n\n');
    assert.deepEqual(
      of(longer).map(({ first, last }) => `${first}-${last}`),
      ['0-10', '1-5', '7-9'],
    );
  });

  it('are told for what is read, and for what stands behind it, while something is half typed', () => {
    const text = '[\n{\n"a":\n1\n},\n{ "b\n"c": {\n"d":\n1\n}\n},\n{\n"e":\n1\n}\n]';
    // The message that is being typed has no fold of its own by then.
    assert.ok(foldsOf(text).includes('1-3'));
    assert.ok(foldsOf(text).includes('11-13'));
  });

  it('are all of those near to what is in sight where they are too many, and messages around it', () => {
    const item = '{\n"MsgBody":\n[\n1,\n2\n]\n}';
    const text = `[\n${Array.from({ length: 9 }, () => item).join(',\n')}\n]`;
    // Each message takes seven lines, and has two folds.
    assert.deepEqual(foldsOf(text, { most: 8, near: 1, at: 4 }), [
      ...['0-63', '22-27', '24-26', '29-34', '31-33', '36-41', '38-40'],
      '15-20',
    ]);
    assert.deepEqual(foldsOf(text, { most: 6, near: 0, at: 8 }), [
      '0-63',
      '57-62',
      '59-61',
      '50-55',
      '43-48',
      '36-41',
    ]);
    assert.equal(foldsOf(text, { most: 19, near: 0, at: 0 }).length, 19);
  });

  it('are the ones around messages in an answer of the service, too', () => {
    assert.deepEqual(
      foldsOf('{\n"ErrorCode": 0,\n"RspMsgList": [\n{ "MsgSeq": 1 }\n],\n"a": {\n"b":\n1\n}\n}'),
      [...['0-8', '2-3', '5-7']],
    );
    assert.deepEqual(foldsOf(''), []);
    assert.deepEqual(foldsOf('[\n\n]'), ['0-1']);
  });
});
