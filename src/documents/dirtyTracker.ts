import * as vscode from 'vscode';
import type { MessageDocuments } from './messageDocuments';
import { parseMessageUri } from './messageRef';

/** True when VS Code holds unsaved changes of a document. */
export function isDirty(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return vscode.workspace.textDocuments.some(
    (document) => document.isDirty && document.uri.toString() === key,
  );
}

/**
 * Tells the documents when one gets unsaved changes and when they are gone, so that its base is on disk exactly as
 * long as something rests on it.
 */
export class DirtyTracker implements vscode.Disposable {
  private readonly dirty = new Set<string>();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor(
    private readonly documents: MessageDocuments,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => this.look(event.document)),
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.look(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.closed(document)),
    ];
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private look(document: vscode.TextDocument): void {
    const ref = parseMessageUri(document.uri);
    if (!ref) return;
    const key = document.uri.toString();
    if (document.isDirty === this.dirty.has(key)) return;
    if (document.isDirty) {
      this.dirty.add(key);
      // A document restored from a backup is dirty before it was ever read.
      this.documents
        .get(ref)
        .then(() => this.documents.becameDirty(ref))
        .catch(this.onFailure);
    } else {
      this.dirty.delete(key);
      this.documents.becameClean(ref).catch(this.onFailure);
    }
  }

  private closed(document: vscode.TextDocument): void {
    const ref = parseMessageUri(document.uri);
    if (ref && this.dirty.delete(document.uri.toString())) {
      this.documents.becameClean(ref).catch(this.onFailure);
    }
  }
}
