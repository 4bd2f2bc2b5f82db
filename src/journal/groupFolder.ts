import * as path from 'node:path';
import { namesIn, readIfThere, removeFile, writeFileAtomic } from '../files/atomic';
import { toCheckedJson } from '../files/checkedJson';
import type { DurableFolders } from '../files/durableFolders';
import type { FileLayer } from '../files/fileLayer';
import { isRecord } from '../json/values';
import {
  isThere,
  placeIn,
  readJournalFile,
  withoutEnding,
  type JournalProblem,
  type Place,
} from './journalFile';
import { isUnfinished, type Revision } from './revision';
import { IMPORT_FORMAT, revisionFrom, revisionRecord } from './revisionFile';
import { isInGroup, planOfGroup } from './revisionId';

/** Revisions of a plan that were begun together, in one file. */
export interface RevisionGroup {
  readonly id: string;
  /** Oldest first; never empty. */
  readonly revisions: readonly Revision[];
}

/** The number of the file's format; what a revision alone is written as has smaller ones. */
const FORMAT = 3;
const ENDING = '.group.json';
/** Groups held read: whoever lists the journal meets the revisions of one after the other. */
const KEPT = 4;
/** Groups on their way that are held as written; a plan has some more under way than it has chunks. */
const KEPT_UNFINISHED = 24;
/** The end of a file's text, which has the hash of all before it. */
const HASH_LENGTH = 80;

/**
 * The files of the revisions that plans make, beside those of single ones, which a plan of thousands would wait for:
 *
 *     <connection folder>/<group>.group.json
 *     <connection folder>/unfinished/<group>.group.json
 *
 * A group is unfinished until every revision of it has ended, and is then replaced as a whole. A version of this
 * extension that knows no groups passes these names over.
 */
export class GroupFolder {
  private readonly kept = new Map<string, RevisionGroup>();
  /** Unfinished groups as this process wrote them, with the hash in their file: read again, they need not be taken apart. */
  private readonly written = new Map<string, { readonly hash: string; readonly group: RevisionGroup }>();
  /** The ids in finished groups, which do not change any more. */
  private readonly members = new Map<string, readonly string[]>();

  constructor(
    private readonly layer: FileLayer,
    private readonly folders: DurableFolders,
    private readonly onProblem: (problem: JournalProblem) => void,
  ) {}

  /** Ids of groups in one connection's folder, oldest first. */
  async ids(connectionFolder: string, place: Place): Promise<string[]> {
    return groupIds(await namesIn(placeIn(connectionFolder, place), this.layer));
  }

  /** True when there is a file of this group at the place. */
  has(connectionFolder: string, id: string, place: Place): Promise<boolean> {
    return isThere(fileIn(connectionFolder, id, place), this.layer);
  }

  /** The id of the group that holds a revision, by the names of the files; undefined when there is none. */
  async groupOf(connectionFolder: string, revisionId: string): Promise<string | undefined> {
    // Unfinished first: one that is finished meanwhile is then met at the other place.
    for (const place of ['unfinished', 'finished'] as const) {
      const id = (await this.ids(connectionFolder, place)).find((one) => isInGroup(revisionId, one));
      if (id !== undefined) return id;
    }
    return undefined;
  }

  /** The group wherever it stands. */
  async find(connectionFolder: string, id: string): Promise<RevisionGroup | undefined> {
    return (
      (await this.read(connectionFolder, id, 'unfinished')) ??
      (await this.read(connectionFolder, id, 'finished'))
    );
  }

  /** The ids of a group's revisions, oldest first. */
  async membersOf(connectionFolder: string, id: string, place: Place): Promise<readonly string[]> {
    const known = this.members.get(id);
    if (known) return known;
    const group = await this.read(connectionFolder, id, place);
    const members = group?.revisions.map((revision) => revision.id) ?? [];
    if (group && place === 'finished') this.members.set(id, members);
    return members;
  }

  /** Reads a group; undefined when there is none, or none that can be used, which is reported. */
  async read(connectionFolder: string, id: string, place: Place): Promise<RevisionGroup | undefined> {
    const file = fileIn(connectionFolder, id, place);
    const known = this.kept.get(file);
    if (known && place === 'finished') return known;
    const own = this.written.get(file);
    // Another window may have written it meanwhile.
    if (own && (await this.hashIn(file)) === own.hash) return own.group;
    const group = await readJournalFile(file, this.layer, this.onProblem, {
      parse: groupFrom,
      isMeant: (found) => found.id === id,
      newest: IMPORT_FORMAT,
    });
    if (group && place === 'finished') keepNewest(this.kept, KEPT, file, group);
    return group;
  }

  private async hashIn(file: string): Promise<string | undefined> {
    const text = await readIfThere(file, this.layer).catch(() => undefined);
    return text?.slice(-HASH_LENGTH);
  }

  /**
   * Writes a group where it belongs by what is known of its revisions. Durable when this returns.
   * @returns bytes written
   */
  async write(connectionFolder: string, group: RevisionGroup): Promise<number> {
    const place = group.revisions.some(isUnfinished) ? 'unfinished' : 'finished';
    const file = fileIn(connectionFolder, group.id, place);
    const imports = group.revisions.some(({ action }) => action === 'import');
    const text = toCheckedJson({
      format: imports ? IMPORT_FORMAT : FORMAT,
      group: group.id,
      revisions: group.revisions.map((revision) => ({ ...revisionRecord(revision) })),
    });
    await this.folders.make(path.dirname(file));
    await writeFileAtomic(file, text, this.layer);
    this.kept.delete(file);
    if (place === 'unfinished') {
      // A part of the text would keep the whole of it.
      const hash = Buffer.from(text.slice(-HASH_LENGTH)).toString();
      keepNewest(this.written, KEPT_UNFINISHED, file, { hash, group });
    } else await this.remove(connectionFolder, group.id, 'unfinished');
    return Buffer.byteLength(text);
  }

  /** Removes a group from one of its places. */
  async remove(connectionFolder: string, id: string, place: Place): Promise<void> {
    const file = fileIn(connectionFolder, id, place);
    this.kept.delete(file);
    this.written.delete(file);
    await removeFile(file, this.layer);
  }
}

function keepNewest<T>(kept: Map<string, T>, most: number, file: string, one: T): void {
  kept.delete(file);
  kept.set(file, one);
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
}

/** The ids of the groups among names, in their order. */
export function groupIds(names: readonly string[]): string[] {
  return withoutEnding(names, ENDING).filter((id) => planOfGroup(id) !== undefined);
}

function fileIn(connectionFolder: string, id: string, place: Place): string {
  return path.join(placeIn(connectionFolder, place), `${id}${ENDING}`);
}

function groupFrom({ format, group: id, revisions }: Record<string, unknown>): RevisionGroup | undefined {
  if ((format !== FORMAT && format !== IMPORT_FORMAT) || typeof id !== 'string' || !Array.isArray(revisions))
    return undefined;
  const read = revisions.map((record) => (isRecord(record) ? revisionFrom(record) : undefined));
  const all = read.filter((revision) => revision !== undefined);
  const [first] = all;
  if (!first || all.length !== read.length) return undefined;
  const plan = planOfGroup(id);
  const whole = all.every(
    (revision) =>
      revision.plan === plan && revision.connection.id === first.connection.id && isInGroup(revision.id, id),
  );
  return whole ? { id, revisions: all } : undefined;
}
