import { mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

/** That a data file is ours. */
export interface DataLock {
  release(): Promise<void>;
}

/**
 * Makes sure that one process only works on a data file: a file with the process's id, which counts as long as that
 * process lives, so that a kill leaves nothing to clean up.
 *
 * @throws {Error} when another process has it
 */
export async function takeLock(file: string): Promise<DataLock> {
  await mkdir(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      await writeFile(file, `${process.pid}\n`, { flag: 'wx' });
      return { release: () => unlink(file).catch(() => undefined) };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const owner = await ownerOf(file);
    if (owner !== process.pid && isAlive(owner)) {
      throw new Error(`Another sandbox (process ${owner}) uses this data. If there is none, delete ${file}.`);
    }
    await unlink(file).catch(() => undefined);
  }
}

/** The process in the file; an empty one is being written at this moment. */
async function ownerOf(file: string): Promise<number> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.endsWith('\n')) return Number(text);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return 0;
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
