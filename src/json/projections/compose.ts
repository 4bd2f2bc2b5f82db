import { composeEdits } from '../edits';
import type { TextEdit, TextRange } from '../text';
import type { Projection, ProjectionChange } from './projection';

/**
 * A view of a view, as one view of the outer one's source.
 *
 * @param inner a view whose source is `outer.text`
 */
export function composeProjections(outer: Projection, inner: Projection): Projection {
  return new ComposedView(outer, inner);
}

/** Several changes that all refer to the view's text and do not overlap, as edits of its source. */
export function editMany(view: Projection, changes: readonly ProjectionChange[]): TextEdit[] {
  const [only, ...more] = changes;
  return only && more.length === 0 ? view.edit(only) : manyChanges(view, changes).edits;
}

/** The view after several changes that all refer to its text, its source being the source after `editMany`. */
export function afterMany(view: Projection, changes: readonly ProjectionChange[]): Projection {
  return manyChanges(view, changes).view;
}

function manyChanges(
  view: Projection,
  changes: readonly ProjectionChange[],
): { edits: TextEdit[]; view: Projection } {
  // From the last to the first, so that the places of those still to come stay what they are.
  const backwards = [...changes].sort((a, b) => b.from - a.from || b.to - a.to);
  let now = view;
  let edits: TextEdit[] = [];
  for (const change of backwards) {
    edits = composeEdits(view.source.length, edits, now.edit(change));
    now = now.after(change);
  }
  return { edits, view: now };
}

class ComposedView implements Projection {
  readonly source: string;
  readonly text: string;
  readonly range: TextRange;

  constructor(
    private readonly outer: Projection,
    private readonly inner: Projection,
  ) {
    this.source = outer.source;
    this.text = inner.text;
    this.range = outer.toDocument(inner.range.offset, inner.range.offset + inner.range.length);
  }

  toDocument(from: number, to = from): TextRange {
    const { offset, length } = this.inner.toDocument(from, to);
    return this.outer.toDocument(offset, offset + length);
  }

  fromDocument(offset: number, side: 'before' | 'after' = 'after'): number | undefined {
    const between = this.outer.fromDocument(offset, side);
    return between === undefined ? undefined : this.inner.fromDocument(between, side);
  }

  edit(change: ProjectionChange): TextEdit[] {
    return this.inner.edit(change).flatMap((edit) => this.outer.edit(asChange(edit)));
  }

  after(change: ProjectionChange): Projection {
    const [edit] = this.inner.edit(change);
    return new ComposedView(edit ? this.outer.after(asChange(edit)) : this.outer, this.inner.after(change));
  }
}

function asChange(edit: TextEdit): ProjectionChange {
  return { from: edit.offset, to: edit.offset + edit.length, insert: edit.text };
}
