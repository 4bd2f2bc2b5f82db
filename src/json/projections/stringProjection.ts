import { applyEdits, type TextEdit, type TextRange } from '../text';
import { encodeString, escapeStyleOf, isLow, unitAt } from '../escapes';
import { Mapping } from '../mapping';
import { trimmed, type Projection, type ProjectionChange } from './projection';

/**
 * The decoded content of a JSON string. What is typed is written in the string's own style of escapes; the rest
 * of the literal stays byte for byte.
 *
 * @param range the literal with its quotes
 * @returns undefined when there is no complete string literal of exactly that range
 */
export function stringProjection(source: string, range: TextRange): Projection | undefined {
  const end = range.offset + range.length - 1;
  if (range.length < 2 || source[range.offset] !== '"' || source[end] !== '"') return undefined;
  const mapping = new Mapping(range.offset + 1);
  let text = '';
  for (let at = range.offset + 1; at < end;) {
    const unit = unitAt(source, at);
    if (unit === undefined || at + unit.length > end || (unit.length === 1 && unit.char === '"'))
      return undefined;
    text += unit.char;
    mapping.add(1, unit.length);
    at += unit.length;
  }
  return new StringView(source, range, text, mapping);
}

class StringView implements Projection {
  constructor(
    readonly source: string,
    readonly range: TextRange,
    readonly text: string,
    private readonly mapping: Mapping,
  ) {}

  toDocument(from: number, to = from): TextRange {
    return this.mapping.toSource(from, to);
  }

  fromDocument(offset: number, side: 'before' | 'after' = 'after'): number | undefined {
    const first = this.range.offset + 1;
    const last = this.range.offset + this.range.length - 1;
    if (offset < this.range.offset || offset > last + 1) return undefined;
    return this.mapping.toShown(Math.min(Math.max(offset, first), last), side);
  }

  edit(change: ProjectionChange): TextEdit[] {
    const typed = this.wholePairs(trimmed(this.text, change));
    if (typed.from === typed.to && typed.insert === '') return [];
    const inside = this.source.slice(this.range.offset + 1, this.range.offset + this.range.length - 1);
    return [
      { ...this.toDocument(typed.from, typed.to), text: encodeString(typed.insert, escapeStyleOf(inside)) },
    ];
  }

  after(change: ProjectionChange): Projection {
    const edits = this.edit(change);
    const grown = edits.reduce((sum, edit) => sum + edit.text.length - edit.length, 0);
    const range = { offset: this.range.offset, length: this.range.length + grown };
    const view = stringProjection(applyEdits(this.source, edits), range);
    if (view === undefined) throw new Error(`Not a string after ${JSON.stringify(change)}.`);
    return view;
  }

  /**
   * A change that cuts a surrogate pair written as one character takes its other half along, which is then
   * written as an escape; alone it could not be stored as UTF-8.
   */
  private wholePairs(change: ProjectionChange): ProjectionChange {
    let { from, to, insert } = change;
    if (from === to && insert === '') return change;
    if (this.cutsPair(from)) {
      from -= 1;
      insert = (this.text[from] ?? '') + insert;
    }
    if (this.cutsPair(to)) {
      insert += this.text[to] ?? '';
      to += 1;
    }
    return { from, to, insert };
  }

  private cutsPair(position: number): boolean {
    const before = this.text.charCodeAt(position - 1);
    if (!(before >= 0xd800 && before < 0xdc00 && isLow(this.text.charCodeAt(position)))) return false;
    return this.toDocument(position - 1, position + 1).length === 2;
  }
}
