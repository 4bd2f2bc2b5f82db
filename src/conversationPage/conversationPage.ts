import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { addressKey, chatKey, type ChatAddress, type MessageAddress, type MessageRef } from '../chat/address';
import { parseMsgKey } from '../chat/msgKey';
import type { ChatMessage } from '../chat/chatMessage';
import type { ChatClient } from '../chat/client';
import type { Connections } from '../connections/connections';
import { environmentName } from '../connections/names';
import { fromPage, readSaved } from '../conversation/pageGuards';
import {
  FIRST_MESSAGE,
  type FromPage,
  type MarksView,
  type Notice,
  type Reveal,
  type RowKey,
  type RowView,
  type Saved,
  type State,
  type ToPage,
  type Viewed,
} from '../conversation/pageProtocol';
import { Reader } from '../conversation/reader';
import { RowList } from '../conversation/rowList';
import { laidOut, messageRow } from '../conversation/rowView';
import type { Entry, Gap, Item } from '../conversation/timeline';
import type { MessageDocuments } from '../documents/messageDocuments';
import { isConflict, isDraft, isUnmerged, type Knowledge } from '../documents/knowledge';
import { messageUri } from '../documents/messageRef';
import { pageHtml } from '../editor/html';
import { chatText } from '../ui/addressTexts';
import { isCancellation } from '../ui/cancellation';
import { wordsLanguage } from '../ui/language';
import type { Log } from '../ui/log';
import type { Notices } from '../ui/notices';
import { titlePanel } from '../ui/titles';
import type { People } from './people';
import { pageStrings } from './pageTexts';

/** What a page shows: a conversation of a connection, of two users from whose side, a group from below whom. */
export interface ChatPlace {
  readonly connectionId: string;
  readonly chat: ChatAddress;
  readonly user?: string | undefined;
}

/** What pages work with. */
export interface PageServices {
  readonly extensionUri: vscode.Uri;
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly notices: Notices;
  readonly log: Log;
  readonly people: (connectionId: string) => People;
  /** What this machine modified in a conversation. */
  readonly changes: (place: ChatPlace) => Promise<ReadonlyMap<RowKey, NonNullable<MarksView['modified']>>>;
}

/** Rows that are sent unasked. */
const UNASKED = 200;

/**
 * One page of a conversation. It reads what the page comes by, and tells it what anybody learned. What the page shows
 * first lies in its frame; nothing is sent before it says `ready`.
 */
export class ConversationPage implements vscode.Disposable {
  /** Names it among the pages of this window. */
  readonly id = randomBytes(6).toString('hex');
  private readonly reader: Reader;
  private readonly list = new RowList();
  private readonly abort = new AbortController();
  private readonly subscriptions: vscode.Disposable[];
  private readonly filling = new Set<RowKey>();
  private readonly failures = new Map<RowKey, string>();
  private changes: ReadonlyMap<RowKey, NonNullable<MarksView['modified']>> = new Map();
  private reading: Promise<unknown> = Promise.resolve();
  private phase: 'loading' | 'read' | { readonly failed: string } = 'loading';
  private viewed: Viewed;
  private faces: boolean;
  private selected: readonly RowKey[];
  private ready = false;
  /** The row that the page is to go to as soon as it shows rows. */
  private aim: RowKey | undefined;

  constructor(
    readonly place: ChatPlace,
    private readonly panel: vscode.WebviewPanel,
    private saved: Saved | undefined,
    private readonly services: PageServices,
  ) {
    this.viewed = saved?.viewed ?? 'user';
    this.faces = saved?.faces ?? false;
    this.selected = saved?.selected ?? [];
    this.reader = new Reader((signal) => this.client(signal), place.chat);
    this.subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      { dispose: services.documents.onDidLearn((ref, known) => this.learned(ref, known)).dispose },
    ];
    titlePanel(panel, chatText(place.chat));
    this.showFrame();
    void this.begin();
  }

  /** Whether it shows this conversation, from whichever side. */
  shows(connectionId: string, chat: ChatAddress): boolean {
    return connectionId === this.place.connectionId && chatKey(chat) === chatKey(this.place.chat);
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  reveal(): void {
    this.panel.reveal();
  }

  /** The message of a row. */
  message(key: RowKey): ChatMessage | undefined {
    return this.reader.timeline.get(key)?.message;
  }

  /** The rows that a person selected, with this one if it is none of them. */
  selectedWith(key: RowKey): readonly RowKey[] {
    return this.selected.includes(key) ? this.selected : [key];
  }

  /** Shows a message, and reads what stands around it. */
  async goTo(address: MessageAddress): Promise<void> {
    const key = addressKey(address);
    const place = placeOf(address);
    const isRead = await this.read(async (signal) => {
      if (!this.reader.timeline.get(key)) await this.reader.around(this.viewed, place, signal);
    });
    if (isRead) this.goToRow(key);
  }

  /** Looks for what is new. */
  async look(): Promise<void> {
    await this.read((signal) => this.reader.newest(this.viewed, signal));
  }

  dispose(): void {
    this.abort.abort();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private client(signal: AbortSignal, interactive = false): Promise<ChatClient> {
    const { connections } = this.services;
    return connections.client(this.place.connectionId, { interactive, startSandbox: true, signal });
  }

  /** Reads what is seen first: the newest messages, and where the page was before. */
  private async begin(): Promise<void> {
    const { place } = this.saved ?? {};
    const isRead = await this.read(async (signal) => {
      await this.reader.newest(this.viewed, signal);
      if (place && !this.reader.timeline.get(place.key))
        await this.reader.around(this.viewed, placeIn(this.place.chat, place), signal);
    });
    if (isRead) this.sendList();
    this.readChanges();
  }

  private readChanges(): void {
    this.services.changes(this.place).then(
      (changes) => {
        const keys = new Set([...this.changes.keys(), ...changes.keys()]);
        this.changes = changes;
        this.sendRows([...keys]);
      },
      (error: unknown) => this.services.log.error(error),
    );
  }

  /** One reading after the other. @returns false when it failed, which the page says */
  private read(work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const { signal } = this.abort;
    const done = this.reading.then(async () => {
      if (signal.aborted) return false;
      try {
        await work(signal);
        this.phase = 'read';
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        if (!isCancellation(error)) this.services.log.warn(String(error));
        this.phase = { failed: this.services.notices.message(error) };
        return false;
      } finally {
        if (!signal.aborted) this.update();
      }
    });
    this.reading = done;
    return done;
  }

  private receive(raw: unknown): void {
    const message = fromPage(raw);
    if (!message) {
      this.services.log.warn('The page of a conversation sent something that is no message.');
      return;
    }
    Promise.resolve(this.handle(message)).catch((error: unknown) => {
      void this.services.notices.showError(error, {
        subject: { connectionId: this.place.connectionId },
      });
    });
  }

  private handle(message: FromPage): unknown {
    switch (message.type) {
      case 'ready':
        return this.greet(readSaved(message.saved));
      case 'want':
        if (message.version === this.list.version) this.sendRange(message.from, message.to);
        return undefined;
      case 'fill':
        return this.fill(message.gap, message.from);
      case 'select':
        this.selected = message.keys;
        return undefined;
      case 'open':
        return this.open(message.key, message.preview);
      case 'jump':
        this.goToRow(message.key);
        return undefined;
      case 'failed':
        this.services.log.error(`Conversation page: ${message.message}`);
        return undefined;
      default:
        return undefined;
    }
  }

  private greet(saved: Saved | undefined): void {
    this.ready = true;
    this.saved = saved ?? this.saved;
    this.post(this.first());
    this.sendList();
  }

  private first(): Extract<ToPage, { type: 'init' }> {
    const { connectionId, chat, user } = this.place;
    const connection = this.services.connections.get(connectionId);
    const environment = connection?.environment ?? 'production';
    return {
      type: 'init',
      strings: pageStrings(),
      locale: vscode.env.language,
      chat: {
        panel: this.id,
        chat,
        ...(user !== undefined && { user }),
        title: chatText(chat),
        connectionId,
        connectionName: connection?.name ?? '',
        environment,
        environmentLabel: environmentName(environment),
      },
      state: this.state(),
    };
  }

  private state(): State {
    const notice = this.notice();
    return {
      viewed: this.viewed,
      sides: this.place.chat.chat === 'c2c',
      follow: false,
      faces: this.faces,
      senders: [],
      ...(notice && { notice }),
    };
  }

  private notice(): Notice | undefined {
    const { phase } = this;
    if (phase === 'loading')
      return { kind: 'loading', text: vscode.l10n.t('Reading the conversation…'), actions: [] };
    if (phase !== 'read') {
      const retry = { action: 'retry', label: vscode.l10n.t('Retry') } as const;
      const known = this.services.connections.get(this.place.connectionId) !== undefined;
      return { kind: known ? 'failed' : 'gone', text: phase.failed, actions: known ? [retry] : [] };
    }
    if (this.list.all.some(({ kind }) => kind !== 'gap')) return undefined;
    return {
      kind: 'empty',
      text: vscode.l10n.t('The service shows no messages of this conversation.'),
      actions: [],
    };
  }

  private async fill(key: RowKey, from: 'above' | 'below'): Promise<void> {
    const gap = this.list.all.find((item): item is Gap => item.kind === 'gap' && item.key === key);
    if (!gap || this.filling.has(key)) return;
    this.filling.add(key);
    this.failures.delete(key);
    this.sendRows([key]);
    const { signal } = this.abort;
    try {
      const filling = this.reading.then(() => this.reader.fill(this.viewed, gap, from, signal));
      this.reading = filling.catch(() => undefined);
      await filling;
    } catch (error) {
      if (signal.aborted) return;
      this.failures.set(key, this.services.notices.message(error));
    } finally {
      this.filling.delete(key);
    }
    if (signal.aborted) return;
    this.update();
    this.sendRows([key]);
  }

  private async open(key: RowKey, preview: boolean): Promise<void> {
    const message = this.message(key);
    if (!message || message.isGone === true) return;
    const { connectionId } = this.place;
    await this.services.documents.show(connectionId, message);
    await vscode.commands.executeCommand(
      'vscode.open',
      messageUri({ connectionId, address: message.address }),
      {
        viewColumn: this.columnBeside(),
        preserveFocus: preview,
        preview,
      } satisfies vscode.TextDocumentShowOptions,
    );
  }

  /** Another group that is there, else a new one. */
  private columnBeside(): vscode.ViewColumn {
    const others = vscode.window.tabGroups.all.filter(
      ({ viewColumn }) => viewColumn !== this.panel.viewColumn,
    );
    return others.at(-1)?.viewColumn ?? vscode.ViewColumn.Beside;
  }

  private learned({ connectionId, address }: MessageRef, known: Knowledge): void {
    if (connectionId !== this.place.connectionId) return;
    const entry = this.reader.timeline.of(address);
    if (!entry?.message) return;
    if (known.gone) {
      this.reader.timeline.remove(address);
      this.update();
      return;
    }
    const { service, facts } = known;
    this.reader.timeline.replace({
      ...entry.message,
      ...(service && { content: service }),
      ...(facts && { flags: facts.flags }),
    });
    this.sendRows([entry.key]);
    // What was modified just now stands in the journal by then.
    if (service) this.readChanges();
  }

  /** Shows what the timeline has now. */
  private update(): void {
    const splice = this.list.change(this.reader.timeline.items(this.viewed));
    if (splice) {
      this.post({ type: 'splice', version: this.list.version, ...splice });
      const { at, inserted } = splice;
      if (inserted > 0 && inserted <= UNASKED) this.sendRange(at, at + inserted);
    }
    this.post({ type: 'state', state: this.state() });
  }

  /** The whole list, where the person was, else at the end. */
  private sendList(): void {
    const { version, count } = this.list;
    const { place } = this.saved ?? {};
    const key = this.aim ?? place?.key;
    const at = key === undefined ? undefined : this.list.indexOf(key);
    const to = this.aim === undefined ? (place?.offset ?? 'end') : 'center';
    if (this.ready && at !== undefined) this.aim = undefined;
    const reveal: Reveal | undefined = key !== undefined && at !== undefined ? { at, key, to } : undefined;
    this.post({ type: 'list', version, count, ...(reveal && { reveal }) });
    const middle = at ?? count;
    this.sendRange(Math.max(0, middle - UNASKED / 2), Math.min(count, middle + UNASKED / 2));
    this.post({ type: 'state', state: this.state() });
  }

  private goToRow(key: RowKey): void {
    if (!this.ready) this.aim = key;
    const at = this.list.indexOf(key);
    if (at !== undefined)
      this.post({ type: 'reveal', version: this.list.version, reveal: { at, key, to: 'center' } });
  }

  private sendRange(from: number, to: number): void {
    const rows = this.list.all.slice(from, to).map((item) => this.row(item));
    if (rows.length === 0) return;
    this.post({ type: 'rows', version: this.list.version, at: from, rows });
    const senders = rows.flatMap((row) => (row.kind === 'message' ? row.sender : []));
    const tell = (people: Extract<ToPage, { type: 'people' }>['people']): void => {
      if (people.length > 0) this.post({ type: 'people', people });
    };
    tell(this.services.people(this.place.connectionId).of(senders, tell));
  }

  private sendRows(keys: readonly RowKey[]): void {
    for (const key of keys) {
      const at = this.list.indexOf(key);
      const item = at === undefined ? undefined : this.list.at(at);
      if (at !== undefined && item)
        this.post({ type: 'rows', version: this.list.version, at, rows: [this.row(item)] });
    }
  }

  private row(item: Item): RowView {
    const { key } = item;
    if (item.kind === 'gap') {
      const error = this.failures.get(key);
      const state = this.filling.has(key) ? 'loading' : error === undefined ? 'idle' : 'failed';
      return { kind: 'gap', key, where: item.where, state, ...(error !== undefined && { error }) };
    }
    if (item.message) {
      const { chat, user } = this.place;
      const own = chat.chat === 'c2c' ? (this.viewed === 'peer' ? chat.peer : chat.user) : user;
      return messageRow(key, item.message, { own, language: wordsLanguage(), marks: this.marks(item) });
    }
    const { raw = '', member = 'MsgList', problem } = item.unreadable ?? {};
    const why =
      problem === 'missing'
        ? vscode.l10n.t('{0} is missing', member)
        : vscode.l10n.t('{0} has a value of another type', member);
    return { kind: 'unreadable', key, problem: why, raw: laidOut(raw).text };
  }

  private marks(entry: Entry): MarksView {
    const { connectionId } = this.place;
    const known =
      entry.message && this.services.documents.peek({ connectionId, address: entry.message.address });
    const modified = this.changes.get(entry.key);
    const onlyOn = this.viewed === 'both' ? this.reader.timeline.onlyOn(entry) : undefined;
    const draft = known !== undefined && isDraft(known);
    return {
      draft,
      conflict: draft && (isConflict(known) || isUnmerged(known)),
      ...(modified && { modified }),
      ...(onlyOn && { onlyOn }),
    };
  }

  private post(message: ToPage): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  private showFrame(): void {
    const { webview } = this.panel;
    const root = vscode.Uri.joinPath(this.services.extensionUri, 'dist', 'webview');
    const uri = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    this.ready = false;
    webview.options = { enableScripts: true, localResourceRoots: [root] };
    webview.html = pageHtml({
      script: uri('conversation.js'),
      style: uri('conversation.css'),
      first: this.first(),
      firstId: FIRST_MESSAGE,
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      language: vscode.env.language,
      title: chatText(this.place.chat),
      pictures: this.faces,
    });
  }
}

/** The place of a row that a page kept: of two users its time, in a group its MsgSeq, which its key ends with. */
function placeIn(
  { chat }: ChatAddress,
  { key, time }: { readonly key: RowKey; readonly time: number },
): number {
  return chat === 'c2c' ? time : Number(/,(\d+)\]$/.exec(key)?.[1] ?? 0);
}

/** Where a message stands: of two users by the time in its MsgKey. */
function placeOf(address: MessageAddress): number {
  return address.chat === 'c2c' ? (parseMsgKey(address.key)?.time ?? 0) : address.seq;
}
