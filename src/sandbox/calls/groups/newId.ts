import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 9;

/** An id that the service makes: a prefix and letters by chance, none that is taken. */
export function newId(prefix: string, isTaken: (id: string) => boolean): string {
  for (;;) {
    const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]);
    const id = prefix + letters.join('');
    if (!isTaken(id)) return id;
  }
}
