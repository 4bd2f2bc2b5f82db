import { checkMessage } from '../checks';
import { parseMessage } from '../document';
import { composeEdits, shortened } from '../../json/edits';
import { FORMAT_CODES } from '../formatCodes';
import type { Fix } from './fix';
import { bodyFixes } from './bodyFixes';
import { contextOf, type Fixers } from './context';
import { fieldFixes } from './fieldFixes';
import { rootFixes } from './rootFixes';
import { lengthFixes, sizeFixes } from './sizeFixes';
import { syntaxFixes } from './syntaxFixes';
import type { Problem } from '../problem';
import { applyEdits, type TextEdit } from '../../json/text';

export type { Fix, FixId } from './fix';

const fixers: Fixers = { ...syntaxFixes, ...rootFixes, ...bodyFixes, ...fieldFixes, ...sizeFixes };

/** Codes that all say that the format is wrong; the service picks among them in ways that are not documented. */
const FORMAT: readonly number[] = [FORMAT_CODES.notArray, FORMAT_CODES.element, FORMAT_CODES.content];

/** Codes that say, or hint, that a message is too long (trtc.io/34348). */
const LENGTH: readonly number[] = [FORMAT_CODES.jsonTooLong, FORMAT_CODES.valuesTooLong, 90_055, 90_995];

/** Safe fixes that bring others into reach: `MsgBody` out of its string, then its elements, then their fields. */
const MOST_ROUNDS = 12;

/**
 * The ways to mend a problem, best first.
 *
 * @param text the text that the problem was found in
 */
export function fixesFor(text: string, problem: Problem): Fix[] {
  return fixers[problem.id]?.(contextOf(text, problem)) ?? [];
}

/**
 * What can be done in the text against an answer of the service: the fixes of what a check finds, those for this
 * code first.
 */
export function fixesForCode(text: string, code: number): Fix[] {
  const problems = checkMessage(text).filter(({ severity }) => severity !== 'hint');
  const group = [FORMAT, LENGTH].find((codes) => codes.includes(code)) ?? [code];
  const exact = problems.filter((problem) => problem.code === code);
  const akin = problems.filter(
    ({ code: other }) => other !== undefined && other !== code && group.includes(other),
  );
  const fixes = [...exact, ...akin].flatMap((problem) => fixesFor(text, problem));
  if (fixes.length === 0 && LENGTH.includes(code)) return lengthFixes(parseMessage(text));
  const seen = new Set<string>();
  return fixes.filter(({ id, edits }) => {
    const key = `${id} ${JSON.stringify(edits)}`;
    return !seen.has(key) && seen.add(key).size > 0;
  });
}

/**
 * Every safe fix, and what becomes safe to fix after them, as edits of `text`; as far as no more errors are left than
 * there were before.
 */
export function fixAll(text: string): TextEdit[] {
  const before = errorsIn(text);
  let all: TextEdit[] = [];
  let kept: TextEdit[] = [];
  let now = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const edits = safeEdits(now);
    if (edits.length === 0) break;
    all = composeEdits(text.length, all, edits);
    now = applyEdits(now, edits);
    // A mend can bring errors to light that the next rounds mend.
    if (errorsIn(now) <= before) kept = all;
  }
  return kept.flatMap((edit) => shortened(text, edit) ?? []);
}

function errorsIn(text: string): number {
  return checkMessage(text).filter(({ severity }) => severity === 'error').length;
}

/** The edits of safe fixes that do not get into each other's way; of each problem the first. */
function safeEdits(text: string): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const problem of checkMessage(text)) {
    const found = fixesFor(text, problem).find(({ safe }) => safe);
    if (found?.edits.every((edit) => edits.every((other) => apart(edit, other))) === true)
      edits.push(...found.edits);
  }
  return edits;
}

function apart(a: TextEdit, b: TextEdit): boolean {
  return a.offset + a.length < b.offset || b.offset + b.length < a.offset;
}
