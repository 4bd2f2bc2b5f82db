import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { fileErrorCode } from '../../files/fileLayer';

/** So many webhooks are kept; a file goes when those after it hold as many. */
export const MOST_EVENTS = 1000;
/** And no more bytes than that, which long bodies reach sooner. */
export const MOST_BYTES = 48 * 1024 * 1024;

/** A file of webhooks begins anew after so many, so that old ones can go without copying new ones. */
export const SEGMENT_EVENTS = 100;
export const SEGMENT_BYTES = 4 * 1024 * 1024;

const NAME = /^\d{10}-[0-9a-z]+\.events$/;

/** The name of a file whose first webhook has this number: names sort as the files were begun. */
export function segmentName(firstNumber: number, now: number): string {
  return `${String(firstNumber).padStart(10, '0')}-${now.toString(36)}.events`;
}

/** Files of webhooks, oldest first. */
export async function segmentsIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => NAME.test(name))
      .sort()
      .map((name) => path.join(folder, name));
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
