import { tokensOf, type Token } from './tokens';

/** Units that a text may always have with its layout … */
const ALWAYS = 64 * 1024;
/** … or, when that is more, this many times its length without layout. */
const TIMES = 20;

/**
 * Lays a JSON text out over lines, two blanks for each level, without touching a token: numbers keep their
 * digits, strings their escapes, keys their order. Works on any text; what is not JSON comes out readable.
 *
 * Indentation grows with the square of the depth, so that 12 KB of brackets would become 70 MB. Levels that would take
 * the text beyond 20 times its length, or 64 KB, whichever is more, stay on one line.
 */
export function prettyPrint(text: string): string {
  const tokens = tokensOf(text);
  const levels = levelsOf(tokens);
  const deepest = deepestLine(tokens, levels);
  let out = '';
  tokens.forEach((token, index) => {
    out += gapBefore(tokens, levels, index, deepest) + text.slice(token.offset, token.end);
  });
  return out;
}

/** How many containers are open before each token. */
function levelsOf(tokens: readonly Token[]): number[] {
  let level = 0;
  return tokens.map(({ kind }) => {
    const before = level;
    if (kind === 'open') level += 1;
    if (kind === 'close') level = Math.max(0, level - 1);
    return before;
  });
}

/** The deepest level whose items may stand on lines of their own. */
function deepestLine(tokens: readonly Token[], levels: readonly number[]): number {
  /** Units that a level takes over lines beyond those that it takes on one. */
  const more: number[] = [];
  let tokenUnits = 0;
  let units = 0;
  tokens.forEach(({ offset, end }, index) => {
    const level = levels[index] ?? 0;
    const onOneLine = gapBefore(tokens, levels, index, -1).length;
    tokenUnits += end - offset;
    units += end - offset + onOneLine;
    more[level] = (more[level] ?? 0) + gapBefore(tokens, levels, index, level).length - onOneLine;
  });
  const most = Math.max(ALWAYS, TIMES * tokenUnits);
  let deepest = -1;
  for (; deepest + 1 < more.length; deepest += 1) {
    units += more[deepest + 1] ?? 0;
    if (units > most) break;
  }
  return deepest;
}

/** What stands before a token: a line break, a blank or nothing. Levels beyond `deepest` are on one line. */
function gapBefore(
  tokens: readonly Token[],
  levels: readonly number[],
  index: number,
  deepest: number,
): string {
  const before = tokens[index - 1];
  const after = tokens[index];
  const level = levels[index] ?? 0;
  if (before === undefined || after === undefined) return '';
  switch (gap(before, after)) {
    case 'line':
      if (level <= deepest)
        return `\n${'  '.repeat(after.kind === 'close' ? Math.max(0, level - 1) : level)}`;
      if (endsLine(before)) return '\n';
      return before.kind === 'comma' ? ' ' : '';
    case 'blank':
      return ' ';
    case 'none':
      return '';
  }
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
  if (endsLine(before) || after.kind === 'broken') return true;
  return (
    before.kind === 'word' &&
    (after.kind === 'word' || after.kind === 'lineComment' || after.kind === 'comment')
  );
}

/** True for what would swallow the rest of its line. */
function endsLine({ kind }: Token): boolean {
  return kind === 'lineComment' || kind === 'broken';
}

function gap(before: Token, after: Token): 'line' | 'blank' | 'none' {
  if (endsLine(before)) return 'line';
  if (before.kind === 'open') return after.kind === 'close' ? 'none' : 'line';
  if (before.kind === 'comma' || after.kind === 'close') return 'line';
  if (before.kind === 'colon') return 'blank';
  return after.kind === 'comma' || after.kind === 'colon' ? 'none' : 'blank';
}
