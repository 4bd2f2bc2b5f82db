import * as path from 'node:path';
import { namesIn, removeFile, sweepTemporary } from '../files/atomic';
import type { FileLayer } from '../files/fileLayer';
import { timeOfId } from './revisionId';

/** How much the journal keeps. */
export interface RetentionLimits {
  /** Milliseconds. */
  readonly maxAge: number;
  readonly maxBytes: number;
  /** So many of the newest revisions stay whatever their age. */
  readonly keepNewest: number;
}

/** What {@link prune} did. */
export interface Pruned {
  /** Files removed. */
  readonly removed: number;
  /** Bytes that remain, unfinished revisions included. */
  readonly bytes: number;
}

interface Candidate {
  readonly file: string;
  readonly at: number;
  readonly size: number;
  readonly finished: boolean;
}

/**
 * A longer time in which nothing was modified counts as so long. A clock that was wrong for a while makes such gaps, and
 * what it says of the age of everything before must not cost the journal.
 */
const longestGapMs = 30 * 24 * 60 * 60 * 1000;

/** Temporary files of a crash are removed after a day. */
const sweepAfterMs = 24 * 60 * 60 * 1000;

/**
 * Removes finished revisions, and files set aside, that are too old, counted back from the newest one and not from this
 * machine's clock; then the oldest until the rest is small enough. Unfinished ones stay, whatever their age and size:
 * they may be all that is left of a message.
 */
export async function prune(
  connectionFolders: readonly string[],
  limits: RetentionLimits,
  now: number,
  layer: FileLayer,
): Promise<Pruned> {
  const candidates: Candidate[] = [];
  for (const folder of connectionFolders) {
    const unfinished = path.join(folder, 'unfinished');
    for (const inside of [folder, unfinished]) {
      await sweepTemporary(inside, now, sweepAfterMs, layer);
      candidates.push(...(await filesIn(inside, inside === folder, layer)));
      candidates.push(...(await filesIn(path.join(inside, 'damaged'), true, layer)));
    }
  }
  candidates.sort((one, other) => one.at - other.at);
  let bytes = candidates.reduce((sum, { size }) => sum + size, 0);
  const ages = agesOf(candidates.map(({ at }) => at));
  let removed = 0;
  for (const [index, { file, size, finished }] of candidates.entries()) {
    const old = candidates.length - index > limits.keepNewest && (ages[index] ?? 0) > limits.maxAge;
    if (!finished || (!old && bytes <= limits.maxBytes)) continue;
    await removeFile(file, layer);
    bytes -= size;
    removed += 1;
  }
  return { removed, bytes };
}

/** How much older than the last each of some times is, in ascending order; long gaps are cut short. */
function agesOf(times: readonly number[]): number[] {
  const ages = times.map(() => 0);
  for (let index = times.length - 2; index >= 0; index -= 1) {
    const gap = (times[index + 1] ?? 0) - (times[index] ?? 0);
    ages[index] = (ages[index + 1] ?? 0) + Math.min(gap, longestGapMs);
  }
  return ages;
}

async function filesIn(folder: string, finished: boolean, layer: FileLayer): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const name of await namesIn(folder, layer)) {
    const at = timeOfId(name.replace(/(-[0-9a-f]{8})?\.json$/, ''));
    if (at === undefined) continue;
    const file = path.join(folder, name);
    const facts = await layer.stat(file).catch(() => undefined);
    if (facts) found.push({ file, at, size: facts.size, finished });
  }
  return found;
}
