import assert from 'node:assert/strict';
import type { MessageContent } from '../../../src/chat/chatMessage';
import { firstChange } from '../../../src/message/firstChange';

const text = (value: string): MessageContent => ({
  msgBody: `[{"MsgType":"TIMTextElem","MsgContent":{"Text":${JSON.stringify(value)}}}]`,
});
const custom = (data: string): MessageContent => ({
  msgBody: `[{"MsgType":"TIMCustomElem","MsgContent":{"Data":${JSON.stringify(data)},"Desc":"d"}}]`,
});

describe('what changed in a message, in words', () => {
  it('names the value that differs, before and after', () => {
    assert.deepEqual(firstChange(text('one'), text('two')), {
      name: 'Text',
      before: 'one',
      after: 'two',
      others: 0,
    });
  });

  it('finds the letter that differs in JSON inside a string', () => {
    assert.deepEqual(
      firstChange(custom('{"order":{"id":1,"to":"A"}}'), custom('{"order":{"id":1,"to":"B"}}')),
      {
        name: 'to',
        before: 'A',
        after: 'B',
        others: 0,
      },
    );
  });

  it('counts the others, and tells what came and what went', () => {
    const change = firstChange(
      { msgBody: '[{"A":1}]', cloudCustomData: '"x"' },
      { msgBody: '[{"B":2}]', cloudCustomData: '"y"' },
    );
    assert.deepEqual(change, { name: 'A', before: '1', after: undefined, others: 2 });
    assert.equal(firstChange({ msgBody: '[]' }, { cloudCustomData: '"new"' })?.before, undefined);
  });

  it('is nothing for another layout, other escapes, another order, and for a member that is left out', () => {
    assert.equal(
      firstChange({ msgBody: '[{"a":1,"b":"é"}]' }, { msgBody: '[ { "b": "\\u00e9", "a": 1.0 } ]' }),
      undefined,
    );
    assert.equal(firstChange({ msgBody: '[]', cloudCustomData: '"x"' }, { msgBody: '[]' }), undefined);
  });

  it('keeps every digit, and shows of long texts where they differ', () => {
    const change = firstChange(
      { msgBody: '[{"n":12345678901234567}]' },
      { msgBody: '[{"n":12345678901234568}]' },
    );
    assert.deepEqual([change?.before, change?.after], ['12345678901234567', '12345678901234568']);
    const long = 'a'.repeat(60);
    const [before, after] = [text(`${long}before`), text(`${long}after`)];
    assert.equal(firstChange(before, after)?.before, '…aaaaaaaabefore');
    assert.equal(firstChange(before, after)?.after, '…aaaaaaaaafter');
    assert.equal(Array.from(firstChange(text('x'), text('y'.repeat(90)))?.after ?? '').length, 40);
  });

  it('bears what is no JSON', () => {
    assert.deepEqual(firstChange({ msgBody: '[{' }, { msgBody: '[]' }), {
      name: 'MsgBody',
      before: '[{',
      after: '[]',
      others: 0,
    });
  });
});
