import { afterBreak, endOfExpression, memberAt, recordAt, skipBlanks } from './lookahead';
import { readScalar } from './scalars';
import { readString, stringStart, type Role } from './strings';
import { skipTrivia } from './trivia';
import { Unreadable, type Work } from './work';

const OPENERS: Readonly<Record<string, '{' | '['>> = { '{': '{', '[': '[', '｛': '{', '［': '[' };
const CLOSERS: Readonly<Record<string, '{' | '['>> = { '}': '{', ']': '[', '｝': '{', '］': '[' };
const KEY = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff.-]*|\d+/y;

/** Reads values that are nearly JSON. Where a value begins, it is one; what it says is never guessed. */
export class Containers {
  constructor(
    private readonly work: Work,
    /** The text has no quotes at all: a shell took them away. */
    private readonly quoteless: boolean,
  ) {}

  /** Reads the value at an offset. Returns where it ends. */
  value(at: number, role: Role): number {
    const { work } = this;
    const { text } = work;
    const char = text[at] ?? '';
    const bracket = OPENERS[char];
    if (bracket !== undefined) return bracket === '{' ? this.object(at) : this.array(at);
    const tuple = char === '(' ? this.tupleAt(at) : undefined;
    if (tuple !== undefined) return tuple;
    if (stringStart(text, at) === undefined) return readScalar(work, at, this.quoteless);
    return this.stringOrExpression(at, role);
  }

  private stringOrExpression(at: number, role: Role): number {
    const { work } = this;
    const mark = work.mark();
    const end = readString(work, at, role, (start) => this.lengthOf(start));
    if (work.ended) return end;
    const next = work.text.slice(skipBlanks(work.text, end), skipBlanks(work.text, end) + 12);
    const goesOn =
      /^(?:\+|\.\w+\(|%\s*[\w(]|\|\||&&|\?\?)/.test(next) || /^`[^]*\$\{/.test(work.text.slice(at, end));
    if (!goesOn) return end;
    const stop = endOfExpression(work.text, at);
    if (stop >= work.text.length) return end;
    work.back(mark);
    work.noValue('expression', at, stop);
    return stop;
  }

  /** Where the value at an offset ends, reading it and keeping nothing of that. */
  private lengthOf(at: number): number | undefined {
    const { work } = this;
    const mark = work.mark();
    const open = [...work.open];
    try {
      work.open.length = 0;
      const end = this.value(at, 'item');
      const whole = !work.ended;
      return whole ? end : undefined;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return undefined;
    } finally {
      work.back(mark);
      work.open.push(...open.slice(work.open.length));
    }
  }

  private tupleAt(at: number): number | undefined {
    const { work } = this;
    const mark = work.mark();
    work.tuples += 1;
    try {
      return this.tuple(at);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      work.back(mark);
      return undefined;
    } finally {
      work.tuples -= 1;
    }
  }

  private tuple(at: number): number {
    const { work } = this;
    work.edit(at, at + 1, '[');
    let pos = skipTrivia(work, at + 1);
    let items = 0;
    for (;;) {
      if (work.text[pos] === ')') break;
      pos = skipTrivia(work, this.value(pos, 'item'));
      items += 1;
      if (work.text[pos] === ',') {
        const next = skipTrivia(work, pos + 1);
        if (work.text[next] === ')') work.edit(pos, pos + 1, '');
        pos = next;
      } else if (work.text[pos] !== ')' || items < 2) throw new Unreadable(pos);
    }
    work.mend('tuple', pos, pos + 1, ']');
    return pos + 1;
  }

  private object(at: number): number {
    const { work } = this;
    if (work.text[at] !== '{') work.mend('fullWidth', at, at + 1, '{');
    work.enter('{', at);
    const end = this.parts(at, '{');
    work.leave();
    return end;
  }

  private array(at: number): number {
    const { work } = this;
    if (work.text[at] !== '[') work.mend('fullWidth', at, at + 1, '[');
    work.enter('[', at);
    const end = this.parts(at, '[');
    work.leave();
    return end;
  }

  /** Reads what a container holds, and its end. */
  private parts(at: number, bracket: '{' | '['): number {
    const { work } = this;
    const { text } = work;
    let pos = skipTrivia(work, at + 1);
    /** End of the last part, with a comma behind it or without. */
    let last = at + 1;
    let comma: number | undefined;
    let count = 0;
    for (;;) {
      const char = text[pos];
      if (char === undefined) return this.endHere(bracket, comma, pos);
      if (this.isCutAt(pos, at, count))
        return this.endHere(bracket, comma, comma === undefined ? last : comma + 1);
      const closer = CLOSERS[char];
      if (closer !== undefined) {
        if (closer === bracket) {
          this.dropComma(comma);
          const right = bracket === '{' ? '}' : ']';
          if (char !== right) work.mend('fullWidth', pos, pos + 1, right);
          return pos + 1;
        }
        if (work.open.slice(0, -1).includes(closer)) {
          this.dropComma(comma);
          work.mend('missingBracket', last, last, bracket === '{' ? '}' : ']');
          return pos;
        }
        if (count === 0) throw new Unreadable(pos);
        work.mend('extraMark', pos, pos + 1, '');
        pos = skipTrivia(work, pos + 1);
        continue;
      }
      if (',，;、'.includes(char)) {
        if (count === 0 && bracket === '{') throw new Unreadable(pos);
        if (comma !== undefined || count === 0) work.mend('extraMark', pos, pos + 1, '');
        else {
          comma = pos;
          if (char !== ',') work.mend(char === ';' ? 'extraMark' : 'fullWidth', pos, pos + 1, ',');
        }
        pos = skipTrivia(work, pos + 1);
        continue;
      }
      if (count > 0 && comma === undefined) {
        if (bracket === '{' ? memberAt(text, pos) : /["'“{[\d-]/.test(char))
          work.mend('missingComma', last, last, ',');
        else if (!this.isElision(pos)) {
          const skipped = this.recover(last, pos, bracket);
          if (skipped === undefined) return this.endHere(bracket, undefined, last);
          pos = skipTrivia(work, skipped);
          continue;
        }
      }
      const elided = this.elision(pos, last, comma);
      if (elided !== undefined) {
        pos = skipTrivia(work, elided);
        comma = undefined;
        last = elided;
        count += 1;
        if (',，'.includes(text[pos] ?? '-')) {
          work.edit(pos, pos + 1, '');
          pos = skipTrivia(work, pos + 1);
          // The comma before the gap joins what stands around it.
          const goesOn = CLOSERS[text[pos] ?? ''] === undefined;
          if (goesOn && count > 1) work.edit(pos, pos, ',');
          comma = goesOn ? pos : undefined;
        }
        continue;
      }
      const mark = work.mark();
      try {
        const end = bracket === '{' ? this.member(pos) : this.value(pos, 'item');
        last = end;
        comma = undefined;
        count += 1;
        pos = work.ended ? end : skipTrivia(work, end);
        if (work.ended) {
          work.edit(end, end, bracket === '{' ? '}' : ']');
          return end;
        }
      } catch (error) {
        if (!(error instanceof Unreadable) || error.notation !== undefined || count === 0) {
          if (error instanceof Unreadable && error.notation === undefined && this.runsOut(error, pos)) {
            work.back(mark);
            return this.endHere(bracket, comma, pos);
          }
          throw error;
        }
        work.back(mark);
        if (this.runsOut(error, pos)) return this.endHere(bracket, comma, pos);
        const skipped = this.recover(comma ?? last, error.position, bracket);
        if (skipped === undefined) return this.endHere(bracket, comma, comma ?? last);
        comma = undefined;
        pos = skipTrivia(work, skipped);
      }
    }
  }

  /** The part that begins at `from` was not read because the text, or the record of a log, ends in it. */
  private runsOut(error: Unreadable, from: number): boolean {
    const { text, start } = this.work;
    const { position } = error;
    if (position >= text.length) return text.length - from < 4_000;
    const end = text.slice(0, position).trimEnd().length;
    const at = text[position] === '\n' || text[position] === '\r' ? position : end;
    if (text[at] !== '\n' && text[at] !== '\r') return false;
    return !/[\r\n]/.test(text.slice(start, at)) && recordAt(text, afterBreak(text, at));
  }

  /** A line of its own that was cut, with the next record of a log below it. */
  private isCutAt(pos: number, at: number, count: number): boolean {
    const { text, start } = this.work;
    if (count === 0 && pos === at + 1) return false;
    const lineStart = Math.max(text.lastIndexOf('\n', pos - 1), text.lastIndexOf('\r', pos - 1)) + 1;
    if (lineStart <= at || !/^[ \t]*$/.test(text.slice(lineStart, pos))) return false;
    const before = text.slice(start, lineStart).replace(/[\r\n]+$/, '');
    return !/[\r\n]/.test(before) && recordAt(text, lineStart) && !/[{["]/.test(text[pos] ?? '');
  }

  /** Ends a container where the text ends, or can be read no further. */
  private endHere(bracket: '{' | '[', comma: number | undefined, from: number): number {
    const { work } = this;
    this.dropComma(comma);
    const end = work.text.length;
    const line = /[\r\n]/.exec(work.text.slice(from));
    const cutOff = this.isLastLine(from) ? end : from + (line?.index ?? 0);
    if (cutOff > from && /\S/.test(work.text.slice(from, cutOff))) work.edit(from, cutOff, '');
    work.repair('cut', from, cutOff);
    work.edit(cutOff, cutOff, bracket === '{' ? '}' : ']');
    work.ended = true;
    return cutOff;
  }

  private isLastLine(from: number): boolean {
    return !/[\r\n]\s*\S/.test(this.work.text.slice(from));
  }

  private dropComma(comma: number | undefined): void {
    if (comma === undefined) return;
    const { work } = this;
    const given = work.edits.findIndex(({ offset, length }) => offset === comma && length === 1);
    if (given >= 0) work.edits.splice(given, 1);
    work.mend('trailingComma', comma, comma + 1, '');
  }

  private isElision(at: number): boolean {
    return /^(?:\.{3}|…)/.test(this.work.text.slice(at, at + 3));
  }

  /** `...` for what was left out, `... 3 more items`, or a spread of JavaScript's: taken out with a comma. */
  private elision(at: number, last: number, comma: number | undefined): number | undefined {
    if (!this.isElision(at)) return undefined;
    const { work } = this;
    const end = endOfExpression(work.text, at);
    const text = work.text.slice(at, end).trimEnd();
    const spread = /^\.{3}\s*[A-Za-z_$(]/.test(text);
    const stop = at + text.length;
    if (comma !== undefined) this.takeOut(comma);
    work.mend(spread ? 'expression' : 'elided', at, stop, '');
    work.unknown.push({ offset: last, length: Math.max(1, stop - last) });
    return stop;
  }

  private takeOut(at: number): void {
    const { work } = this;
    const given = work.edits.findIndex(({ offset, length }) => offset === at && length === 1);
    if (given >= 0) work.edits.splice(given, 1);
    work.edit(at, at + 1, '');
  }

  /** Leaves out what cannot be read, up to the next comma or the container's end; undefined when there is neither. */
  private recover(from: number, at: number, bracket: '{' | '['): number | undefined {
    const { work } = this;
    const end = endOfExpression(work.text, Math.max(from, at));
    const char = work.text[end];
    if (char === undefined || end - from > 4_000 || work.open.length === 0) return undefined;
    if (char === ')' || (CLOSERS[char] !== undefined && CLOSERS[char] !== bracket)) return undefined;
    // What is left out must not take a bracket of the container along.
    const mark = /^[,，;]/.test(work.text.slice(from)) ? from + 1 : from;
    for (let index = work.edits.length - 1; index >= 0; index -= 1) {
      const edit = work.edits[index];
      if (edit && edit.offset >= mark && edit.offset < end) work.edits.splice(index, 1);
    }
    if (mark > from) {
      const given = work.edits.findIndex(({ offset, length }) => offset === from && length === 1);
      if (given >= 0) work.edits.splice(given, 1);
      work.edit(from, from + 1, '');
    }
    work.mend('unreadable', mark, end, '');
    return end;
  }

  private member(at: number): number {
    const { work } = this;
    const { text } = work;
    const quoted = stringStart(text, at) !== undefined && !/^[A-Za-z]/.test(text[at] ?? '');
    const nameEnd = quoted ? readString(work, at, 'key', () => undefined) : this.name(at);
    if (work.ended) throw new Unreadable(text.length);
    let pos = skipTrivia(work, nameEnd);
    const char = text[pos];
    if (char === ':' || char === '：') {
      if (char !== ':') work.mend('fullWidth', pos, pos + 1, ':');
    } else if (char === '=' || (char === '(' && !quoted)) {
      throw new Unreadable(pos, char === '(' ? undefined : text[pos + 1] === '>' ? 'ruby' : 'java');
    } else if (!quoted && !/^\d/.test(text[at] ?? '') && (char === ',' || char === '}') && !this.quoteless) {
      // A variable of the same name.
      work.edit(nameEnd, nameEnd, ': null');
      work.repair('expression', at, nameEnd);
      work.unknown.push({ offset: at, length: nameEnd - at });
      return nameEnd;
    } else if (quoted && char !== undefined && /["'“{[]/.test(char)) {
      work.mend('missingColon', nameEnd, nameEnd, ':');
      pos -= 1;
    } else throw new Unreadable(char === undefined ? text.length : pos);
    const colon = pos + 1;
    pos = skipTrivia(work, colon);
    if (text[pos] === undefined) throw new Unreadable(text.length);
    const broken = text.slice(colon, pos).search(/[\r\n]/);
    if (broken >= 0 && this.isNextRecord(colon + broken, pos)) throw new Unreadable(colon + broken);
    return this.value(pos, 'member');
  }

  /** What stands on the next line is the next record of a log, not the value of the line that was cut. */
  private isNextRecord(lineEnd: number, at: number): boolean {
    const { text, start } = this.work;
    const oneLine = !/[\r\n]/.test(text.slice(start, lineEnd));
    return oneLine && recordAt(text, at) && !/[{["]/.test(text[at] ?? '');
  }

  private name(at: number): number {
    const { work } = this;
    KEY.lastIndex = at;
    const name = KEY.exec(work.text)?.[0];
    if (name === undefined) throw new Unreadable(at);
    const end = at + name.length;
    work.mend('unquotedName', at, end, JSON.stringify(name));
    return end;
  }
}
