/**
 * Walks over JSON text without building values, so that parts of it can be taken out exactly as they were written:
 * numbers with all their digits, strings with their escapes. Strict (RFC 8259), in one pass, and without recursion
 * over the depth of what is skipped.
 */

/** The text is not JSON; `position` is where it stops being so. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';

  constructor(readonly position: number) {
    super(`not JSON at ${position}`);
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** @returns the position of the first character from `pos` on that is not white space */
export function skipSpace(text: string, pos: number): number {
  for (; ; pos++) {
    const c = text.charCodeAt(pos);
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return pos;
  }
}

/** @returns the position after the string that starts at `pos` */
function skipString(text: string, pos: number): number {
  if (text.charCodeAt(pos) !== QUOTE) throw new JsonSyntaxError(pos);
  for (pos++; ; pos++) {
    const c = text.charCodeAt(pos);
    if (c === QUOTE) return pos + 1;
    if (c === BACKSLASH) pos = skipEscape(text, pos);
    // A control character, or NaN behind the end of the text.
    else if (!(c >= 0x20)) throw new JsonSyntaxError(pos);
  }
}

/** @returns the position of the last character of the escape that starts at `pos` */
function skipEscape(text: string, pos: number): number {
  const c = text[pos + 1];
  if (c === 'u') {
    for (let i = pos + 2; i < pos + 6; i++) if (!isHex(text.charCodeAt(i))) throw new JsonSyntaxError(pos);
    return pos + 5;
  }
  if (c === undefined || !'"\\/bfnrt'.includes(c)) throw new JsonSyntaxError(pos);
  return pos + 1;
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

function isHex(c: number): boolean {
  return isDigit(c) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66);
}

function skipNumber(text: string, pos: number): number {
  if (text[pos] === '-') pos++;
  // After a zero no digit follows: the next one would start another value.
  pos = text[pos] === '0' ? pos + 1 : skipDigits(text, pos);
  if (text[pos] === '.') pos = skipDigits(text, pos + 1);
  if (text[pos] === 'e' || text[pos] === 'E') {
    const sign = text[pos + 1];
    pos = skipDigits(text, sign === '+' || sign === '-' ? pos + 2 : pos + 1);
  }
  return pos;
}

/** Skips one digit at least. */
function skipDigits(text: string, pos: number): number {
  if (!isDigit(text.charCodeAt(pos))) throw new JsonSyntaxError(pos);
  do pos++;
  while (isDigit(text.charCodeAt(pos)));
  return pos;
}

function skipScalar(text: string, pos: number): number {
  switch (text.charCodeAt(pos)) {
    case QUOTE:
      return skipString(text, pos);
    case 0x74:
      return skipWord(text, pos, 'true');
    case 0x66:
      return skipWord(text, pos, 'false');
    case 0x6e:
      return skipWord(text, pos, 'null');
    default:
      return skipNumber(text, pos);
  }
}

function skipWord(text: string, pos: number, word: string): number {
  if (!text.startsWith(word, pos)) throw new JsonSyntaxError(pos);
  return pos + word.length;
}

/** @returns the position of the value of the member whose key starts at `pos` */
function skipKey(text: string, pos: number): number {
  const colon = skipSpace(text, skipString(text, pos));
  if (text.charCodeAt(colon) !== COLON) throw new JsonSyntaxError(colon);
  return skipSpace(text, colon + 1);
}

/** @returns the position after the value that starts at `pos` */
export function skipValue(text: string, pos: number): number {
  const closers: number[] = [];
  for (;;) {
    const c = text.charCodeAt(pos);
    if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
      const closer = c === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY;
      pos = skipSpace(text, pos + 1);
      if (text.charCodeAt(pos) !== closer) {
        closers.push(closer);
        if (closer === CLOSE_OBJECT) pos = skipKey(text, pos);
        continue;
      }
      pos++;
    } else {
      pos = skipScalar(text, pos);
    }
    for (;;) {
      const closer = closers.at(-1);
      if (closer === undefined) return pos;
      pos = skipSpace(text, pos);
      const after = text.charCodeAt(pos);
      if (after === COMMA) {
        pos = skipSpace(text, pos + 1);
        if (closer === CLOSE_OBJECT) pos = skipKey(text, pos);
        break;
      }
      if (after !== closer) throw new JsonSyntaxError(pos);
      closers.pop();
      pos++;
    }
  }
}

/** What to do with a value: return the position after it, or undefined to have it skipped. */
export type ValueReader = (start: number) => number | undefined;

/**
 * Reads the object that starts at `pos`.
 *
 * @param member gets each member's decoded key and the position of its value
 * @returns the position after the object
 */
export function readObject(
  text: string,
  pos: number,
  member: (key: string, start: number) => number | undefined,
): number {
  return readContainer(text, pos, OPEN_OBJECT, CLOSE_OBJECT, (start) => {
    const valueStart = skipKey(text, start);
    return member(keyAt(text, start), valueStart) ?? skipValue(text, valueStart);
  });
}

/** Reads the array that starts at `pos`. @returns the position after it */
export function readArray(text: string, pos: number, item: ValueReader): number {
  return readContainer(text, pos, OPEN_ARRAY, CLOSE_ARRAY, (start) => item(start) ?? skipValue(text, start));
}

function readContainer(
  text: string,
  pos: number,
  opener: number,
  closer: number,
  part: (start: number) => number,
): number {
  if (text.charCodeAt(pos) !== opener) throw new JsonSyntaxError(pos);
  pos = skipSpace(text, pos + 1);
  if (text.charCodeAt(pos) === closer) return pos + 1;
  for (;;) {
    pos = skipSpace(text, part(pos));
    const c = text.charCodeAt(pos);
    if (c === closer) return pos + 1;
    if (c !== COMMA) throw new JsonSyntaxError(pos);
    pos = skipSpace(text, pos + 1);
  }
}

/** The decoded string that starts at `start`; it must have been skipped over already. */
function keyAt(text: string, start: number): string {
  const close = text.indexOf('"', start + 1);
  const plain = text.slice(start + 1, close);
  if (!plain.includes('\\')) return plain;
  return JSON.parse(text.slice(start, skipString(text, start))) as string;
}

/** True when the whole text is one JSON value, white space around it allowed. */
export function isJson(text: string): boolean {
  try {
    return skipSpace(text, skipValue(text, skipSpace(text, 0))) === text.length;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return false;
    throw error;
  }
}
