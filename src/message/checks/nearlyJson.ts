import { repair } from '../../json/repair';
import { isStrict, parseJson } from '../../json/tree';
import { applyEdits, type TextEdit, type TextRange } from '../../json/text';
import { tokensOf } from '../../json/tokens';

/** What makes a text nearly JSON, with a repair that is clear. `elided`: `...` stands for what was left out. */
const KINDS = [
  ...['comment', 'trailingComma', 'singleQuotes', 'unquotedName', 'literal', 'number', 'mongoType', 'tuple'],
  ...['fullWidth', 'blank', 'rawBreak', 'unescapedJson', 'innerQuote', 'escape', 'backslashes'],
  ...['missingComma', 'missingColon', 'elided'],
] as const;

/** Where something was left out or a quote is missing, the repair is a guess. */
const GUESSES: ReadonlySet<string> = new Set([
  ...['unescapedJson', 'innerQuote', 'missingComma', 'missingColon', 'mongoType', 'elided'],
]);

/** A text that is nearly JSON. */
export interface NearlyJson {
  /** What is wrong first: one of the kinds of `json/repair`, or `elided`. */
  readonly kind: string;
  readonly range: TextRange;
  /** How often that is there. */
  readonly count: number;
  /** The character there, as code points are written. */
  readonly mark: string;
  /** What makes strict JSON of it; what they do not touch stays as it is. */
  readonly edits: readonly TextEdit[];
  /** Whether nothing is guessed. */
  readonly sure: boolean;
}

/**
 * What is wrong with a text that is nearly JSON, when one mend makes it JSON.
 *
 * @returns undefined when no repair is clear, and for a single comma that is missing or too many, or for comments: these
 *   are slips of their own
 */
export function nearlyJson(text: string): NearlyJson | undefined {
  const repaired = repair(text);
  if (repaired === undefined) return withoutEllipsis(text);
  const { repairs, edits } = repaired;
  if (!repairs.every(({ kind }) => KINDS.some((one) => one === kind))) return undefined;
  const worth = repairs.filter(({ kind }) => kind !== 'comment' && kind !== 'trailingComma');
  const [first, second] = worth;
  if (first === undefined || (second === undefined && first.kind === 'missingComma')) return undefined;
  const { kind, offset, length } = first;
  return {
    kind,
    range: { offset, length },
    count: repairs.filter((one) => one.kind === kind).length,
    mark: codePoint(text, offset),
    edits,
    sure: !repairs.some((one) => GUESSES.has(one.kind)),
  };
}

/** `[...]`, as documentation has it: without the three dots, and the comma that belongs to them, it is JSON. */
function withoutEllipsis(text: string): NearlyJson | undefined {
  const tokens = tokensOf(text);
  const dots = tokens.flatMap((token, index) =>
    token.kind === 'word' && /^(?:\.{3,}|…)$/.test(text.slice(token.offset, token.end)) ? [index] : [],
  );
  const [first] = dots.map((index) => tokens[index]);
  if (first === undefined) return undefined;
  const edits = dots.flatMap((index) => {
    const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
    if (token === undefined) return [];
    const start = before?.kind === 'comma' ? before.offset : token.offset;
    const end = before?.kind !== 'comma' && after?.kind === 'comma' ? after.end : token.end;
    return [{ offset: start, length: end - start, text: '' }];
  });
  if (!isStrict(parseJson(applyEdits(text, edits)).errors)) return undefined;
  const range = { offset: first.offset, length: first.end - first.offset };
  return {
    kind: 'elided',
    range,
    count: dots.length,
    mark: codePoint(text, range.offset),
    edits,
    sure: false,
  };
}

function codePoint(text: string, offset: number): string {
  return `U+${(text.codePointAt(offset) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
