import { Disposable, type Uri } from 'vscode';

/** Brings what was typed but not yet told into the document; settles when the document has it. */
export type Flush = () => Promise<void>;

/**
 * Who holds typing that a document does not know yet. Asked before a save and by every command that reads the text:
 * without it, Ctrl+S right after ten letters saves one.
 */
export class FlushRegistry {
  private readonly flushes = new Map<string, Set<Flush>>();

  register(uri: Uri, flush: Flush): Disposable {
    const key = uri.toString();
    const set = this.flushes.get(key) ?? new Set<Flush>();
    this.flushes.set(key, set.add(flush));
    return new Disposable(() => {
      set.delete(flush);
      if (set.size === 0 && this.flushes.get(key) === set) this.flushes.delete(key);
    });
  }

  /** Settles when the document holds everything typed into its pages, or their time is over. Never rejects. */
  async flush(uri: Uri): Promise<void> {
    await Promise.allSettled([...(this.flushes.get(uri.toString()) ?? [])].map((flush) => flush()));
  }
}
