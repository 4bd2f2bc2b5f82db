import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { addressKey, c2cAddress } from '../../../src/chat/address';
import { minify, prettyPrint } from '../../../src/json/layout';
import { applyEdits } from '../../../src/json/text';
import { itemDocument } from '../../../src/lists/checkItem';
import { baseOf, ListComparer } from '../../../src/lists/compareList';
import { formatItem, formatList, type ListedMessage } from '../../../src/lists/formatList';
import { mergeList } from '../../../src/lists/mergeList';
import { itemText, parseList } from '../../../src/lists/parseList';
import { findValues } from '../../../src/lists/setValue';
import { fixAll } from '../../../src/message/fixes';
import { runs } from '../../support/runs';

/** Values that a careless reader writes anew: 17 digits, escapes, repeated members, odd numbers, half a surrogate. */
const odd = fc.constantFrom(
  '12345678901234567',
  '-0.0',
  '1.0E+05',
  '"\\u00e9\\/\\ud83d"',
  '{"a":1,"a":2}',
  '"\\u4f60\\n"',
);
const value = fc.oneof(fc.json({ maxDepth: 3 }), odd);

function listed(index: number, inner: string, words: string, custom: string | undefined): ListedMessage {
  return {
    address: c2cAddress('alice', 'bob', `${index}_${index}_1700000000`),
    sender: 'alice',
    time: 1_700_000_000 + index,
    flags: 0,
    content: {
      msgBody: `[{"MsgType":"TIMCustomElem","MsgContent":{"Data":${JSON.stringify(`{"x": ${inner} ,"n":1}`)},"Desc":${words}}}]`,
      ...(custom !== undefined && { cloudCustomData: custom }),
    },
  };
}

const messages = fc
  .array(
    fc.tuple(
      value,
      fc.oneof(
        fc.string().map((text) => JSON.stringify(text)),
        odd,
      ),
      fc.option(odd, { nil: undefined }),
    ),
    { minLength: 2, maxLength: 7 },
  )
  .map((all) => all.map(([inner, words, custom], index) => listed(index, inner, words, custom)));

/** What is done to a list. Each gives the text after it, and says by index which messages it meant to change. */
type Step = (text: string, of: (index: number) => number) => { text: string; touched: number[] };

const steps = fc.oneof(
  // A regular expression that replaces in one item only.
  fc.nat().map((at): Step => (text, of) => {
    const index = of(at);
    const { items } = parseList(text);
    const item = items.find(({ address }) => address?.chat === 'c2c' && address.key.startsWith(`${index}_`));
    if (!item) return { text, touched: [] };
    const own = itemText(text, item);
    const edited = own.replace(/"TIM(\w+)Elem"/g, '"TIM$1Elem2"');
    return { text: applyEdits(text, [{ ...item.range, text: edited }]), touched: [index] };
  }),
  // Set Value in the messages before a place, also through the string.
  fc.tuple(fc.nat(), fc.boolean()).map(([at, inside]): Step => (text, of) => {
    const most = of(at);
    const items = parseList(text).items.filter(
      ({ address }) => address?.chat === 'c2c' && Number(address.key.split('_')[0]) < most,
    );
    const { edits } = findValues(text, items, {
      path: [
        { kind: 'member', name: 'MsgBody' },
        { kind: 'each' },
        { kind: 'member', name: 'MsgContent' },
        { kind: 'member', name: inside ? 'Data' : 'Desc' },
        ...(inside ? ([{ kind: 'open' }, { kind: 'member', name: 'n' }] as const) : []),
      ],
    }).set('"set"');
    return { text: applyEdits(text, edits), touched: Array.from({ length: most }, (_, index) => index) };
  }),
  // Fix All, where there is nothing to fix it does nothing.
  fc.nat().map((at): Step => (text, of) => {
    const index = of(at);
    const item = parseList(text).items.find(
      ({ address }) => address?.chat === 'c2c' && address.key.startsWith(`${index}_`),
    );
    if (!item) return { text, touched: [] };
    const own = itemDocument(text, item);
    return { text: applyEdits(text, own.editsInList(fixAll(own.text)) ?? []), touched: [index] };
  }),
  // Another layout of the whole list.
  fc.constantFrom<Step>(
    (text) => ({ text: prettyPrint(text), touched: [] }),
    (text) => ({ text: minify(text), touched: [] }),
    (text) => ({ text: text.replace(/\n/g, '\r\n'), touched: [] }),
  ),
  // Another order, and one left out.
  fc.constantFrom<Step>(
    (text) => ({
      text: `[${parseList(text)
        .items.map((item) => itemText(text, item))
        .reverse()
        .join(' ,\n')}]`,
      touched: [],
    }),
    (text) => ({
      text: `[${parseList(text)
        .items.slice(1)
        .map((item) => itemText(text, item))
        .join(',')}]`,
      touched: [],
    }),
  ),
);

describe('An item of a list that was not touched', function () {
  this.timeout(600_000);

  it('is not changed, whatever was done to the others, and its bytes stay what they were', () => {
    fc.assert(
      fc.property(
        messages,
        fc.array(steps, { maxLength: 6 }),
        fc.option(fc.nat(), { nil: undefined }),
        (made, done, elsewhere) => {
          const bases = new Map(made.map((one) => [addressKey(one.address), baseOf(one)]));
          let text = formatList(made);
          const touched = new Set<number>();
          for (const step of done) {
            const { text: after, touched: by } = step(text, (index) => index % made.length);
            text = after;
            for (const index of by) touched.add(index);
          }
          const comparer = new ListComparer(bases);
          // Somebody else modifies one message, and the list is read again.
          if (elsewhere !== undefined) {
            const at = elsewhere % made.length;
            const known = new Map(made.map((one) => [addressKey(one.address), one]));
            const fresh = made.map((one, index) =>
              index === at ? { ...one, content: { ...one.content, cloudCustomData: '"theirs"' } } : one,
            );
            const merge = mergeList(text, comparer.compare(text), known, fresh);
            text = applyEdits(text, merge.edits);
            touched.add(at);
          }
          const { list, changed, slips } = comparer.compare(text);
          assert.deepEqual(slips, []);
          for (const { address, mine, base, members } of changed) {
            assert.ok(address.chat === 'c2c' && touched.has(Number(address.key.split('_')[0])));
            // Of a touched one a member that was not is not sent.
            for (const name of ['msgBody', 'cloudCustomData'] as const)
              if (!members.includes(name === 'msgBody' ? 'MsgBody' : 'CloudCustomData'))
                assert.equal(mine[name], base[name]);
          }
          for (const item of list.items) {
            assert.ok(item.address?.chat === 'c2c');
            const index = Number(item.address.key.split('_')[0]);
            if (!touched.has(index))
              assert.equal(minify(itemText(text, item)), minify(formatItem(made[index]!)));
          }
        },
      ),
      runs(300, 30_000),
    );
  });
});
