import * as vscode from 'vscode';
import { ChangeTimes } from './changeTimes';
import { FilesOnly } from './filesOnly';
import { formatMessage } from '../message/document';
import { textOf, type Knowledge } from './knowledge';
import { type MessageDocuments } from './messageDocuments';
import type { MessageRef } from '../chat/address';
import { baseUri, messageUri, parseDocumentUri, serviceUri, type DocumentKind } from './messageRef';

/** Worded for a person by the shell: why a message cannot be read, or its draft not be kept. */
export type ReadFailure = (error: unknown) => string;

/** Messages as files of the scheme `tencent-chat`: reading gives the draft or the base, writing keeps a draft. */
export class MessageFileSystem extends FilesOnly implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  /** When the read-only documents that are open last changed, by their URI. */
  private readonly shownSince = new ChangeTimes();

  readonly onDidChangeFile = this.changed.event;

  constructor(
    private readonly documents: MessageDocuments,
    private readonly wordFailure: ReadFailure,
  ) {
    super();
    this.subscriptions = [
      this.changed,
      documents.onDidChangeText((ref) => this.fire(messageUri(ref))),
      // A plan learns of thousands of messages whose documents nobody shows, and VS Code looks for each that it is told of.
      documents.onDidLearn((ref) =>
        this.fire(...[baseUri(ref), serviceUri(ref)].filter((uri) => this.shownSince.has(uri.toString()))),
      ),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.shownSince.forget(uri.toString())),
    ];
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const parsed = parseDocumentUri(uri);
    if (!parsed) {
      if (isFolder(uri)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    const document = await this.read(parsed.ref, uri);
    const text = textFor(document, parsed.kind);
    const size = Buffer.byteLength(text, 'utf8');
    if (parsed.kind === 'message')
      return { type: vscode.FileType.File, ctime: 0, mtime: document.mtime, size };
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: this.shownSince.since(uri.toString(), text),
      size,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const parsed = parseDocumentUri(uri);
    if (!parsed) throw vscode.FileSystemError.FileNotFound(uri);
    const { ref, kind } = parsed;
    const known = await this.read(ref, uri);
    const given = kind === 'message' ? ((await this.documents.handedOut(ref)) ?? known) : known;
    return Buffer.from(textFor(given, kind), 'utf8');
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const parsed = parseDocumentUri(uri);
    if (parsed?.kind !== 'message') throw vscode.FileSystemError.NoPermissions(uri);
    try {
      await this.documents.write(parsed.ref, Buffer.from(content).toString('utf8'));
    } catch (error) {
      // VS Code tells it, and the text stays in the editor, unsaved.
      throw vscode.FileSystemError.Unavailable(this.wordFailure(error));
    }
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    if (!isFolder(uri)) throw vscode.FileSystemError.FileNotADirectory(uri);
    return [];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async read(ref: MessageRef, uri: vscode.Uri): Promise<Knowledge> {
    let document: Knowledge | undefined;
    try {
      document = await this.documents.get(ref);
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(this.wordFailure(error));
    }
    if (!document) throw vscode.FileSystemError.FileNotFound(uri);
    return document;
  }

  private fire(...uris: vscode.Uri[]): void {
    if (uris.length > 0) this.changed.fire(uris.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
  }
}

function textFor(document: Knowledge, kind: DocumentKind): string {
  switch (kind) {
    case 'message':
      return textOf(document);
    case 'base':
      return formatMessage(document.base);
    case 'service':
      return document.service
        ? formatMessage(document.service)
        : document.gone
          ? ''
          : formatMessage(document.base);
  }
}

/**
 * Connections, senders and receivers are the folders above a message of two users, the group and its topic those above a
 * group's; VS Code asks for them.
 */
function isFolder(uri: vscode.Uri): boolean {
  const segments = uri.path.split('/').filter((segment) => segment !== '');
  return segments.length < 4 || (segments.length === 4 && segments[1] === 'group');
}
