import type { TextRange } from '../text';

/**
 * Ways in which a text is nearly JSON. The first ones are how programming languages and shells write the same value;
 * nothing is lost by reading them.
 */
const NOTATIONS = [
  /** A comment, of JavaScript, Python or documentation. */
  'comment',
  /** A comma before a closing bracket. */
  'trailingComma',
  /** A string in single quotes or backticks. */
  'singleQuotes',
  /** A name without quotes. */
  'unquotedName',
  /** `True`, `None`, `undefined`, … */
  'literal',
  /** A number as languages write it: `0x1F`, `17L`, `.5`. */
  'number',
  /** `NumberLong("17")`, `ObjectId("…")`, `{ "$numberLong": "17" }`. */
  'mongoType',
  /** A variable, a call or a sum: its value is not in the text. */
  'expression',
  /** A tuple of Python. */
  'tuple',
] as const;

/** Slips. The value is clear, yet whoever wrote the text meant to write JSON. */
type Slip =
  /** Full-width or typographic quotes, commas, colons, brackets. */
  | 'fullWidth'
  /** White space that JSON does not know, NBSP above all. */
  | 'blank'
  /** A line break or control character in a string. */
  | 'rawBreak'
  /** JSON in a string whose quotes are not escaped. */
  | 'unescapedJson'
  /** A quote in a string that is not escaped. */
  | 'innerQuote'
  /** A backslash before a character that needs none. */
  | 'escape'
  /** Backslashes before quotes although the text is in no string. */
  | 'backslashes'
  | 'missingComma'
  | 'missingColon'
  | 'missingQuote'
  | 'missingBracket'
  /** A comma, bracket or other mark too many. */
  | 'extraMark'
  /** A string value without quotes. */
  | 'unquotedText'
  /** `...` or `[Object]` in place of what was left out. */
  | 'elided'
  /** The text ends in the middle of the value. */
  | 'cut'
  /** A stretch that could not be read and was left out. */
  | 'unreadable';

export type RepairKind = (typeof NOTATIONS)[number] | Slip;

/** What was read as if it were written otherwise. */
export interface Repair extends TextRange {
  readonly kind: RepairKind;
}

/** True for what is no slip but the notation of a language. */
export function isNotation(kind: string): boolean {
  return NOTATIONS.some((one) => one === kind);
}

/** Repairs after which something is missing that the text has not, or that could not be read. */
const PARTIAL: ReadonlySet<RepairKind> = new Set(['expression', 'elided', 'cut', 'unreadable']);

/** True for a repair after which the value is all there. */
export function keepsAll(kind: RepairKind): boolean {
  return !PARTIAL.has(kind);
}
