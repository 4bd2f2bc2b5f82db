/** A text by its lines, from 0. */
export interface Lines {
  readonly lineCount: number;
  lineAt(line: number): { readonly text: string };
}

/** So far it is looked for the beginning and the end of an item: none that the service takes has more lines. */
const MOST = 20_000;

/**
 * The first and the last line of the item that a line is of, in a list that is laid out as lists are made; undefined
 * elsewhere. Nothing but these lines is read, and they may be half typed.
 */
export function itemLinesAt(
  { lineCount, lineAt }: Lines,
  line: number,
): { readonly first: number; readonly last: number } | undefined {
  let first = line;
  while (!/^ {2}\{/.test(lineAt(first).text)) {
    // Between two items, or above the first one.
    if ((first < line && /^ {2}\}/.test(lineAt(first).text)) || first === 0 || line - first > MOST)
      return undefined;
    first -= 1;
  }
  let last = line;
  while (!/^ {2}\}/.test(lineAt(last).text)) {
    if (last > first && /^ {2}\{/.test(lineAt(last).text)) return undefined;
    if (last === lineCount - 1 || last - line > MOST) return undefined;
    last += 1;
  }
  return { first, last };
}
