import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { namesIn } from '../files/atomic';
import type { FileLayer } from '../files/fileLayer';
import {
  isThere,
  placeIn,
  readJournalFile,
  withoutEnding,
  type JournalProblem,
  type Place,
} from './journalFile';
import type { Revision } from './revision';
import { revisionFrom } from './revisionFile';
import { isRevisionId } from './revisionId';

const ENDING = '.json';

/** The names of the files at both places of a connection, sorted. */
export type PlaceNames = Readonly<Record<Place, readonly string[]>>;

/**
 * The files of the journal:
 *
 *     <folder>/<connection>/<id>.json
 *     <folder>/<connection>/unfinished/<id>.json
 *     …/damaged/<id>-<chance>.json
 */
export class JournalFolder {
  constructor(
    private readonly folder: string,
    readonly layer: FileLayer,
    private readonly onProblem: (problem: JournalProblem) => void,
  ) {}

  /** The folders of all connections, or of one. */
  async connectionFolders(connectionId?: string): Promise<string[]> {
    if (connectionId !== undefined) return [this.connectionFolder(connectionId)];
    return (await namesIn(this.folder, this.layer)).map((name) => path.join(this.folder, name));
  }

  connectionFolder(connectionId: string): string {
    return path.join(this.folder, folderName(connectionId));
  }

  file(revision: Pick<Revision, 'id' | 'connection'>, place: Place): string {
    return fileIn(this.connectionFolder(revision.connection.id), revision.id, place);
  }

  /** Ids in one connection's folder, oldest first. */
  async ids(connectionFolder: string, place: Place): Promise<string[]> {
    return revisionIds(await namesIn(placeIn(connectionFolder, place), this.layer));
  }

  /** The names at both places of one connection's folder: of revisions, groups, and anything else that stands there. */
  async names(connectionFolder: string): Promise<PlaceNames> {
    const at = (place: Place) => namesIn(placeIn(connectionFolder, place), this.layer);
    // Unfinished first: one that is settled meanwhile is then met at both places and not at none.
    const unfinished = await at('unfinished');
    return { unfinished, finished: await at('finished') };
  }

  /** True when there is a file of this revision at the place. */
  has(connectionFolder: string, id: string, place: Place): Promise<boolean> {
    return isThere(fileIn(connectionFolder, id, place), this.layer);
  }

  /** Reads one revision; undefined when there is none, or none that can be used, which is reported. */
  read(connectionFolder: string, id: string, place: Place): Promise<Revision | undefined> {
    return readJournalFile(fileIn(connectionFolder, id, place), this.layer, this.onProblem, {
      parse: revisionFrom,
      isMeant: (revision) =>
        revision.id === id && this.connectionFolder(revision.connection.id) === connectionFolder,
      newest: 1,
    });
  }
}

/** The ids of the revisions among names, in their order. */
export function revisionIds(names: readonly string[]): string[] {
  return withoutEnding(names, ENDING).filter(isRevisionId);
}

function fileIn(connectionFolder: string, id: string, place: Place): string {
  return path.join(placeIn(connectionFolder, place), `${id}${ENDING}`);
}

/** Connection ids are hexadecimal; anything else is hashed, so that no id climbs out of the folder. */
function folderName(connectionId: string): string {
  if (/^[0-9a-z]{1,64}$/.test(connectionId)) return connectionId;
  return `x-${createHash('sha256').update(connectionId, 'utf8').digest('hex').slice(0, 32)}`;
}
