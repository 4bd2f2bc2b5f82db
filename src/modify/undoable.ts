import { isUnfinished, type Revision } from '../journal/revision';

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

/** True for a modification that the service carried out. */
export function isCarriedOut({ action, outcome }: Revision): boolean {
  return action === 'modify' && outcome.state === 'done';
}
