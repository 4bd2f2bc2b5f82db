import { literalExpression } from './literalExpression';
import type { TextEdit } from './text';

/** A time as logs write it, with a level behind it or without. */
const TIME = String.raw`\[?\d{4}[-/.]\d\d[-/.]\d\d[T ][\d:.,]+(?:Z|[ ]?[+-]\d\d:?\d\d)?\]?(?:[ \t]+\[?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\]?)?(?:[ \t]+\S{1,40}[ \t]+[-:|])?[ \t]*[|:]?[ ]?`;

/** What may stand before every line of a text that is shown or written line by line. */
const PREFIXES: readonly RegExp[] = [
  // Quotes, comments, lists, diffs, tables.
  /[ \t]*(?:\/\/+|#+|\*|>+|--)[ \t]?/,
  /[+-](?![+-])[ ]?/,
  /\|[ \t]?/,
  // Containers: `web-1  | …`.
  /[\w.-]{1,40}[ \t]*\|[ ]?/,
  new RegExp(TIME),
  // Line numbers.
  /[ \t]*\d{1,6}(?:[:|\t]|[ ]{1,4}(?=[ "{}[\]]))[ ]?/,
];

/** How a line of JSON that goes on looks. */
const GOES_ON = /[ \t]*["'}\]{[]/y;

/**
 * What stands before each line of a value that begins at an offset, and where the last such line ends.
 *
 * @returns undefined when the lines have no prefix of a known kind, or not the one of the first line
 */
export function linePrefix(text: string, at: number): { prefix: RegExp; end: number } | undefined {
  const next = text.indexOf('\n', at);
  if (next < 0) return undefined;
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const before = text.slice(start, at);
  if (!/\S/.test(before)) return undefined;
  const literal = new RegExp(literalExpression(before));
  for (const prefix of [...PREFIXES, literal]) {
    if (lengthAt(prefix, text, start) === 0 || !continues(prefix, text, next + 1)) continue;
    return { prefix, end: endOfLines(prefix, text, next) };
  }
  return undefined;
}

/** The edits that take a prefix off every line but the first. */
export function withoutPrefix(text: string, from: number, to: number, prefix: RegExp): TextEdit[] {
  const edits: TextEdit[] = [];
  for (let at = text.indexOf('\n', from); at >= 0 && at + 1 < to; at = text.indexOf('\n', at + 1)) {
    const length = lengthAt(prefix, text, at + 1);
    if (length > 0) edits.push({ offset: at + 1, length, text: '' });
  }
  return edits;
}

function lengthAt(prefix: RegExp, text: string, at: number): number {
  const sticky = new RegExp(prefix.source, 'y');
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0].length ?? 0;
}

function continues(prefix: RegExp, text: string, at: number): boolean {
  const length = lengthAt(prefix, text, at);
  if (length === 0) return false;
  GOES_ON.lastIndex = at + length;
  return GOES_ON.test(text);
}

function endOfLines(prefix: RegExp, text: string, from: number): number {
  let at = from;
  while (at >= 0 && at + 1 < text.length && lengthAt(prefix, text, at + 1) > 0) {
    at = text.indexOf('\n', at + 1);
  }
  return at < 0 ? text.length : at;
}
