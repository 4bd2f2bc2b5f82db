import { randomBytes } from 'node:crypto';

/** Longer names are cut in tabs. */
const LONGEST = 40;

/**
 * An id for a list: the beginning of what it was made of, since tab and breadcrumb show it, and four digits of chance. It is
 * part of the names of files, also on disks that tell no capitals.
 *
 * @param name e.g. `alice bob`, which makes `alice-bob-3f2a`
 */
export function newListId(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['list'];
  const begin = words.join('-').slice(0, LONGEST).replace(/-$/, '');
  return `${begin}-${randomBytes(2).toString('hex')}`;
}

/** True for what can name a list; those of before were 16 hexadecimal digits. */
export function isListId(text: string): boolean {
  return /^[0-9a-f]{16}$|^[a-z0-9-]{1,40}-[0-9a-f]{4}$/.test(text);
}
