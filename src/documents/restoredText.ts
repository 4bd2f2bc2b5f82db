import type { MessageRef } from '../chat/address';
import { refHash } from '../chat/addressHash';
import type { DraftStore } from './draftStore';
import { sameRest, type Rest } from './knowledge';
import type { Leases } from './leases';

/** What a text that VS Code restored rests on. */
export interface RestOfUnsaved {
  /** Empty base: nobody knows, so that everything the service shows is a conflict. */
  readonly rest: Rest;
  /** The file's time of change as VS Code knew it; undefined when that is not known. */
  readonly mtime: number | undefined;
  /** To be called once this window keeps it itself. */
  taken(): Promise<void>;
}

/**
 * Finds what unsaved text rests on that VS Code gave back after a restart: what a window that ended left for it. One
 * that still runs may be this window before its reload. Where several say different things, nothing is known.
 */
export async function restOfUnsaved(
  { drafts, leases }: { readonly drafts: DraftStore; readonly leases: Leases },
  ref: MessageRef,
): Promise<RestOfUnsaved> {
  const stored = await drafts.read(ref);
  // The format before kept the base of unsaved text as a state without a draft.
  if (stored?.draft === null) {
    return { rest: { base: stored.base }, mtime: stored.savedAt, taken: () => drafts.remove(ref) };
  }
  const others = await leases.others(refHash(ref));
  const orphans = others.filter(({ orphan }) => orphan);
  const [first, ...more] = orphans.length > 0 ? orphans : others;
  if (!first) {
    if (!stored) return { rest: { base: {} }, mtime: undefined, taken: () => Promise.resolve() };
    const { base, merging, savedAt } = stored;
    return { rest: { base, ...(merging && { merging }) }, mtime: savedAt, taken: () => Promise.resolve() };
  }
  const agreed = more.every(({ rest }) => sameRest(rest, first.rest));
  return {
    rest: agreed ? first.rest : { base: {} },
    mtime: Math.min(...[first, ...more].map(({ mtime }) => mtime)),
    taken: () => (agreed && first.orphan ? leases.takeOver(first) : Promise.resolve()),
  };
}
