import * as path from 'node:path';
import { removeFile, writeFileAtomic } from '../files/atomic';
import { DurableFolders } from '../files/durableFolders';
import { nodeFiles, type FileLayer } from '../files/fileLayer';
import { JournalFolder, type JournalProblem, type Place } from './journalFolder';
import { prune, type Pruned, type RetentionLimits } from './retention';
import { isUnfinished, type Revision, type RevisionEntry, type RevisionOutcome } from './revision';
import { exportLine } from './exportLine';
import { plainRevision, revisionText } from './revisionFile';
import {
  idMayMatch,
  isRevisionId,
  matches,
  newRevisionId,
  timeOfId,
  type RevisionFilter,
} from './revisionId';

export type { JournalProblem } from './journalFolder';
export type { Pruned } from './retention';
export type { RevisionFilter } from './revisionId';

export interface JournalOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Finished revisions older than this many milliseconds go. Default: a year. */
  readonly maxAge?: number;
  /** Bytes of all revisions together; above it the oldest finished go. Default: 200 MB. */
  readonly maxBytes?: number;
  /** So many of the newest revisions stay whatever their age. Default: 1,000. */
  readonly keepNewest?: number;
  readonly layer?: FileLayer;
  readonly onProblem?: (problem: JournalProblem) => void;
  /** Told after everything that changes what {@link Journal.list} gives. */
  readonly onChange?: () => void;
}

const yearMs = 365 * 24 * 60 * 60 * 1000;
const defaultBytes = 200 * 1024 * 1024;
const defaultNewest = 1_000;

/**
 * Revisions on disk, one readable file each, without secrets. Several processes may use one folder: no two write
 * the same file, and a damaged one is set aside without taking the others along.
 */
export class Journal {
  private readonly files: JournalFolder;
  private readonly layer: FileLayer;
  private readonly folders: DurableFolders;
  private readonly now: () => number;
  private readonly changed: () => void;
  private limits: RetentionLimits;
  /** Bytes in the folder; known once it was pruned. */
  private bytes: number | undefined;
  private lastTime = 0;

  constructor(folder: string, options: JournalOptions = {}) {
    this.layer = options.layer ?? nodeFiles;
    this.folders = new DurableFolders(folder, this.layer);
    this.now = options.now ?? Date.now;
    this.changed = options.onChange ?? (() => undefined);
    this.limits = {
      maxAge: options.maxAge ?? yearMs,
      maxBytes: options.maxBytes ?? defaultBytes,
      keepNewest: options.keepNewest ?? defaultNewest,
    };
    this.files = new JournalFolder(folder, this.layer, options.onProblem ?? (() => undefined));
  }

  /**
   * Writes down what is about to happen. When this returns it survives a power cut, and the request may leave.
   * @throws the file system's error; then nothing may be sent.
   */
  async begin(entry: RevisionEntry): Promise<Revision> {
    const at = this.now();
    // Two revisions of one millisecond keep their order, and so do those after a clock that went back.
    this.lastTime = Math.max(at, this.lastTime + 1, (await this.newestTime()) + 1);
    const id = newRevisionId(this.lastTime, entry.address);
    const revision = plainRevision({ ...entry, id, at, outcome: { state: 'pending' } });
    await this.write(revision, 'unfinished');
    this.changed();
    return revision;
  }

  /**
   * Writes down how a revision ended, or that it is not known. Durable when this returns.
   * @throws the file system's error; the revision is then settled again at the next start.
   */
  async settle(revision: Revision, outcome: RevisionOutcome): Promise<Revision> {
    const settled = plainRevision({ ...revision, outcome: { at: this.now(), ...outcome } });
    if (isUnfinished(settled)) {
      await this.write(settled, 'unfinished');
      this.changed();
      return settled;
    }
    await this.write(settled, 'finished');
    await removeFile(this.files.file(settled, 'unfinished'), this.layer);
    this.changed();
    if (this.bytes !== undefined && this.bytes > this.limits.maxBytes) await this.prune();
    return settled;
  }

  /** Takes back a revision whose request never left: cancelling leaves no trace. */
  async discard(revision: Revision): Promise<void> {
    await removeFile(this.files.file(revision, 'unfinished'), this.layer);
    this.changed();
  }

  /** Newest first. Reads no more files than it must. */
  async list(filter: RevisionFilter = {}): Promise<Revision[]> {
    const limit = filter.limit ?? Number.POSITIVE_INFINITY;
    const found: Revision[] = [];
    for (const entry of (await this.index(filter)).reverse()) {
      if (found.length >= limit) break;
      const revision = await this.files.read(entry.folder, entry.id, entry.place);
      if (revision && matches(revision, filter)) found.push(revision);
    }
    return found;
  }

  /** The revision of this id. */
  async get(id: string): Promise<Revision | undefined> {
    if (!isRevisionId(id)) return undefined;
    const entry = (await this.index({})).find((candidate) => candidate.id === id);
    return entry && this.files.read(entry.folder, entry.id, entry.place);
  }

  /** Those that nobody knows the end of, oldest first. */
  async unfinished(filter: RevisionFilter = {}): Promise<Revision[]> {
    const found: Revision[] = [];
    // Every modify asks this, so the finished ones, of which there may be many, are not even listed.
    for (const folder of await this.files.connectionFolders(filter.connectionId)) {
      for (const id of await this.files.ids(folder, 'unfinished')) {
        if (!idMayMatch(id, filter) || (await this.files.has(folder, id, 'finished'))) continue;
        const revision = await this.files.read(folder, id, 'unfinished');
        if (revision && matches(revision, filter)) found.push(revision);
      }
    }
    return found.sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** JSON Lines, oldest first: one revision a line, each line ending in a line feed. */
  async *exportLines(filter: RevisionFilter = {}): AsyncGenerator<string> {
    for (const entry of await this.index(filter)) {
      const revision = await this.files.read(entry.folder, entry.id, entry.place);
      if (revision && matches(revision, filter)) yield exportLine(revision);
    }
  }

  /** Removes what is too old or too much. To be called once in a while, at start for one. */
  async prune(): Promise<Pruned> {
    const pruned = await prune(await this.files.connectionFolders(), this.limits, this.now(), this.layer);
    this.bytes = pruned.bytes;
    if (pruned.removed > 0) this.changed();
    return pruned;
  }

  /** Other limits from now on, for a setting that changed. */
  limit(limits: Partial<RetentionLimits>): void {
    this.limits = { ...this.limits, ...limits };
  }

  /** Removes everything of one connection, damaged files included. */
  async removeConnection(connectionId: string): Promise<void> {
    await this.layer.rm(this.files.connectionFolder(connectionId), { recursive: true, force: true });
    this.bytes = undefined;
    this.changed();
  }

  /**
   * Gives all revisions of a connection to the one that took its place. A crash in between loses none: what is left is
   * moved when this is called again.
   * @returns how many were moved
   */
  async moveConnection(from: string, to: string): Promise<number> {
    const folder = this.files.connectionFolder(from);
    let moved = 0;
    // Unfinished first: one that is settled meanwhile is then met at the other place.
    for (const place of ['unfinished', 'finished'] as const) {
      for (const id of await this.files.ids(folder, place)) {
        const revision = await this.files.read(folder, id, place);
        if (!revision) continue;
        await this.write({ ...revision, connection: { ...revision.connection, id: to } }, place);
        await removeFile(this.files.file(revision, place), this.layer);
        moved += 1;
      }
    }
    if (moved > 0) this.changed();
    return moved;
  }

  /** The time in the newest id of all; 0 when there is none. */
  private async newestTime(): Promise<number> {
    let newest = 0;
    for (const folder of await this.files.connectionFolders()) {
      for (const place of ['finished', 'unfinished'] as const) {
        const last = (await this.files.ids(folder, place)).at(-1);
        newest = Math.max(newest, (last === undefined ? undefined : timeOfId(last)) ?? 0);
      }
    }
    return newest;
  }

  private async write(revision: Revision, place: Place): Promise<void> {
    const text = revisionText(revision);
    const file = this.files.file(revision, place);
    await this.folders.make(path.dirname(file));
    await writeFileAtomic(file, text, this.layer);
    if (this.bytes !== undefined) this.bytes += Buffer.byteLength(text);
  }

  /** Which files may hold what is asked for, oldest first; each revision once. */
  private async index(filter: RevisionFilter): Promise<IndexEntry[]> {
    const entries: IndexEntry[] = [];
    for (const folder of await this.files.connectionFolders(filter.connectionId)) {
      // Unfinished first: one that is settled meanwhile is then met at both places and not at none.
      const unfinished = await this.files.ids(folder, 'unfinished');
      const finished = await this.files.ids(folder, 'finished');
      const settled = new Set(finished);
      const add = (id: string, place: Place): void => void entries.push({ folder, id, place });
      for (const id of finished) add(id, 'finished');
      for (const id of unfinished) if (!settled.has(id)) add(id, 'unfinished');
    }
    const wanted = entries.filter(({ id }) => idMayMatch(id, filter));
    return wanted.sort((one, other) => (one.id < other.id ? -1 : 1));
  }
}

interface IndexEntry {
  readonly folder: string;
  readonly id: string;
  readonly place: Place;
}
