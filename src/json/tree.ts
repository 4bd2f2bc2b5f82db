import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { tokensOf } from './tokens';

/** A place where a text is not strict JSON. */
export interface JsonError {
  /**
   * What is wrong: a name of jsonc-parser's (`CommaExpected`, `InvalidSymbol`, …), or `Comment`, `TrailingComma`,
   * `Empty`, or `TooDeep` for nesting that is not looked into.
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
 * Deepest nesting that is looked into. Readers of trees recurse, so a hostile text of brackets must not reach
 * them; no message of the service comes near it.
 */
export const MAX_DEPTH = 500;

/** Reads a text as JSON. Never throws; the tree may be partial when there are errors. */
export function parseJson(text: string): JsonTree {
  if (/^[ \t\r\n]*$/.test(text)) return { errors: [{ kind: 'Empty', offset: 0, length: 0 }] };
  const tooDeep = firstTooDeep(text);
  if (tooDeep !== undefined) return { errors: [{ kind: 'TooDeep', offset: tooDeep, length: 1 }] };
  const found: ParseError[] = [];
  const root = parseTree(text, found, { disallowComments: true, allowTrailingComma: false });
  const errors = found.map((error) => named(text, error)).filter(isFirstOf);
  return root === undefined ? { errors } : { root, errors };
}

/** Reads a text that must be strict JSON; undefined when it is not. */
export function parseStrict(text: string): Node | undefined {
  const { root, errors } = parseJson(text);
  return errors.length === 0 ? root : undefined;
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

/** Offset of the first bracket that nests too deep. Brackets in strings count only for the quick look. */
function firstTooDeep(text: string): number | undefined {
  let brackets = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) brackets += 1;
  }
  if (brackets <= MAX_DEPTH) return undefined;
  let depth = 0;
  for (const token of tokensOf(text)) {
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    if (depth > MAX_DEPTH) return token.offset;
  }
  return undefined;
}
