/** Where the lines of a text begin. */
export class LinePositions {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (const { index, 0: found } of text.matchAll(/\r\n|\n|\r/g)) this.starts.push(index + found.length);
  }

  /** Line and column of an offset, both from 1; the column in UTF-16 units. */
  at(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] ?? 0) + 1 };
  }
}
