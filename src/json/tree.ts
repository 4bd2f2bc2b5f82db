import { parseTree, printParseErrorCode, type JSONPath, type Node, type ParseError } from 'jsonc-parser';
import type { TextRange } from './text';
import { tokensOf } from './tokens';

/** A place where a text is not strict JSON. */
export interface JsonError {
  /**
   * What is wrong: a name of jsonc-parser's (`CommaExpected`, `InvalidSymbol`, …), or `Comment`, `TrailingComma`,
   * `Empty`, or `TooDeep` for nesting that is not looked into: alone, it says that the text is strict JSON.
   */
  readonly kind: string;
  readonly offset: number;
  readonly length: number;
}

/** A JSON text read tolerantly. */
export interface JsonTree {
  readonly root?: Node;
  readonly errors: readonly JsonError[];
}

/**
 * Deepest nesting that is looked into. Readers of trees recurse, so that a text of brackets must not reach them: 12 KB
 * hold 6,000 levels. What is deeper stands in the tree as one number, at its place.
 */
export const MAX_DEPTH = 500;

/** Reads a text as JSON. Never throws; the tree may be partial when there are errors. */
export function parseJson(text: string): JsonTree {
  if (/^[ \t\r\n]*$/.test(text)) return { errors: [{ kind: 'Empty', offset: 0, length: 0 }] };
  const deep = tooDeep(text);
  const found: ParseError[] = [];
  const options = { disallowComments: true, allowTrailingComma: false };
  const root = parseTree(withoutRanges(text, deep), found, options);
  const errors = found.map((error) => named(text, error)).filter(isFirstOf);
  const [first] = deep;
  if (first !== undefined) {
    if (errors.length === 0 && !isJson(text))
      errors.push({ kind: 'InvalidSymbol', offset: first.offset, length: 1 });
    errors.unshift({ kind: 'TooDeep', offset: first.offset, length: 1 });
  }
  return root === undefined ? { errors } : { root, errors };
}

/** True when errors say no more than that a text, which is strict JSON, is not looked into everywhere. */
export function isStrict(errors: readonly JsonError[]): boolean {
  return errors.every(({ kind }) => kind === 'TooDeep');
}

/** Reads a text that must be strict JSON; undefined when it is not, or is too deep to be looked into. */
export function parseStrict(text: string): Node | undefined {
  const { root, errors } = parseJson(text);
  return errors.length === 0 ? root : undefined;
}

/** The node at a path, undefined when there is none. Of repeated keys the last counts. */
export function nodeAtPath(root: Node | undefined, path: JSONPath): Node | undefined {
  let node = root;
  for (const step of path) {
    if (node === undefined) return undefined;
    if (typeof step === 'string') node = memberNode(node, step);
    else node = node.type === 'array' ? node.children?.[step] : undefined;
  }
  return node;
}

/** The value of a member of an object. Of repeated keys the last counts, as for JSON parsers in general. */
export function memberNode(node: Node | undefined, key: string): Node | undefined {
  return propertyNode(node, key)?.children?.[1];
}

/** The property (key and value) of an object; of repeated keys the last. */
export function propertyNode(node: Node | undefined, key: string): Node | undefined {
  const properties = node?.type === 'object' ? (node.children ?? []) : [];
  for (let index = properties.length - 1; index >= 0; index -= 1) {
    const property = properties[index];
    if (property?.children?.[0]?.value === key) return property;
  }
  return undefined;
}

/** The text of a node, byte for byte. */
export function nodeText(text: string, node: Node): string {
  return text.slice(node.offset, node.offset + node.length);
}

/** One slip can make several errors of one kind at one place. */
function isFirstOf(error: JsonError, index: number, all: readonly JsonError[]): boolean {
  const before = all[index - 1];
  return before?.offset !== error.offset || before.kind !== error.kind;
}

function named(text: string, error: ParseError): JsonError {
  const kind = printParseErrorCode(error.error);
  const { offset, length } = error;
  if (kind === 'InvalidCommentToken') return { kind: 'Comment', offset, length };
  const closing = text[offset];
  if ((kind === 'PropertyNameExpected' || kind === 'ValueExpected') && (closing === '}' || closing === ']')) {
    const comma = lastSignificant(text, offset);
    if (text[comma] === ',') return { kind: 'TrailingComma', offset: comma, length: 1 };
  }
  return { kind, offset, length };
}

function lastSignificant(text: string, before: number): number {
  let at = before - 1;
  while (at >= 0 && /\s/.test(text[at] ?? '')) at -= 1;
  return at;
}

/** The containers that nest too deep, each with all that is in it. */
function tooDeep(text: string): TextRange[] {
  let brackets = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) brackets += 1;
  }
  // Brackets in strings count only for this quick look.
  if (brackets <= MAX_DEPTH) return [];
  const ranges: TextRange[] = [];
  let depth = 0;
  let start = 0;
  for (const { kind, offset, end } of tokensOf(text)) {
    if (kind === 'open') {
      depth += 1;
      if (depth === MAX_DEPTH + 1) start = offset;
    }
    if (kind === 'close' && depth > 0) {
      if (depth === MAX_DEPTH + 1) ranges.push({ offset: start, length: end - start });
      depth -= 1;
    }
  }
  return depth > MAX_DEPTH ? [...ranges, { offset: start, length: text.length - start }] : ranges;
}

/** The text with a number, and blanks, in the place of each range, so that all offsets stay. */
function withoutRanges(text: string, ranges: readonly TextRange[]): string {
  let out = '';
  let at = 0;
  for (const { offset, length } of ranges) {
    out += `${text.slice(at, offset)}0${' '.repeat(length - 1)}`;
    at = offset + length;
  }
  return out + text.slice(at);
}

/** The engine's own reader does not recurse. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
