import * as vscode from 'vscode';
import { MESSAGE_EDITOR } from '../../contributions/ids';
import { escaped } from '../../editor/escaped';
import type { Log } from '../../ui/log';
import { RoomError, tellRoomError, type Entrance } from '../../ui/room';

/** What shows a document in a panel; nothing is waited for, since VS Code makes the page when it is done. */
interface Editor {
  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void;
}

/** The custom editor of messages; it is loaded with the first message that is opened. */
export class EditorDoor implements vscode.CustomTextEditorProvider, vscode.Disposable {
  private readonly registration: vscode.Disposable;

  constructor(
    private readonly room: Entrance<Editor>,
    private readonly log: Log,
  ) {
    this.registration = vscode.window.registerCustomEditorProvider(MESSAGE_EDITOR, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  async resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): Promise<void> {
    const closed = isClosed(panel);
    try {
      const editor = this.room.made ?? (await this.room.load());
      if (!closed()) editor.resolveCustomTextEditor(document, panel);
    } catch (error) {
      if (!RoomError.is(error)) throw error;
      if (!closed()) panel.webview.html = plainPage(error.message);
      tellRoomError(error, this.log, () =>
        closed() ? undefined : this.resolveCustomTextEditor(document, panel),
      );
    }
  }

  dispose(): void {
    this.registration.dispose();
  }
}

/** Whether a panel was closed meanwhile. */
function isClosed(panel: vscode.WebviewPanel): () => boolean {
  let closed = false;
  panel.onDidDispose(() => (closed = true));
  return () => closed;
}

function plainPage(text: string): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head><body><p role="alert">${escaped(text)}</p></body></html>`;
}
