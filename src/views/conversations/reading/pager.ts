/** One page of a listing. */
interface Page<T, Cursor> {
  /** May be empty or short without being the last page: services cut pages by size, too. */
  readonly items: readonly T[];
  /** Where the next page starts; undefined on the last one. */
  readonly next: Cursor | undefined;
}

/** Reads the page at `cursor`, the first one without. */
export type FetchPage<T, Cursor> = (
  cursor: Cursor | undefined,
  signal: AbortSignal,
) => Promise<Page<T, Cursor>>;

/** What went wrong and where: the end could not be read on, or what is shown could not be read anew. */
export interface PagerFailure {
  readonly error: unknown;
  readonly at: 'end' | 'start';
}

interface Listing<T, Cursor> {
  readonly items: T[];
  /** Positions in `items` by key. */
  readonly keys: Map<string, number>;
  cursor: Cursor | undefined;
  ended: boolean;
}

/** A listing as those see it who show it, whatever is in it. */
export interface PagedListing {
  readonly done: boolean;
  readonly failure: PagerFailure | undefined;
  loadMore(): Promise<void>;
  retry(): Promise<void>;
}

/** Pages in a row that may bring nothing new before reading stops. */
const IDLE_PAGES = 50;

/** A listing whose pages go on and on without bringing anything new. */
export class NoProgressError extends Error {
  constructor() {
    super(`${IDLE_PAGES} pages in a row brought nothing new`);
    this.name = 'NoProgressError';
  }
}

/**
 * A listing that is read page by page and shown in steps. One request is under way at a time: calls that come
 * meanwhile share its promise. A page that fails changes nothing of what is there; {@link failure} tells about it,
 * and no method throws for it.
 */
export class Pager<T, Cursor> implements PagedListing {
  private listing = newListing<T, Cursor>();
  private shown = 0;
  private visible: readonly T[] = [];
  private stale = false;
  private failed: PagerFailure | undefined;
  private running: Promise<void> | undefined;
  private abort = new AbortController();

  /**
   * @param keyOf what tells items apart; one that came already is dropped.
   * @param step how many more are shown by each {@link loadMore}.
   */
  constructor(
    private readonly fetchPage: FetchPage<T, Cursor>,
    private readonly keyOf: (item: T) => string,
    readonly step: number,
  ) {}

  /** What is shown, in the order it came. The same array until something changes. */
  get items(): readonly T[] {
    return this.visible;
  }

  /** True when there is nothing more to show. */
  get done(): boolean {
    return this.listing.ended && this.shown >= this.listing.items.length;
  }

  get failure(): PagerFailure | undefined {
    return this.failed;
  }

  /** Reads the first step when nothing was read yet, and what is shown anew when it was invalidated. */
  ensure(): Promise<void> {
    if (this.running !== undefined) return this.running;
    if (this.stale) return this.single(() => this.reread());
    const untouched = this.shown === 0 && !this.listing.ended && this.failed === undefined;
    return untouched ? this.loadMore() : Promise.resolve();
  }

  /** Shows one step more, reading as many pages as it takes. */
  loadMore(): Promise<void> {
    return this.single(() => this.extend());
  }

  /** Does again what failed. */
  retry(): Promise<void> {
    return this.failed?.at === 'start' ? this.single(() => this.reread()) : this.loadMore();
  }

  /** Makes the next {@link ensure} read anew; until it has succeeded, what is there stays. */
  invalidate(): void {
    this.stale = this.shown > 0 || this.listing.ended;
    this.failed = undefined;
  }

  /** Replaces an item that is shown by a newer version of it. @returns false when it is not there. */
  replace(item: T): boolean {
    const index = this.listing.keys.get(this.keyOf(item));
    if (index === undefined) return false;
    this.listing.items[index] = item;
    this.show(this.shown);
    return true;
  }

  /**
   * Puts an item where it belongs among what was read, which need not be read anew for it.
   *
   * @param isBefore whether it stands before another one
   * @returns false when that cannot be told now, since it was not read yet, or is being read
   */
  add(item: T, isBefore: (other: T) => boolean): boolean {
    const { items, keys, ended } = this.listing;
    if (this.running !== undefined || this.stale || this.failed !== undefined) return false;
    if (items.length === 0 && !ended) return false;
    if (this.replace(item)) return true;
    const found = items.findIndex(isBefore);
    // Behind what was read it comes with the next page.
    if (found < 0 && !ended) return true;
    const index = found < 0 ? items.length : found;
    const isShown = index < this.shown || this.done;
    items.splice(index, 0, item);
    for (let at = index; at < items.length; at += 1) keys.set(this.keyOf(items[at] as T), at);
    this.show(this.shown + (isShown ? 1 : 0));
    return true;
  }

  /** What was read under this key. */
  item(key: string): T | undefined {
    const index = this.listing.keys.get(key);
    return index === undefined ? undefined : this.listing.items[index];
  }

  /** Stops what is under way. The pager can be used again. */
  cancel(): void {
    this.abort.abort();
    this.abort = new AbortController();
  }

  private single(task: () => Promise<void>): Promise<void> {
    this.running ??= task().finally(() => (this.running = undefined));
    return this.running;
  }

  private async extend(): Promise<void> {
    const wanted = this.shown + this.step;
    try {
      await this.fill(this.listing, wanted);
      this.failed = undefined;
      this.show(wanted);
    } catch (error) {
      this.failed = { error, at: 'end' };
      // Pages that came before the failing one are kept and shown.
      this.show(wanted);
    }
  }

  private async reread(): Promise<void> {
    const fresh = newListing<T, Cursor>();
    const wanted = Math.max(this.shown, this.step);
    try {
      await this.fill(fresh, wanted);
      this.listing = fresh;
      this.failed = undefined;
      this.show(wanted);
    } catch (error) {
      this.failed = { error, at: 'start' };
    }
    this.stale = false;
  }

  private async fill(listing: Listing<T, Cursor>, wanted: number): Promise<void> {
    const { signal } = this.abort;
    for (let idle = 0; !listing.ended && listing.items.length < wanted;) {
      const page = await this.fetchPage(listing.cursor, signal);
      signal.throwIfAborted();
      const before = listing.items.length;
      for (const item of page.items) {
        const key = this.keyOf(item);
        if (listing.keys.has(key)) continue;
        listing.keys.set(key, listing.items.push(item) - 1);
      }
      listing.cursor = page.next;
      listing.ended = page.next === undefined;
      idle = listing.items.length > before ? 0 : idle + 1;
      if (idle >= IDLE_PAGES) throw new NoProgressError();
    }
  }

  private show(count: number): void {
    const { items } = this.listing;
    this.shown = Math.min(count, items.length);
    this.visible = items.slice(0, this.shown);
  }
}

function newListing<T, Cursor>(): Listing<T, Cursor> {
  return { items: [], keys: new Map(), cursor: undefined, ended: false };
}
