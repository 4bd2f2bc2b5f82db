import type { JournalReader } from '../journal/journalReader';
import { isUnfinished, type Revision } from '../journal/revision';
import type { RevisionFilter } from '../journal/revisionId';

/** So many revisions are read first; nearly always what is looked for is among them. */
const FIRST_LOOK = 100;

/** What undoing the last modification would take back. */
export type Undoable =
  | { readonly kind: 'modification'; readonly revision: Revision }
  /** A newer one whose end nobody knows: it may be the last, so nothing before it is taken back. */
  | { readonly kind: 'unknown'; readonly revision: Revision }
  | { readonly kind: 'nothing' };

/**
 * The last modification that was carried out. Recalls, what was sent or imported, and what was refused or did not happen, are passed over.
 *
 * @param revisions the newest first; of one message, or of all
 */
export function lastUndoable(revisions: readonly Revision[]): Undoable {
  for (const revision of revisions) {
    if (revision.action === 'send' || revision.action === 'import') continue;
    if (isUnfinished(revision)) return { kind: 'unknown', revision };
    if (isCarriedOut(revision)) return { kind: 'modification', revision };
  }
  return { kind: 'nothing' };
}

/**
 * The same of all that the journal has and the filter lets through, read no further back than it must be: an import alone
 * may have written thousands of revisions since.
 */
export async function findUndoable(
  journal: Pick<JournalReader, 'list'>,
  filter: RevisionFilter = {},
): Promise<Undoable> {
  for (let limit = FIRST_LOOK; ; limit *= 4) {
    const revisions = await journal.list({ ...filter, limit });
    const found = lastUndoable(revisions);
    if (found.kind !== 'nothing' || revisions.length < limit) return found;
  }
}

/** True for a modification that the service carried out. */
export function isCarriedOut({ action, outcome }: Revision): boolean {
  return action === 'modify' && outcome.state === 'done';
}
