import * as vscode from 'vscode';
import { FilesOnly } from '../documents/filesOnly';
import { parseUnsentUri } from '../documents/unsentUri';
import type { Unsent, UnsentStore } from '../sending/unsentStore';

/** Messages that are not sent yet as files of the scheme `tencent-chat`: reading gives what was saved, writing keeps it. */
export class UnsentFiles extends FilesOnly implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;

  /** @param wordFailure says for a person why one cannot be read or kept */
  constructor(
    private readonly store: UnsentStore,
    private readonly wordFailure: (error: unknown) => string,
  ) {
    super();
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    if (!parseUnsentUri(uri)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { text, mtime } = await this.read(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime, size: Buffer.byteLength(text, 'utf8') };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return Buffer.from((await this.read(uri)).text, 'utf8');
  }

  /** What was sent or given up takes no text any more: VS Code says so, and the text stays in the editor. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const ref = parseUnsentUri(uri);
    if (!ref) throw vscode.FileSystemError.NoPermissions(uri);
    const text = Buffer.from(content).toString('utf8');
    try {
      if (!(await this.store.write(ref.id, text))) throw vscode.FileSystemError.FileNotFound(uri);
    } catch (error) {
      if (error instanceof vscode.FileSystemError) throw error;
      // VS Code tells it, and the text stays in the editor, unsaved.
      throw vscode.FileSystemError.Unavailable(this.wordFailure(error));
    }
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async read(uri: vscode.Uri): Promise<Unsent> {
    const ref = parseUnsentUri(uri);
    let unsent: Unsent | undefined;
    try {
      unsent = ref && (await this.store.read(ref.id));
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(this.wordFailure(error));
    }
    if (!unsent || unsent.connectionId !== ref?.connectionId) throw vscode.FileSystemError.FileNotFound(uri);
    return unsent;
  }
}
