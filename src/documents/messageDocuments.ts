import { refKey, type MessageRef } from '../chat/address';
import { refHash } from '../chat/addressHash';
import type { ChatMessage, MessageContent } from '../chat/chatMessage';
import { parseMsgKey } from '../chat/msgKey';
import type { MessageState } from './draftStore';
import { knowledgeOf, type Knowledge, type MessageFactsOnDisk, type Rest } from './knowledge';
import { LoadedMessages, type DocumentsParts } from './loadedMessages';
import { restOfUnsaved } from './restoredText';
import { factsOf, fromState, savedOf } from './storedState';

/**
 * What this window knows of messages, and its one source: whoever learns something of a message tells it here, and
 * whoever shows something of one listens here. What happens to a message is decided by {@link step}; this keeps it on
 * disk. Messages that nobody shows and that hold no draft are let go.
 */
export class MessageDocuments {
  private readonly loaded: LoadedMessages;
  private readonly now: () => number;

  /** The text of a message's file changed. */
  readonly onDidChangeText: LoadedMessages['onDidChangeText'];
  /** Something is known of a message that was not: what is known now, and what was before if it was kept. */
  readonly onDidLearn: LoadedMessages['onDidLearn'];

  constructor(private readonly parts: DocumentsParts) {
    this.now = parts.now ?? Date.now;
    this.loaded = new LoadedMessages(parts);
    ({ onDidChangeText: this.onDidChangeText, onDidLearn: this.onDidLearn } = this.loaded);
  }

  /** What is known now, without reading anything. */
  peek(ref: MessageRef): Knowledge | undefined {
    return this.loaded.entries.get(ref)?.state;
  }

  /** How many messages are held in memory. */
  get held(): number {
    return this.loaded.entries.size;
  }

  /**
   * What is known of a message: from memory, else from this machine's disk, else from the service.
   * Undefined when there is no draft and the service does not show the message.
   */
  async get(ref: MessageRef): Promise<Knowledge | undefined> {
    return (await this.loaded.entry(ref))?.state;
  }

  /** Takes note of a message that was just read and is about to be opened. */
  async show(connectionId: string, message: ChatMessage): Promise<void> {
    const ref = { connectionId, address: message.address };
    if (!this.loaded.entries.get(ref) && !(await this.loaded.fromDisk(ref)))
      this.loaded.entries.add(ref, knowledgeOf(message.content, this.now()));
    await this.serviceShows(ref, message.content, factsOf(message));
  }

  /** Takes note of what the service was seen to show, whoever read it. */
  async serviceShows(ref: MessageRef, content: MessageContent, facts?: MessageFactsOnDisk): Promise<void> {
    await this.loaded.happened(
      ref,
      { kind: 'seen', content, at: this.now(), ...(facts && { facts }) },
      content,
    );
  }

  /** Takes note that somebody recalled a message. */
  async recalled(ref: MessageRef): Promise<void> {
    const { address } = ref;
    const time = (address.chat === 'c2c' ? parseMsgKey(address.key)?.time : undefined) ?? 0;
    await this.loaded.happened(ref, { kind: 'recalled', time }, {});
  }

  /** Reads a message again. False when the service no longer shows it. */
  refresh(ref: MessageRef, options?: { readonly mayAsk?: boolean }): Promise<boolean> {
    return this.loaded.refresh(ref, options);
  }

  /** Reads the drafts of earlier sessions, so that the tree and the tabs can mark them. */
  async loadDrafts(): Promise<void> {
    this.loaded.followOthers();
    for (const state of await this.parts.drafts.list({ known: true })) {
      const held = this.peek(state.ref);
      if (held && held.draft !== (state.draft ?? undefined))
        await this.loaded.inTurn(state.ref, { kind: 'adopted', state: savedOf(state), at: this.now() });
      else if (!held && state.draft !== null) this.loaded.entries.add(state.ref, fromState(state));
      const known = this.peek(state.ref);
      if (known) this.loaded.tell(state.ref, known);
    }
    await this.parts.leases.sweep();
  }

  /** VS Code reads the message's file now. @returns what is to be given to it */
  async handedOut(ref: MessageRef): Promise<Knowledge | undefined> {
    return this.loaded.turns.run(refKey(ref), async () => {
      const entry = this.loaded.entries.get(ref);
      if (entry) await this.loaded.apply(entry, { kind: 'handedOut' });
      return entry?.state;
    });
  }

  /** Has VS Code read a message's file again, and so tell what it shows. */
  async readAgain(ref: MessageRef): Promise<void> {
    if (await this.loaded.entry(ref)) this.loaded.tellText(ref);
  }

  /**
   * VS Code holds this text of a message unsaved. What it rests on is on disk when this returns, since VS Code gives
   * the text back after a restart. `undone`: it was there before. Of a file that was not read before, it just did that: nobody typed it now.
   */
  async edited(ref: MessageRef, text: string, undone = false): Promise<void> {
    await this.loaded.turns.run(refKey(ref), async () => {
      const known = this.loaded.entries.get(ref);
      if (known && (known.state.unsaved ?? known.state.handedOut)) {
        await this.loaded.apply(known, { kind: 'edited', text, undone });
        return;
      }
      const found = await restOfUnsaved(this.parts, ref);
      const entry =
        known ??
        (await this.loaded.fromDisk(ref)) ??
        this.loaded.entries.add(ref, knowledgeOf(found.rest.base, found.mtime ?? this.now()));
      await this.loaded.apply(entry, { kind: 'edited', text, took: found.rest });
      await found.taken();
      if (!known) this.loaded.inBackground(this.refresh(ref, { mayAsk: false }));
    });
  }

  /** VS Code holds nothing unsaved of a message any more. */
  async clean(ref: MessageRef): Promise<void> {
    await this.loaded.inTurn(ref, { kind: 'clean', at: this.now() });
  }

  /** Keeps a text as the message's draft; the base's own text is no draft. Durable when it returns. */
  async write(ref: MessageRef, text: string): Promise<void> {
    const known = await this.loaded.entry(ref);
    if (!known) throw new Error('The message is not known and cannot be read.');
    await this.loaded.turns.run(refKey(ref), () =>
      this.loaded.apply(this.loaded.entries.get(ref) ?? this.loaded.entries.add(ref, known.state), {
        kind: 'saved',
        text,
        at: this.now(),
      }),
    );
  }

  /** Removes the draft of a document that no editor shows. */
  async discard(ref: MessageRef): Promise<void> {
    await this.loaded.turns.run(refKey(ref), async () => {
      const entry = this.loaded.entries.get(ref) ?? (await this.loaded.fromDisk(ref));
      if (entry) await this.loaded.apply(entry, { kind: 'discarded', at: this.now() });
    });
  }

  /**
   * To be told before a text is put into a message's editor that was made from another content than what is there:
   * so what it rests on is known from its first moment.
   */
  async willRest(ref: MessageRef, text: string, rest: Rest): Promise<void> {
    await this.loaded.entry(ref);
    await this.loaded.inTurn(ref, { kind: 'made', text, rest });
  }

  /** To be told before a text is taken out of a message's editor: should it come back, it rests on what it did. */
  async willReplace(ref: MessageRef, text: string): Promise<void> {
    const known = await this.get(ref);
    if (known) await this.willRest(ref, text, restOf(known));
  }

  /** Begins to merge what the service shows into the text by hand; until that is done the conflict stays. */
  async beginMerge(ref: MessageRef): Promise<void> {
    const onto = this.peek(ref)?.service;
    if (onto) await this.loaded.inTurn(ref, { kind: 'merging', onto });
  }

  /** The person says that the text holds all that it shall. @returns what it rested on before, for an undo */
  async merged(ref: MessageRef): Promise<Rest | undefined> {
    const known = this.peek(ref);
    if (!known?.merging) return undefined;
    await this.loaded.inTurn(ref, { kind: 'merged' });
    return restOf(known);
  }

  /**
   * Lets the text rest on something else, when a choice about it is made or undone.
   *
   * @param text the one that was chosen; what was made of it meanwhile keeps what it rests on
   */
  async restOn(ref: MessageRef, rest: Rest, text?: string): Promise<void> {
    await this.loaded.inTurn(ref, { kind: 'restedOn', rest, text });
  }

  /**
   * After a modify: the base is what was read back. The text that was sent stays the document's as long as it means
   * the same; otherwise (the service fills fields, an audit changes text) the new content is shown.
   */
  async modified(ref: MessageRef, sent: string, readBack: MessageContent): Promise<void> {
    await this.loaded.happened(ref, { kind: 'modified', sent, readBack, at: this.now() }, readBack);
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
      await this.loaded.adopt(ref);
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
      if (!(await this.loaded.turns.run(refKey(ref), () => this.move(ref, there)))) continue;
      moved += 1;
      const known = await this.loaded.turns.run(refKey(there), () => this.loaded.fromDisk(there));
      if (known) this.loaded.tell(there, known.state);
    }
    return moved;
  }

  /** An editor of a message was closed: what nobody shows and nothing is kept of is let go. */
  closed(ref: MessageRef): void {
    this.loaded.entries.closed(ref);
  }

  /** Other windows' drafts are followed once this one has anything to do with messages. */
  followOthers(): void {
    this.loaded.followOthers();
  }

  dispose(): void {
    this.loaded.dispose();
  }

  private async move(ref: MessageRef, there: MessageRef): Promise<boolean> {
    const { drafts } = this.parts;
    const entry = this.loaded.entries.get(ref);
    const [state, other] = [await drafts.read(ref), await drafts.read(there)];
    if (!state || entry?.state.unsaved) return false;
    if (other && other.draft !== state.draft) return false;
    await drafts.write({ ...state, ref: there });
    await drafts.remove(ref);
    if (entry) this.loaded.entries.letGo(entry);
    return true;
  }
}

function restOf({ base, merging }: Knowledge): Rest {
  return { base, ...(merging && { merging }) };
}
