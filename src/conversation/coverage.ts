/** Places from `from` to `to`, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Which places of a history were read whole: integers, and beyond all of them `Infinity`. */
export class Coverage {
  private spans: readonly Span[] = [];

  /** In rising order; between two of them something is missing. */
  get list(): readonly Span[] {
    return this.spans;
  }

  /** A span without a place in it says nothing. */
  add({ from, to }: Span): void {
    if (from > to) return;
    const apart = this.spans.filter((span) => span.to < from - 1 || span.from > to + 1);
    const met = this.spans.filter((span) => !apart.includes(span));
    const whole = {
      from: Math.min(from, ...met.map((span) => span.from)),
      to: Math.max(to, ...met.map((span) => span.to)),
    };
    this.spans = [...apart, whole].sort((a, b) => a.from - b.from);
  }

  /** Nothing above `place` counts as read any more. */
  cutAbove(place: number): void {
    this.spans = this.spans
      .filter(({ from }) => from <= place)
      .map(({ from, to }) => ({ from, to: Math.min(to, place) }));
  }

  /** The span that has a place. */
  at(place: number): Span | undefined {
    return this.spans.find(({ from, to }) => from <= place && place <= to);
  }

  /** What both have. */
  static common(one: readonly Span[], other: readonly Span[]): Span[] {
    return one
      .flatMap((a) => other.map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) })))
      .filter(({ from, to }) => from <= to);
  }
}
