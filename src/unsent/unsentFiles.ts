import * as vscode from 'vscode';
import { FilesOnly } from '../documents/filesOnly';
import { parseUnsentUri } from '../documents/unsentUri';
import type { Unsent, UnsentStore } from '../sending/unsentStore';

interface Shown {
  readonly uri: vscode.Uri;
  readonly mtime: number;
  readonly bytes: number;
}

/** Messages that are not sent yet as files of the scheme `tencent-chat`: reading gives what was saved, writing keeps it. */
export class UnsentFiles extends FilesOnly implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  /** What VS Code read or wrote last of each, by id. */
  private readonly shown = new Map<string, Shown>();
  private watcher: { dispose(): void } | undefined;

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
    this.watcher ??= this.store.watch((id) => {
      // Who reads it next is told why it cannot be.
      this.follow(id).catch(() => undefined);
    });
    const unsent = await this.read(uri);
    this.show(uri, unsent);
    return Buffer.from(unsent.text, 'utf8');
  }

  /** What was sent or given up takes no text any more: VS Code says so, and the text stays in the editor. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const ref = parseUnsentUri(uri);
    if (!ref) throw vscode.FileSystemError.NoPermissions(uri);
    const text = Buffer.from(content).toString('utf8');
    try {
      const before = await this.store.read(ref.id);
      const known = this.shown.get(ref.id);
      if (before && known && before.mtime !== known.mtime && before.text !== text) {
        // Another size was asked about.
        const isUnasked = Buffer.byteLength(before.text) === known.bytes;
        this.show(uri, before);
        if (isUnasked) throw this.savedElsewhere();
      }
      const written = await this.store.write(ref.id, text);
      if (!written) throw vscode.FileSystemError.FileNotFound(uri);
      this.show(uri, written);
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
    this.watcher?.dispose();
    this.changed.dispose();
  }

  private show(uri: vscode.Uri, { id, mtime, text }: Unsent): void {
    this.shown.set(id, { uri, mtime, bytes: Buffer.byteLength(text) });
  }

  /** Tells VS Code of what another window saved; an editor without changes of its own shows that. */
  private async follow(id: string): Promise<void> {
    const known = this.shown.get(id);
    const now = known && (await this.store.read(id));
    if (!now) this.shown.delete(id);
    else if (now.mtime !== this.shown.get(id)?.mtime)
      this.changed.fire([{ type: vscode.FileChangeType.Changed, uri: known.uri }]);
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
