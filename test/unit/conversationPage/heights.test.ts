import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Heights } from '../../../webview/conversation/heights';
import { runs } from '../../support/runs';

const step = fc.oneof(
  fc.record({ what: fc.constant('set' as const), at: fc.nat(60), height: fc.integer({ min: 1, max: 900 }) }),
  fc.record({
    what: fc.constant('splice' as const),
    at: fc.nat(60),
    removed: fc.nat(8),
    inserted: fc.nat(12),
  }),
  fc.record({ what: fc.constant('look' as const), at: fc.nat(60) }),
);

describe('heights of the rows of a conversation', () => {
  it('are right after any rows came, went and were measured', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.array(step, { maxLength: 40 }), (count, steps) => {
        const heights = new Heights();
        heights.reset(count);
        const rows = Array.from({ length: count }, () => 64);
        const topOf = (index: number): number => rows.slice(0, index).reduce((sum, row) => sum + row, 0);
        for (const one of steps) {
          const at = Math.min(one.at, rows.length);
          if (one.what === 'splice') {
            const removed = Math.min(one.removed, rows.length - at);
            rows.splice(at, removed, ...Array.from({ length: one.inserted }, () => 64));
            heights.splice(at, removed, one.inserted);
          } else if (one.what === 'set' && at < rows.length) {
            rows[at] = one.height;
            heights.set(at, one.height);
          }
          assert.equal(heights.top(at), topOf(at));
        }
        assert.equal(heights.count, rows.length);
        assert.equal(heights.total, topOf(rows.length));
        for (let index = 0; index <= rows.length; index += 1) assert.equal(heights.top(index), topOf(index));
      }),
      runs(300, 20_000),
    );
  });

  it('name the rows that cover what is seen, and none beyond', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 900 }),
        (rows, share, view) => {
          const heights = new Heights();
          heights.reset(rows.length);
          rows.forEach((height, index) => heights.set(index, height));
          const from = share * heights.total;
          const [first, end] = heights.between(from, from + view);
          assert.ok(heights.top(first) <= from);
          assert.ok(heights.top(end) >= Math.min(heights.total, from + view));
          assert.ok(end - first <= view + 2);
          assert.ok(first < end && end <= rows.length);
        },
      ),
      runs(300, 20_000),
    );
  });

  it('are nothing in an empty list', () => {
    const heights = new Heights();
    heights.reset(0);
    assert.deepEqual(heights.between(0, 500), [0, 0]);
    assert.equal(heights.total, 0);
    assert.equal(heights.set(0, 10), false);
  });

  it('take thousands of rows at once', () => {
    const heights = new Heights();
    heights.reset(0);
    heights.splice(0, 0, 200_000);
    assert.equal(heights.count, 200_000);
    heights.set(100_000, 164);
    assert.equal(heights.total, 200_000 * 64 + 100);
    assert.equal(heights.at(100_000 * 64 + 163), 100_000);
    assert.equal(heights.at(100_000 * 64 + 164), 100_001);
  });
});
