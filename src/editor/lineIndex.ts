/**
 * Offsets of a text with "\n" line ends as line and character, both from 0. VS Code's positions are the same whatever
 * the document's own line ends are, so everything here counts in texts with "\n" and meets the document in positions.
 */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  position(offset: number): { line: number; character: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (this.starts[low] ?? 0) };
  }

  /** Beyond a line's or the text's end it is that end. */
  offset(line: number, character: number): number {
    const start = this.starts[line];
    if (start === undefined) return this.text.length;
    const next = this.starts[line + 1];
    return Math.min(start + character, next === undefined ? this.text.length : next - 1);
  }
}
