/** A call comes so much later than others at most, as far as the answers tell; of one that was slower a slot is paid. */
const slowMs = 13;
/** A slow call is counted with those of the second after it. */
const countedMs = 1_000;
/** Where all answers are uneven, one slot of so many is paid and no more. */
const paidOneIn = 10;

/**
 * Calls that came late on their way, as far as their answers tell: they crowd the second in which they came, so that
 * others have to make room. Times are milliseconds of one clock.
 */
export class SlowCalls {
  private unpaid: number[] = [];
  private sincePaid = paidOneIn;
  private quickest = Infinity;

  /** Told how long the answer to a call took. */
  took(ms: number, now: number): void {
    // What the way and the work take at least, which may change.
    this.quickest = ms < this.quickest ? ms : this.quickest + (ms - this.quickest) / 500;
    if (ms - this.quickest > slowMs) this.unpaid.push(now);
  }

  /** Asked at each slot. @returns true when it is to go unused */
  takesSlot(now: number): boolean {
    this.unpaid = this.unpaid.filter((at) => now - at < countedMs);
    this.sincePaid += 1;
    if (this.unpaid.length === 0 || this.sincePaid < paidOneIn) return false;
    this.unpaid.shift();
    this.sincePaid = 0;
    return true;
  }
}
