import type { ToPage } from '../protocol';

/** One page that shows a session's document. */
export interface SessionPage {
  readonly ready: boolean;
  /** When its tab went out of view, in the milliseconds of this machine's clock; undefined while it is seen. */
  readonly hiddenSince: number | undefined;
  post(message: ToPage): void;
}

/** VS Code gives a save 1.5 s to wait for an extension, and stops asking one that took longer a few times. */
export const SAVE_MS = 1200;
/** What a command waits for: a page that is busy for longer than this is not going to tell what was typed into it. */
export const COMMAND_MS = 10_000;
/** VS Code takes a page down that goes out of view, and what it said last is here within this time. */
const LAST_WORDS_MS = 1200;

/** Questions to pages to tell what was typed into them, and who waits for the answers. */
export class PageFlushes {
  private readonly waiting = new Map<number, { readonly page: SessionPage; readonly told: () => void }>();
  private count = 0;

  /**
   * Settles when the page has told everything, or its time is over.
   *
   * @param ms how long it has
   * @returns whether it told, as one does that goes out of view
   */
  async ask(page: SessionPage, ms: number): Promise<boolean> {
    const { hiddenSince } = page;
    if (hiddenSince !== undefined) {
      const rest = Math.min(ms, hiddenSince + LAST_WORDS_MS - Date.now());
      await new Promise((resolve) => setTimeout(resolve, rest));
      return true;
    }
    const id = ++this.count;
    const answer = new Promise<true>((resolve) => {
      this.waiting.set(id, { page, told: () => resolve(true) });
      page.post({ type: 'flush', id });
    });
    const told = await limited(answer, ms);
    this.waiting.delete(id);
    return told ?? (page.hiddenSince !== undefined || !page.ready);
  }

  answered(id: number): void {
    this.waiting.get(id)?.told();
  }

  /** The page was made anew, as VS Code does with one that comes back into view: it holds nothing yet, and heard no question. */
  began(page: SessionPage): void {
    for (const asked of this.waiting.values()) if (asked.page === page) asked.told();
  }

  dispose(): void {
    for (const { told } of this.waiting.values()) told();
  }
}

/** What the promise gives, or nothing at the end of the time there is for it, in milliseconds. */
export function limited<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms, undefined);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
