import * as vscode from 'vscode';
import type { MessageDocuments } from './messageDocuments';
import { parseDocumentUri, parseMessageUri } from './messageRef';
import { refKey, type MessageRef } from '../chat/address';

/** True when VS Code holds unsaved changes of a document. */
export function isDirty(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return vscode.workspace.textDocuments.some(
    (document) => document.isDirty && document.uri.toString() === key,
  );
}

/** True when VS Code holds a document of a message open, in an editor or for an extension. */
export function isShown(ref: MessageRef): boolean {
  const key = refKey(ref);
  return vscode.workspace.textDocuments.some((document) => {
    const shown = document.isClosed ? undefined : parseDocumentUri(document.uri)?.ref;
    return shown !== undefined && refKey(shown) === key;
  });
}

/** Tells the documents what VS Code holds unsaved of messages, and which of them it shows no more. */
export class DirtyTracker implements vscode.Disposable {
  private readonly dirty = new Set<string>();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor(
    private readonly documents: MessageDocuments,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document, reason }) =>
        this.look(document, reason === vscode.TextDocumentChangeReason.Undo),
      ),
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.look(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.closed(document)),
    ];
    for (const document of vscode.workspace.textDocuments) {
      this.look(document);
      // What an editor shows from before this extension started is read anew, so that it is known what it shows.
      const ref = parseMessageUri(document.uri);
      if (ref && !document.isDirty) this.tell(documents.readAgain(ref));
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private look(document: vscode.TextDocument, undone = false): void {
    const ref = parseMessageUri(document.uri);
    if (!ref) return;
    const key = document.uri.toString();
    if (document.isDirty) {
      this.dirty.add(key);
      this.tell(this.documents.edited(ref, document.getText(), undone));
    } else if (this.dirty.delete(key)) {
      this.tell(this.documents.clean(ref));
    }
  }

  private closed(document: vscode.TextDocument): void {
    const ref = parseDocumentUri(document.uri)?.ref;
    if (!ref) return;
    const clean = this.dirty.delete(document.uri.toString()) ? this.documents.clean(ref) : Promise.resolve();
    this.tell(clean.then(() => this.documents.closed(ref)));
  }

  private tell(told: Promise<void>): void {
    told.catch(this.onFailure);
  }
}
