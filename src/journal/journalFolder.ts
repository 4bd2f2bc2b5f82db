import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { namesIn, readIfThere } from '../files/atomic';
import { fromCheckedJson, setAside } from '../files/checkedJson';
import type { FileLayer } from '../files/fileLayer';
import type { Revision } from './revision';
import { revisionFrom } from './revisionFile';
import { isRevisionId } from './revisionId';

/** A journal file that could not be used. `movedTo` is where it was set aside. */
export interface JournalProblem {
  readonly file: string;
  readonly reason: 'damaged' | 'newerFormat' | 'unreadable';
  readonly movedTo?: string;
}

/** Where revisions stand: the finished ones of a connection in its folder, the unfinished ones a folder below. */
export type Place = 'finished' | 'unfinished';

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
    return revisionIds(await namesIn(path.dirname(fileIn(connectionFolder, '', place)), this.layer));
  }

  /** The names at both places of one connection's folder: of revisions, groups, and anything else that stands there. */
  async names(connectionFolder: string): Promise<PlaceNames> {
    const at = (place: Place) => namesIn(path.dirname(fileIn(connectionFolder, '', place)), this.layer);
    // Unfinished first: one that is settled meanwhile is then met at both places and not at none.
    const unfinished = await at('unfinished');
    return { unfinished, finished: await at('finished') };
  }

  /** True when there is a file of this revision at the place. */
  async has(connectionFolder: string, id: string, place: Place): Promise<boolean> {
    const facts = await this.layer.stat(fileIn(connectionFolder, id, place)).catch(() => undefined);
    return facts !== undefined;
  }

  /** Reads one revision; undefined when there is none, or none that can be used, which is reported. */
  async read(connectionFolder: string, id: string, place: Place): Promise<Revision | undefined> {
    const file = fileIn(connectionFolder, id, place);
    let text: string | undefined;
    try {
      text = await readIfThere(file, this.layer);
    } catch {
      // A disk that fails or forbids says nothing about the file's content: it stays where it is.
      this.onProblem({ file, reason: 'unreadable' });
      return undefined;
    }
    if (text === undefined) return undefined;
    const record = fromCheckedJson(text);
    const revision = record && revisionFrom(record);
    if (revision?.id === id && this.connectionFolder(revision.connection.id) === connectionFolder)
      return revision;
    if (!revision && typeof record?.format === 'number' && record.format > 1) {
      // A newer version of this extension wrote it and will read it again.
      this.onProblem({ file, reason: 'newerFormat' });
      return undefined;
    }
    const movedTo = await setAside(file, this.layer);
    this.onProblem({ file, reason: 'damaged', ...(movedTo !== undefined && { movedTo }) });
    return undefined;
  }
}

/** The ids of the revisions among names, in their order. */
export function revisionIds(names: readonly string[]): string[] {
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  return ids.filter(isRevisionId);
}

function fileIn(connectionFolder: string, id: string, place: Place): string {
  return path.join(connectionFolder, ...(place === 'unfinished' ? [place] : []), `${id}.json`);
}

/** Connection ids are hexadecimal; anything else is hashed, so that no id climbs out of the folder. */
function folderName(connectionId: string): string {
  if (/^[0-9a-z]{1,64}$/.test(connectionId)) return connectionId;
  return `x-${createHash('sha256').update(connectionId, 'utf8').digest('hex').slice(0, 32)}`;
}
