import type { JSONPath } from 'jsonc-parser';
import type { TextRange } from '../json/text';
import { nodeAtPath } from '../json/tree';
import { checkParsed } from './checks';
import { messageAt, type ParsedMessage } from './document';

/** The range of the value at a path, or of the nearest value above it that exists; an empty text has 0, 0. */
export function rangeOfPath(parsed: ParsedMessage, path: JSONPath): TextRange {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = nodeAtPath(parsed.root, path.slice(0, length));
    if (node !== undefined) return { offset: node.offset, length: node.length };
  }
  return firstLine(parsed.text);
}

/** The first line of a text without its end: where problems stand that belong to no place in the message. */
function firstLine(text: string): TextRange {
  const end = /[\r\n]/.exec(text)?.index ?? text.length;
  return { offset: 0, length: end };
}

/**
 * Where in a document the code of an answer of the service stands. A code about an element stands at the first
 * value that breaks its format, else at the first element.
 *
 * @param document a message document, or one that holds messages
 * @param root the path of the message that was refused
 * @param place a place of the catalogue; one that is unknown here stands at the first line
 * @param code the code answered, which tells one broken rule from another
 */
export function placeRange(document: ParsedMessage, root: JSONPath, place: string, code?: number): TextRange {
  const parsed = messageAt(document, root);
  const nowhere = root.length === 0 ? firstLine(document.text) : rangeOfPath(document, root);
  const at = (path: JSONPath): TextRange => rangeOfPath(document, [...root, ...path]);
  switch (place) {
    case 'MsgBody':
      return parsed.msgBody === undefined ? nowhere : at(['MsgBody']);
    case 'CloudCustomData':
      return parsed.cloudCustomData === undefined ? nowhere : at(['CloudCustomData']);
    case 'element':
      return elementRange(parsed, code) ?? (parsed.msgBody === undefined ? nowhere : at(['MsgBody', 0]));
    default:
      return nowhere;
  }
}

function elementRange(parsed: ParsedMessage, code: number | undefined): TextRange | undefined {
  const problems = checkParsed(parsed).filter(
    ({ path, severity }) => path[parsed.at.length] === 'MsgBody' && severity !== 'hint',
  );
  const best =
    problems.find((problem) => problem.code === code && problem.severity === 'error') ??
    problems.find((problem) => problem.severity === 'error') ??
    problems[0];
  const node = best && nodeAtPath(parsed.root, best.path.slice(parsed.at.length));
  return node && { offset: node.offset, length: node.length };
}
