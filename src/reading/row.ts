import type { Node } from 'jsonc-parser';
import { stringProjection } from '../json/projections';
import type { TextRange } from '../json/text';
import { nodeText, parseStrict } from '../json/tree';
import { checkPart } from '../message/checks';
import { meantName, meantType } from '../message/checks/names';
import { looksLikeElement, nameOf, valueOf } from '../message/checks/otherNames';
import { elementOf } from '../message/elements';
import type { Problem } from '../message/problem';

/** A row of a table or of an own server: the type of its one element stands beside a string with that one's content. */
export interface Row {
  /** The property that names the type. */
  readonly type: Node;
  /** The property whose string holds the content. */
  readonly content: Node;
}

/** Reads an object as such a row; undefined when it is none, or what the string holds is no bare content. */
export function rowOf(node: Node): Row | undefined {
  if (node.type !== 'object') return undefined;
  const named = (name: string): Node | undefined =>
    node.children?.find((one) => meantName([name], nameOf(one)) !== undefined);
  const [type, content] = [named('MsgType'), named('MsgBody')];
  const name: unknown = valueOf(type)?.value;
  const held = valueOf(content);
  if (type === undefined || content === undefined || typeof name !== 'string' || held?.type !== 'string')
    return undefined;
  if ((elementOf(name) ?? meantType(name)) === undefined) return undefined;
  const inside = parseStrict(String(held.value));
  return inside?.type === 'object' && !looksLikeElement(inside) ? { type, content } : undefined;
}

/** The problems of the element that a row is; places of the text that its nodes count in. */
export function rowProblems(text: string, { type, content }: Row): Problem[] {
  const [name, held] = [valueOf(type), valueOf(content)];
  const view = held && stringProjection(text, { offset: held.offset, length: held.length });
  if (name === undefined || view === undefined) return [];
  const before = `{"MsgType":${nodeText(text, name)},"MsgContent":`;
  const element = `${before}${view.text}}`;
  const place = ({ offset, length }: TextRange): TextRange => {
    const from = offset - before.length;
    const inContent = from >= 0 && from + length <= view.text.length;
    return inContent ? view.toDocument(from, from + length) : { offset: name.offset, length: name.length };
  };
  return checkPart(element).map((problem) => ({
    ...problem,
    path: problem.path[0] === 'MsgContent' ? [nameOf(content), ...problem.path.slice(1)] : [nameOf(type)],
    range: place(problem.range),
  }));
}
