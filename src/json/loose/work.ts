import { MAX_DEPTH } from '../tree';
import type { TextEdit, TextRange } from '../text';
import type { Repair, RepairKind } from './repairs';

/** What a text is written in when it is none of the notations that are read. */
export type OtherNotation = 'ruby' | 'java' | 'go' | 'php';

/** What closes which container. */
export const CLOSERS: Readonly<Record<string, '{' | '['>> = { '}': '{', ']': '[', '｝': '{', '］': '[' };

/** The text is no value; `notation` says what it seems to be. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';

  constructor(
    readonly position: number,
    readonly notation?: OtherNotation,
  ) {
    super(`not to be read at ${position}`);
  }
}

/** What one reading has done so far. Whoever tries something takes a mark first and goes back to it. */
export class Work {
  readonly edits: TextEdit[] = [];
  readonly repairs: Repair[] = [];
  /** Stretches whose value is not in the text. */
  readonly unknown: TextRange[] = [];
  /** Brackets that are open. */
  readonly open: ('{' | '[')[] = [];
  /** Tuples of Python that are open. */
  tuples = 0;
  /** The value was ended although its text was not. */
  ended = false;

  constructor(
    readonly text: string,
    /** Where the value starts. */
    readonly start: number,
  ) {}

  /** A name stands without quotes: it is a language's literal, where variables may stand too. */
  get isCode(): boolean {
    return this.repairs.some(({ kind }) => kind === 'unquotedName');
  }

  mark(): readonly [number, number, number, number] {
    return [this.edits.length, this.repairs.length, this.unknown.length, this.open.length];
  }

  back([edits, repairs, unknown, open]: readonly [number, number, number, number]): void {
    this.edits.length = edits;
    this.repairs.length = repairs;
    this.unknown.length = unknown;
    this.open.length = open;
    this.ended = false;
  }

  edit(from: number, to: number, text: string): void {
    this.edits.push({ offset: from, length: to - from, text });
  }

  repair(kind: RepairKind, from: number, to: number): void {
    const last = this.repairs[this.repairs.length - 1];
    // Neighbours of one kind are one: a run of NBSP, a line of comments.
    if (last?.kind === kind && last.offset + last.length === from) {
      this.repairs[this.repairs.length - 1] = { ...last, length: to - last.offset };
    } else this.repairs.push({ kind, offset: from, length: to - from });
  }

  /** Takes a mark of the text out, whatever was to become of it. */
  takeOut(at: number): void {
    const given = this.edits.findIndex(({ offset, length }) => offset === at && length === 1);
    if (given >= 0) this.edits.splice(given, 1);
    this.edit(at, at + 1, '');
  }

  /** Replaces a stretch, and says why. */
  mend(kind: RepairKind, from: number, to: number, text: string): void {
    this.edit(from, to, text);
    this.repair(kind, from, to);
  }

  /** Puts `null` where the text has no value. */
  noValue(kind: RepairKind, from: number, to: number): void {
    this.mend(kind, from, to, 'null');
    this.unknown.push({ offset: from, length: to - from });
  }

  enter(bracket: '{' | '[', at: number): void {
    if (this.open.length >= MAX_DEPTH) throw new Unreadable(at);
    this.open.push(bracket);
  }

  leave(): void {
    this.open.pop();
  }
}
