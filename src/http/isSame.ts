import { timingSafeEqual } from 'node:crypto';

/** Whether a text is the one that is wanted, in a time that tells nothing of how much of it is. */
export function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
