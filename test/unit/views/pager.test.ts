import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NoProgressError, Pager, type FetchPage } from '../../../src/views/conversations/reading/pager';
import { runs } from '../../support/runs';

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** Pages of the numbers 0 … total-1, cut at `size`. */
function listing(total: () => number, size = 7): FetchPage<number, number> {
  return (cursor = 0) => {
    const end = Math.min(cursor + size, total());
    return Promise.resolve({ items: numbers(cursor, end), next: end < total() ? end : undefined });
  };
}

describe('pager', () => {
  it('shows a step at a time, however the pages are cut', async () => {
    const pager = new Pager(
      listing(() => 50),
      String,
      20,
    );
    await pager.ensure();
    assert.deepEqual(pager.items, numbers(0, 20));
    assert.equal(pager.done, false);
    await pager.loadMore();
    assert.deepEqual(pager.items, numbers(0, 40));
    await pager.loadMore();
    assert.deepEqual(pager.items, numbers(0, 50));
    assert.equal(pager.done, true);
  });

  it('reads once when it is asked several times at once', async () => {
    let calls = 0;
    const fetchPage = listing(() => 100, 20);
    const pager = new Pager<number, number>(
      (cursor, signal) => {
        calls += 1;
        return fetchPage(cursor, signal);
      },
      String,
      20,
    );
    await Promise.all([pager.ensure(), pager.ensure(), pager.loadMore()]);
    assert.equal(calls, 1);
    assert.equal(pager.items.length, 20);
  });

  it('keeps what came before a page that failed, and goes on from there', async () => {
    let broken = true;
    const fetchPage = listing(() => 30, 10);
    const pager = new Pager<number, number>(
      (cursor, signal) =>
        cursor === 10 && broken ? Promise.reject(new Error('502')) : fetchPage(cursor, signal),
      String,
      20,
    );
    await pager.ensure();
    assert.deepEqual(pager.items, numbers(0, 10));
    assert.equal(pager.failure?.at, 'end');
    await pager.ensure();
    assert.equal(pager.items.length, 10, 'ensure alone does not try again');
    broken = false;
    await pager.retry();
    assert.equal(pager.failure, undefined);
    assert.deepEqual(pager.items, numbers(0, 30));
  });

  it('keeps what is shown when reading anew fails', async () => {
    let broken = false;
    const fetchPage = listing(() => 45, 10);
    const pager = new Pager<number, number>(
      (cursor, signal) => (broken ? Promise.reject(new Error('down')) : fetchPage(cursor, signal)),
      String,
      20,
    );
    await pager.ensure();
    await pager.loadMore();
    broken = true;
    pager.invalidate();
    await pager.ensure();
    assert.deepEqual(pager.items, numbers(0, 40));
    assert.equal(pager.failure?.at, 'start');
    broken = false;
    await pager.retry();
    assert.equal(pager.failure, undefined);
    assert.deepEqual(pager.items, numbers(0, 40));
  });

  it('reads anew as much as was shown', async () => {
    let first = 0;
    const pager = new Pager<number, number>(
      (cursor = first) => {
        const end = Math.min(cursor + 7, 100);
        return Promise.resolve({ items: numbers(cursor, end), next: end < 100 ? end : undefined });
      },
      String,
      20,
    );
    await pager.ensure();
    await pager.loadMore();
    first = -3;
    pager.invalidate();
    assert.deepEqual(pager.items, numbers(0, 40), 'what is there stays until the new is');
    await pager.ensure();
    assert.deepEqual(pager.items, numbers(-3, 37));
  });

  it('does not take a short or empty page for the end', async () => {
    const pages = [[1, 2], [], [2, 3], [], [4]];
    const pager = new Pager<number, number>(
      (cursor = 0) =>
        Promise.resolve({
          items: pages[cursor] ?? [],
          next: cursor + 1 < pages.length ? cursor + 1 : undefined,
        }),
      String,
      20,
    );
    await pager.ensure();
    assert.deepEqual(pager.items, [1, 2, 3, 4]);
    assert.equal(pager.done, true);
  });

  it('stops when page after page brings nothing new', async () => {
    const pager = new Pager<number, number>(
      (cursor = 0) => Promise.resolve({ items: [1], next: cursor + 1 }),
      String,
      20,
    );
    await pager.ensure();
    assert.deepEqual(pager.items, [1]);
    assert.ok(pager.failure?.error instanceof NoProgressError);
  });

  it('puts a newer version of an item in its place', async () => {
    const pager = new Pager<{ id: number; text: string }, number>(
      () =>
        Promise.resolve({
          items: [
            { id: 1, text: 'old' },
            { id: 2, text: 'other' },
          ],
          next: undefined,
        }),
      ({ id }) => String(id),
      20,
    );
    await pager.ensure();
    assert.equal(pager.replace({ id: 1, text: 'new' }), true);
    assert.equal(pager.replace({ id: 3, text: 'unknown' }), false);
    assert.deepEqual(
      pager.items.map(({ text }) => text),
      ['new', 'other'],
    );
  });

  it('puts a new item in its place without reading, and leaves to the next page what belongs behind', async () => {
    let calls = 0;
    const pages = listing(() => 50, 10);
    const pager = new Pager<number, number>(
      (cursor, signal) => {
        calls += 1;
        return pages(cursor, signal);
      },
      String,
      20,
    );
    const add = (item: number): boolean => pager.add(item, (other) => item < other);
    assert.equal(add(4.5), false, 'nothing was read yet');
    await pager.ensure();
    const read = calls;
    for (const item of [-1, 4.5, 30.5]) assert.ok(add(item));
    assert.ok(add(4.5), 'it is there');
    assert.deepEqual(pager.items, [-1, 0, 1, 2, 3, 4, 4.5, ...numbers(5, 20)]);
    assert.equal(pager.item('4.5'), 4.5);
    assert.ok(pager.replace(19));
    await pager.loadMore();
    assert.deepEqual(pager.items.slice(20), numbers(18, 40));
    assert.equal(calls, read + 2);
    pager.invalidate();
    assert.equal(add(-2), false, 'it is about to be read anew');
    await pager.ensure();
    await pager.loadMore();
    await pager.loadMore();
    assert.ok(pager.done);
    assert.ok(add(60));
    assert.equal(pager.items.at(-1), 60);
  });

  it('shows every item once and in order, whatever pages, repeats and failures come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.boolean(), { maxLength: 200 }),
        async (total, size, step, failures) => {
          const script = [...failures];
          const pager = new Pager<number, number>(
            (cursor = 0) => {
              if (script.shift() === true) return Promise.reject(new Error('dropped'));
              const end = Math.min(cursor + size, total);
              // A page begins with the last one of the page before, as the service's do at the boundary second.
              return Promise.resolve({
                items: numbers(Math.max(0, cursor - 1), end),
                next: end < total ? end : undefined,
              });
            },
            String,
            step,
          );
          for (let turn = 0; turn < 500 && !pager.done; turn += 1) {
            const before = pager.items.length;
            await (pager.failure === undefined ? pager.loadMore() : pager.retry());
            assert.ok(pager.items.length >= before);
            assert.deepEqual(pager.items, numbers(0, pager.items.length));
          }
          assert.equal(pager.items.length, total);
        },
      ),
      runs(100, 5000),
    );
  });
});
