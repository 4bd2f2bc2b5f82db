import type { TextEdit } from './text';

/** Ways in which a text is wrapped to pass through something else. */
export type Wrapping =
  | 'url-encoded'
  | 'html-escaped'
  | 'hex-escaped'
  | 'unicode-escaped'
  | 'backslash-escaped'
  | 'csv-quoted'
  | 'base64'
  | 'sql-quoted'
  | 'shell-quoted';

/** The edits that take a wrapping off a stretch of a text, in their order. */
export function unwrap(text: string, from: number, to: number, wrapping: Wrapping): TextEdit[] {
  const stretch = text.slice(from, to);
  return decoders[wrapping](stretch).map((edit) => ({ ...edit, offset: edit.offset + from }));
}

const decoders: Readonly<Record<Wrapping, (text: string) => TextEdit[]>> = {
  'url-encoded': (text) => {
    // Forms write a blank as `+`; who encodes commas and colons never leaves a real plus.
    const form = /%(?:3A|2C)/i.test(text) && !/%25(?:3A|2C)/i.test(text);
    return replaced(text, form ? /(?:%[0-9a-fA-F]{2})+|\+/g : /(?:%[0-9a-fA-F]{2})+/g, (match, at) =>
      match === '+' ? [{ offset: at, length: 1, text: ' ' }] : utf8(match, at, 3, 1),
    );
  },
  'html-escaped': (text) =>
    replaced(
      text,
      /&(?:(quot|amp|lt|gt|apos|nbsp|lbrace|rbrace|lbrack|rbrack|colon|comma)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/g,
      (match, at, groups) => [{ offset: at, length: match.length, text: entity(groups) }],
    ),
  'hex-escaped': (text) =>
    replaced(text, /(?:\\+x[0-9a-fA-F]{2})+/g, (match, at) => {
      const width = /^\\+x/.exec(match)?.[0].length ?? 2;
      return utf8(match, at, width + 2, width);
    }),
  'unicode-escaped': (text) =>
    replaced(text, /\\+u(00(?:22|5[bBcCdD]|7[bBdD]|27|3[aAcCeE]|26))/g, (match, at, [hex = '']) => [
      { offset: at, length: match.length, text: String.fromCharCode(parseInt(hex, 16)) },
    ]),
  'backslash-escaped': (text) =>
    // A string that source code puts together of pieces is one: `"…" +` and the next line.
    replaced(
      text,
      /(?<!\\)"[ \t]*[+.]?[ \t]*(?:\r\n|\n|\r)\s*(?:[+.][ \t]*)?"|\\(?:u(00(?:22|5[cC]|27))|(["'\\/nrtbf])|(?:\r\n|\n))/g,
      (match, at, [hex, char]) => [
        {
          offset: at,
          length: match.length,
          text:
            hex !== undefined
              ? String.fromCharCode(parseInt(hex, 16))
              : char === undefined
                ? ''
                : plain(char),
        },
      ],
    ),
  base64: fromBase64,
  'csv-quoted': (text) => doubled(text, /""/g),
  'sql-quoted': (text) => doubled(text, /''/g),
  'shell-quoted': (text) =>
    replaced(text, /'\\''|'"'"'/g, (match, at) => [{ offset: at, length: match.length, text: "'" }]),
};

function replaced(
  text: string,
  pattern: RegExp,
  edits: (match: string, at: number, groups: readonly (string | undefined)[]) => TextEdit[],
): TextEdit[] {
  return [...text.matchAll(pattern)].flatMap((match) => edits(match[0], match.index, match.slice(1)));
}

function doubled(text: string, pattern: RegExp): TextEdit[] {
  return replaced(text, pattern, (match, at) => [{ offset: at, length: 2, text: match[0] ?? '' }]);
}

function plain(char: string): string {
  return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[char] ?? char;
}

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
  nbsp: ' ',
  lbrace: '{',
  rbrace: '}',
  lbrack: '[',
  rbrack: ']',
  colon: ':',
  comma: ',',
};

function entity([name, decimal, hex]: readonly (string | undefined)[]): string {
  if (name !== undefined) return ENTITIES[name] ?? '';
  const code = decimal !== undefined ? Number(decimal) : parseInt(hex ?? '', 16);
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : '\ufffd';
}

/** Where base64 of an object or array begins, some characters long: `{"`, `{ `, `[{`, `["`, and line breaks in it. */
export const BASE64_START = /(?<![\w+/-])(?:ey[JA]|ew[0ok]|W3s|Wy[JA]|Ww[0ok]|W1[ts])[A-Za-z0-9+/_-]{37}/;

/** Base64 of either alphabet, with line breaks or without, character by character. */
function fromBase64(text: string): TextEdit[] {
  const places = [...text.matchAll(/[A-Za-z0-9+/_-]/g)].map(({ index }) => index);
  const bytes = [...Buffer.from(text, 'base64')];
  // A byte begins in the digit that has its first bits.
  const placeOf = (byte: number): number => places[Math.floor((byte * 4) / 3)] ?? text.length;
  const edits: TextEdit[] = [];
  for (let index = 0; index < bytes.length;) {
    const { char, used } = characterOf(bytes, index);
    const next = index + used;
    const end = next < bytes.length ? placeOf(next) : text.length;
    edits.push({ offset: placeOf(index), length: end - placeOf(index), text: char });
    index = next;
  }
  return edits;
}

/** Bytes written as `width` units each, their digits from `skip` on, decoded character by character. */
function utf8(text: string, at: number, width: number, skip: number): TextEdit[] {
  const bytes: number[] = [];
  for (let pos = 0; pos < text.length; pos += width)
    bytes.push(parseInt(text.slice(pos + skip, pos + skip + 2), 16));
  const edits: TextEdit[] = [];
  for (let index = 0; index < bytes.length;) {
    const { char, used } = characterOf(bytes, index);
    edits.push({ offset: at + index * width, length: used * width, text: char });
    index += used;
  }
  return edits;
}

function characterOf(bytes: readonly number[], index: number): { char: string; used: number } {
  const first = bytes[index] ?? 0;
  const used = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  if (first < 0x80) return { char: String.fromCharCode(first), used };
  const char = new TextDecoder().decode(Uint8Array.from(bytes.slice(index, index + used)));
  // What is no UTF-8 stays a character a byte.
  return char.includes('\ufffd') && char.length > 0 ? { char: '\ufffd', used: 1 } : { char, used };
}
