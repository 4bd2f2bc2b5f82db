import type { TextEdit, TextRange } from '../text';

/** Replaces `from` … `to` of a view's text. Line breaks of any kind may be inserted. */
export interface ProjectionChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * A stretch of a text shown in another way, such that whatever is typed into it can be written back. A view is a
 * snapshot: after a change of its source a new one is made.
 *
 * What holds for every view and every change: nothing of the source outside of `range` changes, and a view made
 * of the changed source shows exactly what was typed (with line breaks as the view has them).
 */
export interface Projection {
  /** The text that it is a view of: the document, or the text of another view. */
  readonly source: string;
  /** The stretch of `source` that it shows. */
  readonly range: TextRange;
  /** What it shows. */
  readonly text: string;
  /** Where a stretch of the shown text lies in the source. */
  toDocument(from: number, to?: number): TextRange;
  /**
   * Where an offset of the source is shown; undefined outside of the view. An offset in the middle of something
   * shown as one (an escape, an indentation) is shown at its start. Where the view shows layout that the source
   * does not have, `before` names its start and `after` (the default) its end.
   */
  fromDocument(offset: number, side?: 'before' | 'after'): number | undefined;
  /** The change as an edit of the source: none when the source stays as it is, never more than one. */
  edit(change: ProjectionChange): TextEdit[];
  /** The view after a change, its source being the source after `edit(change)`. */
  after(change: ProjectionChange): Projection;
}

/** Makes every line break a line feed, as views and CodeMirror have them. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** The shown text after a change. */
export function changed(text: string, change: ProjectionChange): string {
  return text.slice(0, change.from) + change.insert + text.slice(change.to);
}

/** A change without what it puts back as it was. */
export function trimmed(text: string, change: ProjectionChange): ProjectionChange {
  let { from, to, insert } = change;
  while (to > from && insert.length > 0 && text[to - 1] === insert[insert.length - 1]) {
    to -= 1;
    insert = insert.slice(0, -1);
  }
  let same = 0;
  while (from + same < to && same < insert.length && text[from + same] === insert[same]) same += 1;
  from += same;
  insert = insert.slice(same);
  return { from, to, insert };
}

/** The stretch of a view that shows a range of its source; undefined when it shows none of it. */
export function rangeInProjection(
  view: Projection,
  range: TextRange,
): { from: number; to: number } | undefined {
  const first = view.range.offset;
  const last = first + view.range.length;
  const start = Math.max(range.offset, first);
  const end = Math.min(range.offset + range.length, last);
  if (start > end) return undefined;
  const from = view.fromDocument(start, 'after');
  const to = view.fromDocument(end, 'before');
  if (from === undefined || to === undefined) return undefined;
  return { from, to: Math.max(from, to) };
}
