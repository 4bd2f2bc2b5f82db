import * as vscode from 'vscode';
import { addressKey, type ChatAddress, type MessageAddress } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import { baseLaidOut, ListComparer, type Comparison } from '../lists/compareList';
import { fittingItems, type LaidOut, type ListedMessage } from '../lists/formatList';
import { itemText, type ParsedList } from '../lists/parseList';
import { newListId } from '../lists/listId';
import { listed, type ListSource, type SavedText, type StoredList } from '../lists/listStore';
import type { KeptList, KeptLists } from './keptLists';
import { listUri, parseListUri } from './listUri';

/** What the last plan, or reading the list again, said of an item, as long as its text is what it was. */
export interface ItemEnd {
  readonly severity: vscode.DiagnosticSeverity;
  readonly text: string;
  readonly code?: number;
  /** What the service shows, of a conflict. */
  readonly service?: MessageContent;
}

/** What is only known as long as the window lives. */
interface Looked {
  /** By address; with the text that was tried. */
  readonly ends: Map<string, ItemEnd & { readonly tried: string }>;
  compared: { readonly text: string; readonly comparison: Comparison } | undefined;
}

/** The lists of this machine: their text, what they rest on, and what the last plan said of their items. */
export class ListDocuments implements vscode.Disposable {
  private readonly looked = new Map<string, Looked>();
  private readonly texts = new WeakMap<
    vscode.TextDocument,
    { readonly version: number; readonly text: string }
  >();
  /** Read lists that are files of their own, which rest on nothing. */
  private readonly files = new WeakMap<vscode.TextDocument, ListComparer>();
  private readonly moved = new vscode.EventEmitter<vscode.Uri>();
  private readonly savedElsewhere = new vscode.EventEmitter<vscode.Uri>();
  private readonly parts: readonly { dispose(): unknown }[];

  /** The list rests on something else, or there is news of its items; its text is what it was. */
  readonly onDidMove = this.moved.event;
  /** Another window saved the list. */
  readonly onDidSaveElsewhere = this.savedElsewhere.event;

  constructor(private readonly kept: KeptLists) {
    this.parts = [
      kept,
      this.moved,
      this.savedElsewhere,
      kept.onDidRest(({ id, connectionId }) => {
        const looked = this.looked.get(id);
        if (looked) looked.compared = undefined;
        this.moved.fire(listUri({ connectionId, id }));
      }),
      kept.onDidSaveElsewhere((list) => this.savedElsewhere.fire(listUri(list))),
    ];
  }

  /**
   * Makes a list of messages, as many as an editor likes.
   *
   * @param messages in the order in which they are to stand; when they are too many the last ones are left out
   * @returns its URI, and how many did not fit
   */
  async create(
    { connectionId, title, source }: Pick<StoredList, 'connectionId' | 'title' | 'source'>,
    messages: readonly LaidOut[],
  ): Promise<{ readonly uri: vscode.Uri; readonly left: number }> {
    const own = messages.map(({ message }) => listed(message));
    const count = fittingItems(messages.map(({ text }) => text));
    const name = source ? chatParts(source.chat).join(' ') : title;
    let id = newListId(name);
    while (await this.kept.open(id)) id = newListId(name);
    const list = { id, connectionId, title, at: Date.now(), messages: own.slice(0, count) };
    const bases = messages.slice(0, count).map(baseLaidOut);
    await this.kept.make({ ...list, ...(source && { source }) }, bases);
    return { uri: listUri({ connectionId, id }), left: messages.length - count };
  }

  /** What a list is called. */
  async titleOf(uri: vscode.Uri): Promise<string | undefined> {
    return (await this.open(uri))?.made.title;
  }

  /** The conversation that a list was made of, and the messages that it rests on, by the keys of their addresses. */
  async contentsOf(uri: vscode.Uri): Promise<
    | {
        readonly source: ListSource | undefined;
        readonly messages: ReadonlyMap<string, ListedMessage>;
      }
    | undefined
  > {
    const list = await this.open(uri);
    return list && { source: list.made.source, messages: list.messages };
  }

  /** The list's text as a file; undefined when there is no such list. */
  async text(uri: vscode.Uri): Promise<SavedText | undefined> {
    const list = await this.open(uri);
    return list && this.kept.asked(list);
  }

  /** As {@link text}; VS Code shows it from now on. */
  async handedOut(uri: vscode.Uri): Promise<SavedText | undefined> {
    const list = await this.open(uri);
    return list && this.kept.handedOut(list);
  }

  /** Keeps the list's text on this machine. @throws ListMovedError */
  async write(uri: vscode.Uri, text: string): Promise<void> {
    const list = await this.open(uri);
    if (!list) throw vscode.FileSystemError.FileNotFound(uri);
    await this.kept.write(list.made.id, text);
  }

  /** VS Code holds this text of a list, `unsaved` or as it was read or saved. */
  async holds(uri: vscode.Uri, text: string, unsaved: boolean): Promise<void> {
    const ref = parseListUri(uri);
    if (ref) await (unsaved ? this.kept.edited(ref.id) : this.kept.clean(ref.id, text));
  }

  /** What a text of the list says beside what it rests on; undefined for what is no list of this machine, or not yet read. */
  compare(uri: vscode.Uri, text: string): Comparison | undefined {
    const list = this.peek(uri);
    if (!list) return undefined;
    const looked = this.lookedOf(list.made.id);
    if (looked.compared?.text !== text) looked.compared = { text, comparison: list.comparer.compare(text) };
    return looked.compared.comparison;
  }

  /** The text of a document, put together once a version: VS Code joins all of its lines whenever it is asked. */
  textOf(document: vscode.TextDocument): string {
    const { version } = document;
    const known = this.texts.get(document);
    if (known?.version === version) return known.text;
    const text = document.getText();
    this.texts.set(document, { version, text });
    return text;
  }

  /** The messages of a document, be it a list of this machine or a file. */
  listIn(document: vscode.TextDocument): ParsedList {
    const own = this.peek(document.uri);
    return (own?.comparer ?? this.fileComparer(document)).read(this.textOf(document));
  }

  /** What the text of a list that is a file says: it rests on nothing, so that its addresses are its own. */
  compareFile(document: vscode.TextDocument): Comparison {
    const comparison = this.fileComparer(document).compare(this.textOf(document));
    return { ...comparison, slips: comparison.slips.filter(({ kind }) => kind !== 'addressUnknown') };
  }

  /** Reads the list, so that {@link compare} knows it. */
  async load(uri: vscode.Uri): Promise<boolean> {
    return (await this.open(uri)) !== undefined;
  }

  /** What the last plan said of items whose text is still what it was. */
  endsOf(uri: vscode.Uri, text: string): { readonly index: number; readonly end: ItemEnd }[] {
    const list = this.peek(uri);
    const ends = list && this.lookedOf(list.made.id).ends;
    if (!ends || ends.size === 0) return [];
    return (this.compare(uri, text)?.changed ?? []).flatMap(({ item, address }) => {
      const end = ends.get(addressKey(address));
      return end?.tried === itemText(text, item) ? [{ index: item.index, end }] : [];
    });
  }

  /** The item that was laid out for a message: what it says when its change is discarded. */
  baseText(uri: vscode.Uri, address: MessageAddress): string | undefined {
    return this.peek(uri)?.bases.get(addressKey(address))?.text;
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
    const news = [...done].flatMap(([key, content]) => {
      const message = list.messages.get(key);
      return message ? [{ ...message, content }] : [];
    });
    await this.kept.restOnOther(list.made.id, news, true);
    this.lookedOf(list.made.id).ends.clear();
    this.say(uri, list, ends, text);
  }

  /**
   * The list was read again and edited accordingly.
   *
   * @param text what it says now
   * @param saved whether that is what the disk has
   */
  async reloaded(
    uri: vscode.Uri,
    news: readonly ListedMessage[],
    ends: ReadonlyMap<string, ItemEnd>,
    { text, saved }: { readonly text: string; readonly saved: boolean },
  ): Promise<void> {
    const list = await this.open(uri);
    if (!list) return;
    await this.kept.restOnOther(list.made.id, news, saved);
    this.say(uri, list, ends, text);
  }

  /** A person decided about a conflict: the item rests on what the service shows. */
  async takeAsBase(uri: vscode.Uri, address: MessageAddress): Promise<void> {
    const list = await this.open(uri);
    if (!list) return;
    const key = addressKey(address);
    const { ends } = this.lookedOf(list.made.id);
    const service = ends.get(key)?.service;
    const message = list.messages.get(key);
    if (!service || !message) return;
    ends.delete(key);
    // What was saved may say nothing of the change that the person decided about.
    await this.kept.restOnOther(list.made.id, [{ ...message, content: service }], !list.unsaved);
    this.moved.fire(uri);
  }

  removeConnection(connectionId: string): Promise<void> {
    return this.kept.removeConnection(connectionId);
  }

  moveConnection(from: string, to: string): Promise<void> {
    return this.kept.moveConnection(from, to);
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private say(uri: vscode.Uri, list: KeptList, ends: ReadonlyMap<string, ItemEnd>, text: string): void {
    const said = this.lookedOf(list.made.id).ends;
    for (const { item, address } of ends.size > 0 ? (this.compare(uri, text)?.changed ?? []) : []) {
      const end = ends.get(addressKey(address));
      if (end) said.set(addressKey(address), { ...end, tried: itemText(text, item) });
    }
    this.moved.fire(uri);
  }

  private fileComparer(document: vscode.TextDocument): ListComparer {
    const comparer = this.files.get(document) ?? new ListComparer(new Map());
    this.files.set(document, comparer);
    return comparer;
  }

  private peek(uri: vscode.Uri): KeptList | undefined {
    const ref = parseListUri(uri);
    const list = ref && this.kept.peek(ref.id);
    return list?.made.connectionId === ref?.connectionId ? list : undefined;
  }

  private async open(uri: vscode.Uri): Promise<KeptList | undefined> {
    const ref = parseListUri(uri);
    if (ref) await this.kept.open(ref.id);
    return this.peek(uri);
  }

  private lookedOf(id: string): Looked {
    const looked = this.looked.get(id) ?? { ends: new Map(), compared: undefined };
    this.looked.set(id, looked);
    return looked;
  }
}

/** What names a conversation, without words between. */
function chatParts(chat: ChatAddress): string[] {
  return chat.chat === 'c2c' ? [chat.user, chat.peer] : [chat.group, chat.topic ?? ''];
}
