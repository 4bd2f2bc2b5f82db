import { parseJson, type JsonError } from '../tree';
import { moveOffset } from '../edits';
import type { TextEdit, TextRange } from '../text';
import { tokensOf, type Token } from '../tokens';
import { composeProjections } from './compose';
import { containerIn, isOneLineOfJson, keepsLayout, layoutProjection } from './layoutProjection';
import { lineProjection } from './sliceProjection';
import { stringProjection } from './stringProjection';
import type { Projection } from './projection';

/** A JSON string opened as a text of its own. */
export interface EmbeddedText {
  /** A view of the text that holds the string. */
  readonly view: Projection;
  /** The literal with its quotes, in that text. */
  readonly range: TextRange;
  /** Whether the string holds a JSON object or array; false also while one that did is half typed. */
  readonly json: boolean;
  /** Why it is no JSON, places referring to `view.text`. */
  readonly errors: readonly JsonError[];
}

/** A string that holds a JSON object or array. */
export interface EmbeddedString {
  /** The literal with its quotes. */
  readonly range: TextRange;
  readonly kind: 'object' | 'array';
}

/**
 * Opens a string literal: decoded, and, when it holds JSON on one line, laid out over lines.
 *
 * @param source the document, a slice or another opened string
 * @param range the literal with its quotes
 * @param shown the text that an editor of this string shows now; its layout is kept as far as it fits
 * @returns undefined when there is no complete string literal of that range
 */
export function openString(source: string, range: TextRange, shown?: string): EmbeddedText | undefined {
  const decoded = stringProjection(source, range);
  if (decoded === undefined) return undefined;
  const { text } = decoded;
  const json = containerIn(text) !== undefined;
  const view = composeProjections(decoded, inner(text, shown));
  return { view, range, json, errors: json ? [] : parseJson(view.text).errors };
}

/** Every string value in a JSON text, half-typed ones included, that holds a JSON object or array. */
export function embeddedStrings(text: string): EmbeddedString[] {
  const tokens = tokensOf(text);
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'string' || tokens[index + 1]?.kind === 'colon') return [];
    if (!/^"(?:\s|\\[nrt]|\\u00(?:09|0[aAdD]|20))*[[{]/.test(text.slice(token.offset, token.offset + 64)))
      return [];
    const range = rangeOf(token);
    const kind = containerIn(stringProjection(text, range)?.text ?? '');
    return kind === undefined ? [] : [{ range, kind }];
  });
}

/** The string literal (value or key) that holds an offset or touches it; undefined where there is none. */
export function literalAt(text: string, offset: number): TextRange | undefined {
  const token = tokensOf(text).find(
    (one) => one.kind === 'string' && one.offset <= offset && offset <= one.end,
  );
  return token && rangeOf(token);
}

/**
 * Where a literal is after its text was edited.
 *
 * @param text the text after the edits
 * @returns undefined when it is no complete string literal any more
 */
export function followLiteral(
  text: string,
  range: TextRange,
  edits: readonly TextEdit[],
): TextRange | undefined {
  const end = range.offset + range.length;
  if (
    edits.some((edit) => edit.offset <= range.offset && edit.offset + edit.length >= end && edit.length > 0)
  ) {
    const start = moveOffset(range.offset, edits, 'before');
    return literalStartingAt(text, start);
  }
  return literalStartingAt(text, moveOffset(range.offset, edits, 'after'));
}

function literalStartingAt(text: string, offset: number): TextRange | undefined {
  const token = tokensOf(text).find((one) => one.kind === 'string' && one.offset === offset);
  return token && rangeOf(token);
}

function inner(text: string, shown: string | undefined): Projection {
  const laidOut = shown === undefined ? isOneLineOfJson(text) : keepsLayout(text, shown);
  return laidOut ? layoutProjection(text, shown) : lineProjection(text);
}

function rangeOf(token: Token): TextRange {
  return { offset: token.offset, length: token.end - token.offset };
}
