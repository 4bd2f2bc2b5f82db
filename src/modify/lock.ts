import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import type { MessageRef } from '../chat/address';
import { refHash } from '../chat/addressHash';
import { isRecord } from '../json/values';
import { fileErrorCode, nodeFiles, type FileLayer, type OpenFile } from '../files/fileLayer';
import { isRunning, processStart } from '../files/processes';
import { nodeTiming, type Timing } from './timing';

/** Who modifies a message already. */
export interface LockHolder {
  readonly pid: number;
  /** True when it is this window. */
  readonly own: boolean;
  /** Since when, milliseconds since 1970. */
  readonly at: number;
}

/** A message that nobody else modifies until it is released. */
export interface MessageLock {
  release(): Promise<void>;
}

export type LockResult =
  | { readonly kind: 'taken'; readonly lock: MessageLock }
  | { readonly kind: 'busy'; readonly holder: LockHolder };

/** How this window knows processes; tests bring their own. */
export interface LockOwner {
  readonly pid: number;
  /** Tells this process from another of the same id, see {@link processStart}. */
  start(pid: number): Promise<string | undefined>;
  isRunning(pid: number): boolean;
}

interface LockFile {
  readonly pid: number;
  readonly start: string | undefined;
  readonly host: string;
  readonly at: number;
  readonly token: string;
}

const POLL_MS = 100;
/** Of work that takes milliseconds. */
const WORK_POLL_MS = 20;
const WORK_WAIT_MS = 10_000;
const beatMs = 15_000;
/** Where start times cannot be compared, a lock whose holder did not touch it for so long is nobody's. */
const silentMs = 90_000;
/** A lock file without content was just made, or its maker died in between. */
const emptyMs = 5_000;
/** So often a lock that cannot be made although there is none is tried again: on Windows one may just be going. */
const mostRefusals = 20;

const thisProcess: LockOwner = { pid: process.pid, start: processStart, isRunning };

/**
 * One lock file per message that is being modified, so that two windows (processes) keep off each other. One
 * instance per window: what lies there in this window's name and is not held by the instance was left by a crash.
 */
export class MessageLocks {
  private readonly held = new Set<string>();
  /** When this process started, which does not change: a plan asks for each of its messages. */
  private ownStart: Promise<string | undefined> | undefined;

  constructor(
    private readonly folder: string,
    private readonly timing: Timing = nodeTiming,
    private readonly owner: LockOwner = thisProcess,
    private readonly layer: Pick<FileLayer, 'open'> = nodeFiles,
  ) {}

  /**
   * Takes the lock of a message, waiting up to `waitMs` for another window and not at all for this one.
   * @throws the file system's error when no lock can be written; none is left behind then.
   */
  take(
    ref: MessageRef,
    options: { readonly waitMs: number; readonly signal?: AbortSignal | undefined },
  ): Promise<LockResult> {
    return this.takeNamed(refHash(ref).slice(0, 32), options);
  }

  /**
   * As {@link take}, for what is no message but must not be done twice at once either.
   *
   * @param name letters, digits and hyphens; no message's hash
   */
  async takeNamed(
    name: string,
    options: {
      readonly waitMs: number;
      readonly pollMs?: number;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<LockResult> {
    const { pollMs = POLL_MS } = options;
    const file = path.join(this.folder, `${name}.lock`);
    const until = this.timing.now() + options.waitMs;
    let refusals = 0;
    for (;;) {
      const made = await this.tryToMake(file);
      if (made.kind === 'taken') return made;
      const found = await this.inspect(file);
      if (found === undefined) {
        if (fileErrorCode(made.error) === 'EEXIST') continue;
        refusals += 1;
        if (refusals > mostRefusals) throw made.error;
        await this.timing.sleep(pollMs, options.signal);
        continue;
      }
      if (found.stale) {
        await this.clear(file, found.token);
        continue;
      }
      const { holder } = found;
      if (holder.own || options.signal?.aborted || this.timing.now() >= until)
        return { kind: 'busy', holder };
      await this.timing.sleep(pollMs, options.signal);
    }
  }

  /**
   * Carries out work while no other window does work of this name. Who holds it for many seconds hangs, and is not waited for.
   *
   * @param name letters, digits and hyphens; this window asks for one at a time
   * @throws what the work throws, and the file system's error when no lock can be written
   */
  async exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
    const taken = await this.takeNamed(name, { waitMs: WORK_WAIT_MS, pollMs: WORK_POLL_MS });
    try {
      return await work();
    } finally {
      if (taken.kind === 'taken') await taken.lock.release();
    }
  }

  private async tryToMake(
    file: string,
  ): Promise<
    | { readonly kind: 'taken'; readonly lock: MessageLock }
    | { readonly kind: 'refused'; readonly error: unknown }
  > {
    const token = randomUUID();
    const { pid } = this.owner;
    const content: LockFile = {
      pid,
      start: await (this.ownStart ??= this.owner.start(pid)),
      host: os.hostname(),
      at: this.timing.now(),
      token,
    };
    let open: OpenFile;
    try {
      open = await this.openNew(file);
    } catch (error) {
      // Windows answers EPERM while the file is being deleted.
      if (['EEXIST', 'EPERM'].includes(fileErrorCode(error) ?? '')) return { kind: 'refused', error };
      throw error;
    }
    this.held.add(token);
    try {
      await open.writeFile(JSON.stringify(content), 'utf8').finally(() => open.close());
    } catch (error) {
      // A full disk takes the name and not the content: this one is nobody's, and keeps nobody off.
      this.held.delete(token);
      await fs.unlink(file).catch(() => undefined);
      throw error;
    }
    const beat = setInterval(() => {
      const now = new Date();
      fs.utimes(file, now, now).catch(() => undefined);
    }, beatMs);
    beat.unref();
    const release = async (): Promise<void> => {
      clearInterval(beat);
      if (!this.held.delete(token)) return;
      if ((await readLock(file))?.token === token) await fs.unlink(file).catch(() => undefined);
    };
    return { kind: 'taken', lock: { release } };
  }

  /** The folder is there but for the first time, and unless somebody removed it. */
  private async openNew(file: string): Promise<OpenFile> {
    try {
      return await this.layer.open(file, 'wx');
    } catch (error) {
      if (fileErrorCode(error) !== 'ENOENT') throw error;
      await fs.mkdir(this.folder, { recursive: true });
      return this.layer.open(file, 'wx');
    }
  }

  /** Undefined when the lock is gone meanwhile. */
  private async inspect(
    file: string,
  ): Promise<{ stale: boolean; token: string | undefined; holder: LockHolder } | undefined> {
    const facts = await fs.stat(file).catch(() => undefined);
    if (!facts) return undefined;
    const silence = Date.now() - facts.mtimeMs;
    const lock = await readLock(file);
    if (!lock) {
      const holder = { pid: 0, own: false, at: facts.mtimeMs };
      return { stale: silence > emptyMs, token: undefined, holder };
    }
    const own = lock.pid === this.owner.pid && this.held.has(lock.token);
    const stale = !own && (await this.isStale(lock, silence));
    return { stale, token: lock.token, holder: { pid: lock.pid, own, at: lock.at } };
  }

  private async isStale(lock: LockFile, silence: number): Promise<boolean> {
    // A home folder shared by machines: nothing is known of processes over there.
    if (lock.host !== os.hostname()) return silence > silentMs;
    // This window knows what it holds.
    if (lock.pid === this.owner.pid || !this.owner.isRunning(lock.pid)) return true;
    const start = await this.owner.start(lock.pid);
    if (start === undefined || lock.start === undefined) return silence > silentMs;
    return start !== lock.start;
  }

  /**
   * Removes a stale lock. Two windows may find it at once: whoever comes second must not remove the lock that the
   * first one made meanwhile, so only one at a time looks again and removes.
   */
  private async clear(file: string, token: string | undefined): Promise<void> {
    const guard = `${file}.clearing`;
    try {
      await fs.writeFile(guard, '', { flag: 'wx' });
    } catch (error) {
      if (!['EEXIST', 'EPERM'].includes(fileErrorCode(error) ?? '')) throw error;
      const facts = await fs.stat(guard).catch(() => undefined);
      if (facts && Date.now() - facts.mtimeMs > emptyMs) await fs.unlink(guard).catch(() => undefined);
      else await this.timing.sleep(POLL_MS);
      return;
    }
    try {
      if ((await readLock(file))?.token === token) await fs.unlink(file).catch(() => undefined);
    } finally {
      await fs.unlink(guard).catch(() => undefined);
    }
  }
}

/** No lock is longer. */
const LONGEST = 4_096;

/** Undefined for a file that is gone, or not (yet) written. */
async function readLock(file: string): Promise<LockFile | undefined> {
  try {
    const value: unknown = JSON.parse(await beginningOf(file));
    if (!isRecord(value)) return undefined;
    const { pid, start, host, at, token } = value;
    if (typeof pid !== 'number' || typeof at !== 'number') return undefined;
    if (typeof host !== 'string' || typeof token !== 'string') return undefined;
    return { pid, start: typeof start === 'string' ? start : undefined, host, at, token };
  } catch {
    return undefined;
  }
}

/** What a small file holds, in one reading: who reads files of any length asks how long it is first and whether that was all. */
async function beginningOf(file: string): Promise<string> {
  const open = await fs.open(file, 'r');
  try {
    const { buffer, bytesRead } = await open.read(Buffer.alloc(LONGEST), 0, LONGEST, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await open.close();
  }
}
