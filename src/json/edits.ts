import { sortEdits, type TextEdit } from './text';

/** A stretch of a changed text: kept from the text before, or new. */
type Piece = { readonly kept: number; readonly length: number } | { readonly added: string };

/**
 * Makes one list of edits of two that follow each other.
 *
 * @param length units of the text that `first` refers to
 * @param second edits that refer to the text after `first`
 */
export function composeEdits(
  length: number,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): TextEdit[] {
  return editsOf(length, applyTo(applyTo([{ kept: 0, length }], first), second));
}

/** Stretches are compared as a whole before their units are: of texts of megabytes most is equal. */
const STRETCH = 8_192;

/** The one edit that makes `before` into `after`, as short as a common beginning and end allow; none when equal. */
export function differenceEdit(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start + STRETCH <= most && isSame(before, start, after, start)) start += STRETCH;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end + STRETCH <= most - start &&
    isSame(before, before.length - end - STRETCH, after, after.length - end - STRETCH)
  )
    end += STRETCH;
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end += 1;
  }
  return [
    { offset: start, length: before.length - end - start, text: after.slice(start, after.length - end) },
  ];
}

/** Whether a stretch of a text is one of the other. */
function isSame(one: string, at: number, other: string, otherAt: number): boolean {
  return one.slice(at, at + STRETCH) === other.slice(otherAt, otherAt + STRETCH);
}

/** Leaves out of an edit what it puts back as it was; undefined when nothing is left. */
export function shortened(text: string, edit: TextEdit): TextEdit | undefined {
  const [part] = differenceEdit(text.slice(edit.offset, edit.offset + edit.length), edit.text);
  return part && { offset: edit.offset + part.offset, length: part.length, text: part.text };
}

/** Where an offset lies after edits. At the place of an insertion: before it, or after it. */
export function moveOffset(offset: number, edits: readonly TextEdit[], side: 'before' | 'after'): number {
  let moved = offset;
  for (const edit of edits) {
    const end = edit.offset + edit.length;
    const inserted = edit.text.length;
    if (end < offset || (end === offset && (edit.length > 0 || side === 'after'))) {
      moved += inserted - edit.length;
    } else if (edit.offset < offset) {
      moved +=
        edit.offset - offset + (side === 'after' ? inserted : Math.min(inserted, offset - edit.offset));
    }
  }
  return moved;
}

function lengthOf(piece: Piece): number {
  return 'added' in piece ? piece.added.length : piece.length;
}

function cut(piece: Piece, from: number, to: number): Piece {
  return 'added' in piece
    ? { added: piece.added.slice(from, to) }
    : { kept: piece.kept + from, length: to - from };
}

function applyTo(pieces: readonly Piece[], edits: readonly TextEdit[]): Piece[] {
  let rest = [...pieces];
  let done = 0;
  const out: Piece[] = [];
  const take = (until: number, keep: boolean): void => {
    while (done < until) {
      const piece = rest[0];
      if (piece === undefined) throw new RangeError('An edit lies outside of the text.');
      const length = Math.min(lengthOf(piece), until - done);
      if (keep) out.push(cut(piece, 0, length));
      rest =
        length === lengthOf(piece) ? rest.slice(1) : [cut(piece, length, lengthOf(piece)), ...rest.slice(1)];
      done += length;
    }
  };
  for (const edit of sortEdits(edits)) {
    if (edit.offset < done) throw new RangeError('Edits overlap.');
    take(edit.offset, true);
    take(edit.offset + edit.length, false);
    if (edit.text !== '') out.push({ added: edit.text });
  }
  return [...out, ...rest];
}

function editsOf(length: number, pieces: readonly Piece[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let text = '';
  const close = (next: number): void => {
    if (next > at || text !== '') edits.push({ offset: at, length: next - at, text });
    text = '';
  };
  for (const piece of pieces) {
    if ('added' in piece) {
      text += piece.added;
    } else if (piece.length > 0) {
      close(piece.kept);
      at = piece.kept + piece.length;
    }
  }
  close(length);
  return edits;
}
