import { differenceEdit } from './edits';
import { applyEdits } from './text';

/**
 * An edit as the editor's page counts it: replaces `from`..`to`. In a list: ascending, disjoint, all counted in the text
 * before the first of them.
 */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * The text after the changes.
 *
 * @throws RangeError when two overlap or one lies outside
 */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  const edits = changes.map(({ from, to, insert }) => ({ offset: from, length: to - from, text: insert }));
  return applyEdits(text, edits);
}

/** The one change that makes `after` of `before`, without their common ends; none when they are equal. */
export function difference(before: string, after: string): TextChange[] {
  return differenceEdit(before, after).map(({ offset, length, text }) => ({
    from: offset,
    to: offset + length,
    insert: text,
  }));
}
