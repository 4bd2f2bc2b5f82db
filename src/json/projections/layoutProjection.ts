import { differenceEdit, shortened } from '../edits';
import { parseStrict } from '../tree';
import { needsGap, prettyPrint } from '../layout';
import { applyEdits, type TextEdit, type TextRange } from '../text';
import { tokensOf, type Token } from '../tokens';
import { Mapping } from '../mapping';
import { changed, withLineFeeds, type Projection, type ProjectionChange } from './projection';

/**
 * A JSON text shown with another layout. Source and shown text have the same tokens in the same order; what is
 * typed between them as layout is shown only, and new tokens are written in the source's own layout.
 *
 * @param source one line of JSON, or half-typed JSON
 * @param shown the layout to show: what a person made of an earlier view, for example; without it, two blanks for
 *   each level. Where it no longer fits the source, it is changed as little as possible
 */
export function layoutProjection(source: string, shown?: string): Projection {
  const pretty = prettyPrint(source);
  if (shown === undefined)
    return new LayoutView(source, sameTokens(source, pretty) ? pretty : withLineFeeds(source));
  const kept = withLineFeeds(shown);
  if (sameTokens(source, kept)) return new LayoutView(source, kept);
  if (!sameTokens(source, pretty)) return new LayoutView(source, withLineFeeds(source));
  const patched = relaid(kept, pretty);
  return new LayoutView(source, sameTokens(source, patched) ? patched : pretty);
}

/** True when two texts are the same but for the white space between tokens. */
function sameTokens(a: string, b: string): boolean {
  const left = tokensOf(a);
  const right = tokensOf(b);
  return left.length === right.length && left.every((token, index) => sameToken(a, token, b, right[index]));
}

/** What a text is as JSON, if that is an object or array. */
export function containerIn(text: string): 'object' | 'array' | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const type = parseStrict(text)?.type;
  return type === 'object' || type === 'array' ? type : undefined;
}

/** True for an object or array on one line, which reads better over many. */
export function isOneLineOfJson(text: string): boolean {
  return !/[\r\n]/.test(text) && containerIn(text) !== undefined;
}

/**
 * True when a text may go on being shown in a layout of its own: it is JSON on one line, or was until it was half
 * typed, and is shown over more lines than it has. In a plain text every blank counts; nothing of it is layout.
 */
export function keepsLayout(text: string, shown: string): boolean {
  if (isOneLineOfJson(text)) return true;
  return (
    /[{}[\]]/.test(text) && lineBreaks(shown) > lineBreaks(text) && sameTokens(text, withLineFeeds(shown))
  );
}

function lineBreaks(text: string): number {
  return withLineFeeds(text).split('\n').length;
}

class LayoutView implements Projection {
  readonly range: TextRange;
  private readonly mapping = new Mapping(0);
  private readonly sourceTokens: readonly Token[];
  private readonly shownTokens: readonly Token[];

  constructor(
    readonly source: string,
    readonly text: string,
  ) {
    this.range = { offset: 0, length: source.length };
    this.sourceTokens = tokensOf(source);
    this.shownTokens = tokensOf(text);
    this.sourceTokens.forEach((token, index) => {
      const before = this.sourceTokens[index - 1]?.end ?? 0;
      const shown = this.shownTokens[index] ?? token;
      this.mapping.add(shown.offset - (this.shownTokens[index - 1]?.end ?? 0), token.offset - before);
      this.mapping.add(token.end - token.offset, token.end - token.offset);
    });
    const last = this.sourceTokens.length - 1;
    this.mapping.add(
      text.length - (this.shownTokens[last]?.end ?? 0),
      source.length - (this.sourceTokens[last]?.end ?? 0),
    );
  }

  toDocument(from: number, to = from): TextRange {
    return this.mapping.toSource(from, to);
  }

  fromDocument(offset: number, side: 'before' | 'after' = 'after'): number | undefined {
    return this.mapping.toShown(offset, side);
  }

  edit(change: ProjectionChange): TextEdit[] {
    const wanted = changed(this.text, { ...change, insert: withLineFeeds(change.insert) });
    const edit = shortened(this.source, this.tokenEdit(wanted));
    const source = edit === undefined ? this.source : applyEdits(this.source, [edit]);
    // A token that is not closed can swallow what follows on one line, and what is no JSON any more has no layout;
    // then all is written as it is shown.
    if (!sameTokens(source, wanted) || !keepsLayout(source, wanted))
      return differenceEdit(this.source, wanted);
    return edit === undefined ? [] : [edit];
  }

  after(change: ProjectionChange): Projection {
    const wanted = changed(this.text, { ...change, insert: withLineFeeds(change.insert) });
    return new LayoutView(applyEdits(this.source, this.edit(change)), wanted);
  }

  /** Writes the tokens that differ, with the source's layout between them. */
  private tokenEdit(wanted: string): TextEdit {
    const next = tokensOf(wanted);
    const { first, last } = differing(this.text, this.shownTokens, wanted, next);
    const oldEnd = this.shownTokens.length - last;
    const newEnd = next.length - last;
    const start = this.sourceTokens[first - 1]?.end ?? 0;
    const end = this.sourceTokens[oldEnd]?.offset ?? this.source.length;
    if (next.length === 0) return { offset: 0, length: this.source.length, text: '' };
    if (first === oldEnd && first === newEnd) {
      return { offset: start, length: end - start, text: this.source.slice(start, end) };
    }
    let text = '';
    for (let index = first; index <= newEnd; index += 1) {
      text += this.gap(wanted, next, index);
      const token = next[index];
      if (token !== undefined && index < newEnd) text += wanted.slice(token.offset, token.end);
    }
    return { offset: start, length: end - start, text };
  }

  /** What is written before a token: the style's blank, or, next to a broken token, just what is shown. */
  private gap(wanted: string, tokens: readonly Token[], index: number): string {
    const before = tokens[index - 1];
    const after = tokens[index];
    const shown = wanted.slice(before?.end ?? 0, after?.offset ?? wanted.length);
    if (isBroken(before) || isBroken(after)) return shown;
    if (before === undefined) return this.source.slice(0, this.sourceTokens[0]?.offset);
    if (after === undefined) return this.source.slice(this.sourceTokens[this.sourceTokens.length - 1]?.end);
    if (needsGap(before, after)) return ' ';
    if (before.kind === 'colon') return this.blankAfter('colon');
    return before.kind === 'comma' ? this.blankAfter('comma') : '';
  }

  /** The source's own way: from the first such place on one line, else from its way with the other sign. */
  private blankAfter(kind: 'colon' | 'comma'): string {
    return this.gapAfter(kind) ?? this.gapAfter(kind === 'colon' ? 'comma' : 'colon') ?? '';
  }

  private gapAfter(kind: 'colon' | 'comma'): string | undefined {
    for (let index = 0; index + 1 < this.sourceTokens.length; index += 1) {
      const gap = this.source.slice(this.sourceTokens[index]?.end, this.sourceTokens[index + 1]?.offset);
      if (this.sourceTokens[index]?.kind === kind && !/[\r\n]/.test(gap)) return gap === '' ? '' : ' ';
    }
    return undefined;
  }
}

/** Puts the part of a fresh layout that differs in its tokens into a layout that is to be kept. */
function relaid(kept: string, pretty: string): string {
  const old = tokensOf(kept);
  const fresh = tokensOf(pretty);
  const { first, last } = differing(kept, old, pretty, fresh);
  const head = kept.slice(0, old[first - 1]?.end ?? 0);
  const tail = kept.slice(old[old.length - last]?.offset ?? kept.length);
  return (
    head +
    pretty.slice(fresh[first - 1]?.end ?? 0, fresh[fresh.length - last]?.offset ?? pretty.length) +
    tail
  );
}

/** How many tokens two texts share at their beginnings (`first`) and, beyond those, at their ends (`last`). */
function differing(
  a: string,
  left: readonly Token[],
  b: string,
  right: readonly Token[],
): { first: number; last: number } {
  const most = Math.min(left.length, right.length);
  let first = 0;
  while (first < most && sameToken(a, left[first], b, right[first])) first += 1;
  let last = 0;
  while (
    last < most - first &&
    sameToken(a, left[left.length - 1 - last], b, right[right.length - 1 - last])
  ) {
    last += 1;
  }
  return { first, last };
}

function sameToken(a: string, left: Token | undefined, b: string, right: Token | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.kind === right.kind && a.slice(left.offset, left.end) === b.slice(right.offset, right.end);
}

function isBroken(token: Token | undefined): boolean {
  return token?.kind === 'broken' || token?.kind === 'lineComment';
}
