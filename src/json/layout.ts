import { tokensOf, type Token } from './tokens';

/**
 * Lays a JSON text out over lines, two blanks for each level, without touching a token: numbers keep their
 * digits, strings their escapes, keys their order. Works on any text; what is not JSON comes out readable.
 *
 * @param indent what stands before every line but the first
 */
export function prettyPrint(text: string, indent = '', eol = '\n'): string {
  const tokens = tokensOf(text);
  let out = '';
  let level = 0;
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (token.kind === 'close') level = Math.max(0, level - 1);
    if (before !== undefined) out += gap(before, token, `${eol}${indent}${'  '.repeat(level)}`);
    if (token.kind === 'open') level += 1;
    out += text.slice(token.offset, token.end);
  });
  return out;
}

/** Removes the white space between tokens, and nothing else. */
export function minify(text: string): string {
  let out = '';
  let before: Token | undefined;
  for (const token of tokensOf(text)) {
    if (before !== undefined && needsGap(before, token)) out += text.slice(before.end, token.offset);
    out += text.slice(token.offset, token.end);
    before = token;
  }
  return out;
}

/** True when two neighbours would run together, or change their meaning, without white space between them. */
export function needsGap(before: Token, after: Token): boolean {
  if (before.kind === 'lineComment' || before.kind === 'broken' || after.kind === 'broken') return true;
  return (
    before.kind === 'word' &&
    (after.kind === 'word' || after.kind === 'lineComment' || after.kind === 'comment')
  );
}

function gap(before: Token, after: Token, newLine: string): string {
  if (before.kind === 'lineComment' || before.kind === 'broken') return newLine;
  if (before.kind === 'open') return after.kind === 'close' ? '' : newLine;
  if (before.kind === 'comma' || after.kind === 'close') return newLine;
  if (before.kind === 'colon') return ' ';
  return after.kind === 'comma' || after.kind === 'colon' ? '' : ' ';
}
