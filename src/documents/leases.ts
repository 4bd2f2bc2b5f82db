import { randomBytes } from 'node:crypto';
import * as os from 'node:os';
import * as path from 'node:path';
import { namesIn, readIfThere, removeFile, writeFileAtomic } from '../files/atomic';
import { fromCheckedJson, toCheckedJson } from '../files/checkedJson';
import { DurableFolders } from '../files/durableFolders';
import { nodeFiles, type FileLayer } from '../files/fileLayer';
import { isRunning, processStart } from '../files/processes';
import type { Rest } from './knowledge';
import { plainRest, restFrom } from './restRecord';

/** What a window's unsaved text of a document rests on, kept for when VS Code gives the text back. */
export interface Lease<R = Rest> {
  readonly rest: R;
  /** The file's time of change as VS Code knew it; it compares it when it saves. */
  readonly mtime: number;
}

/** A lease of another window. `orphan`: the window's process has ended, so that nobody but its text needs it. */
export interface FoundLease<R = Rest> extends Lease<R> {
  readonly name: string;
  readonly orphan: boolean;
}

/** How a window knows processes; tests bring their own. */
export interface LeaseOwner {
  readonly pid: number;
  start(pid: number): Promise<string | undefined>;
  isRunning(pid: number): boolean;
}

export interface LeasesOptions {
  readonly layer?: FileLayer;
  readonly owner?: LeaseOwner;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

interface LeaseFile<R> extends Lease<R> {
  readonly connectionId: string;
  readonly pid: number;
  readonly start: string | undefined;
  readonly host: string;
  readonly at: number;
}

const thisProcess: LeaseOwner = { pid: process.pid, start: processStart, isRunning };

/** An orphan waits so long for its text: VS Code keeps unsaved text over restarts without a limit. */
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;
/** …and so many stay whatever the clock says. */
const KEEP_NEWEST = 200;

/** The first part names the document: the hash of a message's address, or the id of a list. */
const leaseName = /^([0-9a-z-]+)\.([0-9a-f]{16})\.lease\.json$/;

/**
 * What unsaved texts rest on: a file a window and document, which only that window writes, so that no window can move
 * or remove what another one's text was made from. What `keep` returned for survives a power cut.
 */
export abstract class LeaseFiles<R> {
  private readonly layer: FileLayer;
  private readonly folders: DurableFolders;
  private readonly owner: LeaseOwner;
  private readonly now: () => number;
  private readonly window = randomBytes(8).toString('hex');
  private start: Promise<string | undefined> | undefined;

  constructor(
    private readonly dir: string,
    options: LeasesOptions = {},
  ) {
    this.layer = options.layer ?? nodeFiles;
    this.folders = new DurableFolders(dir, this.layer);
    this.owner = options.owner ?? thisProcess;
    this.now = options.now ?? Date.now;
  }

  /** The members of a file that say what a text rests on. */
  protected abstract plain(rest: R): object;

  /** What {@link plain} wrote; undefined when it is none. */
  protected abstract restFrom(record: Record<string, unknown>): R | undefined;

  /** Keeps what this window's unsaved text of a document rests on. */
  async keep(document: string, connectionId: string, lease: Lease<R>): Promise<void> {
    this.start ??= this.owner.start(this.owner.pid);
    const text = toCheckedJson({
      format: 1,
      connectionId,
      pid: this.owner.pid,
      ...((await this.start) !== undefined && { start: await this.start }),
      host: os.hostname(),
      at: this.now(),
      mtime: lease.mtime,
      ...this.plain(lease.rest),
    });
    await this.folders.make(this.dir);
    await writeFileAtomic(this.ownFile(document), text, this.layer);
  }

  /** Nothing unsaved of a document is left in this window. */
  async release(document: string): Promise<void> {
    await removeFile(this.ownFile(document), this.layer);
  }

  /** What other windows' texts of a document rest on, oldest first. */
  async others(document: string): Promise<FoundLease<R>[]> {
    const found: { lease: FoundLease<R>; at: number }[] = [];
    for (const name of await namesIn(this.dir, this.layer)) {
      const [, of, window] = leaseName.exec(name) ?? [];
      if (of !== document || window === this.window) continue;
      const file = await this.read(name);
      if (!file) continue;
      const { rest, mtime, at } = file;
      found.push({ lease: { name, rest, mtime, orphan: await this.isOrphan(file) }, at });
    }
    return found.sort((one, other) => one.at - other.at).map(({ lease }) => lease);
  }

  /** Removes a lease whose text this window has now. */
  async takeOver({ name }: FoundLease<R>): Promise<void> {
    await removeFile(path.join(this.dir, name), this.layer);
  }

  /** Removes the leases of a connection but those of this window, whose texts are still there. */
  async removeConnection(connectionId: string): Promise<void> {
    for (const { name, window } of await this.names()) {
      if (window === this.window || (await this.read(name))?.connectionId !== connectionId) continue;
      await removeFile(path.join(this.dir, name), this.layer);
    }
  }

  /** Removes orphans whose text did not come back for long. */
  async sweep(): Promise<void> {
    const files: { name: string; file: LeaseFile<R> }[] = [];
    for (const { name } of await this.names()) {
      const file = await this.read(name);
      if (file) files.push({ name, file });
    }
    files.sort((one, other) => other.file.at - one.file.at);
    for (const { name, file } of files.slice(KEEP_NEWEST)) {
      if (this.now() - file.at < KEEP_MS || !(await this.isOrphan(file))) continue;
      await removeFile(path.join(this.dir, name), this.layer);
    }
  }

  private async names(): Promise<{ name: string; window: string }[]> {
    return (await namesIn(this.dir, this.layer)).flatMap((name) => {
      const window = leaseName.exec(name)?.[2];
      return window === undefined ? [] : { name, window };
    });
  }

  private async isOrphan({ pid, start, host }: LeaseFile<R>): Promise<boolean> {
    // Whether a process of another machine runs cannot be told from here.
    if (host !== os.hostname()) return false;
    // Left in this process by a window's instance before this one.
    if (pid === this.owner.pid) return true;
    if (!this.owner.isRunning(pid)) return true;
    const now = await this.owner.start(pid);
    return start !== undefined && now !== undefined && now !== start;
  }

  private ownFile(document: string): string {
    return path.join(this.dir, `${document}.${this.window}.lease.json`);
  }

  private async read(name: string): Promise<LeaseFile<R> | undefined> {
    const text = await readIfThere(path.join(this.dir, name), this.layer);
    const record = text === undefined ? undefined : fromCheckedJson(text);
    if (!record) return undefined;
    const { format, connectionId, pid, start, host, at, mtime } = record;
    if (format !== 1 || typeof connectionId !== 'string' || typeof host !== 'string') return undefined;
    if (typeof pid !== 'number' || typeof at !== 'number' || typeof mtime !== 'number') return undefined;
    if (start !== undefined && typeof start !== 'string') return undefined;
    const rest = this.restFrom(record);
    return rest && { connectionId, pid, start, host, at, mtime, rest };
  }
}

/** What unsaved texts of messages rest on. */
export class Leases extends LeaseFiles<Rest> {
  protected plain(rest: Rest): object {
    return plainRest(rest);
  }

  protected restFrom(record: Record<string, unknown>): Rest | undefined {
    return restFrom(record);
  }
}
