import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { readIfThere, writeFileAtomic } from '../../files/files';
import { readSeed, writeSeed } from '../seed/seedFormat';
import { valueOfJson, isRecord } from '../../json/values';
import { takeLock, type DataLock } from './dataLock';
import { atMoment, type Change } from './storedMessage';
import type { Store } from './store';

/** Log size at which it is folded into the snapshot. */
const FOLD_BYTES = 16 * 1024 * 1024;

/**
 * Keeps a store on disk: a snapshot in the seed format, and beside it (`.log`) a line for each change since, with a
 * checksum. A change is safe, also from a power cut, when {@link DataFile.saved} resolves; changes that come together
 * are written together. Snapshot and log carry a generation number: a log older than its snapshot is what a kill in
 * the middle of folding leaves, and says nothing that the snapshot does not.
 */
export class DataFile {
  private generation = 0;
  private log: FileHandle | undefined;
  private logBytes = 0;
  private lines: string[] = [];
  private writing: Promise<void> | undefined;
  private foldWanted = false;
  private failed: Error | undefined;

  private constructor(
    private readonly path: string,
    private readonly lock: DataLock,
    private readonly store: Store,
  ) {
    store.onChange((change) => this.lines.push(logLine(JSON.stringify(change))));
  }

  /**
   * Reads the data file into the store, or leaves the store as it is when there is none yet.
   *
   * @param now Unix seconds
   * @returns the file and whether there was one
   * @throws {Error} when another sandbox uses it, or when it is damaged; then nothing was written
   */
  static async open(path: string, store: Store, now: number): Promise<{ file: DataFile; found: boolean }> {
    const lock = await takeLock(`${path}.lock`);
    try {
      const file = new DataFile(path, lock, store);
      const found = await file.load(now);
      return { file, found };
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Resolves when every change so far is safe; undefined when it is already. */
  saved(): Promise<void> | undefined {
    if (this.failed) return Promise.reject(this.failed);
    if (this.lines.length === 0 && !this.foldWanted) return this.writing;
    return this.write();
  }

  /** Writes the whole store as a new snapshot; for changes that no line of the log can say. */
  fold(): Promise<void> {
    this.foldWanted = true;
    return this.write();
  }

  /** Writes what is left and lets others use the file. */
  async close(): Promise<void> {
    try {
      await this.saved();
    } finally {
      await this.log?.close();
      await this.lock.release();
    }
  }

  /** One batch at a time; what comes meanwhile makes the next one. */
  private async write(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.lines.length === 0 && !this.foldWanted) return;
    this.writing = this.writeBatch().finally(() => (this.writing = undefined));
    await this.writing;
  }

  private async writeBatch(): Promise<void> {
    if (this.failed) throw this.failed;
    try {
      if (this.foldWanted || this.logBytes > FOLD_BYTES || !this.log) await this.writeSnapshot();
      else await this.appendLines(this.log);
    } catch (error) {
      this.failed = new Error('The data file cannot be written.', { cause: error });
      throw this.failed;
    }
  }

  private async appendLines(log: FileHandle): Promise<void> {
    const text = this.lines.join('');
    this.lines = [];
    await log.appendFile(text);
    await log.datasync();
    this.logBytes += Buffer.byteLength(text);
  }

  /** The snapshot has every change that was made until now, so their lines need not be written. */
  private async writeSnapshot(): Promise<void> {
    const text = writeSeed(this.store, { Generation: this.generation + 1 });
    this.lines = [];
    this.foldWanted = false;
    await writeFileAtomic(this.path, text);
    await this.log?.close();
    this.log = undefined;
    this.generation += 1;
    const head = logLine(JSON.stringify({ Generation: this.generation, Snapshot: crc32(text) }));
    await writeFileAtomic(`${this.path}.log`, head);
    this.log = await open(`${this.path}.log`, 'a');
    this.logBytes = 0;
  }

  private async load(now: number): Promise<boolean> {
    const text = await readIfThere(this.path);
    if (text === undefined) return false;
    const value = valueOfJson(text);
    const generation = isRecord(value) ? value.Generation : undefined;
    this.generation = typeof generation === 'number' ? generation : 0;
    const logText = await readIfThere(`${this.path}.log`);
    const { changes, clean } = this.readLog(logText, text);
    this.store.replace([...readSnapshot(this.path, text, now), ...changes]);
    if (clean) this.log = await open(`${this.path}.log`, 'a');
    else await this.fold();
    return true;
  }

  /**
   * Changes since the snapshot. A last line that was cut was never answered for and is left out. `clean` says that
   * there is nothing in the log, so that it can be gone on with.
   */
  private readLog(text: string | undefined, snapshot: string): { changes: Change[]; clean: boolean } {
    if (text === undefined) return { changes: [], clean: false };
    const lines = text.split('\n');
    const rest = lines.pop();
    const head = readLine(lines[0] ?? '');
    const logGeneration = isRecord(head) ? head.Generation : undefined;
    if (typeof logGeneration !== 'number' || logGeneration > this.generation) throw this.damage(1);
    if (logGeneration < this.generation) return { changes: [], clean: false };
    if (isRecord(head) && head.Snapshot !== crc32(snapshot)) {
      throw new Error(
        `${this.path} was changed by somebody else. Delete ${this.path}.log to use it without the changes since.`,
      );
    }
    const changes: Change[] = [];
    for (const [index, line] of lines.entries()) {
      if (index === 0) continue;
      const change = readLine(line);
      if (isRecord(change)) changes.push(change as unknown as Change);
      else if (index < lines.length - 1) throw this.damage(index + 1);
    }
    return { changes, clean: lines.length === 1 && rest === '' };
  }

  private damage(line: number): Error {
    return new Error(
      `${this.path}.log is damaged at line ${line}. Delete it to use ${this.path} without it.`,
    );
  }
}

function readSnapshot(path: string, text: string, now: number): Change[] {
  try {
    return readSeed(text).map((change) => atMoment(change, now));
  } catch (error) {
    throw new Error(`${path} is damaged. ${error instanceof Error ? error.message : ''}`, { cause: error });
  }
}

/** A line of the log: checksum of the JSON, the JSON. */
function logLine(json: string): string {
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}

function readLine(line: string): unknown {
  const json = line.slice(9);
  if (line.slice(0, 8) !== crc32(json).toString(16).padStart(8, '0')) return undefined;
  return valueOfJson(json);
}
