import * as vscode from 'vscode';
import { titleOf } from '../documents/changesUri';
import type { MessageRef } from '../chat/address';
import { messageUri } from '../documents/messageRef';
import type { ConflictChoice } from '../modify/modifyRequest';
import { showNotice } from '../ui/messages';

/**
 * A conflict's question. It can be answered in its notice or by the buttons in the title of the diff.
 */
export class ConflictPrompt implements vscode.Disposable {
  private readonly pending = new Map<string, (choice: ConflictChoice) => void>();

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
    for (const answer of [...this.pending.values()]) answer('cancel');
  }
}
