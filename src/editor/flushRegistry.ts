import { Disposable, l10n, type Uri } from 'vscode';
import { NoticeError } from '../ui/noticeError';

/** Brings what was typed but not yet told into the document; settles when that has it, with whether every page told. */
export type Flush = () => Promise<boolean>;

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

  /**
   * Settles when the document holds everything that was typed into its pages.
   *
   * @throws NoticeError when a page does not answer: what goes on with a part of the text would send that part
   */
  async flush(uri: Uri): Promise<void> {
    const told = await Promise.all([...(this.flushes.get(uri.toString()) ?? [])].map((flush) => flush()));
    if (told.includes(false))
      throw new NoticeError(
        l10n.t(
          'The editor of this message does not answer, so what was typed last may be missing in the document. Nothing was done; try again in a moment.',
        ),
      );
  }
}
