import { randomBytes } from 'node:crypto';
import * as path from 'node:path';
import { fileErrorCode, nodeFiles, type FileLayer } from './fileLayer';

/** Temporary files start with this; whoever lists a folder leaves them out. */
export const TEMPORARY_PREFIX = '.tmp-';

/** Windows answers these while a virus scanner or an indexer has the target open; a moment later it is free. */
const busyCodes = new Set(['EPERM', 'EACCES', 'EBUSY']);
const busyWaits = [10, 40, 160, 400];

/**
 * Replaces or creates a file so that, whatever happens meanwhile, the path holds either the old text or the whole
 * new one, and the new one for good once this returns: temporary file in the same folder, fsync, rename, fsync of
 * the folder. Makes missing folders.
 *
 * @param data the text, or its pieces in their order: what makes them may take its time, and fail, with the old text there
 * @param mode of the file, where it is not what files of this process have
 */
export async function writeFileAtomic(
  file: string,
  data: string | AsyncIterable<string>,
  layer: FileLayer = nodeFiles,
  mode?: number,
): Promise<void> {
  const folder = path.dirname(file);
  await makeFolder(folder, layer);
  const temporary = path.join(folder, `${TEMPORARY_PREFIX}${randomBytes(8).toString('hex')}`);
  try {
    await writeNew(temporary, data, layer, mode);
    await replace(temporary, file, layer);
  } catch (error) {
    await layer.unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder, layer);
}

/** Removes a file for good. True when there was one. */
export async function removeFile(file: string, layer: FileLayer = nodeFiles): Promise<boolean> {
  try {
    await layer.unlink(file);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
  await syncFolder(path.dirname(file), layer);
  return true;
}

/** Moves a file, making the target's folder, so that it is at one of both places whatever happens meanwhile. */
export async function moveFile(from: string, to: string, layer: FileLayer = nodeFiles): Promise<void> {
  await makeFolder(path.dirname(to), layer);
  await replace(from, to, layer);
  await syncFolder(path.dirname(to), layer);
  await syncFolder(path.dirname(from), layer);
}

/** Makes a folder and those above it; new ones are on the disk when this returns. */
export async function makeFolder(folder: string, layer: FileLayer = nodeFiles): Promise<void> {
  const topmost = await layer.mkdir(folder, { recursive: true });
  if (topmost === undefined) return;
  const stop = path.dirname(path.resolve(topmost));
  for (let at = path.resolve(folder); at !== stop;) {
    at = path.dirname(at);
    await syncFolder(at, layer);
  }
}

/** Names in a folder without temporary files; none when the folder is missing. Sorted. */
export async function namesIn(folder: string, layer: FileLayer = nodeFiles): Promise<string[]> {
  try {
    const names = await layer.readdir(folder);
    return names.filter((name) => !name.startsWith(TEMPORARY_PREFIX)).sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(fileErrorCode(error) ?? '')) return [];
    throw error;
  }
}

/** A file's text, undefined when there is none. */
export async function readIfThere(file: string, layer: FileLayer = nodeFiles): Promise<string | undefined> {
  try {
    return await layer.readFile(file, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes temporary files that a crash left behind: those older than `maxAgeMs`, since others may be in use. */
export async function sweepTemporary(
  folder: string,
  now: number,
  maxAgeMs: number,
  layer: FileLayer = nodeFiles,
): Promise<void> {
  const names = await layer.readdir(folder).catch(() => []);
  for (const name of names.filter((candidate) => candidate.startsWith(TEMPORARY_PREFIX))) {
    const file = path.join(folder, name);
    const facts = await layer.stat(file).catch(() => undefined);
    if (facts && now - facts.mtimeMs > maxAgeMs) await layer.unlink(file).catch(() => undefined);
  }
}

async function writeNew(
  file: string,
  data: string | AsyncIterable<string>,
  layer: FileLayer,
  mode: number | undefined,
): Promise<void> {
  const open = await layer.open(file, 'wx', mode);
  try {
    if (typeof data === 'string') await open.writeFile(data, 'utf8');
    else for await (const piece of data) await open.writeFile(piece, 'utf8');
    await open.sync();
  } finally {
    await open.close();
  }
}

async function replace(from: string, to: string, layer: FileLayer): Promise<void> {
  for (const wait of busyWaits) {
    try {
      await layer.rename(from, to);
      return;
    } catch (error) {
      if (!busyCodes.has(fileErrorCode(error) ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  await layer.rename(from, to);
}

/** fsync of a folder. Without it a rename may be lost in a power cut. Windows cannot open folders, and needs no such thing. */
export async function syncFolder(folder: string, layer: FileLayer): Promise<void> {
  let open;
  try {
    open = await layer.open(folder, 'r');
  } catch (error) {
    if (['EPERM', 'EACCES', 'EISDIR'].includes(fileErrorCode(error) ?? '')) return;
    throw error;
  }
  try {
    await open.sync();
  } catch (error) {
    // Some network file systems know no fsync for folders.
    if (!['EPERM', 'EINVAL', 'EISDIR', 'ENOTSUP'].includes(fileErrorCode(error) ?? '')) throw error;
  } finally {
    await open.close();
  }
}
