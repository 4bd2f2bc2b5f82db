import type { Node } from 'jsonc-parser';
import { nearlyJson } from '../checks/nearlyJson';
import type { Fix } from './fix';
import { NEW_MESSAGE } from '../newMessage';
import { parseJson } from '../../json/tree';
import type { TextEdit, TextRange } from '../../json/text';
import { applyEdits } from '../../json/text';
import { tokensOf } from '../../json/tokens';
import { removeMembers } from '../../json/memberEdits';
import { fix, LIKELY, SURE, type FixContext, type Fixers } from './context';

/** Fixes of texts that are not JSON, and of what may be wrong in any JSON. */
export const syntaxFixes: Fixers = {
  jsonEmpty: ({ text }) =>
    fix('startWithText', {}, [{ offset: 0, length: text.length, text: NEW_MESSAGE }], LIKELY),
  jsonComment: (context) => {
    const all = parseJson(context.text).errors.filter((error) => error.kind === 'Comment');
    return [
      ...fix('removeComment', {}, [commentEdit(context.text, context.problem.range)], SURE),
      ...(all.length > 1 ? fix('removeComments', {}, commentEdits(context.text, all)) : []),
    ];
  },
  jsonTrailingComma: ({ problem }) => fix('removeComma', {}, [{ ...problem.range, text: '' }], SURE),
  jsonSlip: ({ text }) => {
    const nearly = nearlyJson(text);
    return nearly === undefined ? [] : fix('repairJson', {}, nearly.edits, nearly.sure ? SURE : LIKELY);
  },
  jsonSyntax: (context) => (context.problem.values.kind === 'CommaExpected' ? addComma(context) : []),
  duplicateKey: removeEarlier,
  loneSurrogate: ({ text, problem }) => {
    const { offset } = problem.range;
    const inString = tokensOf(text).some(
      (token) =>
        token.kind === 'string' && token.offset < offset && offset < token.end && text[offset - 1] !== '\\',
    );
    const escaped = `\\u${text.charCodeAt(offset).toString(16)}`;
    return inString ? fix('escapeSurrogate', {}, [{ offset, length: 1, text: escaped }], SURE) : [];
  },
};

function commentEdits(text: string, ranges: readonly TextRange[]): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const range of ranges) {
    const edit = commentEdit(text, range);
    const before = edits[edits.length - 1];
    const overlaps = before !== undefined && edit.offset < before.offset + before.length;
    edits.push(overlaps ? { offset: range.offset, length: range.length, text: '' } : edit);
  }
  return edits;
}

/** Removes a comment with the white space before it, and with its lines when nothing else stands on them. */
function commentEdit(text: string, { offset, length }: TextRange): TextEdit {
  const before = text.slice(lineBlanks(text, offset), offset);
  const after = /^[ \t]*(\r\n|\r|\n|$)?/.exec(text.slice(offset + length)) ?? [''];
  const startsLine = before.length === offset || /^[\r\n]/.test(before);
  const endsLine = after[1] !== undefined;
  if (startsLine && endsLine) {
    const blanks = before.replace(/^[\r\n]/, '').length;
    return { offset: offset - blanks, length: blanks + length + after[0].length, text: '' };
  }
  const blanks = endsLine ? before.length : 0;
  return { offset: offset - blanks, length: blanks + length, text: '' };
}

/** Where the blanks before an offset begin, with the line break before them if nothing else stands on the line. */
function lineBlanks(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start -= 1;
  return start > 0 && (text[start - 1] === '\n' || text[start - 1] === '\r') ? start - 1 : start;
}

function addComma({ text, problem }: FixContext): Fix[] {
  const before = tokensOf(text.slice(0, problem.range.offset));
  const last = before[before.length - 1];
  if (last === undefined) return [];
  const edit = { offset: last.end, length: 0, text: ',' };
  const better = parseJson(applyEdits(text, [edit])).errors.length < parseJson(text).errors.length;
  return better ? fix('addComma', {}, [edit], LIKELY) : [];
}

/** The last value of a repeated key counts, so that the earlier ones can go. */
function removeEarlier({ owner, problem }: FixContext): Fix[] {
  const key = problem.values.key;
  const same = (owner?.children ?? []).filter((property) => property.children?.[0]?.value === key);
  const earlier: Node[] = same.slice(0, -1);
  if (owner === undefined || earlier.length === 0) return [];
  return fix('removeMember', { name: String(key) }, removeMembers(owner, earlier), LIKELY);
}
