import type { RowKey } from './rowViews';
import type { Item } from './timeline';

/** What became of a list: at `at`, `removed` rows went and `inserted` came. */
export interface Splice {
  readonly at: number;
  readonly removed: number;
  readonly inserted: number;
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
    const splice = { at: start, removed: before.length - start - end, inserted: items.length - start - end };
    if (splice.removed === 0 && splice.inserted === 0) return undefined;
    this.places = undefined;
    this.version += 1;
    return splice;
  }
}
