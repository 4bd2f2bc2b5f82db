import { endOfExpression } from './lookahead';
import { CLOSERS, type Work } from './work';

/** Longest stretch that is left out of a container. */
const LONGEST = 4_000;

/** Three dots, which stand for what was left out. */
export function isElision({ text }: Work, at: number): boolean {
  return /^(?:\.{3}|…)/.test(text.slice(at, at + 3));
}

/** `...` for what was left out, `... 3 more items`, or a spread of JavaScript's: taken out with a comma. */
export function elision(work: Work, at: number, last: number, comma: number | undefined): number | undefined {
  if (!isElision(work, at)) return undefined;
  const end = endOfExpression(work.text, at);
  const text = work.text.slice(at, end).trimEnd();
  const spread = /^\.{3}\s*[A-Za-z_$(]/.test(text);
  const stop = at + text.length;
  if (comma !== undefined) work.takeOut(comma);
  work.mend(spread ? 'expression' : 'elided', at, stop, '');
  work.unknown.push({ offset: last, length: Math.max(1, stop - last) });
  return stop;
}

/** Leaves out what cannot be read, up to the next comma or the container's end; undefined when there is neither. */
export function leaveOut(work: Work, from: number, at: number, bracket: '{' | '['): number | undefined {
  const end = endOfExpression(work.text, Math.max(from, at));
  const char = work.text[end];
  if (char === undefined || end - from > LONGEST || work.open.length === 0) return undefined;
  if (char === ')' || (CLOSERS[char] !== undefined && CLOSERS[char] !== bracket)) return undefined;
  // What is left out must not take a bracket of the container along.
  const mark = /^[,，;]/.test(work.text.slice(from)) ? from + 1 : from;
  for (let index = work.edits.length - 1; index >= 0; index -= 1) {
    const edit = work.edits[index];
    if (edit && edit.offset >= mark && edit.offset < end) work.edits.splice(index, 1);
  }
  if (mark > from) work.takeOut(from);
  work.mend('unreadable', mark, end, '');
  return end;
}
