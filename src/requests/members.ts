import type { JSONPath, Node } from 'jsonc-parser';
import { fieldOf, type CallSpec, type Field, type FieldType } from '../chat/calls/specs';
import { memberNode } from '../json/tree';

type Members = CallSpec['body'];

/** A member that a description names: its name, and the objects of a body that it may stand in. */
export interface Place {
  readonly name: string;
  readonly parents: readonly Node[];
}

/** Finds the objects of a body that a described member stands in. @param path as in a spec: `MemberList[].Role` */
export function placesOf(root: Node, path: string): Place {
  const steps = path.split('.');
  const name = steps.pop() ?? '';
  const parents = steps.reduce<readonly Node[]>(
    (found, step) => {
      const inner = found.flatMap((parent) => memberNode(parent, step.replace('[]', '')) ?? []);
      return step.endsWith('[]')
        ? inner.flatMap((node) => (node.type === 'array' ? (node.children ?? []) : []))
        : inner;
    },
    [root],
  );
  return { name, parents: parents.filter(({ type }) => type === 'object') };
}

/** The described members of the object at a place in a body, by their own names. @param at the path of that object */
export function membersAt(body: Members, at: JSONPath): [name: string, written: FieldType][] {
  const prefix = pathOf([...at, '']);
  return Object.entries(body).flatMap(([path, written]): [string, FieldType][] => {
    const name = path.startsWith(prefix) ? path.slice(prefix.length) : '.';
    return /^\w+$/.test(name) ? [[name, written]] : [];
  });
}

/** What is described of the member at a place in a body; a `constructor` of a body is none of the description's. */
export function memberAt(body: Members, at: JSONPath): FieldType | undefined {
  const path = pathOf(at);
  return Object.hasOwn(body, path) ? body[path] : undefined;
}

/** `['MemberList', 0, 'Role']` as a spec writes it. */
function pathOf(at: JSONPath): string {
  return at
    .map((step, index) => (typeof step === 'number' ? '[]' : index === 0 ? step : `.${step}`))
    .join('');
}

/** What is wrong with a value; undefined when nothing is. */
export type Misfit = 'memberType' | 'memberValue' | 'memberItems' | 'memberBytes';

/** Holds a value against what is described of it. `null` means an absent member. */
export function misfitOf(written: FieldType, node: Node): Misfit | undefined {
  const { type, range, values } = fieldOf(written);
  const value: unknown = node.value;
  if (node.type === 'null') return undefined;
  if (!isOf(type, node.type, value)) return 'memberType';
  if (values && !values.includes(JSON.stringify(value))) return 'memberValue';
  if (!range) return undefined;
  const [size, misfit] = measured(node, value);
  return size < range.min || size > range.max ? misfit : undefined;
}

function isOf(type: Field['type'], found: string, value: unknown): boolean {
  switch (type) {
    case 'String':
      return found === 'string';
    case 'Integer':
      return found === 'number' && Number.isInteger(value);
    case 'Array':
      return found === 'array';
    case 'Object':
      return found === 'object';
  }
}

function measured(node: Node, value: unknown): [size: number, misfit: Misfit] {
  if (node.type === 'array') return [node.children?.length ?? 0, 'memberItems'];
  return typeof value === 'string'
    ? [Buffer.byteLength(value), 'memberBytes']
    : [Number(value), 'memberValue'];
}

/** What is described of a value, to be read: `0…604800`, `"On", "Off"`; undefined where only the type is known. */
export function limitsOf(written: FieldType): string | undefined {
  const { range, values } = fieldOf(written);
  if (values) return values.join(', ');
  if (!range) return undefined;
  const { min, max } = range;
  return max === Infinity ? `≥ ${min}` : min === 0 ? `≤ ${max}` : `${min}…${max}`;
}
