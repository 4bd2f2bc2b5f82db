import * as vscode from 'vscode';
import { parseMessageUri } from '../../documents/messageRef';
import type { Log } from '../../ui/log';
import type { Entrance } from '../../ui/room';

/** Marks on messages, wherever their names stand; what knows of them is loaded when the first name is shown. */
export class DecorationDoor implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri | vscode.Uri[] | undefined>();
  private readonly registration: vscode.Disposable;
  private listening: vscode.Disposable | undefined;

  readonly onDidChangeFileDecorations = this.changed.event;

  constructor(
    private readonly room: Entrance<vscode.FileDecorationProvider>,
    private readonly log: Log,
  ) {
    room.whenMade((marks) => {
      this.listening = marks.onDidChangeFileDecorations?.((uris) => this.changed.fire(uris));
    });
    this.registration = vscode.window.registerFileDecorationProvider(this);
  }

  async provideFileDecoration(
    uri: vscode.Uri,
    token: vscode.CancellationToken,
  ): Promise<vscode.FileDecoration | undefined> {
    // VS Code asks for every name that it shows.
    if (!parseMessageUri(uri)) return undefined;
    try {
      return (await (await this.room.load()).provideFileDecoration(uri, token)) ?? undefined;
    } catch (error) {
      // Whoever opens a message is told; a mark that lacks is not worth a notice.
      this.log.error(error, 'marks');
      return undefined;
    }
  }

  dispose(): void {
    this.registration.dispose();
    this.listening?.dispose();
    this.changed.dispose();
  }
}
