import * as vscode from 'vscode';
import { isConflict, isDraft, isUnmerged } from './knowledge';
import { type MessageDocuments } from './messageDocuments';
import { messageUri, parseMessageUri } from './messageRef';

/** Marks messages with a draft or a conflict in the tree and on editor tabs. */
export class DraftDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(private readonly documents: MessageDocuments) {
    this.subscriptions = [this.changed, documents.onDidLearn((ref) => this.changed.fire(messageUri(ref)))];
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const ref = parseMessageUri(uri);
    const document = ref && this.documents.peek(ref);
    if (!document || !isDraft(document)) return undefined;
    if (isConflict(document) || isUnmerged(document)) {
      return new vscode.FileDecoration(
        '!',
        isUnmerged(document)
          ? vscode.l10n.t("Not merged yet: the service's change is still to be taken into this draft")
          : vscode.l10n.t('Conflict: the service shows another content than this draft was made from'),
        new vscode.ThemeColor('gitDecoration.conflictingResourceForeground'),
      );
    }
    return new vscode.FileDecoration(
      'D',
      vscode.l10n.t('Draft on this machine, not yet on the service'),
      new vscode.ThemeColor('gitDecoration.modifiedResourceForeground'),
    );
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
