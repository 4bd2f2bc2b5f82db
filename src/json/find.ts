import { unitAt } from './escapes';
import { editedLayer, originalLayer, sliceLayer, type Layer } from './layer';
import { readLoosely, type OtherNotation, type Repair } from './loose';
import { JsonSyntaxError, skipValue } from './strictScanner';
import type { TextEdit, TextRange } from './text';
import { BASE64_START, unwrap, type Wrapping } from './wrappings';
import { linePrefix, withoutPrefix } from './linePrefix';

/** JSON that was found in a text, whatever it was wrapped in and however it was written. */
export interface FoundJson {
  /** Strict JSON, with the way back to the original text. */
  readonly json: Layer;
  /** Where it stands in the layer that was looked through. */
  readonly range: TextRange;
  /** From the outermost to the innermost. */
  readonly wrappings: readonly (Wrapping | 'line-prefixed')[];
  /** What was read as if it were written otherwise; places of the original text. */
  readonly repairs: readonly Repair[];
  /** Edits of the layer that make the strict JSON of what stands in it; none where something is wrapped around it. */
  readonly edits: readonly TextEdit[];
  /** Stretches of the original text whose value is not there. */
  readonly unknown: readonly TextRange[];
}

/** What a search leaves out. */
export interface Leftover {
  /** Stretches of the layer in which no JSON was taken. */
  readonly gaps: readonly TextRange[];
  /** What a stretch that could not be read seems to be written in, by its place. */
  readonly others: readonly { readonly at: number; readonly notation: OtherNotation }[];
}

const BRACKET =
  /[{[｛［]|%(?:25)*(?:7B|5B)|&(?:#(?:123|91|[xX]7[bB]|[xX]5[bB])|lbrace|lbrack);|\\+x(?:7b|5b)|\\+u00(?:7b|5b)/gi;
/** Where a value may begin, in whatever form. */
const OPENER = new RegExp(`${BRACKET.source}|${BASE64_START.source}`, 'gi');
/** Base64 of some length, in one line or in the lines of mails and keys. */
const BASE64 = /(?:[A-Za-z0-9+/_-]{60,76}\r?\n)*[A-Za-z0-9+/_-]+={0,2}/y;
const BASE64_AT = new RegExp(`^${BASE64_START.source}`);
/** Wrappings of wrappings that are looked into. */
const DEEPEST = 8;
/** Characters that may be read in vain while looking for the place where JSON starts. */
const VAIN = 5_000_000;
/** How far behind an opening bracket a telling word may stand. */
const NEAR = 4_000;
/** Longest stretch that is unwrapped at once, when one line is not enough. */
const LONGEST = 1_000_000;

/**
 * Finds the JSON objects and arrays in any text: alone, in a log, in source code, URL-encoded, escaped, quoted for a
 * shell, a table or a database, or nearly JSON.
 *
 * @param telling words without which a text that is not strict JSON is not read: it would rarely be data
 * @param take gets each value in the order of the text; one that it refuses is looked into for smaller ones
 */
export function findJson(layer: Layer, telling: RegExp, take: (found: FoundJson) => boolean): Leftover {
  const { text } = layer;
  const gaps: TextRange[] = [];
  const others: { at: number; notation: OtherNotation }[] = [];
  const search = new Search(telling);
  const opener = new RegExp(OPENER.source, OPENER.flags);
  let taken = 0;
  for (let match = opener.exec(text); match && search.vain < VAIN; match = opener.exec(text)) {
    const at = match.index;
    const found = search.valueAt(layer, at, 0);
    if (found === undefined) continue;
    if (typeof found === 'string') {
      others.push({ at, notation: found });
      continue;
    }
    const end = found.range.offset + found.range.length;
    if (!take(found)) {
      // Strict JSON without anything in it has nothing in its parts either.
      if (found.wrappings.length === 0 && found.repairs.length === 0) opener.lastIndex = end;
      else search.vain += end - at;
      continue;
    }
    if (at > taken) gaps.push({ offset: taken, length: at - taken });
    taken = end;
    opener.lastIndex = end;
  }
  if (taken < text.length) gaps.push({ offset: taken, length: text.length - taken });
  return { gaps, others };
}

class Search {
  vain = 0;

  constructor(private readonly telling: RegExp) {}

  /** The value whose bracket stands at an offset, in whatever form. */
  valueAt(
    layer: Layer,
    at: number,
    depth: number,
    before = layer.text[at - 1],
  ): FoundJson | OtherNotation | undefined {
    if (depth > DEEPEST) return undefined;
    const { text } = layer;
    const wrapping = wrappingAt(text, at);
    if (wrapping !== undefined)
      return this.inLiteral(layer, at, wrapping, depth) ?? this.unwrapped(layer, at, wrapping, depth);
    // Letters that begin like base64 in another case.
    if (/\w/.test(text[at] ?? '')) return undefined;
    const quoted = before === "'" ? quotedBy(text, at) : undefined;
    if (quoted !== undefined) {
      const value = this.inside(layer, at, quoted.end, quoted.wrapping, depth);
      if (typeof value === 'object') return value;
    }
    return this.strict(layer, at) ?? this.prefixed(layer, at, depth) ?? this.loose(layer, at);
  }

  /** A string literal of JSON around what is wrapped itself: of its escapes only doubled backslashes may tell. */
  private inLiteral(layer: Layer, at: number, wrapping: Wrapping, depth: number): FoundJson | undefined {
    const end = wrapping === 'backslash-escaped' ? undefined : literalEnd(layer.text, at);
    const value = end === undefined ? undefined : this.inside(layer, at, end, 'backslash-escaped', depth);
    return typeof value === 'object' && value.repairs.length === 0 ? value : undefined;
  }

  private strict(layer: Layer, at: number): FoundJson | undefined {
    const { text } = layer;
    if (text[at] !== '{' && text[at] !== '[') return undefined;
    try {
      const end = skipValue(text, at);
      // The extended JSON of databases is read tolerantly: it wraps its numbers.
      if (/"\$(?:number\w+|oid|date)"/.test(text.slice(at, end))) return this.extended(layer, at, end);
      return {
        json: sliceLayer(layer, at, end),
        range: { offset: at, length: end - at },
        wrappings: [],
        repairs: [],
        edits: [],
        unknown: [],
      };
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      this.vain += error.position - at;
      return undefined;
    }
  }

  /** `{ "$numberLong": "17" }` of MongoDB stands for its number. */
  private extended(layer: Layer, at: number, end: number): FoundJson {
    const pattern =
      /\{\s*"\$(?:number\w+|oid|date)"\s*:\s*(?:"([^"\\]*)"|(-?\d+)|\{\s*"\$numberLong"\s*:\s*"([^"\\]*)"\s*\})\s*\}/g;
    const matches = [...layer.text.slice(at, end).matchAll(pattern)];
    const edits = matches.map((match) => {
      const value = match[1] ?? match[2] ?? match[3] ?? '';
      const isNumber = match[0].includes('"$number') && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value);
      const text = isNumber ? value : JSON.stringify(value);
      return { offset: at + match.index, length: match[0].length, text };
    });
    return {
      json: editedLayer(layer, at, end, edits),
      range: { offset: at, length: end - at },
      wrappings: [],
      repairs: edits.map((edit) => ({ kind: 'mongoType', ...layer.toOriginal(edit) })),
      edits,
      unknown: [],
    };
  }

  private loose(layer: Layer, at: number): FoundJson | OtherNotation | undefined {
    const { text } = layer;
    if (!this.telling.test(text.slice(at, at + NEAR)) || this.vain > VAIN) return undefined;
    const value = readLoosely(text, at);
    if (typeof value !== 'object') {
      this.vain += 200;
      return value;
    }
    return {
      json: editedLayer(layer, at, value.end, value.edits),
      range: { offset: at, length: value.end - at },
      wrappings: [],
      repairs: value.repairs.map((one) => ({ kind: one.kind, ...layer.toOriginal(one) })),
      edits: value.edits,
      unknown: value.unknown.map((range) => layer.toOriginal(range)),
    };
  }

  private prefixed(layer: Layer, at: number, depth: number): FoundJson | undefined {
    const found = linePrefix(layer.text, at);
    if (found === undefined) return undefined;
    const edits = withoutPrefix(layer.text, at, found.end, found.prefix);
    const value = this.edited(layer, at, found.end, edits, 'line-prefixed', depth);
    return typeof value === 'object' ? value : undefined;
  }

  /** Reads what is left when a wrapping is taken off: on one line first, which is enough nearly always. */
  private unwrapped(
    layer: Layer,
    at: number,
    wrapping: Wrapping,
    depth: number,
  ): FoundJson | OtherNotation | undefined {
    const { text } = layer;
    if (wrapping === 'url-encoded' || wrapping === 'base64') {
      const run = wrapping === 'base64' ? BASE64 : /[^\s<>`]+/y;
      run.lastIndex = at;
      return this.inside(layer, at, at + (run.exec(text)?.[0].length ?? 0), wrapping, depth);
    }
    const line = text.slice(at, at + LONGEST).search(/[\r\n]/);
    const lineEnd = line < 0 ? Math.min(text.length, at + LONGEST) : at + line;
    const value = this.inside(layer, at, lineEnd, wrapping, depth);
    const whole = typeof value === 'object' && !value.repairs.some(({ kind }) => kind === 'cut');
    if (whole || lineEnd >= text.length) return value;
    const longer = this.inside(layer, at, Math.min(text.length, at + LONGEST), wrapping, depth);
    this.vain += lineEnd - at;
    const better = typeof longer === 'object' && !longer.repairs.some(({ kind }) => kind === 'cut');
    return better ? longer : (value ?? longer);
  }

  private inside(
    layer: Layer,
    from: number,
    to: number,
    wrapping: Wrapping,
    depth: number,
  ): FoundJson | OtherNotation | undefined {
    return this.edited(layer, from, to, unwrap(layer.text, from, to, wrapping), wrapping, depth);
  }

  private edited(
    layer: Layer,
    from: number,
    to: number,
    edits: ReturnType<typeof unwrap>,
    wrapping: Wrapping | 'line-prefixed',
    depth: number,
  ): FoundJson | OtherNotation | undefined {
    if (edits.length === 0) return undefined;
    const local = editedLayer(originalLayer(layer.text), from, to, edits);
    const inner: Layer = {
      text: local.text,
      toOriginal: (range) => layer.toOriginal(local.toOriginal(range)),
    };
    const quoted = wrapping === 'shell-quoted' || wrapping === 'sql-quoted';
    const value = this.valueAt(inner, 0, depth + 1, quoted ? undefined : layer.text[from - 1]);
    if (typeof value !== 'object') return value;
    return {
      ...value,
      range: local.toOriginal(value.range),
      wrappings: [wrapping, ...value.wrappings],
      edits: [],
    };
  }
}

/** What is wrapped around the value whose bracket stands here, told by how the bracket and the first quote are written. */
function wrappingAt(text: string, at: number): Wrapping | undefined {
  const char = text[at];
  if (char === '%') return 'url-encoded';
  if (BASE64_AT.test(text.slice(at, at + 40))) return 'base64';
  if (char === '&') return 'html-escaped';
  if (char === '\\') return /^\\+x/.test(text.slice(at, at + 20)) ? 'hex-escaped' : 'unicode-escaped';
  const next = /[{[](?:[\s{[]|\\+[nrt])*/y;
  next.lastIndex = at;
  const first = at + (next.exec(text)?.[0].length ?? 1);
  const start = text.slice(first, first + 24);
  if (/^\\+["']/.test(start)) return 'backslash-escaped';
  if (/^\\+x2[27]/i.test(start)) return 'hex-escaped';
  if (/^\\+u002[27]/i.test(start)) return 'unicode-escaped';
  if (/^\\*&(?:amp;)*(?:quot|apos|#0*3[49]|#x0*2[27]);/i.test(start)) return 'html-escaped';
  if (/^%(?:25)*(?:22|27|7B|5B)/i.test(start)) return 'url-encoded';
  if (/^""[\w$]/.test(start)) return 'csv-quoted';
  return undefined;
}

/** Where the string literal of JSON ends that begins before an offset; an attribute of markup is none. */
function literalEnd(text: string, from: number): number | undefined {
  if (text[from - 1] !== '"' || /[=\\]/.test(text[from - 2] ?? '')) return undefined;
  const stop = Math.min(text.length, from + LONGEST);
  for (let at = from; at < stop;) {
    const unit = unitAt(text, at);
    if (unit === undefined) return undefined;
    if (unit.length === 1 && unit.char === '"') return at;
    at += unit.length;
  }
  return undefined;
}

/** Where a text in single quotes ends, when it is a shell or a database that doubles or breaks quotes in it. */
function quotedBy(text: string, from: number): { end: number; wrapping: Wrapping } | undefined {
  let wrapping: Wrapping | undefined;
  const stop = Math.min(text.length, from + LONGEST);
  for (let at = text.indexOf("'", from); at >= 0 && at < stop; at = text.indexOf("'", at)) {
    if (text.startsWith("'\\''", at)) {
      wrapping = 'shell-quoted';
      at += 4;
    } else if (text.startsWith(`'"'"'`, at)) {
      wrapping = 'shell-quoted';
      at += 5;
    } else if (text[at + 1] === "'") {
      wrapping ??= 'sql-quoted';
      at += 2;
    } else if (text[at - 1] === '\\') at += 1;
    else return wrapping && { end: at, wrapping };
  }
  return undefined;
}
