import { JsonSyntaxError, readArray, skipSpace, skipValue } from './strictScanner';
import type { TextRange } from './text';

/** An item of the array that a text is. */
export interface ArrayItem {
  readonly index: number;
  readonly range: TextRange;
}

/**
 * The first item of the array that a text is for which something holds; undefined when there is none, or the text is no
 * array. Of a long text it builds nothing; what is broken after the item does not matter.
 */
export function findArrayItem(text: string, fits: (item: ArrayItem) => boolean): ArrayItem | undefined {
  let found: ArrayItem | undefined;
  let index = 0;
  try {
    readArray(text, skipSpace(text, 0), (start) => {
      const end = skipValue(text, start);
      const item = { index, range: { offset: start, length: end - start } };
      index += 1;
      if (!found && fits(item)) found = item;
      return end;
    });
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
  }
  return found;
}
