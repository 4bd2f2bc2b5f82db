import type { CallName } from '../chat/calls/specs';
import type { Journal } from '../journal/journal';
import type { Revision, RevisionOutcome } from '../journal/revision';
import type { MessageLocks } from './lock';
import type { ModifyConnection } from './modifyRequest';
import type { Timing } from './timing';

/** What modifying, recalling and settling share. */
export interface ModifierParts {
  readonly journal: Journal;
  readonly locks: MessageLocks;
  readonly timing: Timing;
  readonly lockWaitMs: number;
  /** Whether a person confirms this call through this connection. */
  asks(connection: ModifyConnection, command: CallName): boolean;
  /** Writes an end into the journal; never rejects, since what was done is done and must be told. */
  settle(revision: Revision, outcome: RevisionOutcome): Promise<void>;
  /** Takes a revision back whose request never left; never rejects, the next start does it else. */
  discard(revision: Revision): Promise<void>;
}
