import type { JSONPath, Node } from 'jsonc-parser';
import { messageAt, parseMessage, type ParsedMessage } from '../document';
import { propertyNode } from '../../json/tree';
import { minify } from '../../json/layout';
import type { Fix, FixId, FixValues } from './fix';
import type { Problem, ProblemId } from '../problem';
import type { TextEdit } from '../../json/text';

/** What a fix is made from: the text, read, and the node that the problem is about. */
export interface FixContext {
  readonly text: string;
  /** The message that the problem is in. */
  readonly parsed: ParsedMessage;
  readonly problem: Problem;
  /** The problem's path within its message. */
  readonly path: JSONPath;
  /** The value at the problem's path. */
  readonly node: Node | undefined;
  /** The object or array that holds it. */
  readonly owner: Node | undefined;
  /** The property at the problem's path, when its last step is a key. */
  readonly property: Node | undefined;
}

/** The fixes of some problems. */
export type Fixers = Readonly<Partial<Record<ProblemId, (context: FixContext) => Fix[]>>>;

export function contextOf(text: string, problem: Problem): FixContext {
  const at = problem.root ?? [];
  const parsed = messageAt(parseMessage(text), at);
  const path = problem.path.slice(at.length);
  const { range } = problem;
  const key = path[path.length - 1];
  const owner = nodeNear(parsed.root, path.slice(0, -1), range.offset);
  const property = typeof key === 'string' ? propertyNear(owner, key, range.offset) : undefined;
  return { text, parsed, problem, path, owner, property, node: nodeNear(parsed.root, path, range.offset) };
}

/** The node at a path; where a key stands twice, the one that holds the offset. */
export function nodeNear(root: Node | undefined, path: JSONPath, offset: number): Node | undefined {
  let node = root;
  for (const step of path) {
    if (node === undefined) return undefined;
    if (typeof step === 'string') node = propertyNear(node, step, offset)?.children?.[1];
    else node = node.type === 'array' ? node.children?.[step] : undefined;
  }
  return node;
}

function propertyNear(node: Node | undefined, key: string, offset: number): Node | undefined {
  const properties = node?.type === 'object' ? (node.children ?? []) : [];
  const holding = properties.find(
    (property) =>
      property.children?.[0]?.value === key &&
      property.offset <= offset &&
      offset < property.offset + property.length,
  );
  return holding ?? propertyNode(node, key);
}

/** Makes a fix; none when it would change nothing. */
export function fix<Id extends FixId>(
  id: Id,
  values: FixValues[Id],
  edits: readonly TextEdit[],
  how: { readonly preferred?: boolean; readonly safe?: boolean } = {},
): Fix[] {
  if (edits.length === 0) return [];
  return [
    { id, values: { ...values }, edits, safe: how.safe ?? false, ...(how.preferred && { preferred: true }) },
  ];
}

/** For fixes that are right without a doubt. */
export const SURE = { preferred: true, safe: true } as const;

/** For the likeliest of several. */
export const LIKELY = { preferred: true, safe: false } as const;

/** Replaces a node. */
export function replace(node: Node, text: string): TextEdit[] {
  return [{ offset: node.offset, length: node.length, text }];
}

/** Puts text before and behind a node. */
export function wrap(node: Node, before: string, after: string): TextEdit[] {
  return [
    { offset: node.offset, length: 0, text: before },
    { offset: node.offset + node.length, length: 0, text: after },
  ];
}

/** JSON to insert, without white space where the document has none between its tokens. */
export function inStyleOf(text: string, json: string): string {
  return /[[{:,]\s/.test(text) ? json : minify(json);
}
