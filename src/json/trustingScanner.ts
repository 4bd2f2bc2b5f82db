/**
 * Reads JSON without losing its text: the value of a member as it was written, so that a 17-digit integer keeps its
 * digits and a string its escapes. The scanners expect text that `JSON.parse` accepts.
 */

/** The texts of an object's members by name; the last of two with one name wins, as in `JSON.parse`. */
export function memberTexts(text: string): Map<string, string> {
  const members = new Map<string, string>();
  eachMember(text, (nameAt, nameEnd, start, end) => {
    members.set(nameOf(text, nameAt, nameEnd), text.slice(start, end));
  });
  return members;
}

/** The text of one member of an object, without taking out those of the others. */
export function memberText(text: string, name: string): string | undefined {
  let found: string | undefined;
  eachMember(text, (nameAt, nameEnd, start, end) => {
    const longer = nameEnd - nameAt - 2 - name.length;
    // Escapes make a name longer than what it means.
    const same =
      longer === 0 ? text.startsWith(name, nameAt + 1) : longer > 0 && nameOf(text, nameAt, nameEnd) === name;
    if (same) found = text.slice(start, end);
  });
  return found;
}

function eachMember(
  text: string,
  visit: (nameAt: number, nameEnd: number, start: number, end: number) => void,
): void {
  let at = skipSpace(text, skipSpace(text, 0) + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const nameEnd = skipString(text, at);
    const start = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = skipValue(text, start);
    visit(at, nameEnd, start, end);
    at = skipSpace(text, skipSpace(text, end) + 1);
  }
}

function nameOf(text: string, at: number, end: number): string {
  const literal = text.slice(at, end);
  return literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
}

/** The texts of an array's items. */
export function itemTexts(text: string): string[] {
  const items: string[] = [];
  let at = skipSpace(text, skipSpace(text, 0) + 1);
  while (at < text.length && text.charCodeAt(at) !== CLOSE_BRACKET) {
    const end = skipValue(text, at);
    items.push(text.slice(at, end));
    const next = skipSpace(text, end);
    if (text.charCodeAt(next) !== COMMA) break;
    at = skipSpace(text, next + 1);
  }
  return items;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** End of the string literal that starts at `from`. */
function skipString(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end + 1;
    at = end + 1;
  }
}

function skipValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return skipString(text, from);
  let at = from;
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) {
    while (at < text.length && !endsScalar(text.charCodeAt(at))) at++;
    return at;
  }
  let depth = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = skipString(text, at);
      continue;
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
    at++;
    if (depth === 0) break;
  }
  return at;
}

function endsScalar(code: number): boolean {
  return code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || isSpace(code);
}
