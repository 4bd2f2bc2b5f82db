import * as path from 'node:path';
import { fromRecord, toRecord, type MessageRef } from '../chat/address';
import { refHash } from '../chat/addressHash';
import type { MessageContent } from '../chat/chatMessage';
import { namesIn, readIfThere, removeFile, sweepTemporary, writeFileAtomic } from '../files/atomic';
import { fromCheckedJson, isNewer, setAside, toCheckedJson } from '../files/checkedJson';
import { isRecord } from '../json/values';
import { DurableFolders } from '../files/durableFolders';
import { nodeFiles, type FileLayer } from '../files/fileLayer';
import { watchFolder } from '../files/watchFolder';
import type { MessageFactsOnDisk, Merging } from './knowledge';
import { plainRest, restFrom } from './restRecord';
import { Turns } from './turns';

/** What this machine keeps of a message: the base it was opened from, and the draft. */
export interface MessageState {
  readonly ref: MessageRef;
  /** What is known of it beside its content. */
  readonly facts: MessageFactsOnDisk | undefined;
  readonly base: MessageContent;
  /** A conflict that is being merged into the draft. */
  readonly merging?: Merging;
  /** The saved text, broken JSON included; null while only the base is kept. */
  readonly draft: string | null;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** A file that could not be used. `movedTo` is where it was set aside. */
export interface DraftProblem {
  readonly file: string;
  readonly reason: 'damaged' | 'newerFormat';
  readonly movedTo?: string;
}

export interface DraftStoreOptions {
  readonly layer?: FileLayer;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly onProblem?: (problem: DraftProblem) => void;
}

/**
 * The format of the files. The state of a one-to-one message is written so that the version before, which knew no other
 * messages, reads it too: both may run in two windows at once.
 */
const FORMAT = { c2c: 1, group: 2 } as const;

/** Temporary files of a crash are removed after a day. */
const sweepAfterMs = 24 * 60 * 60 * 1000;

/**
 * The states of messages in one folder, a readable file each, named by a hash so that any UserID fits. What `write`
 * returned for survives a power cut. Several windows may use one folder; the last one to write a message wins.
 */
export class DraftStore {
  private readonly layer: FileLayer;
  private readonly folders: DurableFolders;
  private readonly now: () => number;
  /** Work on one file is done in the order it was asked for. */
  private readonly turns = new Turns();
  /** What this window wrote or read last: another window's change is what differs from it. */
  private readonly seen = new Map<string, { readonly ref: MessageRef; readonly text: string }>();

  constructor(
    private readonly dir: string,
    private readonly options: DraftStoreOptions = {},
  ) {
    this.layer = options.layer ?? nodeFiles;
    this.folders = new DurableFolders(dir, this.layer);
    this.now = options.now ?? Date.now;
  }

  /** The state of one message. A damaged file is set aside, reported, and counts as none. */
  async read(ref: MessageRef): Promise<MessageState | undefined> {
    const name = fileName(ref);
    return this.turns.run(name, async () => {
      const found = await this.load(name);
      if (found) this.seen.set(name, { ref: plainRef(ref), text: found.text });
      else this.seen.delete(name);
      return found?.state;
    });
  }

  /** Keeps a state; durable when this returns. */
  async write(state: MessageState): Promise<void> {
    const name = fileName(state.ref);
    const text = toText(state);
    await this.turns.run(name, async () => {
      await this.folders.make(this.dir);
      await writeFileAtomic(path.join(this.dir, name), text, this.layer);
      this.seen.set(name, { ref: plainRef(state.ref), text });
    });
  }

  /** Forgets a message; nothing happens when there is none. */
  async remove(ref: MessageRef): Promise<void> {
    const name = fileName(ref);
    await this.turns.run(name, async () => {
      await removeFile(path.join(this.dir, name), this.layer);
      this.seen.delete(name);
    });
  }

  /**
   * All states, in no particular order. Damaged files are set aside and take no other along.
   *
   * @param known whether the caller takes note of every state, so that it is no news to who watches any more
   */
  async list({ known = false } = {}): Promise<MessageState[]> {
    await sweepTemporary(this.dir, this.now(), sweepAfterMs, this.layer);
    const states: MessageState[] = [];
    for (const name of await this.names()) {
      const state = await this.turns.run(name, async () => {
        const found = await this.load(name);
        if (found && known) this.seen.set(name, { ref: found.state.ref, text: found.text });
        return found?.state;
      });
      if (state) states.push(state);
    }
    return states;
  }

  /** Tells about messages whose state another window wrote or removed. What this window does is not told. */
  watch(onChange: (ref: MessageRef) => void): { dispose(): void } {
    let disposed = false;
    const check = async (name: string): Promise<void> => {
      const changed = await this.turns.run(name, async () => {
        const before = this.seen.get(name);
        const found = await this.load(name);
        const ref = found ? found.state.ref : before?.ref;
        if (!ref || found?.text === before?.text) return undefined;
        if (found) this.seen.set(name, { ref, text: found.text });
        else this.seen.delete(name);
        return ref;
      });
      if (changed && !disposed) onChange(changed);
    };
    const watcher = watchFolder(
      this.dir,
      {
        onName: (name) => {
          if (isStateFile(name)) void check(name).catch(() => undefined);
        },
        // What this window read before may have changed since; what it did not read is nothing to it yet.
        onReady: () => {
          for (const name of this.seen.keys()) void check(name).catch(() => undefined);
        },
      },
      this.layer,
    );
    return {
      dispose: () => {
        disposed = true;
        watcher.dispose();
      },
    };
  }

  private async names(): Promise<string[]> {
    return (await namesIn(this.dir, this.layer)).filter(isStateFile);
  }

  private async load(name: string): Promise<{ state: MessageState; text: string } | undefined> {
    const file = path.join(this.dir, name);
    const text = await readIfThere(file, this.layer);
    if (text === undefined) return undefined;
    const record = fromCheckedJson(text);
    const state = record && stateFrom(record);
    if (state && fileName(state.ref) === name) return { state, text };
    if (!state && isNewer(record, 1)) {
      this.options.onProblem?.({ file, reason: 'newerFormat' });
      return undefined;
    }
    const movedTo = await setAside(file, this.layer);
    this.options.onProblem?.({ file, reason: 'damaged', ...(movedTo !== undefined && { movedTo }) });
    return undefined;
  }
}

function fileName(ref: MessageRef): string {
  return `${refHash(ref)}.json`;
}

function isStateFile(name: string): boolean {
  return /^[0-9a-f]{64}\.json$/.test(name);
}

function plainRef({ connectionId, address }: MessageRef): MessageRef {
  return { connectionId, address: toRecord(address) };
}

// Members are named one by one: nothing that a caller's object carries besides gets onto the disk.
function toText(state: MessageState): string {
  return toCheckedJson({
    format: FORMAT[state.ref.address.chat],
    connectionId: state.ref.connectionId,
    ...toRecord(state.ref.address),
    ...(state.facts && { facts: plainFacts(state.facts) }),
    ...plainRest(state),
    draft: state.draft,
    savedAt: state.savedAt,
  });
}

function stateFrom(record: Record<string, unknown>): MessageState | undefined {
  const { format, connectionId, facts, draft, savedAt } = record;
  const address = fromRecord(record);
  if (!address || format !== FORMAT[address.chat] || typeof connectionId !== 'string') return undefined;
  const rest = restFrom(record);
  if (!rest) return undefined;
  if (typeof savedAt !== 'number' || (draft !== null && typeof draft !== 'string')) return undefined;
  if (facts !== undefined && !isFacts(facts)) return undefined;
  return { ref: { connectionId, address }, facts, ...rest, draft, savedAt };
}

function plainFacts({ time, flags, sender }: MessageFactsOnDisk): MessageFactsOnDisk {
  return { time, flags, ...(sender !== undefined && { sender }) };
}

function isFacts(value: unknown): value is MessageFactsOnDisk {
  if (!isRecord(value) || typeof value.time !== 'number' || typeof value.flags !== 'number') return false;
  return value.sender === undefined || typeof value.sender === 'string';
}
