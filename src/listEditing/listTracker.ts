import * as vscode from 'vscode';
import type { ListDocuments } from './listDocuments';
import { parseListUri } from './listUri';

/** Tells the lists what VS Code holds of them, so that unsaved text keeps what it rests on. */
export class ListTracker implements vscode.Disposable {
  private readonly unsaved = new Set<string>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(
    private readonly lists: ListDocuments,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
        this.look(document, contentChanges.length > 0),
      ),
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document, false)),
      vscode.workspace.onDidSaveTextDocument((document) => this.look(document, true)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (this.unsaved.delete(document.uri.toString())) this.tell(document, false);
      }),
    ];
    for (const document of vscode.workspace.textDocuments) this.look(document, false);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private look(document: vscode.TextDocument, other: boolean): void {
    if (!parseListUri(document.uri)) return;
    const key = document.uri.toString();
    if (document.isDirty) {
      if (this.unsaved.has(key)) return;
      this.unsaved.add(key);
      this.tell(document, true);
    } else if (this.unsaved.delete(key) || other) this.tell(document, false);
  }

  private tell(document: vscode.TextDocument, unsaved: boolean): void {
    this.lists.holds(document.uri, document.getText(), unsaved).catch(this.onFailure);
  }
}
