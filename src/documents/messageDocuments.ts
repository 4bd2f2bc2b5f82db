import * as vscode from 'vscode';
import type { ChatMessage, MessageContent } from '../chat/model';
import { changedMembers } from '../message/changes';
import { contentOf, formatMessage, parseMessage } from '../message/document';
import type { DraftStore, MessageState } from './draftStore';
import { fromService, fromState, isConflict, isDraft, textOf, type MessageDocument } from './messageDocument';
import { refKey, type MessageRef } from '../chat/address';
import { messageUri } from './messageRef';

/** What the documents need to know of the service. */
export interface MessageSource {
  /**
   * Reads one message from either side; undefined when the service shows it to neither. `mayAsk`: a person waits for
   * it and can be asked for a lost secret.
   * @throws ChatServiceError, ChatNetworkError, or the connection's own errors.
   */
  find(ref: MessageRef, mayAsk: boolean): Promise<ChatMessage | undefined>;
  /** The message as a list that a person looks at shows it, so that opening it from there reads nothing. */
  listed?(ref: MessageRef): ChatMessage | undefined;
}

type Entry = { -readonly [K in keyof MessageDocument]: MessageDocument[K] };

/**
 * The messages that are open or have a draft: their bases, drafts and the service's content. It decides when a base
 * may move: after a modify, by the user's choice, or while nothing of the user's depends on it.
 */
export class MessageDocuments implements vscode.Disposable {
  private readonly entries = new Map<string, Entry>();
  private readonly loading = new Map<string, Promise<Entry | undefined>>();
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly textChanged = new vscode.EventEmitter<MessageRef>();
  private readonly stateChanged = new vscode.EventEmitter<MessageRef>();
  private watcher: { dispose(): void } | undefined;

  /** The text of a message's file changed. */
  readonly onDidChangeText = this.textChanged.event;
  /** Draft, base, service's content or facts of a message changed. */
  readonly onDidChangeState = this.stateChanged.event;

  constructor(
    private readonly drafts: DraftStore,
    private readonly source: MessageSource,
    private readonly isDirty: (uri: vscode.Uri) => boolean,
    private readonly now: () => number = Date.now,
    private readonly onFailure: (error: unknown) => void = () => undefined,
  ) {}

  /** What is known now, without reading anything. */
  peek(ref: MessageRef): MessageDocument | undefined {
    return this.entries.get(refKey(ref));
  }

  /**
   * The document of a message, from memory, else from this machine's disk, else from the service.
   * Undefined when there is no draft and the service does not show the message.
   */
  async get(ref: MessageRef): Promise<MessageDocument | undefined> {
    return this.entry(ref);
  }

  /** Takes note of a message that was just read from the service. A document in use keeps its base. */
  async show(connectionId: string, message: ChatMessage): Promise<MessageDocument> {
    const ref = { connectionId, address: message.address };
    return this.inTurn(ref, async () => {
      const entry = this.entries.get(refKey(ref)) ?? (await this.fromDisk(ref));
      if (!entry) return this.add(fromService(ref, message, this.now()));
      await this.seen(entry, message);
      return entry;
    });
  }

  /** Takes note of what the service shows for a message that is open; its base stays. */
  async serviceShows(ref: MessageRef, content: MessageContent): Promise<void> {
    await this.inTurn(ref, () => {
      const entry = this.entries.get(refKey(ref));
      if (entry) {
        entry.service = content;
        entry.gone = false;
        this.stateChanged.fire(ref);
      }
      return Promise.resolve();
    });
  }

  /** Reads the drafts of earlier sessions, so that the tree and the tabs can mark them. */
  async loadDrafts(): Promise<void> {
    this.followOthers();
    for (const state of await this.drafts.list()) {
      const { ref } = state;
      if (state.draft !== null && !this.peek(ref)) this.add(fromState(ref, state));
      this.stateChanged.fire(ref);
    }
  }

  /** Reads the message again. False when the service no longer shows it. */
  async refresh(ref: MessageRef, { mayAsk = true } = {}): Promise<boolean> {
    const message = await this.source.find(ref, mayAsk);
    return this.inTurn(ref, async () => {
      const entry = this.entries.get(refKey(ref));
      if (!entry) return message !== undefined;
      if (message) await this.seen(entry, message);
      else this.lost(entry);
      return message !== undefined;
    });
  }

  /** Keeps a text as the message's draft; the base's own text is no draft. Durable when it returns. */
  async write(ref: MessageRef, text: string): Promise<void> {
    const known = await this.entry(ref);
    if (!known) throw new Error('The message is not known and cannot be read.');
    await this.inTurn(ref, async () => {
      const entry = this.entries.get(refKey(ref)) ?? known;
      const mtime = this.later(entry.mtime);
      if (text === formatMessage(entry.base)) {
        await this.drafts.remove(ref);
        entry.draft = undefined;
      } else {
        await this.drafts.write({ ...this.record(entry), draft: text, savedAt: mtime });
        entry.draft = text;
      }
      entry.mtime = mtime;
      this.textChanged.fire(ref);
      this.stateChanged.fire(ref);
    });
  }

  /** A document with unsaved changes keeps its base on disk too: VS Code restores its text after a restart. */
  async becameDirty(ref: MessageRef): Promise<void> {
    await this.inTurn(ref, async () => {
      const entry = this.entries.get(refKey(ref));
      if (entry && entry.draft === undefined) await this.drafts.write(this.record(entry));
    });
    this.stateChanged.fire(ref);
  }

  /** Unsaved changes were taken back: without a draft nothing needs the base on disk any more. */
  async becameClean(ref: MessageRef): Promise<void> {
    await this.inTurn(ref, async () => {
      const entry = this.entries.get(refKey(ref));
      if (entry && entry.draft === undefined) await this.drafts.remove(ref);
    });
    this.stateChanged.fire(ref);
  }

  /** Removes the draft of a document that no editor shows. */
  async discard(ref: MessageRef): Promise<void> {
    await this.inTurn(ref, async () => {
      const entry = this.entries.get(refKey(ref)) ?? (await this.fromDisk(ref));
      if (entry) await this.dropDraft(entry);
    });
  }

  /** Moves the base to what the service shows; the text stays. For a conflict that the user resolved. */
  async moveBaseToService(ref: MessageRef): Promise<void> {
    await this.inTurn(ref, async () => {
      const entry = this.entries.get(refKey(ref));
      if (!entry?.service) return;
      entry.base = entry.service;
      await this.keepRecord(entry);
      this.stateChanged.fire(ref);
    });
  }

  /** Without a draft and unsaved text, a document shows what the service was seen to show. */
  async followService(ref: MessageRef): Promise<void> {
    await this.inTurn(ref, async () => {
      const entry = this.entries.get(refKey(ref));
      if (entry) await this.follow(entry);
    });
  }

  /** Rests a draft on a content that it is known to undo, so that what came since is a conflict. */
  async restDraftOn(ref: MessageRef, base: MessageContent): Promise<void> {
    await this.inTurn(ref, async () => {
      const entry = this.entries.get(refKey(ref));
      if (entry?.draft === undefined) return;
      entry.base = base;
      await this.keepRecord(entry);
      this.stateChanged.fire(ref);
    });
  }

  /**
   * After a modify: the base is what was read back. The text that was sent stays the document's as long as it means
   * the same; otherwise (the service fills fields, an audit changes text) the new content is shown.
   */
  async modified(ref: MessageRef, sentText: string, readBack: MessageContent): Promise<void> {
    await this.inTurn(ref, async () => {
      const entry = this.entries.get(refKey(ref));
      if (!entry) return;
      entry.base = readBack;
      entry.service = readBack;
      entry.gone = false;
      const editedOn =
        this.isDirty(messageUri(ref)) || (entry.draft !== undefined && entry.draft !== sentText);
      const mine = contentOf(parseMessage(sentText));
      if (editedOn || (mine && changedMembers(readBack, mine).length === 0)) await this.keepRecord(entry);
      else await this.dropDraft(entry);
      this.stateChanged.fire(ref);
    });
  }

  /** Every message with a saved draft or a kept base, of every connection. */
  async stored(): Promise<MessageState[]> {
    return this.drafts.list();
  }

  /** Forgets drafts and bases of one connection; what is open shows the service's content again. */
  async removeConnection(connectionId: string): Promise<void> {
    for (const state of await this.stored()) {
      if (state.ref.connectionId === connectionId) await this.discard(state.ref);
    }
  }

  dispose(): void {
    this.watcher?.dispose();
    this.textChanged.dispose();
    this.stateChanged.dispose();
  }

  private async entry(ref: MessageRef): Promise<Entry | undefined> {
    const key = refKey(ref);
    const known = this.entries.get(key);
    if (known) return known;
    const running = this.loading.get(key);
    if (running) return running;
    const loading = this.load(ref);
    this.loading.set(key, loading);
    try {
      return await loading;
    } finally {
      this.loading.delete(key);
    }
  }

  private async load(ref: MessageRef): Promise<Entry | undefined> {
    const stored = await this.fromDisk(ref);
    if (stored) {
      // A kept base without a draft belongs to unsaved text that VS Code is about to restore, or to nothing.
      if (stored.draft === undefined) this.refresh(ref).catch(this.onFailure);
      return stored;
    }
    const message = this.source.listed?.(ref) ?? (await this.source.find(ref, true));
    return message && this.add(fromService(ref, message, this.now()));
  }

  /** Other windows' drafts are followed once this one has anything to do with messages. */
  private followOthers(): void {
    this.watcher ??= this.drafts.watch((ref) => {
      this.adoptFromDisk(ref).catch(this.onFailure);
    });
  }

  private async fromDisk(ref: MessageRef): Promise<Entry | undefined> {
    this.followOthers();
    const state = await this.drafts.read(ref);
    if (!state) return undefined;
    return this.add(fromState(ref, state));
  }

  private add(entry: Entry): Entry {
    const key = refKey(entry.ref);
    const known = this.entries.get(key);
    if (known) return known;
    this.entries.set(key, entry);
    return entry;
  }

  private async seen(entry: Entry, message: ChatMessage): Promise<void> {
    entry.service = message.content;
    entry.gone = false;
    entry.facts = { time: message.time, flags: message.flags };
    await this.follow(entry);
    this.stateChanged.fire(entry.ref);
  }

  private async follow(entry: Entry): Promise<void> {
    if (!isConflict(entry) || this.isDirty(messageUri(entry.ref)) || isDraft(entry)) return;
    entry.base = entry.service ?? entry.base;
    await this.dropDraft(entry, true);
  }

  private lost(entry: Entry): void {
    entry.service = undefined;
    entry.gone = true;
    this.stateChanged.fire(entry.ref);
  }

  private async dropDraft(entry: Entry, textMoved = false): Promise<void> {
    const before = entry.draft;
    await this.drafts.remove(entry.ref);
    entry.draft = undefined;
    if (textMoved || (before !== undefined && before !== textOf(entry))) {
      entry.mtime = this.later(entry.mtime);
      this.textChanged.fire(entry.ref);
    }
    this.stateChanged.fire(entry.ref);
  }

  private async keepRecord(entry: Entry): Promise<void> {
    const needed = entry.draft !== undefined && entry.draft !== formatMessage(entry.base);
    if (needed || this.isDirty(messageUri(entry.ref))) {
      await this.drafts.write(this.record(entry));
      return;
    }
    await this.drafts.remove(entry.ref);
    if (entry.draft === undefined) {
      entry.mtime = this.later(entry.mtime);
      this.textChanged.fire(entry.ref);
    }
    entry.draft = undefined;
  }

  /** Another window saved, discarded or modified. Unsaved text here is VS Code's to reconcile at the next save. */
  private async adoptFromDisk(ref: MessageRef): Promise<void> {
    await this.inTurn(ref, async () => {
      const entry = this.entries.get(refKey(ref));
      if (!entry) {
        this.stateChanged.fire(ref);
        return;
      }
      const state = await this.drafts.read(ref);
      if (state ? state.savedAt === entry.mtime && state.draft === (entry.draft ?? null) : !entry.draft)
        return;
      const before = textOf(entry);
      if (state) entry.base = state.base;
      entry.draft = state?.draft ?? undefined;
      if (textOf(entry) !== before) {
        entry.mtime = this.later(Math.max(entry.mtime, (state?.savedAt ?? 0) - 1));
        this.textChanged.fire(ref);
      }
      this.stateChanged.fire(ref);
    });
  }

  private record(entry: Entry): MessageState {
    return {
      ref: entry.ref,
      facts: entry.facts,
      base: entry.base,
      draft: entry.draft ?? null,
      savedAt: entry.mtime,
    };
  }

  private later(mtime: number): number {
    return Math.max(this.now(), mtime + 1);
  }

  /** One change of a message at a time, in the order they came. */
  private async inTurn<T>(ref: MessageRef, step: () => Promise<T>): Promise<T> {
    const key = refKey(ref);
    const turn = (this.queues.get(key) ?? Promise.resolve()).then(step, step);
    this.queues.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  }
}
