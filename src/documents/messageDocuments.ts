import { refKey, type MessageRef } from '../chat/address';
import { refHash } from '../chat/addressHash';
import type { ChatMessage, MessageContent } from '../chat/chatMessage';
import { isAborted } from '../chat/errors';
import { parseMsgKey } from '../chat/msgKey';
import type { DraftStore, MessageState } from './draftStore';
import { knowledgeOf, type Knowledge, type MessageFactsOnDisk, type Rest } from './knowledge';
import { step, type MessageEvent } from './step';
import { HeldMessages, type Entry } from './heldMessages';
import { Keeper } from './keeper';
import type { Leases } from './leases';
import { Listeners } from './listeners';
import { Reads, type MessageSource } from './reads';
import { restOfUnsaved } from './restoredText';
import { factsOf, fromState, savedOf } from './storedState';
import { Turns } from './turns';

/** What the documents work with. */
export interface DocumentsParts {
  readonly drafts: DraftStore;
  readonly leases: Leases;
  readonly source: MessageSource;
  /** Whether an editor shows one of a message's documents. */
  readonly isShown: (ref: MessageRef) => boolean;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told of what failed without anybody waiting for it. */
  readonly onFailure?: (error: unknown) => void;
  /**
   * Told once when this machine's disk cannot keep what a text rests on, or what became of it, and again only after it
   * could. Typing goes on; after a restart less is known, so that more is a conflict.
   */
  readonly onUnkept?: (error: unknown) => void;
}

/**
 * What this window knows of messages, and its one source: whoever learns something of a message tells it here, and
 * whoever shows something of one listens here. What happens to a message is decided by {@link step}; this keeps it on
 * disk. Messages that nobody shows and that hold no draft are let go.
 */
export class MessageDocuments {
  private readonly entries: HeldMessages;
  private readonly loading = new Map<string, Promise<Entry | undefined>>();
  private readonly turns = new Turns();
  private readonly textChanged = new Listeners<[MessageRef]>();
  private readonly learned = new Listeners<[MessageRef, Knowledge, Knowledge | undefined]>();
  private readonly now: () => number;
  private readonly onFailure: (error: unknown) => void;
  private watcher: { dispose(): void } | undefined;
  private readonly reads: Reads;
  private readonly keeper: Keeper;

  /** The text of a message's file changed. */
  readonly onDidChangeText = this.textChanged.event;
  /** Something is known of a message that was not: what is known now, and what was before if it was kept. */
  readonly onDidLearn = this.learned.event;

  constructor(private readonly parts: DocumentsParts) {
    this.now = parts.now ?? Date.now;
    this.onFailure = parts.onFailure ?? (() => undefined);
    this.keeper = new Keeper(parts, parts.onUnkept ?? this.onFailure);
    this.reads = new Reads(parts.source);
    this.entries = new HeldMessages(parts.isShown, (ref) => this.reads.stop(ref));
  }

  /** What is known now, without reading anything. */
  peek(ref: MessageRef): Knowledge | undefined {
    return this.entries.get(ref)?.state;
  }

  /** How many messages are held in memory. */
  get held(): number {
    return this.entries.size;
  }

  /**
   * What is known of a message: from memory, else from this machine's disk, else from the service.
   * Undefined when there is no draft and the service does not show the message.
   */
  async get(ref: MessageRef): Promise<Knowledge | undefined> {
    return (await this.entry(ref))?.state;
  }

  /** Takes note of a message that was just read and is about to be opened. */
  async show(connectionId: string, message: ChatMessage): Promise<void> {
    const ref = { connectionId, address: message.address };
    if (!this.entries.get(ref) && !(await this.fromDisk(ref)))
      this.entries.add(ref, knowledgeOf(message.content, this.now()));
    await this.serviceShows(ref, message.content, factsOf(message));
  }

  /** Takes note of what the service was seen to show, whoever read it. */
  async serviceShows(ref: MessageRef, content: MessageContent, facts?: MessageFactsOnDisk): Promise<void> {
    await this.happened(ref, { kind: 'seen', content, at: this.now(), ...(facts && { facts }) }, content);
  }

  /** Takes note that somebody recalled a message. */
  async recalled(ref: MessageRef): Promise<void> {
    const { address } = ref;
    const time = (address.chat === 'c2c' ? parseMsgKey(address.key)?.time : undefined) ?? 0;
    await this.happened(ref, { kind: 'recalled', time }, {});
  }

  /** Reads a message again. False when the service no longer shows it. */
  async refresh(ref: MessageRef, { mayAsk = true } = {}): Promise<boolean> {
    const message = await this.reads.find(ref, mayAsk);
    if (message) await this.serviceShows(ref, message.content, factsOf(message));
    else await this.inTurn(ref, { kind: 'lost' });
    return message !== undefined;
  }

  /** Reads the drafts of earlier sessions, so that the tree and the tabs can mark them. */
  async loadDrafts(): Promise<void> {
    this.followOthers();
    for (const state of await this.parts.drafts.list({ known: true })) {
      const held = this.peek(state.ref);
      if (held && held.draft !== (state.draft ?? undefined))
        await this.inTurn(state.ref, { kind: 'adopted', state: savedOf(state), at: this.now() });
      else if (!held && state.draft !== null) this.entries.add(state.ref, fromState(state));
      const known = this.peek(state.ref);
      if (known) this.learned.fire(state.ref, known, undefined);
    }
    await this.parts.leases.sweep();
  }

  /** VS Code reads the message's file now. @returns what is to be given to it */
  async handedOut(ref: MessageRef): Promise<Knowledge | undefined> {
    return this.turns.run(refKey(ref), async () => {
      const entry = this.entries.get(ref);
      if (entry) await this.apply(entry, { kind: 'handedOut' });
      return entry?.state;
    });
  }

  /** Has VS Code read a message's file again, and so tell what it shows. */
  async readAgain(ref: MessageRef): Promise<void> {
    if (await this.entry(ref)) this.textChanged.fire(ref);
  }

  /**
   * VS Code holds this text of a message unsaved. What it rests on is on disk when this returns, since VS Code gives
   * the text back after a restart. `undone`: it was there before. Of a file that was not read before, it just did that: nobody typed it now.
   */
  async edited(ref: MessageRef, text: string, undone = false): Promise<void> {
    await this.turns.run(refKey(ref), async () => {
      const known = this.entries.get(ref);
      if (known && (known.state.unsaved ?? known.state.handedOut)) {
        await this.apply(known, { kind: 'edited', text, undone });
        return;
      }
      const found = await restOfUnsaved(this.parts, ref);
      const entry =
        known ??
        (await this.fromDisk(ref)) ??
        this.entries.add(ref, knowledgeOf(found.rest.base, found.mtime ?? this.now()));
      await this.apply(entry, { kind: 'edited', text, took: found.rest });
      await found.taken();
      if (!known) this.inBackground(this.refresh(ref, { mayAsk: false }));
    });
  }

  /** VS Code holds nothing unsaved of a message any more. */
  async clean(ref: MessageRef): Promise<void> {
    await this.inTurn(ref, { kind: 'clean', at: this.now() });
  }

  /** Keeps a text as the message's draft; the base's own text is no draft. Durable when it returns. */
  async write(ref: MessageRef, text: string): Promise<void> {
    const known = await this.entry(ref);
    if (!known) throw new Error('The message is not known and cannot be read.');
    await this.turns.run(refKey(ref), () =>
      this.apply(this.entries.get(ref) ?? this.entries.add(ref, known.state), {
        kind: 'saved',
        text,
        at: this.now(),
      }),
    );
  }

  /** Removes the draft of a document that no editor shows. */
  async discard(ref: MessageRef): Promise<void> {
    await this.turns.run(refKey(ref), async () => {
      const entry = this.entries.get(ref) ?? (await this.fromDisk(ref));
      if (entry) await this.apply(entry, { kind: 'discarded', at: this.now() });
    });
  }

  /**
   * To be told before a text is put into a message's editor that was made from another content than what is there:
   * so what it rests on is known from its first moment.
   */
  async willRest(ref: MessageRef, text: string, rest: Rest): Promise<void> {
    await this.entry(ref);
    await this.inTurn(ref, { kind: 'made', text, rest });
  }

  /** To be told before a text is taken out of a message's editor: should it come back, it rests on what it did. */
  async willReplace(ref: MessageRef, text: string): Promise<void> {
    const known = await this.get(ref);
    if (known) await this.willRest(ref, text, restOf(known));
  }

  /** Begins to merge what the service shows into the text by hand; until that is done the conflict stays. */
  async beginMerge(ref: MessageRef): Promise<void> {
    const onto = this.peek(ref)?.service;
    if (onto) await this.inTurn(ref, { kind: 'merging', onto });
  }

  /** The person says that the text holds all that it shall. @returns what it rested on before, for an undo */
  async merged(ref: MessageRef): Promise<Rest | undefined> {
    const known = this.peek(ref);
    if (!known?.merging) return undefined;
    await this.inTurn(ref, { kind: 'merged' });
    return restOf(known);
  }

  /** Lets the text rest on something else, when a choice about it is made or undone. */
  async restOn(ref: MessageRef, rest: Rest): Promise<void> {
    await this.inTurn(ref, { kind: 'restedOn', rest });
  }

  /**
   * After a modify: the base is what was read back. The text that was sent stays the document's as long as it means
   * the same; otherwise (the service fills fields, an audit changes text) the new content is shown.
   */
  async modified(ref: MessageRef, sent: string, readBack: MessageContent): Promise<void> {
    await this.happened(ref, { kind: 'modified', sent, readBack, at: this.now() }, readBack);
  }

  /** Every message with a saved draft, of every connection. */
  async stored(): Promise<MessageState[]> {
    return this.parts.drafts.list();
  }

  /** True when there is text of a person for a message: a draft, or unsaved text, of this window or of another one. */
  async hasText(ref: MessageRef): Promise<boolean> {
    const { drafts, leases } = this.parts;
    const known = this.peek(ref);
    if (known?.draft !== undefined || known?.unsaved !== undefined) return true;
    const state = await drafts.read(ref);
    if (state && state.draft !== null) {
      // Read here, it is no news to who watches for other windows' drafts.
      await this.adopt(ref);
      return true;
    }
    return (await leases.others(refHash(ref))).length > 0;
  }

  /** Forgets drafts and bases of one connection; what is open shows the service's content again. */
  async removeConnection(connectionId: string): Promise<void> {
    for (const { ref } of await this.stored()) {
      if (ref.connectionId === connectionId) await this.discard(ref);
    }
    await this.parts.leases.removeConnection(connectionId);
  }

  /**
   * Gives the drafts of a connection, with what they rest on, to the one that took its place. One whose editor holds
   * unsaved text stays, and so does one where the other connection has a draft of its own.
   * @returns how many were moved
   */
  async moveConnection(from: string, to: string): Promise<number> {
    let moved = 0;
    for (const { ref } of await this.stored()) {
      if (ref.connectionId !== from) continue;
      const there = { connectionId: to, address: ref.address };
      if (!(await this.turns.run(refKey(ref), () => this.move(ref, there)))) continue;
      moved += 1;
      const known = await this.turns.run(refKey(there), () => this.fromDisk(there));
      if (known) this.learned.fire(there, known.state, undefined);
    }
    return moved;
  }

  /** An editor of a message was closed: what nobody shows and nothing is kept of is let go. */
  closed(ref: MessageRef): void {
    this.entries.closed(ref);
  }

  /** Other windows' drafts are followed once this one has anything to do with messages. */
  followOthers(): void {
    this.watcher ??= this.parts.drafts.watch((ref) => this.inBackground(this.adopt(ref)));
  }

  dispose(): void {
    this.watcher?.dispose();
    this.reads.stop();
    this.textChanged.dispose();
    this.learned.dispose();
  }

  private async move(ref: MessageRef, there: MessageRef): Promise<boolean> {
    const { drafts } = this.parts;
    const entry = this.entries.get(ref);
    const [state, other] = [await drafts.read(ref), await drafts.read(there)];
    if (!state || entry?.state.unsaved) return false;
    if (other && other.draft !== state.draft) return false;
    await drafts.write({ ...state, ref: there });
    await drafts.remove(ref);
    if (entry) this.entries.letGo(entry);
    return true;
  }

  private async entry(ref: MessageRef): Promise<Entry | undefined> {
    const key = refKey(ref);
    const known = this.entries.get(ref);
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
      if (stored.state.draft === undefined) this.inBackground(this.refresh(ref));
      return stored;
    }
    const { source } = this.parts;
    const message = source.listed?.(ref) ?? (await this.reads.find(ref, true));
    if (!message) return undefined;
    const { content } = message;
    const seen = { kind: 'seen', content, facts: factsOf(message), at: this.now() } as const;
    return this.entries.add(ref, step(knowledgeOf(content, this.now()), seen));
  }

  private async fromDisk(ref: MessageRef): Promise<Entry | undefined> {
    this.followOthers();
    const { drafts, leases } = this.parts;
    const state = await drafts.read(ref);
    if (state) return this.entries.add(ref, fromState(state));
    const orphans = (await leases.others(refHash(ref))).filter(({ orphan }) => orphan);
    const [left] = orphans.sort((one, other) => one.mtime - other.mtime);
    return left && this.entries.add(ref, knowledgeOf(left.rest.base, left.mtime));
  }

  /** One change of a message that is held, in the order in which they come. */
  private async inTurn(ref: MessageRef, event: MessageEvent): Promise<void> {
    await this.turns.run(refKey(ref), async () => {
      const entry = this.entries.get(ref);
      if (entry) await this.apply(entry, event);
    });
  }

  /** As {@link inTurn}; of a message that is not held, those who show it are told all the same. */
  private async happened(ref: MessageRef, event: MessageEvent, base: MessageContent): Promise<void> {
    await this.inTurn(ref, event);
    if (!this.peek(ref)) this.learned.fire(ref, step(knowledgeOf(base, this.now()), event), undefined);
  }

  private async apply(entry: Entry, event: MessageEvent): Promise<void> {
    const { ref, state: before } = entry;
    const state = step(before, event);
    if (state === before) return;
    // What cannot be kept does not happen: the text stays in the editor, unsaved.
    if (event.kind !== 'adopted') await this.keeper.keep(entry, state, event.kind);
    entry.state = state;
    await this.keeper.keepLease(entry);
    if (state.mtime !== before.mtime) this.textChanged.fire(ref);
    if (looksOther(before, state)) this.learned.fire(ref, state, before);
  }

  /** Another window saved, discarded or modified. */
  private async adopt(ref: MessageRef): Promise<void> {
    const found = await this.parts.drafts.read(ref);
    const state = found && savedOf(found);
    await this.inTurn(ref, { kind: 'adopted', state, at: this.now() });
    const known = this.peek(ref);
    if (!known && state) this.learned.fire(ref, fromState(found), undefined);
    // A draft that went was discarded or sent: only the service knows.
    if (!state) await this.refresh(ref, { mayAsk: false });
  }

  private inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!isAborted(error)) this.onFailure(error);
    });
  }
}

/** Not every letter that is typed is news. */
function looksOther(before: Knowledge, state: Knowledge): boolean {
  const shown = ['base', 'merging', 'service', 'gone', 'facts', 'draft', 'mtime'] as const;
  return (
    (before.unsaved === undefined) !== (state.unsaved === undefined) ||
    shown.some((name) => before[name] !== state[name])
  );
}

function restOf({ base, merging }: Knowledge): Rest {
  return { base, ...(merging && { merging }) };
}
