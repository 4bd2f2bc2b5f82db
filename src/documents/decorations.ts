import * as vscode from 'vscode';
import { refKey, type MessageRef } from '../chat/address';
import { isConflict, isDraft, isUnmerged } from './knowledge';
import { type MessageDocuments } from './messageDocuments';
import { messageUri, parseMessageUri } from './messageRef';

type Mark = 'draft' | 'conflict' | 'unmerged';

/** Marks messages with a draft or a conflict in the tree and on editor tabs. */
export class DraftDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** The marks that VS Code was given or is told of, by the messages' keys; most messages have none. */
  private readonly marked = new Map<string, Mark>();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(private readonly documents: MessageDocuments) {
    this.subscriptions = [
      this.changed,
      // A plan learns thousands of things that change no mark.
      documents.onDidLearn((ref) => {
        const before = this.marked.get(refKey(ref));
        if (this.mark(ref) !== before) this.changed.fire(messageUri(ref));
      }),
    ];
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const ref = parseMessageUri(uri);
    const mark = ref && this.mark(ref);
    if (!mark) return undefined;
    if (mark !== 'draft') {
      return new vscode.FileDecoration(
        '!',
        mark === 'unmerged'
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

  /** The mark that a message has now, kept as what VS Code knows of it. */
  private mark(ref: MessageRef): Mark | undefined {
    const mark = this.markOf(ref);
    if (mark) this.marked.set(refKey(ref), mark);
    else this.marked.delete(refKey(ref));
    return mark;
  }

  private markOf(ref: MessageRef): Mark | undefined {
    const document = this.documents.peek(ref);
    if (!document || !isDraft(document)) return undefined;
    if (isUnmerged(document)) return 'unmerged';
    return isConflict(document) ? 'conflict' : 'draft';
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
