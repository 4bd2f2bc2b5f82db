/** So old a reading shall be when it is its message's turn: early enough that no turn is missed, late enough to be fresh. */
const wantedAgeMs = 900;

/**
 * How many messages of a plan are read before it is their turn. Where others make calls, too, turns come more slowly
 * than the plan's pace says, and what was read too early has to be read again.
 */
export class ReadingAhead {
  private waiting = 0;
  private most: number;
  private tell: () => void = () => undefined;
  private next = new Promise<void>((resolve) => (this.tell = resolve));

  /**
   * @param perSecond turns a second at most
   * @param least never fewer than so many wait, and never more are read together
   */
  constructor(
    private readonly perSecond: number,
    private readonly least: number,
  ) {
    this.most = this.limit;
  }

  /** Resolves when there is room for one more than before. */
  get changed(): Promise<void> {
    return this.next;
  }

  /** So many are best read together: a third of those that may wait, or turns pass by while the next ones are read. */
  get atOnce(): number {
    return Math.max(1, Math.min(this.least, Math.floor(this.most / 3)));
  }

  /** True when so many may be read now. */
  hasRoom(count: number): boolean {
    return this.waiting === 0 || this.waiting + count <= this.most;
  }

  began(count: number): void {
    this.waiting += count;
  }

  /** One waits no longer; `ageMs`: how old its reading was when it was its turn. */
  left(ageMs?: number): void {
    this.waiting -= 1;
    if (ageMs !== undefined) {
      const wanted = (this.most * wantedAgeMs) / Math.max(ageMs, 1);
      // A tenth of the way each time, since those that waited together say the same.
      const nearer = this.most + (Math.min(wanted, this.most * 1.5) - this.most) / 10;
      this.most = Math.max(this.least, Math.min(this.limit, nearer));
    }
    this.tell();
    this.next = new Promise((resolve) => (this.tell = resolve));
  }

  private get limit(): number {
    return Math.max(this.least, (this.perSecond * wantedAgeMs) / 1000);
  }
}
