import { BLANK } from './lookahead';
import type { Work } from './work';

/** Goes over white space and comments; what JSON does not know of it is mended. Returns where it ends. */
export function skipTrivia(work: Work, from: number): number {
  const { text } = work;
  let at = from;
  for (;;) {
    const char = text[at];
    if (char === undefined) return at;
    if (char === ' ' || char === '\n' || char === '\r' || char === '\t') at += 1;
    else if (BLANK.test(char)) {
      work.mend('blank', at, at + 1, /[\u200b-\u200d\u2060\ufeff]/.test(char) ? '' : ' ');
      at += 1;
    } else if (
      char === '\\' &&
      /[nrt]/.test(text[at + 1] ?? '') &&
      /["'}\]{[\\\s]/.test(text[at + 2] ?? '')
    ) {
      work.mend('backslashes', at, at + 2, ' ');
      at += 2;
    } else {
      const end = endOfComment(text, at);
      if (end === undefined) return at;
      const start = blanksBefore(text, at, from);
      work.edit(start, end, '');
      work.repair('comment', at, end);
      at = end;
    }
  }
}

/** The blanks before a comment go with it, unless something was done to them already. */
function blanksBefore(text: string, at: number, from: number): number {
  let start = at;
  while (start > from && (text[start - 1] === ' ' || text[start - 1] === '\t')) start -= 1;
  return start;
}

function endOfComment(text: string, at: number): number | undefined {
  const char = text[at];
  if (char === '/' && text[at + 1] === '*') {
    const end = text.indexOf('*/', at + 2);
    return end < 0 ? text.length : end + 2;
  }
  const line =
    (char === '/' && text[at + 1] === '/') ||
    (char === '#' && /[\s!#\w\u0080-\uffff]|$/.test(text[at + 1] ?? ''));
  if (!line) return undefined;
  const end = /[\r\n]/.exec(text.slice(at, at + 10_000));
  return end ? at + end.index : text.length;
}
