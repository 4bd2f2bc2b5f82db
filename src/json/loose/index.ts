import { sortEdits, applyEdits, type TextEdit, type TextRange } from '../text';
import { Containers } from './containers';
import type { Repair } from './repairs';
import { Unreadable, Work, type OtherNotation } from './work';

export { isNotation, keepsAll, type Repair, type RepairKind } from './repairs';
export type { OtherNotation } from './work';

/** A value that was read tolerantly. */
export interface LooseValue {
  /** Where it ends in the text. */
  readonly end: number;
  /** Edits of the text between its start and its end that make strict JSON of it, in their order. */
  readonly edits: readonly TextEdit[];
  readonly repairs: readonly Repair[];
  /** Stretches of the text in whose place `null` or nothing stands, since their value is not in the text. */
  readonly unknown: readonly TextRange[];
  /** The strict JSON. */
  readonly json: string;
}

/** Longest text without quotes that is taken for JSON whose quotes were lost. */
const QUOTELESS = 4_000;

/**
 * Reads an object or array that is nearly JSON: of JavaScript or Python, with comments, full-width marks, quotes that
 * are not escaped, a cut end, … What it cannot read is left out and told as a repair; nothing is made up.
 *
 * @param at where its bracket stands
 * @returns the value; a notation of another kind that it seems to be; undefined when it is nothing of the kind
 */
export function readLoosely(text: string, at: number): LooseValue | OtherNotation | undefined {
  const work = new Work(text, at);
  try {
    const end = new Containers(work, isQuoteless(text, at)).value(at, 'item');
    const edits = sortEdits(work.edits);
    const json = applyEdits(
      text.slice(at, end),
      edits.map((edit) => ({ ...edit, offset: edit.offset - at })),
    );
    JSON.parse(json);
    return { end, edits, repairs: inOrder(work.repairs), unknown: work.unknown, json };
  } catch (error) {
    if (error instanceof Unreadable) return error.notation;
    // Two repairs that do not go together: then it was not read.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** True when no quote stands in what the bracket at an offset holds. */
function isQuoteless(text: string, at: number): boolean {
  const end = Math.min(text.length, at + QUOTELESS);
  let depth = 0;
  for (let pos = at; pos < end; pos += 1) {
    const char = text[pos] ?? '';
    if ('"\'`“”‘’＂＇'.includes(char)) return false;
    if (char === '{' || char === '[') depth += 1;
    else if ((char === '}' || char === ']') && --depth === 0) return true;
  }
  return depth > 0;
}

function inOrder(repairs: readonly Repair[]): Repair[] {
  return [...repairs].sort((a, b) => a.offset - b.offset);
}
