import * as path from 'node:path';
import { namesIn, removeFile, sweepTemporary } from '../files/atomic';
import type { FileLayer } from '../files/fileLayer';
import { planOfGroup, timeOfId } from './revisionId';

/** How much the journal keeps. */
export interface RetentionLimits {
  /** Milliseconds. */
  readonly maxAge: number;
  readonly maxBytes: number;
  /** So many of the newest revisions stay whatever their age; a plan counts as one. */
  readonly keepNewest: number;
}

/** What {@link prune} did. */
export interface Pruned {
  /** Files removed. */
  readonly removed: number;
  /** Bytes that remain, unfinished revisions included. */
  readonly bytes: number;
  /** Bytes of those that may not go, however little room there is. */
  readonly held: number;
}

/** What pruning goes by. */
export interface PruneContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Plans that have not ended. */
  readonly openPlans: ReadonlySet<string>;
  readonly layer: FileLayer;
}

interface Found {
  readonly file: string;
  readonly at: number;
  readonly size: number;
  readonly finished: boolean;
  readonly plan: string | undefined;
}

/** What goes or stays together: one revision, or all of a plan. */
interface Candidate {
  readonly files: readonly string[];
  readonly at: number;
  readonly size: number;
  readonly finished: boolean;
  readonly plan: boolean;
}

/**
 * A longer time in which nothing was modified counts as so long. A clock that was wrong for a while makes such gaps, and
 * what it says of the age of everything before must not cost the journal.
 */
const longestGapMs = 30 * 24 * 60 * 60 * 1000;

/** A plan can be rolled back for so long at least, however little room there is. */
const planKeptMs = 30 * 24 * 60 * 60 * 1000;

/** Temporary files of a crash are removed after a day. */
const sweepAfterMs = 24 * 60 * 60 * 1000;

/**
 * Removes finished revisions, and files set aside, that are too old, counted back from the newest one and not from this
 * machine's clock; then the oldest until the rest is small enough. Unfinished ones stay, whatever their age and size:
 * they may be all that is left of a message. A plan's revisions go together, and not before it has ended and 30 days
 * have passed.
 */
export async function prune(
  connectionFolders: readonly string[],
  limits: RetentionLimits,
  { now, openPlans, layer }: PruneContext,
): Promise<Pruned> {
  const found: Found[] = [];
  for (const folder of connectionFolders) {
    const unfinished = path.join(folder, 'unfinished');
    for (const inside of [folder, unfinished]) {
      await sweepTemporary(inside, now, sweepAfterMs, layer);
      found.push(...(await filesIn(inside, inside === folder, layer)));
      found.push(...(await filesIn(path.join(inside, 'damaged'), true, layer)));
    }
  }
  const candidates = together(found, openPlans).sort((one, other) => one.at - other.at);
  let bytes = candidates.reduce((sum, { size }) => sum + size, 0);
  const ages = agesOf(candidates.map(({ at }) => at));
  let removed = 0;
  let held = 0;
  for (const [index, { files, size, finished, plan }] of candidates.entries()) {
    const age = ages[index] ?? 0;
    const old = candidates.length - index > limits.keepNewest && age > limits.maxAge;
    if (!finished || (plan && age < planKeptMs)) {
      held += size;
      continue;
    }
    if (!old && bytes <= limits.maxBytes) continue;
    for (const file of files) await removeFile(file, layer);
    bytes -= size;
    removed += files.length;
  }
  return { removed, bytes, held };
}

function together(found: readonly Found[], openPlans: ReadonlySet<string>): Candidate[] {
  const alone: Candidate[] = [];
  const plans = new Map<string, Candidate>();
  for (const { file, at, size, finished, plan } of found) {
    if (plan === undefined) {
      alone.push({ files: [file], at, size, finished, plan: false });
      continue;
    }
    const before = plans.get(plan);
    plans.set(plan, {
      files: [...(before?.files ?? []), file],
      at: Math.max(at, before?.at ?? 0),
      size: size + (before?.size ?? 0),
      finished: finished && (before?.finished ?? true) && !openPlans.has(plan),
      plan: true,
    });
  }
  return [...alone, ...plans.values()];
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

async function filesIn(folder: string, finished: boolean, layer: FileLayer): Promise<Found[]> {
  const found: Found[] = [];
  for (const name of await namesIn(folder, layer)) {
    const id = name.replace(/(\.group)?(-[0-9a-f]{8})?\.json$/, '');
    const at = timeOfId(id);
    if (at === undefined) continue;
    const file = path.join(folder, name);
    const facts = await layer.stat(file).catch(() => undefined);
    if (facts) found.push({ file, at, size: facts.size, finished, plan: planOfGroup(id) });
  }
  return found;
}
