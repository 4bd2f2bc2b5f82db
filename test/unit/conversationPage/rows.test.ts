import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RowView } from '../../../src/conversation/rowViews';
import { Rows } from '../../../webview/conversation/rows';
import { runs } from '../../support/runs';

const row = (key: string): RowView => ({ kind: 'gap', key, where: 'between', state: 'idle' });

describe('rows that a conversation page knows', () => {
  it('stand at their places, whatever came, went and was forgotten', () => {
    const change = fc.record({
      at: fc.nat(300),
      removed: fc.nat(20),
      inserted: fc.nat(30),
      look: fc.nat(300),
    });
    fc.assert(
      fc.property(fc.nat(300), fc.array(change, { maxLength: 20 }), (count, changes) => {
        let made = 0;
        const all = Array.from({ length: count }, () => `k${(made += 1)}`);
        const rows = new Rows();
        let version = 1;
        rows.reset(version, all.length);
        const answer = (from: number, to: number): void => {
          const asked = rows.ask(from, to);
          if (asked) rows.take(version, asked[0], all.slice(...asked).map(row));
        };
        for (const { at, removed, inserted, look } of changes) {
          answer(look, look + 50);
          const begin = Math.min(at, all.length);
          const gone = Math.min(removed, all.length - begin);
          all.splice(begin, gone, ...Array.from({ length: inserted }, () => `k${(made += 1)}`));
          version += 1;
          rows.splice(version, begin, gone, inserted);
          for (let index = 0; index < all.length; index += 1) {
            const known = rows.get(index);
            if (known) assert.equal(known.key, all[index]);
          }
        }
        assert.equal(rows.count, all.length);
        answer(0, all.length);
        all.forEach((key, index) => {
          assert.equal(rows.get(index)?.key, key);
          assert.equal(rows.indexOf(key), index);
        });
      }),
      runs(200, 20_000),
    );
  });

  it('are asked for once, in blocks, and again after the list changed', () => {
    const rows = new Rows();
    rows.reset(1, 1000);
    assert.deepEqual(rows.ask(250, 420), [200, 500]);
    assert.equal(rows.ask(200, 500), undefined);
    assert.deepEqual(rows.ask(450, 950), [500, 1000]);
    rows.splice(2, 0, 0, 5);
    assert.deepEqual(rows.ask(250, 300), [200, 300]);
  });

  it('of another version are not taken', () => {
    const rows = new Rows();
    rows.reset(4, 10);
    assert.equal(rows.take(3, 0, [row('a')]), false);
    assert.equal(rows.get(0), undefined);
    assert.equal(rows.indexOf('a'), undefined);
  });

  it('that are far from what is shown are forgotten, and can be asked for again', () => {
    const rows = new Rows();
    rows.reset(1, 100_000);
    for (let from = 0; from < 10_000; from += 1000) {
      const some = Array.from({ length: 1000 }, (_, index) => row(`k${from + index}`));
      rows.take(1, from, some);
      rows.forget(from, from + 40);
    }
    assert.equal(rows.get(9_000)?.key, 'k9000');
    assert.equal(rows.get(10), undefined);
    assert.equal(rows.indexOf('k10'), undefined);
    assert.deepEqual(rows.ask(0, 40), [0, 100]);
  });
});
