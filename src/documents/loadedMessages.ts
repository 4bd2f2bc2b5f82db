import { refKey, type MessageRef } from '../chat/address';
import { refHash } from '../chat/addressHash';
import type { MessageContent } from '../chat/chatMessage';
import { isAborted } from '../chat/errors';
import type { DraftStore } from './draftStore';
import { HeldMessages, type Entry } from './heldMessages';
import { Keeper } from './keeper';
import { knowledgeOf, type Knowledge, type MessageFactsOnDisk } from './knowledge';
import type { Leases } from './leases';
import { Listeners } from './listeners';
import { Reads, type MessageSource } from './reads';
import { step, type MessageEvent } from './step';
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
 * The messages that this window holds: loaded once when they are asked for, changed by one event after the other as
 * {@link step} decides, kept on disk before a change counts, and told to who listens. What another window keeps is followed.
 */
export class LoadedMessages {
  readonly entries: HeldMessages;
  readonly turns = new Turns();
  readonly reads: Reads;
  private readonly loading = new Map<string, Promise<Entry | undefined>>();
  private readonly textChanged = new Listeners<[MessageRef]>();
  private readonly learned = new Listeners<[MessageRef, Knowledge, Knowledge | undefined]>();
  private readonly now: () => number;
  private readonly onFailure: (error: unknown) => void;
  private readonly keeper: Keeper;
  private watcher: { dispose(): void } | undefined;

  readonly onDidChangeText = this.textChanged.event;
  readonly onDidLearn = this.learned.event;

  constructor(private readonly parts: DocumentsParts) {
    this.now = parts.now ?? Date.now;
    this.onFailure = parts.onFailure ?? (() => undefined);
    this.keeper = new Keeper(parts, parts.onUnkept ?? this.onFailure);
    this.reads = new Reads(parts.source);
    this.entries = new HeldMessages(parts.isShown, (ref) => this.reads.stop(ref));
  }

  /** Tells that a message's file has another text now. */
  tellText(ref: MessageRef): void {
    this.textChanged.fire(ref);
  }

  /** Tells what is known of a message that was not kept here before. */
  tell(ref: MessageRef, known: Knowledge): void {
    this.learned.fire(ref, known, undefined);
  }

  /** From memory, else from this machine's disk, else from the service; undefined when nobody has it. */
  async entry(ref: MessageRef): Promise<Entry | undefined> {
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

  /** What this machine's disk has of a message; undefined when that is nothing. */
  async fromDisk(ref: MessageRef): Promise<Entry | undefined> {
    this.followOthers();
    const { drafts, leases } = this.parts;
    const state = await drafts.read(ref);
    if (state) return this.entries.add(ref, fromState(state));
    const orphans = (await leases.others(refHash(ref))).filter(({ orphan }) => orphan);
    const [left] = orphans.sort((one, other) => one.mtime - other.mtime);
    return left && this.entries.add(ref, knowledgeOf(left.rest.base, left.mtime));
  }

  /** Reads a message again. False when the service no longer shows it. */
  async refresh(ref: MessageRef, { mayAsk = true } = {}): Promise<boolean> {
    const message = await this.reads.find(ref, mayAsk);
    if (message) await this.seen(ref, message.content, factsOf(message));
    else await this.inTurn(ref, { kind: 'lost' });
    return message !== undefined;
  }

  /** Takes note of what the service was seen to show. */
  async seen(ref: MessageRef, content: MessageContent, facts?: MessageFactsOnDisk): Promise<void> {
    await this.happened(ref, { kind: 'seen', content, at: this.now(), ...(facts && { facts }) }, content);
  }

  /** One change of a message that is held, in the order in which they come. */
  async inTurn(ref: MessageRef, event: MessageEvent): Promise<void> {
    await this.turns.run(refKey(ref), async () => {
      const entry = this.entries.get(ref);
      if (entry) await this.apply(entry, event);
    });
  }

  /** As {@link inTurn}; of a message that is not held, those who show it are told all the same. */
  async happened(ref: MessageRef, event: MessageEvent, base: MessageContent): Promise<void> {
    await this.inTurn(ref, event);
    if (!this.entries.get(ref)?.state)
      this.learned.fire(ref, step(knowledgeOf(base, this.now()), event), undefined);
  }

  /** One change of an entry; in its turn. */
  async apply(entry: Entry, event: MessageEvent): Promise<void> {
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
  async adopt(ref: MessageRef): Promise<void> {
    const found = await this.parts.drafts.read(ref);
    const state = found && savedOf(found);
    await this.inTurn(ref, { kind: 'adopted', state, at: this.now() });
    const known = this.entries.get(ref)?.state;
    if (!known && state) this.learned.fire(ref, fromState(found), undefined);
    // A draft that went was discarded or sent: only the service knows.
    if (!state) await this.refresh(ref, { mayAsk: false });
  }

  /** Work that nobody waits for. */
  inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!isAborted(error)) this.onFailure(error);
    });
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
}

/** Not every letter that is typed is news. */
function looksOther(before: Knowledge, state: Knowledge): boolean {
  const shown = ['base', 'merging', 'service', 'gone', 'facts', 'draft', 'mtime'] as const;
  return (
    (before.unsaved === undefined) !== (state.unsaved === undefined) ||
    shown.some((name) => before[name] !== state[name])
  );
}
