import { findNodeAtOffset, getNodePath, type JSONPath, type Node } from 'jsonc-parser';
import * as vscode from 'vscode';
import { STRING_SCHEME } from '../contributions/ids';
import { FilesOnly } from '../documents/filesOnly';
import { findArrayItem, type ArrayItem } from '../json/arrayItems';
import { openString, type EmbeddedText } from '../json/projections';
import { parseMessage } from '../message/document';
import { nodeAtPath } from '../json/tree';
import { rangeIn } from '../ui/ranges';

/** A string in a JSON document, by the document and its place there. */
interface StringPlace {
  readonly host: vscode.Uri;
  readonly path: JSONPath;
  /** Which message of a list it stands in. */
  readonly message?: string;
}

/** What tells a message of a list from all others, wherever in it that stands. */
const NAMES = ['From_Account', 'To_Account', 'MsgKey', 'GroupId', 'TopicId', 'MsgSeq'];

/**
 * JSON strings as documents of their own, which write back: saving one changes the string in the document it stands
 * in, in the string's own style, and leaves that document unsaved for the person to see.
 */
export class StringFiles extends FilesOnly implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly parts: readonly { dispose(): unknown }[];
  /** What each string was when VS Code last asked, by URI, and since when. */
  private readonly known = new Map<string, { text: string; mtime: number }>();
  /** What was read or written last, by URI; a string that is something else by now is not overwritten. */
  private readonly shown = new Map<string, string>();

  readonly onDidChangeFile = this.changed.event;

  constructor() {
    super();
    this.parts = [
      this.changed,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.hostChanged(document.uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.known.delete(uri.toString());
        this.shown.delete(uri.toString());
      }),
    ];
  }

  /** The document of the string at an offset; undefined where there is no string, or a name. */
  uriAt(document: vscode.TextDocument, offset: number): vscode.Uri | undefined {
    const text = document.getText();
    // Of a list no more than the item is read.
    const item = findArrayItem(
      text,
      ({ range }) => offset >= range.offset && offset < range.offset + range.length,
    );
    const { start, root } = parsePart(text, item);
    const node = root && findNodeAtOffset(root, offset - start, true);
    if (node?.type !== 'string' || (node.parent?.type === 'property' && node.parent.children?.[0] === node)) {
      return undefined;
    }
    const path = [...(item ? [item.index] : []), ...getNodePath(node)];
    return vscode.Uri.from({
      scheme: STRING_SCHEME,
      path: `/${path.map((step) => encodeURIComponent(step)).join('.')}.json`,
      query: JSON.stringify({
        host: document.uri.toString(),
        path,
        ...(item && root && { message: nameOf(root) }),
      }),
    });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const text = await this.read(uri);
    const key = uri.toString();
    const known = this.known.get(key);
    const mtime = known?.text === text ? known.mtime : Math.max(Date.now(), (known?.mtime ?? 0) + 1);
    this.known.set(key, { text, mtime });
    return { type: vscode.FileType.File, ctime: 0, mtime, size: Buffer.byteLength(text) };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const text = await this.read(uri);
    this.shown.set(uri.toString(), text);
    return Buffer.from(text, 'utf8');
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const place = placeOf(uri);
    if (!place) throw vscode.FileSystemError.FileNotFound(uri);
    const document = await vscode.workspace.openTextDocument(place.host);
    const key = uri.toString();
    const shown = this.shown.get(key);
    const opened = this.open(document, place, shown);
    if (!opened || (shown !== undefined && opened.view.text !== shown)) {
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t(
          'The string was changed or removed in its document meanwhile. Your text stays here, unsaved.',
        ),
      );
    }
    const text = Buffer.from(content).toString('utf8');
    const edit = new vscode.WorkspaceEdit();
    const change = { from: 0, to: opened.view.text.length, insert: text };
    for (const one of opened.view.edit(change)) edit.replace(place.host, rangeIn(document, one), one.text);
    // Set before the edit, which tells of a change that is this one.
    this.shown.set(key, text);
    if (edit.size > 0 && !(await vscode.workspace.applyEdit(edit))) {
      if (shown !== undefined) this.shown.set(key, shown);
      throw vscode.FileSystemError.Unavailable(vscode.l10n.t('The document changed meanwhile. Save again.'));
    }
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private async read(uri: vscode.Uri): Promise<string> {
    const place = placeOf(uri);
    if (!place) throw vscode.FileSystemError.FileNotFound(uri);
    const document = await vscode.workspace.openTextDocument(place.host);
    const opened = this.open(document, place, this.shown.get(uri.toString()));
    if (!opened) throw vscode.FileSystemError.FileNotFound(uri);
    return opened.view.text;
  }

  private open(
    document: vscode.TextDocument,
    { path, message }: StringPlace,
    shown?: string,
  ): EmbeddedText | undefined {
    const text = document.getText();
    const [first, ...rest] = path;
    const isIts = (item: ArrayItem): boolean => {
      const { root } = parsePart(text, item);
      return root !== undefined && nameOf(root) === message;
    };
    let item = typeof first === 'number' ? findArrayItem(text, ({ index }) => index === first) : undefined;
    // Others were left out of the list or taken in before it.
    if (message !== undefined) {
      if (!item || !isIts(item)) item = findArrayItem(text, isIts);
      if (!item) return undefined;
    }
    const { start, root } = parsePart(text, item);
    const node = nodeAtPath(root, item ? rest : path);
    if (node?.type !== 'string') return undefined;
    return openString(text, { offset: node.offset + start, length: node.length }, shown);
  }

  private hostChanged(host: vscode.Uri): void {
    const key = host.toString();
    const uris = [...this.known.keys()]
      .map((known) => vscode.Uri.parse(known))
      .filter((uri) => placeOf(uri)?.host.toString() === key);
    if (uris.length > 0) this.changed.fire(uris.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
  }
}

/** Reads a document, or no more than one item of a list; `start` is where in the document that begins. */
function parsePart(text: string, item: ArrayItem | undefined): { start: number; root: Node | undefined } {
  if (!item) return { start: 0, root: parseMessage(text).root };
  const { offset, length } = item.range;
  return { start: offset, root: parseMessage(text.slice(offset, offset + length)).root };
}

function nameOf(root: Node): string {
  return JSON.stringify(NAMES.map((name) => nodeAtPath(root, [name])?.value as unknown));
}

function placeOf(uri: vscode.Uri): StringPlace | undefined {
  try {
    const { host, path, message } = JSON.parse(uri.query) as Record<string, unknown>;
    if (typeof host !== 'string' || !Array.isArray(path)) return undefined;
    const steps = path.filter(
      (step): step is string | number => typeof step === 'string' || typeof step === 'number',
    );
    return { host: vscode.Uri.parse(host), path: steps, ...(typeof message === 'string' && { message }) };
  } catch {
    // Not one of ours: the query is no JSON.
    return undefined;
  }
}
