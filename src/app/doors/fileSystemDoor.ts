import * as vscode from 'vscode';
import { FilesOnly } from '../../documents/filesOnly';
import type { Entrance } from '../../ui/room';

/** What reads and writes the files of a scheme. */
type Files = FilesOnly & vscode.FileSystemProvider;

/** A scheme's files, from the extension's first moment on; what reads them is loaded with the first file. */
export class FileSystemDoor extends FilesOnly implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly registration: vscode.Disposable;
  private listening: vscode.Disposable | undefined;

  readonly onDidChangeFile = this.changed.event;

  constructor(
    scheme: string,
    private readonly room: Entrance<Files>,
  ) {
    super();
    room.whenMade((files) => {
      this.listening = files.onDidChangeFile((changes) => this.changed.fire(changes));
    });
    this.registration = vscode.workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.inside()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.inside()).readFile(uri);
  }

  async writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    options: { readonly create: boolean; readonly overwrite: boolean },
  ): Promise<void> {
    await (await this.inside()).writeFile(uri, content, options);
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return (await this.inside()).readDirectory(uri);
  }

  dispose(): void {
    this.registration.dispose();
    this.listening?.dispose();
    this.changed.dispose();
  }

  /** Where a file is opened VS Code shows why it cannot be, with a *Try Again* of its own. */
  private async inside(): Promise<Files> {
    try {
      return await this.room.load();
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
    }
  }
}
