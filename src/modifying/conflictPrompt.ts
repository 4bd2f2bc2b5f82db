import * as vscode from 'vscode';
import { contextKeys, setContext } from '../contributions/contextKeys';
import { changesUri, titleOf } from '../documents/changesUri';
import { isConflict, isDraft, isUnmerged } from '../documents/knowledge';
import { type MessageDocuments } from '../documents/messageDocuments';
import type { MessageRef } from '../chat/address';
import { messageUri } from '../documents/messageRef';
import type { ConflictChoice } from '../modify/modifyRequest';
import { showNotice } from '../ui/messages';

/**
 * A conflict's question. It can be answered in its notice or by the buttons in the title of the diff, which stand
 * there as long as the conflict does.
 */
export class ConflictPrompt implements vscode.Disposable {
  private readonly pending = new Map<string, (choice: ConflictChoice) => void>();
  private readonly marked = { conflicts: new Set<string>(), unmerged: new Set<string>() };
  private readonly subscription: { dispose(): void };

  constructor(private readonly documents: MessageDocuments) {
    this.subscription = documents.onDidLearn((ref) => this.update(ref));
  }

  /** Asks about a message and settles when the person has chosen. */
  ask(ref: MessageRef): Promise<ConflictChoice> {
    const key = messageUri(ref).toString();
    this.pending.get(key)?.('cancel');
    const mine = vscode.l10n.t('Keep Mine');
    const service = vscode.l10n.t("Take the Service's");
    const merge = vscode.l10n.t('Merge by Hand');
    return new Promise((resolve) => {
      const answer = (choice: ConflictChoice): void => {
        if (this.pending.get(key) === answer) this.pending.delete(key);
        resolve(choice);
      };
      this.pending.set(key, answer);
      // As an error: VS Code hides a warning after a while, and the question is there until it is answered.
      void showNotice(
        'error',
        vscode.l10n.t('Not sent: {0} was changed on the service since you opened it.', titleOf(ref)),
        mine,
        service,
        merge,
      ).then((chosen) => {
        if (chosen === mine) answer('keepMine');
        else if (chosen === service) answer('takeService');
        else if (chosen === merge) answer('mergeByHand');
        else answer('cancel');
      });
    });
  }

  /** Answers a question that is open for this message; false when there is none. */
  answer(ref: MessageRef, choice: ConflictChoice): boolean {
    const answer = this.pending.get(messageUri(ref).toString());
    if (!answer) return false;
    answer(choice);
    // Its notice has been answered too, and cannot be taken back.
    void vscode.commands.executeCommand('notifications.hideToasts');
    return true;
  }

  dispose(): void {
    this.subscription.dispose();
    for (const answer of [...this.pending.values()]) answer('cancel');
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
