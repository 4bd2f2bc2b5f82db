import { applyEdits, type TextEdit, type TextRange } from '../text';
import { Mapping } from '../mapping';
import { changed, trimmed, withLineFeeds, type Projection, type ProjectionChange } from './projection';

interface Line {
  /** Offset in the source of what follows the line break; of the first line the start of the slice. */
  readonly start: number;
  /** Units of indentation that are not shown. */
  readonly hidden: number;
  /** Offset in the source of the line's break, or the end of the slice. */
  readonly end: number;
}

/**
 * A stretch of a text with its later lines shown without the indentation of the line in which it starts, and with
 * line feeds for line breaks. Lines that do not have that indentation are shown as they are.
 */
export function sliceProjection(source: string, range: TextRange): Projection {
  return new SliceView(source, range, indentAt(source, range.offset));
}

/** A whole text with line feeds for line breaks; what is typed gets the breaks that the text has. */
export function lineProjection(source: string): Projection {
  return new SliceView(source, { offset: 0, length: source.length }, '');
}

class SliceView implements Projection {
  readonly text: string;
  private readonly lines: readonly Line[];
  private readonly mapping: Mapping;

  constructor(
    readonly source: string,
    readonly range: TextRange,
    private readonly indent: string,
  ) {
    this.lines = linesOf(source, range, indent);
    this.mapping = new Mapping(range.offset);
    let text = '';
    this.lines.forEach((line, index) => {
      const before = this.lines[index - 1];
      const shownFrom = line.start + line.hidden;
      if (before !== undefined) {
        text += '\n';
        this.mapping.add(1, shownFrom - before.end);
      }
      text += source.slice(shownFrom, line.end);
      this.mapping.add(line.end - shownFrom, line.end - shownFrom);
    });
    this.text = text;
  }

  toDocument(from: number, to = from): TextRange {
    return this.mapping.toSource(from, to);
  }

  fromDocument(offset: number, side: 'before' | 'after' = 'after'): number | undefined {
    return this.mapping.toShown(offset, side);
  }

  edit(change: ProjectionChange): TextEdit[] {
    const typed = trimmed(this.text, { ...change, insert: withLineFeeds(change.insert) });
    if (typed.from === typed.to && typed.insert === '') return [];
    const wanted = changed(this.text, typed);
    const plain = this.plainEdit(typed);
    if (this.shows(plain, wanted)) return [plain];
    const lines = this.linesEdit(typed);
    if (this.shows(lines, wanted)) return [lines];
    return [{ ...this.range, text: this.laidOut(wanted.split('\n'), true) }];
  }

  after(change: ProjectionChange): Projection {
    const edits = this.edit(change);
    const grown = edits.reduce((sum, edit) => sum + edit.text.length - edit.length, 0);
    const range = { offset: this.range.offset, length: this.range.length + grown };
    return new SliceView(applyEdits(this.source, edits), range, this.indent);
  }

  private shows(edit: TextEdit, wanted: string): boolean {
    const source = applyEdits(this.source, [edit]);
    const range = { offset: this.range.offset, length: this.range.length + edit.text.length - edit.length };
    return new SliceView(source, range, this.indent).text === wanted;
  }

  /** Only what was typed, new lines being indented; right nearly always. */
  private plainEdit(typed: ProjectionChange): TextEdit {
    const { offset, length } = this.toDocument(typed.from, typed.to);
    const pieces = typed.insert.split('\n');
    const tail = /^[^\n]*/.exec(this.text.slice(typed.to))?.[0] ?? '';
    const last = pieces.length - 1;
    const text = pieces
      .map((piece, index) => {
        const line = index === last ? piece + tail : piece;
        return index > 0 && line !== '' ? this.indent + piece : piece;
      })
      .join(this.lineBreak());
    const line = this.lines[this.lineAt(typed.from)];
    const blank = line !== undefined && line.start > this.range.offset && line.start === line.end;
    return {
      offset,
      length,
      text: blank && text !== '' && !/^[\r\n]/.test(text) ? this.indent + text : text,
    };
  }

  /** The lines that were touched, laid out anew. */
  private linesEdit(typed: ProjectionChange): TextEdit {
    const first = this.lineAt(typed.from);
    const last = this.lineAt(typed.to);
    const lines = this.text.split('\n');
    const before = lines.slice(0, first).reduce((sum, line) => sum + line.length + 1, 0);
    const through = lines.slice(first, last + 1).join('\n');
    const touched = changed(through, { ...typed, from: typed.from - before, to: typed.to - before });
    const start = this.lines[first]?.start ?? this.range.offset;
    const end = this.lines[last]?.end ?? this.range.offset + this.range.length;
    return { offset: start, length: end - start, text: this.laidOut(touched.split('\n'), first === 0) };
  }

  private laidOut(lines: readonly string[], startsSlice: boolean): string {
    return lines
      .map((line, index) => (line === '' || (index === 0 && startsSlice) ? line : this.indent + line))
      .join(this.lineBreak());
  }

  private lineBreak(): string {
    return /\r\n|\n/.exec(this.source)?.[0] ?? '\n';
  }

  private lineAt(position: number): number {
    let line = 0;
    for (let at = this.text.indexOf('\n'); at >= 0 && at < position; at = this.text.indexOf('\n', at + 1))
      line += 1;
    return line;
  }
}

function indentAt(source: string, offset: number): string {
  let start = offset;
  while (start > 0 && source[start - 1] !== '\n' && source[start - 1] !== '\r') start -= 1;
  let end = start;
  while (end < offset && (source[end] === ' ' || source[end] === '\t')) end += 1;
  return source.slice(start, end);
}

function linesOf(source: string, range: TextRange, indent: string): Line[] {
  const limit = range.offset + range.length;
  const lines: Line[] = [];
  let start = range.offset;
  for (;;) {
    let end = start;
    while (end < limit && source[end] !== '\n' && source[end] !== '\r') end += 1;
    const indented = lines.length > 0 && start + indent.length <= end && source.startsWith(indent, start);
    lines.push({ start, hidden: indented ? indent.length : 0, end });
    if (end >= limit) return lines;
    start = end + (source[end] === '\r' && source[end + 1] === '\n' && end + 1 < limit ? 2 : 1);
  }
}
