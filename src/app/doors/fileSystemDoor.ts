import * as vscode from 'vscode';
import { FilesOnly } from '../../documents/filesOnly';
import type { Entrance } from '../../ui/room';

/** What reads and writes the files of a scheme. */
type Files = FilesOnly & vscode.FileSystemProvider;

/** A scheme's files, from the extension's first moment on; what reads them is loaded with the first file. */
export class FileSystemDoor extends FilesOnly implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly registration: vscode.Disposable;
  private readonly listening: vscode.Disposable[] = [];

  readonly onDidChangeFile = this.changed.event;

  constructor(
    scheme: string,
    private readonly room: Entrance<Files>,
    /** Files of the scheme that another room reads and writes. */
    private readonly others: readonly {
      readonly isOne: (uri: vscode.Uri) => boolean;
      readonly room: Entrance<Files>;
    }[] = [],
  ) {
    super();
    for (const entrance of [room, ...others.map((other) => other.room)])
      entrance.whenMade((files) => {
        this.listening.push(files.onDidChangeFile((changes) => this.changed.fire(changes)));
      });
    this.registration = vscode.workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.inside(uri)).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.inside(uri)).readFile(uri);
  }

  async writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    options: { readonly create: boolean; readonly overwrite: boolean },
  ): Promise<void> {
    await (await this.inside(uri)).writeFile(uri, content, options);
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return (await this.inside(uri)).readDirectory(uri);
  }

  dispose(): void {
    this.registration.dispose();
    for (const listening of this.listening) listening.dispose();
    this.changed.dispose();
  }

  /** Where a file is opened VS Code shows why it cannot be, with a *Try Again* of its own. */
  private async inside(uri: vscode.Uri): Promise<Files> {
    try {
      const other = this.others.find(({ isOne }) => isOne(uri));
      return await (other?.room ?? this.room).load();
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
    }
  }
}
