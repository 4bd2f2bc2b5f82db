import assert from 'node:assert/strict';
import { PageFlushes, type SessionPage } from '../../../src/editor/pageFlushes';
import type { ToPage } from '../../../src/protocol';

/** A page that answers when the test lets it. */
class Page implements SessionPage {
  ready = true;
  hiddenSince: number | undefined;
  readonly asked: number[] = [];

  constructor(private readonly heard?: (id: number) => void) {}

  post(message: ToPage): void {
    if (message.type !== 'flush') return;
    this.asked.push(message.id);
    this.heard?.(message.id);
  }
}

describe('what was typed into a page and is not told yet', () => {
  it('is waited for, and known to be told', async () => {
    const flushes = new PageFlushes();
    const page = new Page((id) => setTimeout(() => flushes.answered(id), 20));
    assert.equal(await flushes.ask(page, 60_000), true);
    assert.equal(page.asked.length, 1);
  });

  it('is known to be missing when the page does not answer in its time', async () => {
    assert.equal(await new PageFlushes().ask(new Page(), 10), false);
  });

  it('is not taken for told by the answer to another question', async () => {
    const flushes = new PageFlushes();
    const late = new Page();
    assert.equal(await flushes.ask(late, 10), false);
    const page = new Page(() => flushes.answered(late.asked[0]!));
    assert.equal(await flushes.ask(page, 10), false);
  });

  it('was told by a page that is out of view, which nobody can ask', async () => {
    const page = new Page();
    page.hiddenSince = Date.now() - 60_000;
    assert.equal(await new PageFlushes().ask(page, 60_000), true);
    assert.deepEqual(page.asked, []);
  });

  it('is not waited for from a page that is made anew, which holds nothing', async () => {
    const flushes = new PageFlushes();
    const [page, other] = [new Page(() => setTimeout(() => flushes.began(page), 20)), new Page()];
    const asked = flushes.ask(other, 200);
    assert.equal(await flushes.ask(page, 60_000), true);
    assert.equal(await asked, false);
  });

  it('is not missed because the page went out of view, or was closed, while it was asked', async () => {
    const leaving = new Page(() => {
      leaving.hiddenSince = Date.now();
    });
    assert.equal(await new PageFlushes().ask(leaving, 10), true);
    const closing = new Page(() => {
      closing.ready = false;
    });
    assert.equal(await new PageFlushes().ask(closing, 10), true);
  });
});
