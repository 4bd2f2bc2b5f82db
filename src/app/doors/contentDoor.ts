import * as vscode from 'vscode';
import type { Entrance } from '../../ui/room';

/** Read-only documents of a scheme; what writes them is loaded with the first. */
export class ContentDoor implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;
  private listening: vscode.Disposable | undefined;

  readonly onDidChange = this.changed.event;

  constructor(
    scheme: string,
    private readonly room: Entrance<vscode.TextDocumentContentProvider>,
  ) {
    room.whenMade((content) => {
      this.listening = content.onDidChange?.((uri) => this.changed.fire(uri));
    });
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async provideTextDocumentContent(
    uri: vscode.Uri,
    token: vscode.CancellationToken,
  ): Promise<string | undefined> {
    return (await (await this.room.load()).provideTextDocumentContent(uri, token)) ?? undefined;
  }

  dispose(): void {
    this.registration.dispose();
    this.listening?.dispose();
    this.changed.dispose();
  }
}
