import type { Fix } from './fix';
import type { Problem } from './problem';
import type { TextEdit } from './text';

export type { Fix, FixId, FixValues } from './fix';

/** The ways to mend a problem of this text, best first. */
export function fixesFor(_text: string, _problem: Problem): Fix[] {
  return [];
}

/** The fixes that follow from an answer of the service alone. */
export function fixesForCode(_text: string, _code: number): Fix[] {
  return [];
}

/** Every safe fix at once. */
export function fixAll(_text: string): TextEdit[] {
  return [];
}
