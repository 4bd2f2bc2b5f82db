import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { isRecord, valueOfJson } from '../../json/values';
import { fileErrorCode } from '../../files/fileLayer';
import { isRunning, processStart } from '../../files/processes';

/** Who has the inbox. */
export interface InboxHolder {
  readonly pid: number;
  /** Tells the process from a later one of the same id, where the system says. */
  readonly started: string;
  /** Where it listens, once it does. */
  readonly port?: number;
}

const FILE = 'running.json';
/** Beside it: where it listened the last time, so that whoever was given the address finds it again. */
const PORT = 'port';

/** Who has the inbox of this folder; undefined when nobody has. */
export async function inboxHolder(folder: string): Promise<InboxHolder | undefined> {
  const holder = readHolder(path.join(folder, FILE));
  if (!holder || !isRunning(holder.pid)) return undefined;
  const started = await processStart(holder.pid);
  return started === undefined || holder.started === '' || started === holder.started ? holder : undefined;
}

/** That the inbox of a folder is ours: one process writes its files. */
export class InboxLock {
  private constructor(
    private readonly file: string,
    private readonly holder: InboxHolder,
  ) {}

  /** @returns the lock, or who has it */
  static async take(folder: string): Promise<InboxLock | InboxHolder> {
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, FILE);
    const me = { pid: process.pid, started: (await processStart(process.pid)) ?? '' };
    for (;;) {
      try {
        writeFileSync(file, JSON.stringify(me), { flag: 'wx' });
        return new InboxLock(file, me);
      } catch (error) {
        if (fileErrorCode(error) !== 'EEXIST') throw error;
      }
      const found = await settled(file);
      const holder = await inboxHolder(folder);
      if (holder) return holder;
      // Somebody took it meanwhile.
      if (readText(file) !== found) continue;
      // Whoever had it is gone. Of two who find that out at once, one moves it away and the other finds it missing.
      const aside = `${file}.${process.pid}`;
      try {
        renameSync(file, aside);
        rmSync(aside, { force: true });
      } catch (error) {
        if (fileErrorCode(error) !== 'ENOENT') throw error;
      }
    }
  }

  /** Where the inbox of this folder listened the last time; 0 when that is not known. */
  lastPort(): number {
    const port = Number(readText(path.join(path.dirname(this.file), PORT)) ?? '');
    return Number.isSafeInteger(port) && port > 0 && port <= 65_535 ? port : 0;
  }

  /** Tells the others where we listen. */
  publish(port: number): void {
    writeFileSync(path.join(path.dirname(this.file), PORT), String(port));
    writeFileSync(this.file, JSON.stringify({ ...this.holder, port }));
  }

  release(): void {
    if (readHolder(this.file)?.pid === this.holder.pid) rmSync(this.file, { force: true });
  }
}

/** The text of the file; one that is empty is being written at this moment. */
async function settled(file: string): Promise<string | undefined> {
  for (let attempt = 0; attempt < 10 && readText(file) === ''; attempt += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return readText(file);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function readHolder(file: string): InboxHolder | undefined {
  const value = valueOfJson(readText(file) ?? '');
  if (!isRecord(value) || typeof value.pid !== 'number') return undefined;
  return {
    pid: value.pid,
    started: typeof value.started === 'string' ? value.started : '',
    ...(typeof value.port === 'number' && { port: value.port }),
  };
}
