import type { FamilyName } from '../families';

/** A type as the service's pages write it; with `?` the member may be absent. */
export type FieldType = `${'String' | 'Integer' | 'Array' | 'Object'}${'' | '?'}`;

/** What is written down of one call. */
export interface CallEntry {
  /** `remove`: no other call takes back what it did. */
  readonly does: 'read' | 'write' | 'remove';
  /** Calls a second that one app may make; 200 where nothing is said. */
  readonly perSecond?: number;
  /** Code above that, where it is not the one of the family. */
  readonly tooFrequent?: number;
  /** Number of the page at trtc.io; with `269/` before it, of the Chinese one. */
  readonly doc?: string;
  /** Members of the request as far as they are known, by today's names. */
  readonly body: Readonly<Record<string, FieldType>>;
}

/** Calls of one service, by their whole name. */
export type CallEntries<Family extends FamilyName> = Readonly<Record<`${Family}/${string}`, CallEntry>>;
