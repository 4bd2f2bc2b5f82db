import assert from 'node:assert/strict';
import { LatestReadings } from '../../../src/bulk/latestReadings';
import type { Reading } from '../../../src/bulk/pageReading';
import { text } from '../../support/modifyCase';

describe('The latest reading of a message that waits for its turn', () => {
  const reading = (order: number): Reading => ({
    seen: { kind: 'content', content: text(`reading ${order}`) },
    at: { clock: 1_700_000_000_000, steady: 0, order },
  });

  it('is the one that began last, whichever answer came last, also within a millisecond', () => {
    const latest = new LatestReadings();
    latest.saw('one', reading(1));
    assert.equal(latest.of('one'), undefined);
    latest.hold('one', reading(2));
    for (const [order, kept] of [
      [4, 4],
      [3, 4],
      [5, 5],
    ] as const) {
      latest.saw('one', reading(order));
      assert.equal(latest.of('one')?.at.order, kept);
    }
    latest.letGo('one');
    assert.equal(latest.of('one'), undefined);
  });
});
