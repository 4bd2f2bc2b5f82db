import type { Reading } from './pageReading';

/**
 * The last reading of each message that waits for its turn, whoever read it: a page shows neighbours, too, and what it
 * says of them is not to be passed over.
 */
export class LatestReadings {
  private readonly waiting = new Map<string, Reading>();
  private begun = 0;

  /** The number of a reading that begins. */
  count(): number {
    return (this.begun += 1);
  }

  hold(key: string, reading: Reading): void {
    this.waiting.set(key, reading);
  }

  saw(key: string, reading: Reading): void {
    const known = this.waiting.get(key);
    if (known && known.at.order < reading.at.order) this.waiting.set(key, reading);
  }

  of(key: string): Reading | undefined {
    return this.waiting.get(key);
  }

  letGo(key: string): void {
    this.waiting.delete(key);
  }
}
