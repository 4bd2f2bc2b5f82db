/** One piece of a JSON text that is not white space between pieces. */
export interface Token {
  /** `word` is a number, a literal or anything unknown; `broken` a string or comment without its end. */
  readonly kind:
    'open' | 'close' | 'colon' | 'comma' | 'string' | 'word' | 'lineComment' | 'comment' | 'broken';
  readonly offset: number;
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const STAR = 0x2a;

/**
 * Cuts any text into tokens, valid JSON or not; everything between two tokens is white space (blank, tab, line
 * feed, carriage return). A string that is not closed ends with its line.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isLayout(code)) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at, code);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

/** True for white space that may stand between JSON tokens. */
function isLayout(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function tokenAt(text: string, offset: number, code: number): Token {
  switch (code) {
    case 0x7b:
    case 0x5b:
      return { kind: 'open', offset, end: offset + 1 };
    case 0x7d:
    case 0x5d:
      return { kind: 'close', offset, end: offset + 1 };
    case 0x3a:
      return { kind: 'colon', offset, end: offset + 1 };
    case 0x2c:
      return { kind: 'comma', offset, end: offset + 1 };
    case QUOTE:
      return stringAt(text, offset);
    default:
      return (code === SLASH ? commentAt(text, offset) : undefined) ?? wordAt(text, offset);
  }
}

function stringAt(text: string, offset: number): Token {
  let at = offset + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return { kind: 'string', offset, end: at + 1 };
    if (code === 0x0a || code === 0x0d) break;
    const next = text.charCodeAt(at + 1);
    at += code === BACKSLASH && at + 1 < text.length && next !== 0x0a && next !== 0x0d ? 2 : 1;
  }
  return { kind: 'broken', offset, end: at };
}

function commentAt(text: string, offset: number): Token | undefined {
  const second = text.charCodeAt(offset + 1);
  if (second === SLASH) {
    let end = offset + 2;
    while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
    return { kind: 'lineComment', offset, end };
  }
  if (second !== STAR) return undefined;
  const end = text.indexOf('*/', offset + 2);
  return end < 0 ? { kind: 'broken', offset, end: text.length } : { kind: 'comment', offset, end: end + 2 };
}

function wordAt(text: string, offset: number): Token {
  let end = offset + 1;
  while (end < text.length && !endsWord(text.charCodeAt(end))) end += 1;
  return { kind: 'word', offset, end };
}

function endsWord(code: number): boolean {
  return (
    isLayout(code) ||
    code === QUOTE ||
    code === SLASH ||
    code === 0x2c ||
    code === 0x3a ||
    code === 0x5b ||
    code === 0x5d ||
    code === 0x7b ||
    code === 0x7d
  );
}
