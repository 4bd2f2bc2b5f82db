/** Rows are about as high as this before they were seen, in pixels. */
const USUAL = 64;

/**
 * How high each row of a long list is and where it begins, in pixels from the top of the list. A row that was never
 * seen counts as high as rows usually are.
 */
export class Heights {
  private heights: number[] = [];
  /** `tops[i]` is right for each `i` up to `known`. */
  private tops = new Float64Array(1);
  private known = 0;

  get count(): number {
    return this.heights.length;
  }

  /** Height of all rows together. */
  get total(): number {
    return this.top(this.count);
  }

  /** A list of rows that nobody has seen. */
  reset(count: number): void {
    this.heights = new Array<number>(count).fill(USUAL);
    this.known = 0;
  }

  /** At `at`, `removed` rows went and `inserted` came. */
  splice(at: number, removed: number, inserted: number): void {
    const tail = this.heights.slice(at + removed);
    this.heights.length = at;
    // Not by `splice`, which takes what it inserts as arguments: thousands of them are too many.
    for (let index = 0; index < inserted; index += 1) this.heights.push(USUAL);
    for (const height of tail) this.heights.push(height);
    this.known = Math.min(this.known, at);
  }

  /** @returns whether this is news */
  set(index: number, height: number): boolean {
    const before = this.heights[index];
    if (before === undefined || Math.abs(before - height) < 0.1) return false;
    this.heights[index] = height;
    this.known = Math.min(this.known, index);
    return true;
  }

  /** Where a row begins; of the row behind the last one, where the list ends. */
  top(index: number): number {
    const wanted = Math.max(0, Math.min(index, this.count));
    if (this.tops.length <= this.count) {
      const grown = new Float64Array(Math.max(this.count + 1, this.tops.length * 2));
      grown.set(this.tops);
      this.tops = grown;
    }
    for (; this.known < wanted; this.known += 1) {
      this.tops[this.known + 1] = (this.tops[this.known] ?? 0) + (this.heights[this.known] ?? 0);
    }
    return this.tops[wanted] ?? 0;
  }

  /** The row at a height of the list: the first or the last one for what is above or below all. 0 in an empty list. */
  at(y: number): number {
    let low = 0;
    let high = Math.max(0, this.count - 1);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The rows that have something between two heights, without the last. */
  between(from: number, to: number): readonly [first: number, end: number] {
    if (this.count === 0) return [0, 0];
    return [this.at(from), this.at(to) + 1];
  }
}
