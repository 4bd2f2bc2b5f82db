import { readLoosely, type Repair } from './loose';
import { skipBlanks } from './loose/lookahead';
import { isJson } from './strictScanner';
import { applyEdits, sortEdits, type TextEdit } from './text';
import { unwrap, type Wrapping } from './wrappings';

/** A text that was nearly JSON, and is now. */
export interface RepairedJson {
  /** The text after the edits: strict JSON, with white space around it at most. */
  readonly text: string;
  /** Minimal edits of the text; what they do not touch stays byte for byte. In their order. */
  readonly edits: readonly TextEdit[];
  /** What was wrong, and where in the text; in the order of the text. */
  readonly repairs: readonly Repair[];
}

/**
 * Repairs a text that is one object or array and nearly JSON.
 *
 * @returns undefined when it is JSON already, when nothing can be said for sure (a variable, something left out,
 * a stretch that cannot be read), or when it is no such text
 */
export function repair(text: string): RepairedJson | undefined {
  if (isJson(text)) return undefined;
  return repairValue(text) ?? repairEscaped(text);
}

function repairValue(text: string): RepairedJson | undefined {
  const start = startOfValue(text);
  if (start === undefined) return undefined;
  const value = readLoosely(text, start.at);
  if (typeof value !== 'object' || value.unknown.length > 0) return undefined;
  if (value.repairs.some(({ kind }) => kind === 'unreadable' || kind === 'elided')) return undefined;
  const rest = endOfText(text, value.end);
  if (rest === undefined) return undefined;
  const edits = sortEdits([...start.edits, ...value.edits, ...rest.edits]);
  const repairs = [...start.repairs, ...value.repairs, ...rest.repairs];
  const after = applyEdits(text, edits);
  return isJson(after) ? { text: after, edits, repairs } : undefined;
}

/** Backslashes before every quote, as in a string of source code, though there is no string around. */
function repairEscaped(text: string): RepairedJson | undefined {
  const at = skipBlanks(text, 0);
  if (!/^[[{][\s[{]*(?:\\[nrt]|\s)*\\+"/.test(text.slice(at, at + 200))) return undefined;
  const wrapping: Wrapping = 'backslash-escaped';
  const edits = unwrap(text, at, text.length, wrapping);
  const after = applyEdits(text, edits);
  const first = edits[0];
  if (!isJson(after) || first === undefined) return undefined;
  return {
    text: after,
    edits,
    repairs: [{ kind: 'backslashes', offset: first.offset, length: first.length }],
  };
}

interface Around {
  readonly edits: readonly TextEdit[];
  readonly repairs: readonly Repair[];
}

/** Where the value begins, and what makes white space of what stands before it. */
function startOfValue(text: string): (Around & { readonly at: number }) | undefined {
  const around = outside(text, 0, /[[{［｛]/);
  return around && around.at < text.length ? around : undefined;
}

function endOfText(text: string, from: number): Around | undefined {
  return outside(text, from, undefined);
}

/** Goes over blanks and comments outside of the value, to a character of a kind or to the end of the text. */
function outside(
  text: string,
  from: number,
  until: RegExp | undefined,
): (Around & { readonly at: number }) | undefined {
  const edits: TextEdit[] = [];
  const repairs: Repair[] = [];
  let at = from;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (until?.test(char)) return { at, edits, repairs };
    const comment = /^(?:\/\/[^\r\n]*|\/\*[^]*?\*\/)/.exec(text.slice(at))?.[0];
    if (comment !== undefined) {
      edits.push({ offset: at, length: comment.length, text: '' });
      repairs.push({ kind: 'comment', offset: at, length: comment.length });
      at += comment.length;
    } else if (skipBlanks(text, at) === at) return undefined;
    else {
      if (!' \t\r\n'.includes(char)) {
        edits.push({ offset: at, length: 1, text: '' });
        repairs.push({ kind: 'blank', offset: at, length: 1 });
      }
      at += 1;
    }
  }
  return until === undefined ? { at, edits, repairs } : undefined;
}
