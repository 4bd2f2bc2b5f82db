import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { addressKey, type MessageAddress } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import { ListComparer, type Comparison, type ListBase } from '../lists/compareList';
import { fittingItems, formatItem, listOf, type ListedMessage } from '../lists/formatList';
import { itemText } from '../lists/parseList';
import type { ListStore, SavedText, StoredList } from '../lists/listStore';
import { listUri, parseListUri, type ListRef } from './listUri';

/** What the last plan said of an item, as long as its text is what it was. */
export interface ItemEnd {
  readonly severity: vscode.DiagnosticSeverity;
  readonly text: string;
  readonly code?: number;
  /** What the service shows, of a conflict. */
  readonly service?: MessageContent;
}

interface OpenList {
  stored: StoredList;
  saved: SavedText | undefined;
  readonly comparer: ListComparer;
  bases: Map<string, ListBase>;
  /** By address; with the text that was tried. */
  readonly ends: Map<string, ItemEnd & { readonly tried: string }>;
  compared: { readonly text: string; readonly comparison: Comparison } | undefined;
}

/** The lists of this machine: their text, what they rest on, and what the last plan said of their items. */
export class ListDocuments implements vscode.Disposable {
  private readonly lists = new Map<string, OpenList>();
  private readonly loading = new Map<string, Promise<OpenList | undefined>>();
  private readonly moved = new vscode.EventEmitter<vscode.Uri>();

  /** The list rests on something else, or there is news of its items; its text is what it was. */
  readonly onDidMove = this.moved.event;

  constructor(private readonly store: ListStore) {}

  /**
   * Makes a list of messages, oldest first, as many as an editor likes.
   * @returns its URI, and how many of the last messages did not fit
   */
  async create(
    connectionId: string,
    title: string,
    messages: readonly ListedMessage[],
  ): Promise<{ readonly uri: vscode.Uri; readonly left: number }> {
    const count = fittingItems(messages.map(formatItem));
    const id = randomBytes(8).toString('hex');
    await this.store.write({ id, connectionId, title, at: Date.now(), messages: messages.slice(0, count) });
    return { uri: listUri({ connectionId, id }), left: messages.length - count };
  }

  /** What a list is called. */
  async titleOf(uri: vscode.Uri): Promise<string | undefined> {
    return (await this.open(uri))?.stored.title;
  }

  /** The list's text as a file; undefined when there is no such list. */
  async text(uri: vscode.Uri): Promise<SavedText | undefined> {
    const list = await this.open(uri);
    if (!list) return undefined;
    return list.saved ?? { text: textOf(list.stored.messages), mtime: list.stored.at };
  }

  /** Keeps the list's text on this machine. */
  async write(uri: vscode.Uri, text: string): Promise<void> {
    const list = await this.open(uri);
    if (!list) throw vscode.FileSystemError.FileNotFound(uri);
    const saved = { text, mtime: Math.max(Date.now(), (list.saved?.mtime ?? list.stored.at) + 1) };
    await this.store.writeText(list.stored.id, saved);
    list.saved = saved;
  }

  /** What a text of the list says beside what it rests on; undefined for what is no list of this machine, or not yet read. */
  compare(uri: vscode.Uri, text: string): Comparison | undefined {
    const ref = parseListUri(uri);
    const list = ref && this.lists.get(ref.id);
    if (!list) return undefined;
    if (list.compared?.text !== text) list.compared = { text, comparison: list.comparer.compare(text) };
    return list.compared.comparison;
  }

  /** Reads the list, so that {@link compare} knows it. */
  async load(uri: vscode.Uri): Promise<boolean> {
    return (await this.open(uri)) !== undefined;
  }

  /** What the last plan said of items whose text is still what it was. */
  endsOf(uri: vscode.Uri, text: string): { readonly index: number; readonly end: ItemEnd }[] {
    const ref = parseListUri(uri);
    const list = ref && this.lists.get(ref.id);
    if (!list || list.ends.size === 0) return [];
    return (this.compare(uri, text)?.changed ?? []).flatMap(({ item, address }) => {
      const end = list.ends.get(addressKey(address));
      return end?.tried === itemText(text, item) ? [{ index: item.index, end }] : [];
    });
  }

  /** The item that was laid out for a message: what it says when its change is discarded. */
  baseText(uri: vscode.Uri, address: MessageAddress): string | undefined {
    const ref = parseListUri(uri);
    return ref && this.lists.get(ref.id)?.bases.get(addressKey(address))?.text;
  }

  /** What a plan said of the items of a list: messages that were carried out rest on what they are now. */
  async ended(
    uri: vscode.Uri,
    done: ReadonlyMap<string, MessageContent>,
    ends: ReadonlyMap<string, ItemEnd>,
    text: string,
  ): Promise<void> {
    const list = await this.open(uri);
    if (!list) return;
    await this.rest(list, done);
    list.ends.clear();
    for (const { item, address } of this.compare(uri, text)?.changed ?? []) {
      const end = ends.get(addressKey(address));
      if (end) list.ends.set(addressKey(address), { ...end, tried: itemText(text, item) });
    }
    this.moved.fire(uri);
  }

  /** A person decided about a conflict: the item rests on what the service shows. */
  async takeAsBase(uri: vscode.Uri, address: MessageAddress): Promise<void> {
    const list = await this.open(uri);
    const service = list?.ends.get(addressKey(address))?.service;
    if (!list || !service) return;
    list.ends.delete(addressKey(address));
    await this.rest(list, new Map([[addressKey(address), service]]));
    this.moved.fire(uri);
  }

  removeConnection(connectionId: string): Promise<void> {
    for (const [id, { stored }] of this.lists)
      if (stored.connectionId === connectionId) this.lists.delete(id);
    return this.store.removeConnection(connectionId);
  }

  dispose(): void {
    this.moved.dispose();
  }

  private async rest(list: OpenList, contents: ReadonlyMap<string, MessageContent>): Promise<void> {
    if (contents.size === 0) return;
    const messages = list.stored.messages.map((message) => {
      const content = contents.get(addressKey(message.address));
      return content ? { ...message, content } : message;
    });
    // Its text first: what nobody saved would follow the bases, under the eyes of whoever edits it.
    if (!list.saved) await this.write(listUri(refOf(list.stored)), textOf(list.stored.messages));
    await this.store.write({ ...list.stored, messages });
    list.stored = { ...list.stored, messages };
    list.bases = basesOf(messages);
    list.comparer.rest(list.bases);
    list.compared = undefined;
  }

  private open(uri: vscode.Uri): Promise<OpenList | undefined> {
    const ref = parseListUri(uri);
    if (!ref) return Promise.resolve(undefined);
    const known = this.lists.get(ref.id);
    if (known) return Promise.resolve(known);
    const loading = this.loading.get(ref.id) ?? this.read(ref);
    this.loading.set(ref.id, loading);
    return loading.finally(() => this.loading.delete(ref.id));
  }

  private async read({ id, connectionId }: ListRef): Promise<OpenList | undefined> {
    const stored = await this.store.read(id);
    if (stored?.connectionId !== connectionId) return undefined;
    const bases = basesOf(stored.messages);
    const list: OpenList = {
      stored,
      saved: await this.store.readText(id),
      bases,
      comparer: new ListComparer(bases),
      ends: new Map(),
      compared: undefined,
    };
    this.lists.set(id, list);
    return list;
  }
}

function refOf({ connectionId, id }: StoredList): ListRef {
  return { connectionId, id };
}

function textOf(messages: readonly ListedMessage[]): string {
  return listOf(messages.map(formatItem));
}

function basesOf(messages: readonly ListedMessage[]): Map<string, ListBase> {
  return new Map(
    messages.map((message) => {
      const { address, content } = message;
      return [addressKey(address), { address, content, text: formatItem(message) }];
    }),
  );
}
