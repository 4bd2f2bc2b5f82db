import type { MessageRef } from '../chat/address';
import { refHash } from '../chat/addressHash';
import type { DraftStore } from './draftStore';
import { sameRest, type Knowledge, type Rest } from './knowledge';
import { type MessageEvent } from './step';
import type { Leases } from './leases';

/** A message, what this window knows of it, and what the disk has of that. */
export interface Kept {
  readonly ref: MessageRef;
  readonly state: Knowledge;
  /** What this window's lease on the disk says; undefined when there is none. */
  lease: Rest | undefined;
  /** The disk could not follow what happened: it is written again with the next event. */
  behind: boolean;
}

/** What happens anyway, whether or not the disk takes it. */
const happensAnyway: ReadonlySet<MessageEvent['kind']> = new Set(['seen', 'modified', 'clean']);

/** Keeps on disk what this window knows of messages. */
export class Keeper {
  private told = false;

  /**
   * @param onUnkept told once when the disk cannot keep what a text rests on, or what became of it, and again only after
   *   it could. Typing goes on; after a restart less is known, so that more is a conflict.
   */
  constructor(
    private readonly disk: { readonly drafts: DraftStore; readonly leases: Leases },
    private readonly onUnkept: (error: unknown) => void,
  ) {}

  /**
   * Keeps the draft that a message is about to have.
   * @throws the file system's error when it cannot be kept and need not happen
   */
  async keep(kept: Kept, state: Knowledge, why: MessageEvent['kind']): Promise<void> {
    const { ref, state: before, behind } = kept;
    const { draft, saved, facts, mtime } = state;
    try {
      if (draft === undefined) {
        if (before.draft !== undefined || behind) await this.disk.drafts.remove(ref);
      } else if (draft !== before.draft || saved !== before.saved || behind) {
        await this.disk.drafts.write({ ref, facts, ...saved, draft, savedAt: mtime });
      }
      kept.behind = false;
    } catch (error) {
      if (!happensAnyway.has(why)) throw error;
      kept.behind = true;
      this.tell(error);
    }
  }

  /** A lease that cannot be written keeps nobody from typing; it is tried again with the next letter. */
  async keepLease(kept: Kept): Promise<void> {
    const { ref, state, lease } = kept;
    const rest = state.unsaved?.rest;
    if (rest === lease || (rest && lease && sameRest(rest, lease))) return;
    try {
      if (rest) {
        const { mtime, handedOut } = state;
        const since = handedOut?.mtime ?? mtime;
        await this.disk.leases.keep(refHash(ref), ref.connectionId, { rest, mtime: since });
        this.told = false;
      } else {
        await this.disk.leases.release(refHash(ref));
      }
      kept.lease = rest;
    } catch (error) {
      this.tell(error);
    }
  }

  private tell(error: unknown): void {
    if (this.told) return;
    this.told = true;
    this.onUnkept(error);
  }
}
