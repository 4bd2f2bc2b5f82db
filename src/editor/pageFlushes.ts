import type { ToPage } from '../protocol';

/** One page that shows a session's document. */
export interface SessionPage {
  readonly ready: boolean;
  post(message: ToPage): void;
}

/** VS Code gives a save 1.5 s to wait for an extension, and stops asking one that took longer a few times. */
const LIMIT_MS = 1200;

/** Questions to pages to tell what was typed into them, and who waits for the answers. */
export class PageFlushes {
  private readonly waiting = new Map<number, () => void>();
  private count = 0;

  /** Settles when the page has told everything, or its time is over. */
  async ask(page: SessionPage): Promise<void> {
    const id = ++this.count;
    await limited(
      new Promise<void>((resolve) => {
        this.waiting.set(id, resolve);
        page.post({ type: 'flush', id });
      }),
    );
    this.waiting.delete(id);
  }

  answered(id: number): void {
    this.waiting.get(id)?.();
  }

  dispose(): void {
    for (const resolve of this.waiting.values()) resolve();
  }
}

/** The promise, or the end of the time there is for it. */
export function limited(promise: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, LIMIT_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
