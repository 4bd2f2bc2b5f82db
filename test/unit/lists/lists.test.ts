import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { addressKey, c2cAddress, groupAddress } from '../../../src/chat/address';
import { applyEdits } from '../../../src/json/text';
import { checkItem } from '../../../src/lists/checkItem';
import { baseOf, ListComparer, type ListBase } from '../../../src/lists/compareList';
import { fittingItems, formatItem, formatList, type ListedMessage } from '../../../src/lists/formatList';
import { isListId, newListId } from '../../../src/lists/listId';
import { itemContent, itemText, memberRange, parseList } from '../../../src/lists/parseList';
import { runs } from '../../support/runs';

const body = (words: string): string =>
  JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: words } }]);

function message(index: number, over: Partial<ListedMessage> = {}): ListedMessage {
  return {
    address: c2cAddress('alice', 'bob', `${index}_${index}_1700000000`),
    sender: 'alice',
    time: 1_700_000_000 + index,
    flags: 0,
    content: { msgBody: body(`words ${index}`) },
    ...over,
  };
}

function basesOf(messages: readonly ListedMessage[]): Map<string, ListBase> {
  return new Map(messages.map((one) => [addressKey(one.address), baseOf(one)]));
}

describe('Lists', () => {
  it('are laid out with the names of the service, every token as it came', () => {
    const text = formatList([
      message(1, {
        content: {
          msgBody: '[{"n":12345678901234567,"e":"\\u4f60\\/"}]',
          cloudCustomData: '"{\\"a\\":1.0}"',
        },
      }),
    ]);
    assert.equal(
      text,
      [
        '[',
        '  {',
        '    "From_Account": "alice",',
        '    "To_Account": "bob",',
        '    "MsgKey": "1_1_1700000000",',
        '    "MsgTimeStamp": 1700000001,',
        '    "MsgBody": [',
        '      {',
        '        "n": 12345678901234567,',
        '        "e": "\\u4f60\\/"',
        '      }',
        '    ],',
        '    "CloudCustomData": "{\\"a\\":1.0}"',
        '  }',
        ']',
        '',
      ].join('\n'),
    );
    const { items } = parseList(text);
    assert.deepEqual(items[0]?.address, c2cAddress('alice', 'bob', '1_1_1700000000'));
    assert.deepEqual(itemContent(text, items[0]), {
      msgBody: '[{"n":12345678901234567,"e":"\\u4f60\\/"}]',
      cloudCustomData: '"{\\"a\\":1.0}"',
    });
  });

  it('of groups name GroupId, TopicId and MsgSeq, and say what is locked', () => {
    const text = formatList([
      message(1, { address: groupAddress('@TGS#1', 7), sender: 'carol' }),
      message(2, { address: groupAddress('@TGS#1', 8, 't'), flags: 8, content: {} }),
      message(3, { address: groupAddress('@TGS#1', 9), isGone: true, content: {} }),
      message(4, { address: groupAddress('@TGS#1', 10), isSystem: true }),
    ]);
    assert.deepEqual(
      parseList(text).items.map(({ address, locked }) => [address, locked]),
      [
        [groupAddress('@TGS#1', 7), undefined],
        [groupAddress('@TGS#1', 8, 't'), 'recalled'],
        [groupAddress('@TGS#1', 9), 'placeholder'],
        [groupAddress('@TGS#1', 10), 'system'],
      ],
    );
  });

  it('are answers of the service, too: pasted, with the GroupId wherever it stands', () => {
    const c2c =
      '{"ActionStatus":"OK","MsgList":[{"From_Account":"a","To_Account":"b","MsgKey":"1_2_3","MsgBody":[]}]}';
    assert.deepEqual(parseList(c2c).items[0]?.address, c2cAddress('a', 'b', '1_2_3'));
    const group = '{"RspMsgList":[{"From_Account":"a","MsgSeq":5,"MsgBody":[]}],"GroupId":"g"}';
    assert.deepEqual(parseList(group).items[0]?.address, groupAddress('g', 5));
    assert.equal(parseList('{"a":1}').isList, false);
    assert.equal(parseList('7').isList, false);
  });

  it('say what changed, and nothing of layout, order and what was left out', () => {
    const messages = [message(1), message(2), message(3)];
    const comparer = new ListComparer(basesOf(messages));
    const text = formatList(messages);
    assert.deepEqual(comparer.compare(text).changed, []);
    const other = JSON.stringify((JSON.parse(text) as unknown[]).slice(0, 2).reverse());
    const same = comparer.compare(other);
    assert.deepEqual([same.changed, same.slips, same.missing], [[], [], 1]);
    const { changed } = comparer.compare(text.replace('words 2', 'other words'));
    assert.deepEqual(
      changed.map(({ address, members, mine }) => [address, members, mine]),
      [[messages[1]!.address, ['MsgBody'], { msgBody: body('other words') }]],
    );
    assert.deepEqual(
      comparer
        .compare(text.replace('"MsgBody"', '"CloudCustomData": "x", "MsgBody"'))
        .changed.map((one) => one.members),
      [['CloudCustomData']],
    );
  });

  it('tell of addresses that were edited, doubled or lost, and of locked items that were changed', () => {
    const messages = [message(1), message(2), message(3, { flags: 8 })];
    const comparer = new ListComparer(basesOf(messages));
    const text = formatList(messages);
    const slips = (edited: string): string[] => comparer.compare(edited).slips.map(({ kind }) => kind);
    assert.deepEqual(slips(text), []);
    assert.deepEqual(slips(text.replace('2_2_1700000000', '9_2_1700000000')), ['addressUnknown']);
    assert.deepEqual(slips(text.replace('2_2_1700000000', '1_1_1700000000')), ['addressDoubled']);
    assert.deepEqual(slips(text.replace('"MsgKey"', '"Key"')), ['addressMissing']);
    assert.deepEqual(slips(text.replace('words 3', 'x')), ['locked']);
    assert.deepEqual(slips(text.replace('[', '[7,')), ['notAMessage']);
    assert.deepEqual(slips(`${text}x`), ['syntax']);
    assert.deepEqual(slips('{}'), ['notAList']);
    const broken = comparer.compare(text.replace('words 1', 'new 1').replace('"words 3"', ''));
    assert.deepEqual([broken.changed.length, broken.slips[0]?.kind], [1, 'syntax']);
  });

  it('are checked item by item, at the places of the list', () => {
    const text = formatList([message(1), message(2)]).replace('"TIMTextElem"', '"TIMTextElm"');
    const { items } = parseList(text);
    const [found] = checkItem(text, items[0]!);
    assert.ok(found);
    assert.equal(text.slice(found.range.offset, found.range.offset + found.range.length), '"TIMTextElm"');
    assert.deepEqual(checkItem(text, items[1]!), []);
  });

  it('are cut where an editor would not like them', () => {
    const items = Array.from({ length: 10 }, (_, index) => formatItem(message(index)));
    const lines = items[0]!.split('\n').length;
    assert.equal(fittingItems(items), 10);
    assert.equal(fittingItems(items, 2 + 3 * lines), 3);
  });

  const json = fc.json({ maxDepth: 3 });
  const literal = fc.oneof(
    json,
    fc.constantFrom('12345678901234567', '1.0e+5', '"\\u00e9\\/\\ud83d"', '{"a":1,"a":2}'),
  );
  const listed = fc
    .array(
      fc.record({
        msgBody: literal,
        cloudCustomData: fc.option(
          fc.json().map((text) => JSON.stringify(text)),
          { nil: undefined },
        ),
      }),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((contents) =>
      contents.map(({ msgBody, cloudCustomData }, index) =>
        message(index, { content: { msgBody, ...(cloudCustomData !== undefined && { cloudCustomData }) } }),
      ),
    );

  it('change nothing that was not touched, whatever the rest did', () => {
    fc.assert(
      fc.property(listed, fc.nat(), fc.boolean(), (messages, at, reversed) => {
        const target = at % messages.length;
        const bases = basesOf(messages.filter(({ content }) => content.msgBody !== 'null'));
        const text = formatList(messages);
        const { items, brokenAt } = parseList(text);
        assert.equal(brokenAt, undefined);
        const range = memberRange(items[target]!, 'MsgBody')!;
        const edited = applyEdits(text, [{ ...range, text: '[{"touched":1}]' }]);
        const texts = parseList(edited).items.map((item) => itemText(edited, item));
        const moved = `[${(reversed ? texts.reverse() : texts).join(' ,\n\n')}]`;
        const { changed } = new ListComparer(bases).compare(moved);
        const expected = bases.has(addressKey(messages[target]!.address)) ? [messages[target]!.address] : [];
        assert.deepEqual(
          changed.map(({ address }) => address),
          expected,
        );
        for (const { mine, base } of changed) assert.equal(mine.cloudCustomData, base.cloudCustomData);
      }),
      runs(200, 20_000),
    );
  });

  it('have ids that say what they were made of, whatever that is called, and those of before still count', () => {
    assert.match(newListId('alice bob'), /^alice-bob-[0-9a-f]{4}$/);
    assert.match(newListId('@TGS#2J4SZEAEL 话题/9'), /^tgs-2j4szeael-9-[0-9a-f]{4}$/);
    assert.match(newListId('客服'), /^list-[0-9a-f]{4}$/);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
        const id = newListId(name);
        assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{4}$/);
        assert.ok(isListId(id) && id.length <= 45);
      }),
      runs(100, 10_000),
    );
    assert.ok(isListId('d6cfa6ec4cdbfb52'));
    for (const text of ['', '..', '-', 'a/b-3f2a', 'Alice-3f2a', 'alice-3f2', 'alice'])
      assert.ok(!isListId(text), text);
  });
});
