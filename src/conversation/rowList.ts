import type { RowKey } from './rowViews';
import type { Item } from './timeline';

/** What became of a list: at `at`, `removed` rows went and `inserted` came. */
export interface Splice {
  readonly at: number;
  readonly removed: number;
  readonly inserted: number;
  /** So many of those that came are newer than all that were there; none where the newest was not known before. */
  readonly newer: number;
}

/** The rows as the page knows them, by version. */
export class RowList {
  private items: readonly Item[] = [];
  private places: ReadonlyMap<RowKey, number> | undefined;
  /** Counts what the list has been. */
  version = 0;

  get count(): number {
    return this.items.length;
  }

  get all(): readonly Item[] {
    return this.items;
  }

  at(index: number): Item | undefined {
    return this.items[index];
  }

  /** Where a row stands; undefined for one that is not there. */
  indexOf(key: RowKey): number | undefined {
    this.places ??= new Map(this.items.map((item, index) => [item.key, index]));
    return this.places.get(key);
  }

  /** Takes other rows, in one step that the page can follow. @returns undefined when they are the same ones */
  change(items: readonly Item[]): Splice | undefined {
    const before = this.items;
    const least = Math.min(before.length, items.length);
    let start = 0;
    while (start < least && before[start]?.key === items[start]?.key) start += 1;
    let end = 0;
    while (end < least - start && before.at(-1 - end)?.key === items.at(-1 - end)?.key) end += 1;
    this.items = items;
    const removed = before.length - start - end;
    const inserted = items.length - start - end;
    if (removed === 0 && inserted === 0) return undefined;
    this.places = undefined;
    this.version += 1;
    const came = items.slice(start, start + inserted);
    return { at: start, removed, inserted, newer: newerIn(came, before, start, removed) };
  }
}

/** How many messages of those that `came` in the place of others are newer than the newest one of `before`. */
function newerIn(came: readonly Item[], before: readonly Item[], at: number, removed: number): number {
  const newest = before.at(-1);
  if (!newest || newest.kind === 'gap') return 0;
  const known = new Set(before.slice(at, at + removed).map(({ key }) => key));
  // What one place holds has an order that is not that in which it came.
  return came.filter((item) => item.kind !== 'gap' && item.place >= newest.place && !known.has(item.key))
    .length;
}
