import type { Reading } from './pageReading';

/**
 * The last reading of each message that is on its way, whoever read it: a page shows neighbours, too, and what it says of
 * them is not to be passed over.
 */
export class LatestReadings {
  private readonly followed = new Map<string, Reading | undefined>();
  private begun = 0;

  /** The number of a reading that begins. */
  count(): number {
    return (this.begun += 1);
  }

  /** From now on what others' pages show of a message counts, until it is let go. */
  follow(key: string): void {
    this.followed.set(key, undefined);
  }

  hold(key: string, reading: Reading): void {
    const known = this.followed.get(key);
    if (!known || known.at.order < reading.at.order) this.followed.set(key, reading);
  }

  saw(key: string, reading: Reading): void {
    if (this.followed.has(key)) this.hold(key, reading);
  }

  of(key: string): Reading | undefined {
    return this.followed.get(key);
  }

  letGo(key: string): void {
    this.followed.delete(key);
  }
}
