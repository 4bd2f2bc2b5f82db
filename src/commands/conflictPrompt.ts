import * as vscode from 'vscode';
import { contextKeys, setContext } from '../contributions/contextKeys';
import { isConflict, isDraft } from '../documents/messageDocument';
import { type MessageDocuments } from '../documents/messageDocuments';
import type { MessageRef } from '../chat/address';
import { messageUri } from '../documents/messageRef';
import type { ConflictChoice } from '../modify/model';
import { showNotice } from '../ui/messages';

/**
 * A conflict's question. It can be answered in its notice or by the buttons in the title of the diff, which stand
 * there as long as the conflict does.
 */
export class ConflictPrompt implements vscode.Disposable {
  private readonly pending = new Map<string, (choice: ConflictChoice) => void>();
  private readonly inConflict = new Set<string>();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly documents: MessageDocuments) {
    this.subscription = documents.onDidChangeState((ref) => this.update(ref));
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
      void showNotice(
        'warning',
        vscode.l10n.t('Not sent: the message was changed on the service since you opened it.'),
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
    answer?.(choice);
    return answer !== undefined;
  }

  dispose(): void {
    this.subscription.dispose();
    for (const answer of [...this.pending.values()]) answer('cancel');
  }

  private update(ref: MessageRef): void {
    const key = messageUri(ref).toString();
    const document = this.documents.peek(ref);
    const conflict = document !== undefined && isConflict(document) && isDraft(document);
    if (conflict === this.inConflict.has(key)) return;
    if (conflict) this.inConflict.add(key);
    else this.inConflict.delete(key);
    void setContext(contextKeys.conflicts, [...this.inConflict]);
  }
}
