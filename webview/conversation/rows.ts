import type { RowKey, RowView } from '../../src/conversation/rowViews';
import { isSameData } from './sameData';

/** More rows than this are not kept: those that are farthest from what is shown go first. */
const MOST_KEPT = 3000;

/** Rows are asked for in blocks of this many. */
const BLOCK = 100;

/** The rows that the page was told, by their place in the list; of the others it knows that they are there. */
export class Rows {
  version = -1;
  count = 0;
  private known = new Map<number, RowView>();
  private places = new Map<RowKey, number>();
  /** Blocks that were asked for and did not come yet. */
  private asked = new Set<number>();

  /** A list anew, of which nothing is known. */
  reset(version: number, count: number): void {
    this.version = version;
    this.count = count;
    this.known = new Map();
    this.places = new Map();
    this.asked = new Set();
  }

  /** At `at`, `removed` rows went and `inserted` came, of which nothing is known yet. */
  splice(version: number, at: number, removed: number, inserted: number): void {
    const moved = new Map<number, RowView>();
    for (const [index, row] of this.known) {
      if (index < at) moved.set(index, row);
      else if (index >= at + removed) moved.set(index + inserted - removed, row);
    }
    this.version = version;
    this.count += inserted - removed;
    this.known = moved;
    this.places = new Map([...moved].map(([index, row]) => [row.key, index]));
    this.asked = new Set();
  }

  /**
   * What the host says of rows; of another version it says nothing. A row that says what it said stays the object it was,
   * so that what is drawn of it stays too, with what a person selected or unfolded in it.
   *
   * @returns whether it was taken
   */
  take(version: number, at: number, rows: readonly RowView[]): boolean {
    if (version !== this.version) return false;
    rows.forEach((row, offset) => {
      const before = this.known.get(at + offset);
      if (before && before.key !== row.key) this.places.delete(before.key);
      if (!isSameData(before, row)) this.known.set(at + offset, row);
      this.places.set(row.key, at + offset);
      this.asked.delete(Math.floor((at + offset) / BLOCK));
    });
    return true;
  }

  get(index: number): RowView | undefined {
    return this.known.get(index);
  }

  /** Undefined for what is not there, or not known. */
  indexOf(key: RowKey | undefined): number | undefined {
    return key === undefined ? undefined : this.places.get(key);
  }

  /**
   * What is to be asked for so that the rows from `from` to before `to` are known, which then counts as asked for.
   * Undefined when they are known or on their way.
   */
  ask(from: number, to: number): readonly [from: number, to: number] | undefined {
    const end = Math.min(this.count, to);
    const blocks: number[] = [];
    for (let index = Math.max(0, from); index < end; index += 1) {
      const block = Math.floor(index / BLOCK);
      if (this.known.has(index) || this.asked.has(block)) continue;
      this.asked.add(block);
      blocks.push(block);
    }
    const [first] = blocks;
    if (first === undefined) return undefined;
    return [first * BLOCK, Math.min(this.count, ((blocks.at(-1) ?? first) + 1) * BLOCK)];
  }

  /** Forgets what is far from the rows that are shown, when there is too much of it. */
  forget(first: number, end: number): void {
    if (this.known.size <= MOST_KEPT) return;
    const middle = (first + end) / 2;
    for (const [index, row] of this.known) {
      if (Math.abs(index - middle) <= MOST_KEPT / 3) continue;
      this.known.delete(index);
      this.places.delete(row.key);
    }
  }
}
