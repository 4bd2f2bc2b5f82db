import * as vscode from 'vscode';
import { FilesOnly } from '../documents/filesOnly';
import type { SavedText } from '../lists/listStore';
import { ListMovedError } from './keptLists';
import type { ListDocuments } from './listDocuments';
import { parseListUri } from './listUri';

/** Lists as files of the scheme `tencent-chat`: reading gives the saved text or the list as it was made, writing keeps it. */
export class ListFiles extends FilesOnly implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly listening: vscode.Disposable;

  /** @param wordFailure says for a person why a list cannot be read or kept */
  constructor(
    private readonly documents: ListDocuments,
    private readonly wordFailure: (error: unknown) => string,
  ) {
    super();
    this.listening = documents.onDidSaveElsewhere((uri) =>
      this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]),
    );
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    if (!parseListUri(uri)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { text, mtime } = await this.read(uri, (list) => this.documents.text(list));
    return { type: vscode.FileType.File, ctime: 0, mtime, size: Buffer.byteLength(text, 'utf8') };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return Buffer.from((await this.read(uri, (list) => this.documents.handedOut(list))).text, 'utf8');
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    try {
      await this.documents.write(uri, Buffer.from(content).toString('utf8'));
    } catch (error) {
      // VS Code tells it, and the text stays in the editor, unsaved.
      if (error instanceof ListMovedError) throw this.savedElsewhere();
      throw vscode.FileSystemError.Unavailable(this.wordFailure(error));
    }
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }

  private async read(
    uri: vscode.Uri,
    from: (uri: vscode.Uri) => Promise<SavedText | undefined>,
  ): Promise<SavedText> {
    let file;
    try {
      file = await from(uri);
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(this.wordFailure(error));
    }
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}
