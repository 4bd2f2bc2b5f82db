import assert from 'node:assert/strict';
import { searchedText } from '../../../src/lists/searchText';
import { EndlessExpressionError, TextFinder } from '../../../src/lists/textFinder';
import { readWanted } from '../../../src/lists/wanted';

describe('Find Messages', () => {
  it('looks into texts, JSON in strings and the JSON itself', async () => {
    const text = searchedText({
      msgBody: String.raw`[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"{\"o\":\"{\\\"s\\\":\\\"\\u4f60 deep\\\"}\"}","Desc":"\u597d"}}]`,
      cloudCustomData: '"order 12345678901234567"',
    });
    const has = async (typed: string): Promise<boolean | undefined> => {
      const finder = new TextFinder(readWanted(typed));
      try {
        return (await finder.find([text]))[0];
      } finally {
        finder.dispose();
      }
    };
    assert.equal(await has('你 DEEP'), true);
    assert.equal(await has('好'), true);
    assert.equal(await has('12345678901234567'), true);
    assert.equal(await has('"MsgType":"TIMCustomElem"'), true);
    assert.equal(await has('/order \\d{17}$/m'), true);
    assert.equal(await has('/ORDER/'), false);
    assert.equal(await has('/ORDER/i'), true);
    assert.equal(await has('nothing of it'), false);
    assert.throws(() => readWanted('/(/'), SyntaxError);
  });

  it('stops an expression that tries for ever, and names the text', async () => {
    const finder = new TextFinder(readWanted('/^(a+)+$/'), 700);
    assert.deepEqual(await finder.find(['aaa', 'b']), [true, false]);
    await assert.rejects(finder.find(['aaa', `${'a'.repeat(40)}!`]), (error) => {
      return error instanceof EndlessExpressionError && error.index === 1 && error.source === '^(a+)+$';
    });
    assert.deepEqual(await finder.find(['aaa']), [true]);
    finder.dispose();
  });

  it('takes no expression for endless because this process was held up while it ended', async () => {
    const finder = new TextFinder(readWanted('/^(a+)+$/'), 50);
    await finder.find(['aaa']);
    // It takes some tenths of a second: it has begun when this process is held up, and ends before that is over.
    const found = finder.find([`${'a'.repeat(24)}!`]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    // After this, timers come before messages.
    await new Promise((resolve) => setImmediate(resolve));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_000);
    assert.deepEqual(await found, [false]);
    finder.dispose();
  });
});
