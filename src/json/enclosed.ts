import { tokensOf } from './tokens';

/**
 * True for a text that stays in its place when it is put, as it is, where a JSON value is expected: it is one, or what it
 * is put into is no JSON either. It cannot add or replace what stands beside it.
 */
export function isEnclosed(text: string): boolean {
  let level = 0;
  for (const { kind } of tokensOf(text)) {
    if (level === 0 && (kind === 'comma' || kind === 'colon' || kind === 'close')) return false;
    if (kind === 'open') level += 1;
    if (kind === 'close') level -= 1;
  }
  return true;
}
