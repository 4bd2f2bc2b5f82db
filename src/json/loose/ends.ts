import { afterBreak, recordAt, skipBlanks } from './lookahead';
import { JsonSyntaxError, skipValue } from '../strictScanner';
import type { Unreadable, Work } from './work';

/** The part that begins at `from` was not read because the text, or the record of a log, ends in it. */
export function runsOut({ text, start }: Work, { position }: Unreadable, from: number): boolean {
  if (position >= text.length) return text.length - from < 4_000;
  const end = text.slice(0, position).trimEnd().length;
  const at = text[position] === '\n' || text[position] === '\r' ? position : end;
  if (text[at] !== '\n' && text[at] !== '\r') return false;
  return !/[\r\n]/.test(text.slice(start, at)) && nextRecordAt(text, afterBreak(text, at));
}

/** A line of its own that was cut, with the next record of a log below it. */
export function isCutAt({ text, start }: Work, pos: number, at: number): boolean {
  const lineStart = Math.max(text.lastIndexOf('\n', pos - 1), text.lastIndexOf('\r', pos - 1)) + 1;
  if (lineStart <= at || !/^[ \t]*$/.test(text.slice(lineStart, pos))) return false;
  const before = text.slice(start, lineStart).replace(/[\r\n]+$/, '');
  return !/[\r\n]/.test(before) && nextRecordAt(text, lineStart);
}

/** What stands on the next line is the next record of a log, not the value of the line that was cut. */
export function isNextRecord({ text, start }: Work, lineEnd: number, at: number): boolean {
  return !/[\r\n]/.test(text.slice(start, lineEnd)) && nextRecordAt(text, at);
}

/** A record of a log, and no part of a value that goes on over lines. */
function nextRecordAt(text: string, lineStart: number): boolean {
  if (!recordAt(text, lineStart)) return false;
  const at = skipBlanks(text, lineStart);
  const char = text[at] ?? '';
  if (!'{["'.includes(char)) return true;
  return /^\[(?:\d{4}[-/.]\d|[A-Z]{3})/.test(text.slice(at, at + 8)) || isWholeRecord(text, at);
}

/** A value that ends without what would go on with, or close, what it stood in: a line of JSON lines. */
function isWholeRecord(text: string, at: number): boolean {
  if (text[at] !== '{') return false;
  try {
    const end = skipValue(text, at);
    return !/[\r\n]/.test(text.slice(at, end)) && !',}]'.includes(text[skipBlanks(text, end)] ?? '\n');
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return false;
  }
}

/** Ends a container where the text ends, or can be read no further. @returns where */
export function endHere(work: Work, bracket: '{' | '[', comma: number | undefined, from: number): number {
  dropComma(work, comma);
  const end = work.text.length;
  const line = /[\r\n]/.exec(work.text.slice(from));
  const cutOff = isLastLine(work, from) ? end : from + (line?.index ?? 0);
  if (cutOff > from && /\S/.test(work.text.slice(from, cutOff))) work.edit(from, cutOff, '');
  work.repair('cut', from, cutOff);
  work.edit(cutOff, cutOff, bracket === '{' ? '}' : ']');
  work.ended = true;
  return cutOff;
}

function isLastLine({ text }: Work, from: number): boolean {
  return !/[\r\n]\s*\S/.test(text.slice(from));
}

/** A comma before the end of its container. */
export function dropComma(work: Work, comma: number | undefined): void {
  if (comma === undefined) return;
  work.takeOut(comma);
  work.repair('trailingComma', comma, comma + 1);
}
