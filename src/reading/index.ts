import { parseMsgKey } from '../chat/msgKey';
import { findJson, type FoundJson } from '../json/find';
import { originalLayer, type Layer } from '../json/layer';
import { isNotation, keepsAll } from '../json/loose';
import type { TextRange } from '../json/text';
import { without } from '../json/values';
import { BASE64_START } from '../json/wrappings';
import { collect, type Around } from './collect';
import type { Mend, Reading, ReadMessage, Told } from './readMessage';
import { unreadIn } from './otherNotations';
import { SDK_ID, TELLING } from './vocabulary';
import { sdkIdsIn, wordsIn, type WordsFound } from './words';

export type { Mend, Reading, ReadMessage, Told } from './readMessage';

/** Deeper than a log quotes bodies that quote bodies. */
const DEEPEST = 6;

/** How a text is meant. */
export interface ReadingOptions {
  /** The text is to be JSON: what is another notation in it is wrong. */
  readonly json?: boolean;
  /** What each message says is wanted too. */
  readonly contents?: boolean;
}

/**
 * Finds every message in a text and checks it: requests, answers, histories, batches, webhooks, elements, rows, messages
 * of client SDKs; as JSON or nearly JSON, wrapped in logs, source code, URLs, markup, tables, shells, strings. Of what
 * it cannot read (PHP, Ruby, Java, Go) it names the notation, and still finds accounts and keys. All places are places
 * of `text`. Never throws.
 */
export function readMessages(text: string, options: ReadingOptions = {}): Reading {
  const mends: Mend[] = [];
  const take = (found: FoundJson): number => mends.push(...mendOf(found));
  const messages = bare(text) ?? readLayer(originalLayer(text), {}, [], 0, { ...options, take });
  const notations = [...new Set(messages.map(({ notation }) => notation))];
  return { messages, notation: notations.length === 0 ? 'text' : notations.join(', '), mends };
}

/** A key or an SDK's id alone, the placeholders of documentation too. */
function bare(text: string): ReadMessage[] | undefined {
  const word = text.trim();
  if (word === '' || word.length > 64) return undefined;
  const isKey = parseMsgKey(word) !== undefined;
  if (!isKey && SDK_ID.exec(word)?.[0] !== word) return undefined;
  const range = { offset: text.indexOf(word), length: word.length };
  const told = isKey ? { key: word } : { sdkId: word };
  return [{ chat: isKey ? 'c2c' : null, ...told, body: false, notation: 'text', range, problems: [] }];
}

/** What makes JSON of a value that is nearly JSON, where it is clear and more than another language's notation. */
function mendOf({ range, edits, repairs, unknown }: FoundJson): Mend[] {
  const slip = repairs.some(({ kind }) => !isNotation(kind));
  if (!slip || edits.length === 0 || unknown.length > 0 || !repairs.every(({ kind }) => keepsAll(kind)))
    return [];
  return [{ range, edits, repairs }];
}

/** How a text is meant, and who gets the values in which a message was found. */
type LayerOptions = ReadingOptions & { readonly take: (found: FoundJson) => unknown };

function readLayer(
  layer: Layer,
  around: Around,
  outer: readonly string[],
  depth: number,
  options: LayerOptions,
): ReadMessage[] {
  if (depth > DEEPEST || !mayHoldMessage(layer.text)) return [];
  // A member whose whole value is a key or an id (a cursor of history) tells of no message.
  const word = !TELLING.test(layer.text) && !/\s/.test(layer.text.trim());
  if (depth > 0 && word && !BASE64_START.test(layer.text)) return [];
  const messages: ReadMessage[] = [];
  const whole = wholeDocument(layer.text);
  const { gaps, others } = findJson(layer, TELLING, (found) => {
    const document = depth === 0 && (options.json === true || (whole && isWhole(layer.text, found)));
    const here = collect(
      document ? withMarksAround(layer.text, found) : found,
      around,
      { document, outer, contents: options.contents === true },
      (inner, told, wrappings) => readLayer(inner, told, [...wrappings, 'string'], depth + 1, options),
    );
    messages.push(...here);
    if (depth === 0 && here.length > 0) options.take(found);
    return here.length > 0;
  });
  for (const gap of gaps) messages.push(...inWords(layer, gap, around, outer, others));
  return messages.sort((a, b) => a.range.offset - b.range.offset);
}

function mayHoldMessage(text: string): boolean {
  return (
    TELLING.test(text) || /\d_\d{1,10}_\d{10}/.test(text) || SDK_ID.test(text) || BASE64_START.test(text)
  );
}

/** Comments before and behind the value of a document are as wrong as those in it. */
function withMarksAround(text: string, found: FoundJson): FoundJson {
  const { offset, length } = found.range;
  const marks = [
    ...commentsIn(text, 0, offset),
    ...found.repairs,
    ...commentsIn(text, offset + length, text.length),
  ];
  return { ...found, repairs: marks };
}

function commentsIn(text: string, from: number, to: number): FoundJson['repairs'] {
  return [...text.slice(from, to).matchAll(/\/\/[^\r\n]*|\/\*[^]*?\*\//g)].map((match) => ({
    kind: 'comment',
    offset: from + match.index,
    length: match[0].length,
  }));
}

/** The text is one value, with comments around it at most. */
function wholeDocument(text: string): boolean {
  // One after the other: an expression for all of them tries every way to part a row of slashes.
  const around = /\s+|\/\/[^\r\n]*|\/\*[^]*?\*\//y;
  let at = 0;
  while (around.test(text)) at = around.lastIndex;
  return text[at] === '{' || text[at] === '[';
}

/** The value is all of the text, but for comments, and JSON but for comments, trailing commas and slips. */
function isWhole(text: string, { range, repairs }: FoundJson): boolean {
  const around = `${text.slice(0, range.offset)}\n${text.slice(range.offset + range.length)}`;
  return !/\S/.test(around.replace(/\/\/[^\r\n]*|\/\*[^]*?\*\/|\ufeff/g, '')) && onlyMarks(repairs);
}

/** Comments and trailing commas alone make no other notation of JSON. */
function onlyMarks(repairs: readonly { readonly kind: string }[]): boolean {
  return !repairs.some(({ kind }) =>
    ['unquotedName', 'singleQuotes', 'literal', 'expression', 'tuple', 'mongoType', 'number'].includes(kind),
  );
}

/** What the words of a stretch tell that holds no JSON. */
function inWords(
  layer: Layer,
  gap: TextRange,
  around: Around,
  outer: readonly string[],
  others: readonly { readonly at: number; readonly notation: string }[],
): ReadMessage[] {
  const { text } = layer;
  const stretch = text.slice(gap.offset, gap.offset + gap.length);
  if (!mayHoldMessage(stretch)) return [];
  const unread = unreadIn(text, gap);
  const told = others.find(({ at }) => at >= gap.offset && at < gap.offset + gap.length)?.notation;
  const notation = [...outer, told ?? unread?.notation ?? 'text'].join(' ');
  const found = wordsIn(text, gap).filter((one) => isMessage(one, unread?.content === true));
  const inFound = (range: TextRange): boolean =>
    found.some((one) => one.told.sdkId !== undefined && one.range.offset === range.offset);
  const ids = found.length > 0 ? [] : sdkIdsIn(text, gap).filter(({ range }) => !inFound(range));
  const messages = [
    ...found.map((one) => messageOf(layer, one, around, notation)),
    ...ids.map(({ id, range }) =>
      messageOf(layer, { told: { sdkId: id }, group: false, range }, around, notation),
    ),
  ];
  if (unread?.content !== true) return messages;
  const range = layer.toOriginal(unread.range);
  const warning = {
    id: 'notRead' as const,
    severity: 'warning' as const,
    path: [],
    range,
    values: { notation: told ?? unread.notation },
  };
  const [first, ...rest] = messages;
  if (first === undefined) {
    return [{ chat: null, body: false, notation, range, problems: [warning] }];
  }
  return [{ ...first, problems: [warning] }, ...rest.map((one) => ({ ...one, problems: [warning] }))];
}

/** Accounts alone are no message, unless its content stands beside them. */
function isMessage({ told, group }: WordsFound, content: boolean): boolean {
  if (told.key !== undefined || (group && told.seq !== undefined)) return true;
  return content && (told.from ?? told.to ?? told.group) !== undefined;
}

function messageOf(
  layer: Layer,
  { told, group, range }: WordsFound,
  around: Around,
  notation: string,
): ReadMessage {
  const both: Told = group ? told : { ...without(around, 'chat'), ...told };
  return {
    chat: group ? 'group' : both.key !== undefined || both.to !== undefined ? 'c2c' : null,
    ...both,
    body: false,
    notation,
    range: layer.toOriginal(range),
    problems: [],
  };
}
