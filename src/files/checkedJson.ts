import { createHash, randomBytes } from 'node:crypto';
import * as path from 'node:path';
import { isRecord } from '../json/values';
import { moveFile } from './atomic';
import { fileErrorCode, nodeFiles, type FileLayer } from './fileLayer';

/**
 * A record as readable JSON text whose last member, `sha256`, is the hash of the others: a file that was torn, or
 * changed by anything but this tool, is told from a good one.
 */
export function toCheckedJson(record: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ ...record, sha256: digest(record) }, null, 2)}\n`;
}

/** Reads what {@link toCheckedJson} wrote, without the hash; undefined when it is damaged. */
export function fromCheckedJson(text: string): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { sha256, ...record } = value;
  return sha256 === digest(record) ? record : undefined;
}

/** True for a whole record that a newer version of this extension wrote, and will read again. */
export function isNewer(record: Record<string, unknown> | undefined, newest: number): boolean {
  return typeof record?.format === 'number' && record.format > newest;
}

/**
 * Moves a damaged file into the folder `damaged` beside it, where a person can look at it.
 * @returns where it is now; undefined when it could not be moved, or another process did so first.
 */
export async function setAside(file: string, layer: FileLayer = nodeFiles): Promise<string | undefined> {
  const { dir, name, ext } = path.parse(file);
  // A second damaged file of the same name must not overwrite the first.
  const target = path.join(dir, 'damaged', `${name}-${randomBytes(4).toString('hex')}${ext}`);
  try {
    await moveFile(file, target, layer);
    return target;
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

function digest(record: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(record), 'utf8').digest('hex');
}
