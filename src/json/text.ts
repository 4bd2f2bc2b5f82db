/** A stretch of a text in UTF-16 units, as VS Code and CodeMirror count. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

/** Replaces a stretch of a text. Several edits of one list all refer to the text before any of them. */
export interface TextEdit extends TextRange {
  readonly text: string;
}

/**
 * Applies edits that all refer to `text` and do not overlap. Insertions at one place come out in list order.
 *
 * @throws RangeError when two edits overlap or one lies outside
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let out = '';
  let at = 0;
  for (const edit of sortEdits(edits)) {
    if (edit.offset < at || edit.length < 0 || edit.offset + edit.length > text.length) {
      throw new RangeError('Edits overlap or lie outside of the text.');
    }
    out += text.slice(at, edit.offset) + edit.text;
    at = edit.offset + edit.length;
  }
  return out + text.slice(at);
}

/** Edits in the order of their places. */
export function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  return edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.offset - b.edit.offset || a.edit.length - b.edit.length || a.index - b.index)
    .map(({ edit }) => edit);
}
