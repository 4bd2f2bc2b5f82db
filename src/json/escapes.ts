/** How a JSON string writes what could be written in more than one way. */
export interface EscapeStyle {
  /** `/` as `\/`. */
  readonly slash: boolean;
  /** Everything beyond ASCII as `\uXXXX`. */
  readonly unicode: boolean;
  /** `<`, `>` and `&` as `\u003c` …, as encoders do that write for HTML. */
  readonly html: boolean;
  /** Line feeds and their like as `\u000a` rather than `\n`. */
  readonly longControls: boolean;
  /** Hexadecimal digits in capitals. */
  readonly capitals: boolean;
}

/** One unit of a decoded string: what it stands for, and how many units of the literal write it. */
export interface DecodedUnit {
  readonly char: string;
  readonly length: number;
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const SHORT_OF: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Decodes the unit at an offset inside a JSON string; undefined for an escape that JSON does not know. */
export function unitAt(text: string, offset: number): DecodedUnit | undefined {
  const char = text[offset];
  if (char === undefined) return undefined;
  if (char !== '\\') return { char, length: 1 };
  const name = text[offset + 1];
  if (name === undefined) return undefined;
  if (name === 'u') {
    const hex = text.slice(offset + 2, offset + 6);
    return /^[0-9a-fA-F]{4}$/.test(hex)
      ? { char: String.fromCharCode(parseInt(hex, 16)), length: 6 }
      : undefined;
  }
  const short = SHORT[name];
  return short === undefined ? undefined : { char: short, length: 2 };
}

/** Reads the style of a literal's inside from the ways in which it writes what it holds. */
export function escapeStyleOf(inside: string): EscapeStyle {
  const escapes: readonly string[] = inside.match(/\\(?:u[0-9a-fA-F]{4}|[^])/g) ?? [];
  const bare = escapes.length === 0 ? inside : inside.replace(/\\(?:u[0-9a-fA-F]{4}|[^])/g, '');
  const hex = escapes.filter((escape) => escape.length === 6);
  const codes = hex.map((escape) => parseInt(escape.slice(2), 16));
  const digits = hex.map((escape) => escape.slice(2)).join('');
  const escapesWide = codes.some((code) => code >= 0x80 && !isSurrogate(code)) || hasEscapedPair(inside);
  return {
    slash: escapes.includes('\\/') && !bare.includes('/'),
    unicode: escapesWide && !hasWide(bare),
    html: codes.some((code) => isHtml(code)) && !/[<>&]/.test(bare),
    longControls: codes.some((code) => code >= 8 && code <= 13 && code !== 11) && !/\\[bfnrt]/.test(inside),
    capitals: /[A-F]/.test(digits) && !/[a-f]/.test(digits),
  };
}

/** Writes a text as the inside of a JSON string. Lone surrogates are escaped: UTF-8 has none. */
export function encodeString(text: string, style: EscapeStyle): string {
  let out = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    const code = text.charCodeAt(at);
    if (code >= 0xd800 && code < 0xdc00 && isLow(text.charCodeAt(at + 1))) {
      out += style.unicode
        ? hexEscape(code, style) + hexEscape(text.charCodeAt(at + 1), style)
        : text.slice(at, at + 2);
      at += 1;
    } else {
      out += encodeUnit(char, code, style);
    }
  }
  return out;
}

/** The second half of a surrogate pair. */
export function isLow(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}

function encodeUnit(char: string, code: number, style: EscapeStyle): string {
  if (char === '"' || char === '\\') return `\\${char}`;
  if (char === '/') return style.slash ? '\\/' : '/';
  if (code < 0x20) return (style.longControls ? undefined : SHORT_OF[char]) ?? hexEscape(code, style);
  if (isSurrogate(code) || (code >= 0x80 && style.unicode) || (isHtml(code) && style.html)) {
    return hexEscape(code, style);
  }
  return char;
}

function hexEscape(code: number, style: EscapeStyle): string {
  const hex = code.toString(16).padStart(4, '0');
  return `\\u${style.capitals ? hex.toUpperCase() : hex}`;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xe000;
}

function isHtml(code: number): boolean {
  return code === 0x3c || code === 0x3e || code === 0x26;
}

function hasWide(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0x80) return true;
  return false;
}

function hasEscapedPair(inside: string): boolean {
  return /\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F]/.test(inside);
}
