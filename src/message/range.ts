import type { JSONPath, Node } from 'jsonc-parser';
import type { ParsedMessage } from './document';
import { memberNode } from './json';

/** A stretch of a text in UTF-16 units, as VS Code and CodeMirror count. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

/** Replaces a stretch of a text. Several edits of one list all refer to the text before any of them. */
export interface TextEdit extends TextRange {
  readonly text: string;
}

/**
 * Applies edits that all refer to `text` and do not overlap. Insertions at one place come out in list order.
 *
 * @throws RangeError when two edits overlap or one lies outside
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let out = '';
  let at = 0;
  for (const edit of sortEdits(edits)) {
    if (edit.offset < at || edit.length < 0 || edit.offset + edit.length > text.length) {
      throw new RangeError('Edits overlap or lie outside of the text.');
    }
    out += text.slice(at, edit.offset) + edit.text;
    at = edit.offset + edit.length;
  }
  return out + text.slice(at);
}

/** Edits in the order of their places. */
export function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  return edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.offset - b.edit.offset || a.edit.length - b.edit.length || a.index - b.index)
    .map(({ edit }) => edit);
}

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
 * Where in a document the code of an answer of the service stands.
 *
 * @param place a place of the catalogue; one that is unknown here stands at the first line
 */
export function placeRange(parsed: ParsedMessage, place: string): TextRange {
  const { msgBody, cloudCustomData } = parsed;
  const node =
    place === 'MsgBody'
      ? msgBody
      : place === 'element'
        ? (arrayItem(msgBody, 0) ?? msgBody)
        : place === 'CloudCustomData'
          ? cloudCustomData
          : undefined;
  return node === undefined ? firstLine(parsed.text) : { offset: node.offset, length: node.length };
}

function arrayItem(node: Node | undefined, index: number): Node | undefined {
  return node?.type === 'array' ? node.children?.[index] : undefined;
}
