import * as path from 'node:path';
import { readIfThere } from '../files/atomic';
import { fromCheckedJson, isNewer, setAside } from '../files/checkedJson';
import type { FileLayer } from '../files/fileLayer';

/** A journal file that could not be used. `movedTo` is where it was set aside. */
export interface JournalProblem {
  readonly file: string;
  readonly reason: 'damaged' | 'newerFormat' | 'unreadable';
  readonly movedTo?: string;
}

/** Where revisions stand: the finished ones of a connection in its folder, the unfinished ones a folder below. */
export type Place = 'finished' | 'unfinished';

/** What a file of the journal holds. */
interface JournalFileKind<T> {
  /** Undefined for a record that is none of a known format. */
  parse(record: Record<string, unknown>): T | undefined;
  /** True for what belongs where the file stands. */
  isMeant(content: T): boolean;
  /** What `parse` does not understand and has a greater `format` was written by a newer version of this extension. */
  readonly newest: number;
}

/** The folder of a place. */
export function placeIn(connectionFolder: string, place: Place): string {
  return path.join(connectionFolder, ...(place === 'unfinished' ? [place] : []));
}

/** The beginnings of those names that end so, in their order. */
export function withoutEnding(names: readonly string[], ending: string): string[] {
  return names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
}

/** True when there is such a file. */
export async function isThere(file: string, layer: FileLayer): Promise<boolean> {
  const facts = await layer.stat(file).catch(() => undefined);
  return facts !== undefined;
}

/** Reads a file; undefined when there is none, or none that can be used, which is reported. */
export async function readJournalFile<T>(
  file: string,
  layer: FileLayer,
  onProblem: (problem: JournalProblem) => void,
  { parse, isMeant, newest }: JournalFileKind<T>,
): Promise<T | undefined> {
  let text: string | undefined;
  try {
    text = await readIfThere(file, layer);
  } catch {
    // A disk that fails or forbids says nothing about the file's content: it stays where it is.
    onProblem({ file, reason: 'unreadable' });
    return undefined;
  }
  if (text === undefined) return undefined;
  const record = fromCheckedJson(text);
  const content = record && parse(record);
  if (content !== undefined && isMeant(content)) return content;
  if (content === undefined && isNewer(record, newest)) {
    onProblem({ file, reason: 'newerFormat' });
    return undefined;
  }
  const movedTo = await setAside(file, layer);
  onProblem({ file, reason: 'damaged', ...(movedTo !== undefined && { movedTo }) });
  return undefined;
}
