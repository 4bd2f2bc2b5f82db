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

/** What a window's unsaved text of a message rests on, kept for when VS Code gives the text back. */
export interface Lease {
  readonly rest: Rest;
  /** The file's time of change as VS Code knew it; it compares it when it saves. */
  readonly mtime: number;
}

/** A lease of another window. `orphan`: the window's process has ended, so that nobody but its text needs it. */
export interface FoundLease extends Lease {
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

interface LeaseFile extends Lease {
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

const leaseName = /^([0-9a-f]{64})\.([0-9a-f]{16})\.lease\.json$/;

/**
 * What unsaved texts rest on: a file a window and message, which only that window writes, so that no window can move
 * or remove what another one's text was made from. What `keep` returned for survives a power cut.
 */
export class Leases {
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

  /** Keeps what this window's unsaved text of a message rests on. */
  async keep(message: string, connectionId: string, lease: Lease): Promise<void> {
    this.start ??= this.owner.start(this.owner.pid);
    const text = toCheckedJson({
      format: 1,
      connectionId,
      pid: this.owner.pid,
      ...((await this.start) !== undefined && { start: await this.start }),
      host: os.hostname(),
      at: this.now(),
      mtime: lease.mtime,
      ...plainRest(lease.rest),
    });
    await this.folders.make(this.dir);
    await writeFileAtomic(this.ownFile(message), text, this.layer);
  }

  /** Nothing unsaved of a message is left in this window. */
  async release(message: string): Promise<void> {
    await removeFile(this.ownFile(message), this.layer);
  }

  /** What other windows' texts of a message rest on, oldest first. */
  async others(message: string): Promise<FoundLease[]> {
    const found: { lease: FoundLease; at: number }[] = [];
    for (const name of await namesIn(this.dir, this.layer)) {
      const [, of, window] = leaseName.exec(name) ?? [];
      if (of !== message || window === this.window) continue;
      const file = await this.read(name);
      if (!file) continue;
      const { rest, mtime, at } = file;
      found.push({ lease: { name, rest, mtime, orphan: await this.isOrphan(file) }, at });
    }
    return found.sort((one, other) => one.at - other.at).map(({ lease }) => lease);
  }

  /** Removes a lease whose text this window has now. */
  async takeOver({ name }: FoundLease): Promise<void> {
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
    const files: { name: string; file: LeaseFile }[] = [];
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

  private async isOrphan({ pid, start, host }: LeaseFile): Promise<boolean> {
    // Whether a process of another machine runs cannot be told from here.
    if (host !== os.hostname()) return false;
    // Left in this process by a window's instance before this one.
    if (pid === this.owner.pid) return true;
    if (!this.owner.isRunning(pid)) return true;
    const now = await this.owner.start(pid);
    return start !== undefined && now !== undefined && now !== start;
  }

  private ownFile(message: string): string {
    return path.join(this.dir, `${message}.${this.window}.lease.json`);
  }

  private async read(name: string): Promise<LeaseFile | undefined> {
    const text = await readIfThere(path.join(this.dir, name), this.layer);
    const record = text === undefined ? undefined : fromCheckedJson(text);
    return record && leaseFrom(record);
  }
}

function leaseFrom(record: Record<string, unknown>): LeaseFile | undefined {
  const { format, connectionId, pid, start, host, at, mtime } = record;
  if (format !== 1 || typeof connectionId !== 'string' || typeof host !== 'string') return undefined;
  if (typeof pid !== 'number' || typeof at !== 'number' || typeof mtime !== 'number') return undefined;
  if (start !== undefined && typeof start !== 'string') return undefined;
  const rest = restFrom(record);
  return rest && { connectionId, pid, start, host, at, mtime, rest };
}
