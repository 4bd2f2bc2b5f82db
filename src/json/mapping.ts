import type { TextRange } from './text';

/**
 * Which stretch of a shown text stands for which of its source: a sequence of segments without gaps on either
 * side. A segment of one length on both sides maps unit by unit; another one maps as a whole.
 */
export class Mapping {
  private readonly shown: number[];
  private readonly source: number[];

  constructor(sourceStart: number) {
    this.shown = [0];
    this.source = [sourceStart];
  }

  /** Adds the next segment; unit-by-unit neighbours are kept as one. */
  add(shownLength: number, sourceLength: number): void {
    if (shownLength === 0 && sourceLength === 0) return;
    const last = this.shown.length - 1;
    const lastLinear =
      last > 0 &&
      at(this.shown, last) - at(this.shown, last - 1) === at(this.source, last) - at(this.source, last - 1);
    if (lastLinear && shownLength === sourceLength) {
      this.shown[last] = at(this.shown, last) + shownLength;
      this.source[last] = at(this.source, last) + sourceLength;
      return;
    }
    this.shown.push(at(this.shown, last) + shownLength);
    this.source.push(at(this.source, last) + sourceLength);
  }

  toSource(from: number, to: number): TextRange {
    const start = this.map(from, this.shown, this.source, 'start');
    const end = to === from ? start : this.map(to, this.shown, this.source, 'end');
    return { offset: start, length: Math.max(0, end - start) };
  }

  toShown(offset: number, side: 'before' | 'after'): number | undefined {
    const first = at(this.source, 0);
    const last = at(this.source, this.source.length - 1);
    if (offset < first || offset > last) return undefined;
    return this.map(offset, this.source, this.shown, side === 'before' ? 'before' : 'start');
  }

  /**
   * `start` maps the inside of a whole segment to its start and takes the last of several places that fit;
   * `end` maps it to its end; `before` to its start, taking the first of several places.
   */
  private map(position: number, from: number[], to: number[], how: 'start' | 'end' | 'before'): number {
    const last = from.length - 1;
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (at(from, middle) <= position) low = middle;
      else high = middle - 1;
    }
    if (how !== 'start')
      while (low > 0 && at(from, low) === position && at(from, low - 1) === position) low -= 1;
    const rest = position - at(from, low);
    if (rest === 0 || low === last) return at(to, low);
    const length = at(to, low + 1) - at(to, low);
    if (length === at(from, low + 1) - at(from, low)) return at(to, low) + rest;
    return how === 'end' ? at(to, low + 1) : at(to, low);
  }
}

function at(list: number[], index: number): number {
  return list[index] ?? 0;
}
