import type { JSONPath, Node } from 'jsonc-parser';
import type { ParsedMessage } from './document';
import { checkParsed } from './check';
import { memberNode } from '../json/tree';
import type { TextRange } from '../json/text';

export { applyEdits, sortEdits } from '../json/text';
export type { TextEdit, TextRange } from '../json/text';

/** The node at a path, undefined when the document has none. Of repeated keys the last counts. */
export function nodeAtPath(root: Node | undefined, path: JSONPath): Node | undefined {
  let node = root;
  for (const step of path) {
    if (node === undefined) return undefined;
    node = typeof step === 'number' ? arrayItem(node, step) : memberNode(node, step);
  }
  return node;
}

/** The range of the value at a path, or of the nearest value above it that exists; an empty text has 0, 0. */
export function rangeOfPath(parsed: ParsedMessage, path: JSONPath): TextRange {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = nodeAtPath(parsed.root, path.slice(0, length));
    if (node !== undefined) return { offset: node.offset, length: node.length };
  }
  return firstLine(parsed.text);
}

/** The first line of a text without its end: where problems stand that belong to no place in the message. */
export function firstLine(text: string): TextRange {
  const end = /[\r\n]/.exec(text)?.index ?? text.length;
  return { offset: 0, length: end };
}

/**
 * Where in a document the code of an answer of the service stands. A code about an element stands at the first
 * value that breaks its format, else at the first element.
 *
 * @param place a place of the catalogue; one that is unknown here stands at the first line
 * @param code the code answered, which tells one broken rule from another
 */
export function placeRange(parsed: ParsedMessage, place: string, code?: number): TextRange {
  switch (place) {
    case 'MsgBody':
      return parsed.msgBody === undefined ? firstLine(parsed.text) : rangeOfPath(parsed, ['MsgBody']);
    case 'CloudCustomData':
      return parsed.cloudCustomData === undefined
        ? firstLine(parsed.text)
        : rangeOfPath(parsed, ['CloudCustomData']);
    case 'element':
      return elementRange(parsed, code);
    default:
      return firstLine(parsed.text);
  }
}

function elementRange(parsed: ParsedMessage, code: number | undefined): TextRange {
  const problems = checkParsed(parsed).filter(
    ({ path, severity }) => path[0] === 'MsgBody' && severity !== 'hint',
  );
  const best =
    problems.find((problem) => problem.code === code && problem.severity === 'error') ??
    problems.find((problem) => problem.severity === 'error') ??
    problems[0];
  if (best !== undefined) return rangeOfPath(parsed, best.path);
  if (parsed.msgBody === undefined) return firstLine(parsed.text);
  return rangeOfPath(parsed, ['MsgBody', 0]);
}

function arrayItem(node: Node | undefined, index: number): Node | undefined {
  return node?.type === 'array' ? node.children?.[index] : undefined;
}
