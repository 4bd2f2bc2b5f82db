import assert from 'node:assert/strict';
import { RateLimit } from '../../../src/chat/rateLimit';
import { errorOf } from './scriptedServer';

/** The most starts that any window of `length` ms holds. */
function densest(starts: readonly number[], length: number): number {
  let most = 0;
  for (let first = 0, last = 0; last < starts.length; last++) {
    while ((starts[last] ?? 0) - (starts[first] ?? 0) >= length) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

describe('chat: rate limit', () => {
  it('never starts more than 200 in any second, and reaches 95 % of that', async () => {
    const limit = new RateLimit(200);
    const starts: number[] = [];
    const began = performance.now();
    await Promise.all(
      Array.from({ length: 601 }, () =>
        limit.run(() => {
          starts.push(performance.now());
          return Promise.resolve();
        }),
      ),
    );
    assert.ok(densest(starts, 1000) <= 200, `${densest(starts, 1000)} in a second`);
    // 601 calls fill three windows and start a fourth.
    const perSecond = 600 / ((performance.now() - began) / 1000);
    assert.ok(perSecond >= 190, `${perSecond} a second`);
  });

  it('counts calls that come one by one, too', async () => {
    const limit = new RateLimit(5, { windowMs: 100 });
    const starts: number[] = [];
    for (let i = 0; i < 23; i++) {
      await limit.take();
      starts.push(performance.now());
      if (i % 4 === 0) await new Promise((resolve) => setTimeout(resolve, i));
    }
    assert.ok(densest(starts, 100) <= 5);
  });

  it('starts calls in their order', async () => {
    const limit = new RateLimit(2, { windowMs: 20 });
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4, 5].map((i) => limit.run(() => Promise.resolve(order.push(i)))));
    assert.deepEqual(order, [1, 2, 3, 4, 5]);
  });

  it('lets go of a call that is aborted, and does not count it', async () => {
    const limit = new RateLimit(1, { windowMs: 200 });
    await limit.take();
    const controller = new AbortController();
    const waiting = errorOf(limit.take(controller.signal));
    const after = limit.take();
    const began = performance.now();
    controller.abort();
    assert.equal(((await waiting) as Error).name, 'AbortError');
    assert.ok(performance.now() - began < 100);
    await after;
    assert.ok(performance.now() - began < 390);
  });
});
