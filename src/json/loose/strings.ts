import {
  afterBreak,
  BLANK,
  closingQuotes,
  itemOrEndAt,
  keyLineAt,
  memberAt,
  memberOrEndAt,
  recordAt,
  skipBlanks,
  variableAt,
} from './lookahead';
import { Unreadable, type Work } from './work';

const OPENING = '"\'`“”„‘’＂＇';

/** What a string is in what holds it. */
export type Role = 'key' | 'member' | 'item';

/** True where a string begins, with a prefix of Python's or without. */
export function stringStart(text: string, at: number): number | undefined {
  const char = text[at];
  if (char === undefined) return undefined;
  if (OPENING.includes(char)) return at;
  const prefixed = /[bBuUrRfFN]{1,2}(?=["'])/y;
  prefixed.lastIndex = at;
  const prefix = prefixed.exec(text);
  return prefix ? at + prefix[0].length : undefined;
}

/**
 * Reads a string in any quotes.
 *
 * @param skip reads a value without keeping what it did, and returns its end; undefined when there is none
 * @returns where it ends
 */
export function readString(
  work: Work,
  from: number,
  role: Role,
  skip: (at: number) => number | undefined,
): number {
  const { text } = work;
  const at = stringStart(text, from);
  const quote = at === undefined ? undefined : text[at];
  const closing = closingQuotes(quote);
  if (at === undefined || quote === undefined || closing === undefined) throw new Unreadable(from);
  const opener = text.startsWith(quote.repeat(3), at) && '"\''.includes(quote) ? quote.repeat(3) : quote;
  if (opener !== '"' || at !== from) {
    work.mend('"\'`'.includes(quote) ? 'singleQuotes' : 'fullWidth', from, at + opener.length, '"');
  }
  const inside = at + opener.length;
  if (role !== 'key' && opener.length === 1 && closing.includes('"')) {
    const end = embedded(work, inside, closing, role, skip);
    if (end !== undefined) return end;
  }
  const prefix = text.slice(from, at).toLowerCase();
  return untilClosed(work, { from, inside, opener, closing, role, prefix });
}

/** JSON in a string whose quotes were not escaped: `"Data": "{"id":1}"`. */
function embedded(
  work: Work,
  inside: number,
  closing: string,
  role: Role,
  skip: (at: number) => number | undefined,
): number | undefined {
  const { text } = work;
  const start = skipBlanks(text, inside);
  if (!/^[[{][[{\s]*["}\]]/.test(text.slice(start, start + 50))) return undefined;
  const valueEnd = skip(start);
  if (valueEnd === undefined) return undefined;
  const end = skipBlanks(text, valueEnd);
  const close = text[end];
  if (close === undefined || !closing.includes(close) || !closes(work, end, role)) return undefined;
  const content = text.slice(inside, end);
  if (!content.includes('"')) return undefined;
  for (let at = inside; at < end; at += 1) {
    const char = text[at] ?? '';
    if (char === '"' || char === '\\') work.edit(at, at, '\\');
    else if (char < ' ') work.edit(at, at + 1, escapeOf(char));
  }
  work.repair('unescapedJson', inside, end);
  if (close !== '"') work.edit(end, end + 1, '"');
  return end + 1;
}

interface Literal {
  readonly from: number;
  readonly inside: number;
  readonly opener: string;
  readonly closing: string;
  readonly role: Role;
  /** Of Python, in lower case. */
  readonly prefix: string;
}

function untilClosed(work: Work, literal: Literal): number {
  const { text } = work;
  const { inside, opener, closing, role, prefix } = literal;
  let at = inside;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\\' && prefix.includes('r')) at = keepBackslash(work, at);
    // Which text these bytes are is not said.
    else if (char === '\\' && prefix.includes('b') && /^x[89a-f]/i.test(text.slice(at + 1, at + 3)))
      throw new Unreadable(at);
    else if (char === '\\') at = readEscape(work, at, opener);
    else if (opener.length === 3 && text.startsWith(opener, at)) {
      work.edit(at, at + 3, '"');
      return at + 3;
    } else if (opener.length === 1 && closing.includes(char) && closes(work, at, role)) {
      if (char !== '"') work.edit(at, at + 1, '"');
      return at + 1;
    } else if (char === '\n' || char === '\r') {
      const end = opener.length === 1 && opener !== '`' ? endAtBreak(work, literal, at) : undefined;
      if (end !== undefined) return end;
      const next = afterBreak(text, at);
      const escaped = text.slice(at, next).replace('\r', '\\r').replace('\n', '\\n');
      if (opener === '`' || opener.length === 3) work.edit(at, next, escaped);
      else work.mend('rawBreak', at, next, escaped);
      at = next;
    } else {
      if (char === '"') {
        work.edit(at, at, '\\');
        if (closing.includes(char) && opener.length === 1) work.repair('innerQuote', at, at + 1);
      } else if (char < ' ') work.mend('rawBreak', at, at + 1, escapeOf(char));
      else if (char !== '"' && opener.length === 1 && opener !== '"' && char === opener) {
        work.repair('innerQuote', at, at + 1);
      }
      at += 1;
    }
  }
  if (role === 'key') throw new Unreadable(at);
  return cutOff(work, literal, text.length);
}

/** The text ends within the string: how it goes on is not known. */
function cutOff(work: Work, { from }: Literal, end: number): number {
  work.edit(end, end, '"');
  work.repair('cut', end, end);
  work.unknown.push({ offset: from, length: end - from });
  work.ended = true;
  return end;
}

/** A line break in a string: the end of the string, of the record of a log, or undefined when the string goes on. */
function endAtBreak(work: Work, literal: Literal, at: number): number | undefined {
  const { text } = work;
  const { inside, role } = literal;
  if (role === 'key') throw new Unreadable(at);
  const next = afterBreak(text, at);
  const oneLine = !/[\r\n]/.test(text.slice(work.start, at));
  if (oneLine && recordAt(text, next)) return cutOff(work, literal, at);
  if (!keyLineAt(text, next)) return undefined;
  const line = text.slice(inside, at);
  const end = inside + line.replace(/[\s,，]*$/, '').length;
  work.mend('missingQuote', end, end, '"');
  return end;
}

/** Whether a quote ends its string, by what stands behind it. */
function closes(work: Work, at: number, role: Role): boolean {
  const { text, open } = work;
  const next = skipBlanks(text, at + 1);
  const char = text[next];
  if (char === undefined) return true;
  if (role === 'key') return ':：=,，}{["\'“'.includes(char);
  if (char === ',' || char === '，' || char === ';') {
    if (open.length === 0) return true;
    if (role === 'item') return itemOrEndAt(text, next + 1);
    return memberOrEndAt(text, next + 1) || (work.isCode && variableAt(text, next + 1));
  }
  if (char === ')' && work.tuples > 0) return true;
  if ('}]｝］'.includes(char)) return closersFit(text, next, open.length);
  if (char === '/' && /[/*]/.test(text[next + 1] ?? '')) return true;
  if (char === '#' && BLANK.test(text[at + 1] ?? '')) return true;
  if (open.length === 0) return true;
  if (role === 'member' && memberAt(text, next)) return true;
  if (role === 'item' && (char === '{' || (next > at + 1 && char === '"'))) return true;
  if (char === '\\' && /[nrt]/.test(text[next + 1] ?? '')) return true;
  return isOperator(text, next);
}

/** Closing brackets behind a quote: so many may end all that is open; after fewer of them it must go on. */
function closersFit(text: string, from: number, depth: number): boolean {
  let at = from;
  let count = 0;
  while (at < text.length && '}]｝］'.includes(text[at] ?? '')) {
    count += 1;
    at = skipBlanks(text, at + 1);
    if (text[at] === ',' && count < depth && '}]'.includes(text[skipBlanks(text, at + 1)] ?? '')) {
      at = skipBlanks(text, at + 1);
    }
  }
  if (count >= depth || at >= text.length) return true;
  return ',，;/#"\'“{'.includes(text[at] ?? '') || /[\r\n]/.test(text.slice(from, at));
}

/** Something that makes the string a part of an expression. */
function isOperator(text: string, at: number): boolean {
  return /^(?:\+\s*["'`\w]|\.\w+\(|%\s*[\w(]|\|\||&&|\?\?)/.test(text.slice(at, at + 20));
}

/** In a raw string a backslash is one, and what stands behind it ends nothing. */
function keepBackslash(work: Work, at: number): number {
  work.edit(at, at, '\\');
  const next = work.text[at + 1];
  if (next !== '"' && next !== "'" && next !== '\\') return at + 1;
  if (next !== "'") work.edit(at + 1, at + 1, '\\');
  return at + 2;
}

function readEscape(work: Work, at: number, opener: string): number {
  const { text } = work;
  const next = text[at + 1];
  if (next === undefined) {
    work.mend('cut', at, at + 1, '');
    return at + 1;
  }
  if (next === 'u') {
    const digits = /^[0-9a-fA-F]{4}/.test(text.slice(at + 2, at + 6));
    if (digits) return at + 6;
    const cut = at + 6 > text.length;
    work.mend(cut ? 'cut' : 'escape', at, cut ? text.length : at + 1, cut ? '' : '\\\\');
    return cut ? text.length : at + 2;
  }
  if ('"\\/bfnrt'.includes(next)) return at + 2;
  if (next === "'" || next === '`') {
    work.mend(opener === '"' ? 'escape' : 'singleQuotes', at, at + 1, '');
    return at + 2;
  }
  const hex = /^x([0-9a-fA-F]{2})/.exec(text.slice(at + 1, at + 4))?.[1];
  if (hex !== undefined) {
    work.mend('escape', at, at + 4, `\\u00${hex}`);
    return at + 4;
  }
  if (next === '\n' || next === '\r') {
    const end = afterBreak(text, at + 1);
    work.mend('rawBreak', at, end, opener === '"' ? '\\n' : '');
    return end;
  }
  // `\d` of a pattern, `\U` of a path: the backslash itself is meant.
  work.mend('escape', at, at + 1, '\\\\');
  return at + 2;
}

function escapeOf(char: string): string {
  return JSON.stringify(char).slice(1, -1);
}
