import { dropComma, endHere, isCutAt, isNextRecord, runsOut } from './ends';
import { endOfExpression, memberAt, skipBlanks } from './lookahead';
import { elision, isElision, leaveOut } from './omissions';
import { readScalar } from './scalars';
import { readString, stringStart, type Role } from './strings';
import { skipTrivia } from './trivia';
import { CLOSERS, Unreadable, type Work } from './work';

const OPENERS: Readonly<Record<string, '{' | '['>> = { '{': '{', '[': '[', '｛': '{', '［': '[' };
const KEY = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff.-]*|\d+/y;

/** JSON in so many strings in one another is read, whose quotes were not escaped. */
const DEEPEST = 8;
/** Strings that seem to hold JSON are tried until so many times the whole text was read for that. */
const MOST_TRIED = 20;

/** Reads values that are nearly JSON. Where a value begins, it is one; what it says is never guessed. */
export class Containers {
  /** Where values end that were read to know that, by where they begin: each is tried in a string, and outside of it. */
  private readonly ends = new Map<number, number | undefined>();
  private depth = 0;
  /** Characters that were read only to know where values end. */
  private tried = 0;

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
    // What a template or an f-string says is not in the text.
    const goesOn =
      /^(?:\+|\.\w+\(|%\s*[\w(]|\|\||&&|\?\?)/.test(next) ||
      /^(?:`[^]*\$|[rR]?[fF][^]*)\{/.test(work.text.slice(at, end));
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
    const { length } = work.text;
    if (this.ends.has(at) || this.depth === DEEPEST || this.tried > MOST_TRIED * length)
      return this.ends.get(at);
    const mark = work.mark();
    const open = work.open.splice(0);
    let end: number | undefined;
    this.depth += 1;
    try {
      end = this.value(at, 'item');
      if (work.ended) end = undefined;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
    } finally {
      this.depth -= 1;
      work.back(mark);
      work.open.splice(0, work.open.length, ...open);
    }
    this.tried += (end ?? length) - at;
    this.ends.set(at, end);
    return end;
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
      if (char === undefined) return endHere(work, bracket, comma, pos);
      if ((count > 0 || pos > at + 1) && isCutAt(work, pos, at))
        return endHere(work, bracket, comma, comma === undefined ? last : comma + 1);
      const closer = CLOSERS[char];
      if (closer !== undefined) {
        if (closer === bracket) {
          dropComma(work, comma);
          const right = bracket === '{' ? '}' : ']';
          if (char !== right) work.mend('fullWidth', pos, pos + 1, right);
          return pos + 1;
        }
        if (work.open.slice(0, -1).includes(closer)) {
          dropComma(work, comma);
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
        else if (!isElision(work, pos)) {
          const skipped = leaveOut(work, last, pos, bracket);
          if (skipped === undefined) return endHere(work, bracket, undefined, last);
          pos = skipTrivia(work, skipped);
          continue;
        }
      }
      const elided = elision(work, pos, last, comma);
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
          if (error instanceof Unreadable && error.notation === undefined && runsOut(work, error, pos)) {
            work.back(mark);
            return endHere(work, bracket, comma, pos);
          }
          throw error;
        }
        work.back(mark);
        if (runsOut(work, error, pos)) return endHere(work, bracket, comma, pos);
        const skipped = leaveOut(work, comma ?? last, error.position, bracket);
        if (skipped === undefined) return endHere(work, bracket, comma, comma ?? last);
        comma = undefined;
        pos = skipTrivia(work, skipped);
      }
    }
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
      this.mustGoOn(nameEnd, pos);
      work.mend('missingColon', nameEnd, nameEnd, ':');
      pos -= 1;
    } else throw new Unreadable(char === undefined ? text.length : pos);
    const colon = pos + 1;
    pos = skipTrivia(work, colon);
    if (text[pos] === undefined) throw new Unreadable(text.length);
    this.mustGoOn(colon, pos);
    return this.value(pos, 'member');
  }

  /** What stands at an offset, perhaps on the next line, goes on with the member; else the member was cut. */
  private mustGoOn(from: number, at: number): void {
    const broken = this.work.text.slice(from, at).search(/[\r\n]/);
    if (broken >= 0 && isNextRecord(this.work, from + broken, at)) throw new Unreadable(from + broken);
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
