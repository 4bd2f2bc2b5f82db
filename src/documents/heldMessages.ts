import { refKey, type MessageRef } from '../chat/address';
import type { Kept } from './keeper';
import type { Knowledge } from './knowledge';

/** So many messages without draft, unsaved text and editor are known before they are looked through. */
const IDLE_ENTRIES = 50;

/** A message, and what this window knows of it. */
export interface Entry extends Kept {
  state: Knowledge;
}

/** The messages that this window knows of. Those that nobody shows and that hold no text of a person are let go. */
export class HeldMessages {
  private readonly entries = new Map<string, Entry>();
  private lookThroughAt = IDLE_ENTRIES;

  /**
   * @param isShown whether an editor shows one of a message's documents
   * @param onLetGo told of a message that is held no more
   */
  constructor(
    private readonly isShown: (ref: MessageRef) => boolean,
    private readonly onLetGo: (ref: MessageRef) => void,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  get(ref: MessageRef): Entry | undefined {
    return this.entries.get(refKey(ref));
  }

  /** Holds a message; what is held of it already stays. */
  add(ref: MessageRef, state: Knowledge): Entry {
    const known = this.get(ref);
    if (known) return known;
    const entry: Entry = { ref, state, lease: undefined, behind: false };
    this.entries.set(refKey(ref), entry);
    if (this.entries.size > this.lookThroughAt) this.lookThrough();
    return entry;
  }

  /** An editor of a message was closed: what nobody shows and nothing is kept of is let go. */
  closed(ref: MessageRef): void {
    const entry = this.get(ref);
    if (entry && this.isIdle(entry) && entry.state.origins.length === 0) this.letGo(entry);
    else this.lookThrough();
  }

  letGo({ ref }: Entry): void {
    this.entries.delete(refKey(ref));
    this.onLetGo(ref);
  }

  /** Lets go what nobody needs; of texts that undoing may bring back the newest are kept. */
  private lookThrough(): void {
    const idle = [...this.entries.values()].filter((entry) => this.isIdle(entry));
    // The last one may be about to be shown.
    for (const entry of idle.slice(0, -IDLE_ENTRIES)) this.letGo(entry);
    this.lookThroughAt = this.entries.size + IDLE_ENTRIES;
  }

  private isIdle({ ref, state }: Entry): boolean {
    return state.draft === undefined && !state.unsaved && !this.isShown(ref);
  }
}
