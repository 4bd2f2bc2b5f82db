import { contextKeys, setContext } from '../contributions/contextKeys';
import type { MessageRef } from '../chat/address';
import { changesUri } from './changesUri';
import { isConflict, isDraft, isUnmerged } from './knowledge';
import type { MessageDocuments } from './messageDocuments';
import { messageUri } from './messageRef';

/** Lets the buttons of a conflict stand in the title of its diff as long as there is the conflict. */
export class ConflictMarks {
  private readonly marked = { conflicts: new Set<string>(), unmerged: new Set<string>() };
  private readonly subscription: { dispose(): void };

  constructor(private readonly documents: MessageDocuments) {
    this.subscription = documents.onDidLearn((ref) => this.update(ref));
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private update(ref: MessageRef): void {
    const document = this.documents.peek(ref);
    const draft = document !== undefined && isDraft(document);
    this.mark('conflicts', ref, draft && isConflict(document));
    this.mark('unmerged', ref, draft && isUnmerged(document));
  }

  /** Names the documents whose editors show the buttons: the one in which it is merged, and the one that is read. */
  private mark(context: 'conflicts' | 'unmerged', ref: MessageRef, marked: boolean): void {
    const uris = this.marked[context];
    const names = [messageUri(ref), changesUri(ref, { side: 'draft' })].map((uri) => uri.toString());
    if (names.every((name) => uris.has(name) === marked)) return;
    for (const name of names) {
      if (marked) uris.add(name);
      else uris.delete(name);
    }
    void setContext(contextKeys[context], [...uris]);
  }
}
