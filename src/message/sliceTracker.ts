import type { Node } from 'jsonc-parser';
import { MEMBERS, parseMessage, type Member } from './document';
import { moveOffset } from '../json/edits';
import { applyEdits, type TextEdit, type TextRange } from '../json/text';
import { isStrict } from '../json/tree';
import { tokensOf, type Token } from '../json/tokens';

/** The stretches of a document that hold the values of its members. */
export type Slices = Readonly<Partial<Record<Member, TextRange>>>;

/**
 * Knows where the two members of a message document are, through every change of its text, also while it is half
 * typed. Immutable: a change makes a new one.
 */
export class SliceTracker {
  private constructor(
    readonly text: string,
    /** The members that the document has; none in mode `whole`. */
    readonly slices: Slices,
    /** `whole`: the text has no members to tell apart, so that it can only be edited as one. */
    readonly mode: 'members' | 'whole',
    /** Whether the text is strict JSON. */
    readonly parses: boolean,
  ) {}

  /** Looks at a text afresh. */
  static of(text: string): SliceTracker {
    const derived = derive(text);
    if (derived !== undefined) return new SliceTracker(text, derived.slices, 'members', true);
    const guessed = guess(text);
    const parses = isStrict(parseMessage(text).syntaxErrors);
    return new SliceTracker(text, guessed ?? {}, guessed === undefined ? 'whole' : 'members', parses);
  }

  /**
   * The tracker after edits that all refer to its text. What is typed at either end of a member belongs to it, so
   * that a page shows just what was typed into it, layout and half-typed members included.
   *
   * @param after the text after the edits, when the caller has it
   */
  apply(edits: readonly TextEdit[], after = applyEdits(this.text, edits)): SliceTracker {
    if (this.mode === 'whole') return SliceTracker.of(after);
    const moved = this.move(edits);
    if (moved === undefined) return SliceTracker.of(after);
    const derived = derive(after);
    if (derived === undefined) return new SliceTracker(after, moved, 'members', false);
    const slices: Partial<Record<Member, TextRange>> = {};
    for (const member of MEMBERS) {
      const slice = keep(member, moved[member], derived) ?? derived.slices[member];
      if (slice !== undefined) slices[member] = slice;
    }
    return new SliceTracker(after, slices, 'members', true);
  }

  /** The slices after edits; undefined when an edit reaches over the end of one. */
  private move(edits: readonly TextEdit[]): Slices | undefined {
    const moved: Partial<Record<Member, TextRange>> = {};
    for (const member of MEMBERS) {
      const slice = this.slices[member];
      if (slice === undefined) continue;
      const end = slice.offset + slice.length;
      for (const edit of edits) {
        const editEnd = edit.offset + edit.length;
        const inside = edit.offset >= slice.offset && editEnd <= end;
        const outside = editEnd <= slice.offset || edit.offset >= end;
        if (!inside && !outside) return undefined;
      }
      const start = moveOffset(slice.offset, edits, 'before');
      moved[member] = { offset: start, length: moveOffset(end, edits, 'after') - start };
    }
    return moved;
  }
}

interface Derived {
  readonly slices: Slices;
  /** Where the whole properties are, keys included. */
  readonly properties: Slices;
}

function derive(text: string): Derived | undefined {
  const { root, syntaxErrors, msgBody, cloudCustomData } = parseMessage(text);
  if (!isStrict(syntaxErrors) || root?.type !== 'object') return undefined;
  const values = { MsgBody: msgBody, CloudCustomData: cloudCustomData };
  const slices: Partial<Record<Member, TextRange>> = {};
  const properties: Partial<Record<Member, TextRange>> = {};
  for (const member of MEMBERS) {
    const node = values[member];
    if (node === undefined) continue;
    slices[member] = rangeOf(node);
    if (node.parent !== undefined) properties[member] = rangeOf(node.parent);
  }
  return { slices, properties };
}

/** A moved slice stays while it holds its member's value and nothing of the other member. */
function keep(member: Member, moved: TextRange | undefined, derived: Derived): TextRange | undefined {
  const value = derived.slices[member];
  if (moved === undefined || value === undefined || !contains(moved, value)) return undefined;
  const other = derived.properties[member === 'MsgBody' ? 'CloudCustomData' : 'MsgBody'];
  return other !== undefined && overlaps(moved, other) ? undefined : moved;
}

/**
 * Finds the members of a text that is not JSON by their keys: an object that begins with one of them, has no more
 * than the other one beside it, and ends with its brace.
 */
function guess(text: string): Slices | undefined {
  const tokens = tokensOf(text).filter((token) => token.kind !== 'comment' && token.kind !== 'lineComment');
  const first = keyAt(text, tokens, 1);
  const last = tokens[tokens.length - 1];
  if (textOf(text, tokens[0]) !== '{' || first === undefined || textOf(text, last) !== '}') return undefined;
  const other: Member = first === 'MsgBody' ? 'CloudCustomData' : 'MsgBody';
  const candidates = tokens.flatMap((token, index) =>
    index > 2 && keyAt(text, tokens, index) === other && tokens[index - 1]?.kind === 'comma' ? [index] : [],
  );
  const column = columnOf(text, tokens[1]);
  const aligned = candidates.filter((index) => columnOf(text, tokens[index]) === column);
  const [found, another] = candidates.length === 1 ? candidates : aligned;
  if (another !== undefined || (found === undefined && candidates.length > 0)) return undefined;
  const firstEnd = found === undefined ? tokens.length - 1 : found - 1;
  return {
    [first]: between(tokens, 3, firstEnd),
    ...(found !== undefined && { [other]: between(tokens, found + 2, tokens.length - 1) }),
  };
}

function keyAt(text: string, tokens: readonly Token[], index: number): Member | undefined {
  if (tokens[index + 1]?.kind !== 'colon') return undefined;
  const key = textOf(text, tokens[index]);
  return MEMBERS.find((member) => key === `"${member}"`);
}

/** From one token up to, not including, another; without any between them, right behind the one before. */
function between(tokens: readonly Token[], from: number, to: number): TextRange {
  const start = tokens[from];
  const end = tokens[to - 1];
  if (from < to && start !== undefined && end !== undefined) {
    return { offset: start.offset, length: end.end - start.offset };
  }
  return { offset: tokens[from - 1]?.end ?? 0, length: 0 };
}

function textOf(text: string, token: Token | undefined): string {
  return token === undefined ? '' : text.slice(token.offset, token.end);
}

/** How far a token is from the beginning of its line; -1 when other tokens stand before it. */
function columnOf(text: string, token: Token | undefined): number {
  if (token === undefined) return -1;
  const lineStart = Math.max(text.lastIndexOf('\n', token.offset), text.lastIndexOf('\r', token.offset)) + 1;
  return /^\s*$/.test(text.slice(lineStart, token.offset)) ? token.offset - lineStart : -1;
}

function rangeOf(node: Node): TextRange {
  return { offset: node.offset, length: node.length };
}

function contains(outer: TextRange, inner: TextRange): boolean {
  return outer.offset <= inner.offset && outer.offset + outer.length >= inner.offset + inner.length;
}

function overlaps(a: TextRange, b: TextRange): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
