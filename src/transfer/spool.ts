import { randomBytes } from 'node:crypto';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import * as path from 'node:path';
import { sweepTemporary, TEMPORARY_PREFIX } from '../files/atomic';

/** Stands between two items; no JSON text has it. */
const BETWEEN = '\u0000';
const OWNER_ONLY = 0o600;
const STALE_MS = 24 * 60 * 60 * 1000;

interface Page {
  readonly from: number;
  readonly bytes: number;
}

/**
 * Pages of items that wait on the disk until all of them are there, so that as many as there may be take no memory:
 * history comes newest first, and a list has its oldest message first.
 */
export class Spool {
  private readonly sections: Page[][] = [];
  private end = 0;
  private number = 0;

  private constructor(
    private readonly name: string,
    private readonly file: FileHandle,
  ) {}

  /** Makes one in a folder, and removes what a crash left there a day ago or earlier. */
  static async open(folder: string): Promise<Spool> {
    await mkdir(folder, { recursive: true });
    await sweepTemporary(folder, Date.now(), STALE_MS);
    const name = path.join(folder, `${TEMPORARY_PREFIX}${randomBytes(8).toString('hex')}`);
    return new Spool(name, await open(name, 'wx+', OWNER_ONLY));
  }

  /** How many items are in it. */
  get count(): number {
    return this.number;
  }

  /** What is added from now on comes out behind everything before. */
  begin(): void {
    this.sections.push([]);
  }

  /** Adds a page of items, the newest first, which is older than the pages of its section before. */
  async add(items: readonly string[]): Promise<void> {
    if (items.length === 0) return;
    if (this.sections.length === 0) this.begin();
    const bytes = Buffer.from(items.join(BETWEEN), 'utf8');
    // On a disk that is nearly full a part is written without an error; the next write has it.
    for (let at = 0; at < bytes.length;)
      at += (await this.file.write(bytes, at, bytes.length - at, this.end + at)).bytesWritten;
    this.sections.at(-1)?.push({ from: this.end, bytes: bytes.length });
    this.end += bytes.length;
    this.number += items.length;
  }

  /** The pages, section by section, in each the oldest item first. It may be read any number of times. */
  async *pages(): AsyncGenerator<readonly string[]> {
    for (const section of this.sections) {
      for (const { from, bytes } of [...section].reverse()) {
        const buffer = Buffer.alloc(bytes);
        await this.file.read(buffer, 0, bytes, from);
        yield buffer.toString('utf8').split(BETWEEN).reverse();
      }
    }
  }

  /** Removes it from the disk. */
  async dispose(): Promise<void> {
    await this.file.close();
    await rm(this.name, { force: true });
  }
}
