import type { FileLayer } from '../files/fileLayer';
import type { MessageAddress } from '../chat/model';
import type { Revision, RevisionEntry, RevisionOutcome } from './revision';

/** A journal file that could not be used. `movedTo` is where it was set aside. */
export interface JournalProblem {
  readonly file: string;
  readonly reason: 'damaged' | 'newerFormat' | 'unreadable';
  readonly movedTo?: string;
}

export interface JournalOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Finished revisions older than this many milliseconds go. Default: a year. */
  readonly maxAge?: number;
  /** Bytes of all revisions together; above it the oldest finished go. Default: 200 MB. */
  readonly maxBytes?: number;
  readonly layer?: FileLayer;
  readonly onProblem?: (problem: JournalProblem) => void;
}

/** Which revisions; each member narrows. */
export interface RevisionFilter {
  readonly connectionId?: string;
  /** Messages between these two users, either way. */
  readonly conversation?: readonly [string, string];
  readonly message?: MessageAddress;
  /** At most this many, the newest. */
  readonly limit?: number;
}

/** Revisions on disk, one readable file each. Several processes may use one folder. */
export class Journal {
  constructor(
    readonly folder: string,
    readonly options: JournalOptions = {},
  ) {}

  /** Writes down what is about to happen; on the disk for good when this returns. */
  begin(_entry: RevisionEntry): Promise<Revision> {
    return Promise.reject(new Error(this.folder));
  }

  /** Writes down how a revision ended. */
  settle(_revision: Revision, _outcome: RevisionOutcome): Promise<Revision> {
    return Promise.reject(new Error(this.folder));
  }

  /** Takes back a revision whose request never left. */
  discard(_revision: Revision): Promise<void> {
    return Promise.reject(new Error(this.folder));
  }

  /** Newest first. */
  list(_filter: RevisionFilter = {}): Promise<Revision[]> {
    return Promise.reject(new Error(this.folder));
  }

  get(_id: string): Promise<Revision | undefined> {
    return Promise.reject(new Error(this.folder));
  }

  /** Those that nobody knows the end of, oldest first. */
  unfinished(_connectionId?: string): Promise<Revision[]> {
    return Promise.reject(new Error(this.folder));
  }
}
