import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { c2cAddress } from '../../../src/chat/address';
import { applyEdits, type TextEdit } from '../../../src/json/text';
import { baseOf, ListComparer } from '../../../src/lists/compareList';
import { formatList, type ListedMessage } from '../../../src/lists/formatList';
import { parseList } from '../../../src/lists/parseList';
import { rereadList } from '../../../src/lists/rereadList';
import { addressKey } from '../../../src/chat/address';
import { runs } from '../../support/runs';

const message = (index: number, words = `words ${index}`): ListedMessage => ({
  address: c2cAddress('alice', 'bob', `${index}_${index}_1700000000`),
  sender: 'alice',
  time: 1_700_000_000 + index,
  flags: 0,
  content: { msgBody: JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: words } }]) },
});

const messages = (count: number): ListedMessage[] => Array.from({ length: count }, (_, at) => message(at));

const reread = (before: string, text: string) => rereadList(text, { text: before, list: parseList(before) });

describe('A list that is read again', () => {
  it('keeps the items that were not touched, at their new places', () => {
    const before = formatList(messages(3));
    const text = before.replace('words 1', 'other words');
    const list = parseList(before);
    const again = rereadList(text, { text: before, list });
    assert.deepEqual(
      again.items.map(({ members }, at) => members === list.items[at]?.members),
      [true, false, true],
    );
    assert.equal(text.slice(again.items[2]!.range.offset).indexOf('{'), 0);
    assert.equal(again.items[2]!.range.offset, list.items[2]!.range.offset + 4);
  });

  it('reads an item that was put in, left out or split, and counts those behind it anew', () => {
    const before = formatList(messages(4));
    const items = messages(4);
    for (const text of [
      formatList([...items.slice(0, 2), message(9), ...items.slice(2)]),
      formatList([items[0]!, items[3]!]),
      formatList([items[3]!, items[0]!]),
      formatList([message(7), ...items]),
      formatList([...items, message(7)]),
      before.replace('"MsgTimeStamp": 1700000001,', '"MsgTimeStamp": 1700000001 }, {'),
      before.replace(']\n', ' ] \n\n'),
      `\n ${before}`,
    ])
      assert.deepEqual(reread(before, text), parseList(text));
  });

  it('finds where it stops being JSON, also when what was typed opens or ends something', () => {
    const before = formatList(messages(4));
    for (const typed of ['"', '{', '[', '}', ']', '},', ', 7', ',', '\\', '"}', '{}{}', '}{', ',"']) {
      for (const place of ['words 1', '"MsgBody": [', '  },\n', '    "From_Account"']) {
        const text = before.replace(place, (all) => `${all}${typed}`);
        const list = reread(before, text);
        assert.deepEqual(list, parseList(text), `${typed} after ${place}`);
        assert.deepEqual(rereadList(before, { text, list }), parseList(before), `${typed} taken back`);
      }
    }
  });

  it('says of any text whatever reading all of it says', () => {
    const pieces = fc.constantFrom(
      ...['"', '{', '}', '[', ']', ',', ':', '\\', ' ', '\n', '7', 'x', '{}', ', {}', '{},', '"a":1', 'null'],
    );
    const edit = fc.record({
      at: fc.nat(),
      length: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 200 })),
      text: fc.oneof(
        pieces,
        fc.array(pieces, { maxLength: 4 }).map((all) => all.join('')),
      ),
    });
    fc.assert(
      fc.property(fc.nat({ max: 5 }), fc.array(edit, { minLength: 1, maxLength: 6 }), (count, edits) => {
        const bases = new Map(messages(count).map((one) => [addressKey(one.address), baseOf(one)]));
        const comparer = new ListComparer(bases);
        let text = formatList(messages(count));
        let list = parseList(text);
        comparer.compare(text);
        for (const { at, length, text: put } of edits) {
          const offset = at % (text.length + 1);
          const one: TextEdit = { offset, length: Math.min(length, text.length - offset), text: put };
          const edited = applyEdits(text, [one]);
          list = rereadList(edited, { text, list });
          text = edited;
          assert.deepEqual(list, parseList(text));
          assert.deepEqual(comparer.compare(text), new ListComparer(bases).compare(text));
        }
      }),
      runs(300, 50_000),
    );
  });
});
