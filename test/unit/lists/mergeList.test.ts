import assert from 'node:assert/strict';
import { addressKey, c2cAddress } from '../../../src/chat/address';
import { applyEdits } from '../../../src/json/text';
import { baseOf, ListComparer } from '../../../src/lists/compareList';
import { formatList, type ListedMessage } from '../../../src/lists/formatList';
import { mergeList, type Merge } from '../../../src/lists/mergeList';
import { parseList } from '../../../src/lists/parseList';

function message(index: number, words: string, over: Partial<ListedMessage> = {}): ListedMessage {
  return {
    address: c2cAddress('alice', 'bob', `${index}_${index}_1700000000`),
    sender: 'alice',
    time: 1_700_000_000 + index,
    flags: 0,
    content: { msgBody: `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${words}"}}]` },
    ...over,
  };
}

const made = [message(2, 'two'), message(4, 'four'), message(6, 'six')];

function reload(text: string, fresh: readonly ListedMessage[]): Merge & { text: string } {
  const messages = new Map(made.map((one) => [addressKey(one.address), one]));
  const comparer = new ListComparer(new Map(made.map((one) => [addressKey(one.address), baseOf(one)])));
  const merge = mergeList(text, comparer.compare(text), messages, fresh);
  return { ...merge, text: applyEdits(text, merge.edits) };
}

describe('reloading a list', () => {
  it('takes new messages in where their time is, and follows those that were not changed', () => {
    const now = [
      message(1, 'first'),
      message(2, 'two'),
      message(3, 'three'),
      message(4, 'vier'),
      message(5, 'five'),
      message(6, 'six'),
      message(7, 'last'),
    ];
    const { text, added, updated, conflicts } = reload(formatList(made), [...now].reverse());
    assert.equal(text, formatList(now));
    assert.deepEqual([added, updated, conflicts], [4, 1, []]);
  });

  it('leaves changed items, and says of which the service shows another content', () => {
    const edited = formatList(made).replace('two', 'zwei').replace('four', 'vier').replace('six', 'sechs');
    const merge = reload(edited, [message(2, 'deux'), message(4, 'four'), message(6, 'sechs')]);
    assert.equal(merge.text, edited);
    assert.deepEqual(
      merge.conflicts.map(({ content }) => content),
      [message(2, 'deux').content],
    );
    // What somebody else changed in the same way is no change any more.
    assert.deepEqual(
      merge.rest.map(({ address }) => address),
      [made[2]!.address],
    );
  });

  it('leaves the layout of items that need nothing, and items that were left out', () => {
    const items = JSON.parse(formatList(made)) as unknown[];
    const text = `[${JSON.stringify(items[2])} , ${JSON.stringify(items[0])}]`;
    const merge = reload(text, [...made.slice(0, 2), message(6, 'sex')]);
    assert.equal(merge.text.slice(merge.text.indexOf(' , ')), text.slice(text.indexOf(' , ')));
    assert.deepEqual([merge.updated, merge.added], [1, 0]);
    const gone = reload(text, [message(4, 'vier')]);
    assert.deepEqual([gone.edits, gone.rest.length], [[], 1]);
  });

  it('locks what was recalled meanwhile', () => {
    const { text } = reload(formatList(made), [message(4, 'four', { flags: 8 })]);
    assert.deepEqual(
      parseList(text).items.map(({ locked }) => locked),
      [undefined, 'recalled', undefined],
    );
  });

  it('fills a list that has no item left', () => {
    const { text } = reload('[]', [message(9, 'new')]);
    assert.deepEqual(JSON.parse(text), JSON.parse(formatList([message(9, 'new')])));
  });
});
