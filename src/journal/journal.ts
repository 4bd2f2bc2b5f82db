import * as path from 'node:path';
import { removeFile, writeFileAtomic } from '../files/atomic';
import { DurableFolders } from '../files/durableFolders';
import { nodeFiles, type FileLayer } from '../files/fileLayer';
import { GroupFolder } from './groupFolder';
import type { JournalProblem, Place } from './journalFile';
import { JournalFolder } from './journalFolder';
import { JournalReader } from './journalReader';
import { PlanRevisions, type Exclusively, type RevisionEnd } from './planRevisions';
import { prune, type Pruned, type RetentionLimits } from './retention';
import { isUnfinished, type Revision, type RevisionEntry, type RevisionOutcome } from './revision';
import { plainRevision, revisionText } from './revisionFile';
import { newRevisionId } from './revisionId';

export type { JournalProblem } from './journalFile';
export type { Pruned } from './retention';
export type { RevisionFilter } from './revisionId';
export type { RevisionEnd } from './planRevisions';

export interface JournalOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Finished revisions older than this many milliseconds go. Default: a year. */
  readonly maxAge?: number;
  /** Bytes of all revisions together; above it the oldest finished go. Default: 200 MB. */
  readonly maxBytes?: number;
  /** So many of the newest revisions stay whatever their age. Default: 1,000. */
  readonly keepNewest?: number;
  /** The plans that have not ended: nothing of them goes. Without it, a plan is kept for 30 days and no longer for that. */
  readonly openPlans?: () => Promise<ReadonlySet<string>>;
  /** Keeps other processes off a group while it is changed; without it, this is the only process. */
  readonly exclusively?: Exclusively;
  readonly layer?: FileLayer;
  readonly onProblem?: (problem: JournalProblem) => void;
  /** Told after everything that changes what {@link Journal.list} gives. */
  readonly onChange?: () => void;
}

const yearMs = 365 * 24 * 60 * 60 * 1000;
const defaultBytes = 200 * 1024 * 1024;
const defaultNewest = 1_000;

/**
 * Revisions on disk, without secrets: one readable file each, and of a plan one for those that began together. Several processes may use one folder: no two write
 * the same file, and a damaged one is set aside without taking the others along.
 */
export class Journal extends JournalReader {
  private readonly layer: FileLayer;
  private readonly folders: DurableFolders;
  private readonly now: () => number;
  private readonly changed: () => void;
  private readonly openPlans: () => Promise<ReadonlySet<string>>;
  private limits: RetentionLimits;
  /** Bytes in the folder; known once it was pruned. */
  private bytes: number | undefined;
  private lastTime = 0;

  constructor(folder: string, options: JournalOptions = {}) {
    const layer = options.layer ?? nodeFiles;
    const folders = new DurableFolders(folder, layer);
    const onProblem = options.onProblem ?? (() => undefined);
    const files = new JournalFolder(folder, layer, onProblem);
    const groups = new GroupFolder(layer, folders, onProblem);
    super(files, new PlanRevisions(files, groups, options.exclusively ?? ((_, work) => work())));
    this.layer = layer;
    this.folders = folders;
    this.now = options.now ?? Date.now;
    this.changed = options.onChange ?? (() => undefined);
    this.limits = {
      maxAge: options.maxAge ?? yearMs,
      maxBytes: options.maxBytes ?? defaultBytes,
      keepNewest: options.keepNewest ?? defaultNewest,
    };
    this.openPlans = options.openPlans ?? (() => Promise.resolve(new Set()));
  }

  /**
   * Writes down what is about to happen. When this returns it survives a power cut, and the request may leave.
   * @throws the file system's error; then nothing may be sent.
   */
  async begin(entry: RevisionEntry): Promise<Revision> {
    const at = this.now();
    const id = newRevisionId(await this.nextTime(1), entry.address);
    const revision = plainRevision({ ...entry, id, at, outcome: { state: 'pending' } });
    await this.write(revision, 'unfinished');
    this.changed();
    return revision;
  }

  /**
   * As {@link begin} for messages of one plan and connection, in one durable write, in the order of the entries.
   * @throws the file system's error; then nothing may be sent.
   */
  async beginMany(plan: string, entries: readonly RevisionEntry[]): Promise<Revision[]> {
    if (entries.length === 0) return [];
    const at = this.now();
    const first = (await this.nextTime(entries.length)) - entries.length + 1;
    const { revisions, bytes } = await this.plans.begin(plan, entries, { at, first });
    this.count(bytes);
    this.changed();
    return revisions;
  }

  /** As {@link settle} for revisions of plans, with one durable write a group. */
  async settleMany(ends: readonly RevisionEnd[]): Promise<void> {
    if (ends.length === 0) return;
    this.count(await this.plans.settle(ends, this.now()));
    this.changed();
    await this.pruneIfFull();
  }

  /**
   * Writes down how a revision ended, or that it is not known. Durable when this returns.
   * @throws the file system's error; the revision is then settled again at the next start.
   */
  async settle(revision: Revision, outcome: RevisionOutcome): Promise<Revision> {
    const settled = plainRevision({ ...revision, outcome: { at: this.now(), ...outcome } });
    if (settled.plan !== undefined) {
      await this.settleMany([{ revision, outcome }]);
      return settled;
    }
    if (isUnfinished(settled)) {
      await this.write(settled, 'unfinished');
      this.changed();
      return settled;
    }
    await this.write(settled, 'finished');
    await removeFile(this.files.file(settled, 'unfinished'), this.layer);
    this.changed();
    await this.pruneIfFull();
    return settled;
  }

  /** Takes back a revision whose request never left: cancelling leaves no trace, but in a plan, which tells of each. */
  async discard(revision: Revision): Promise<void> {
    if (revision.plan !== undefined) return this.settleMany([{ revision, outcome: { state: 'notDone' } }]);
    await removeFile(this.files.file(revision, 'unfinished'), this.layer);
    this.changed();
  }

  /** Removes what is too old or too much. To be called once in a while, at start for one. */
  async prune(): Promise<Pruned> {
    const pruned = await prune(await this.files.connectionFolders(), this.limits, {
      now: this.now(),
      openPlans: await this.openPlans(),
      layer: this.layer,
    });
    this.bytes = pruned.bytes;
    if (pruned.removed > 0) this.changed();
    return pruned;
  }

  /** True when so many more bytes can be kept beside what may not go yet. */
  async fits(bytes: number): Promise<boolean> {
    return (await this.prune()).held + bytes <= this.limits.maxBytes;
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
      moved += await this.plans.move(folder, to, place);
    }
    if (moved > 0) this.changed();
    return moved;
  }

  /**
   * The last of `count` milliseconds that no id has: two revisions of one millisecond keep their order, and so do those
   * after a clock that went back.
   */
  private async nextTime(count: number): Promise<number> {
    const newest = await this.newestTime();
    const free = Math.max(this.now(), this.lastTime + 1, newest + 1);
    this.lastTime = free + count - 1;
    return this.lastTime;
  }

  private async write(revision: Revision, place: Place): Promise<void> {
    const text = revisionText(revision);
    const file = this.files.file(revision, place);
    await this.folders.make(path.dirname(file));
    await writeFileAtomic(file, text, this.layer);
    this.count(Buffer.byteLength(text));
  }

  private count(bytes: number): void {
    if (this.bytes !== undefined) this.bytes += bytes;
  }

  private async pruneIfFull(): Promise<void> {
    if (this.bytes !== undefined && this.bytes > this.limits.maxBytes) await this.prune();
  }
}
