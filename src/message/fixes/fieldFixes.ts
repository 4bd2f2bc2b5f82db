import type { JSONPath } from 'jsonc-parser';
import { fieldsBesideList } from '../checks/fields';
import { meantField } from '../checks/names';
import { nameOf, valueOf } from '../checks/otherNames';
import { elementOf, fieldOf, type FieldSpec } from '../elements';
import type { Fix } from './fix';
import { memberNode, nodeText } from '../../json/tree';
import { addProperty, removeMembers } from '../../json/memberEdits';
import {
  fix,
  inStyleOf,
  LIKELY,
  nodeNear,
  replace,
  SURE,
  wrap,
  type FixContext,
  type Fixers,
} from './context';
import { removeMember, renameAsExpected } from './memberFixes';
import { howToAdd, placeholder, quote, unquote, unwrapString, wrapInString } from './values';

/** Fixes of the fields in `MsgContent`. */
export const fieldFixes: Fixers = {
  fieldMissing: addField,
  fieldLeftOut: addField,
  fieldsBesideList: moveIntoList,
  fieldName: renameAsExpected,
  unknownField: (context) => removeMember(context),
  fieldIsJson: (context) =>
    context.node === undefined
      ? []
      : wrapInString(context, context.node, String(context.problem.values.field)),
  fieldType: mendType,
  fieldValue: ({ node, problem }) => {
    const field = String(problem.values.field);
    const allowed = String(problem.values.allowed).split(', ');
    if (node === undefined) return [];
    const how = allowed.length === 1 ? LIKELY : {};
    return allowed.flatMap((value) => fix('setValue', { field, value }, replace(node, value), how));
  },
};

function addField(context: FixContext): Fix[] {
  const { text, node, problem } = context;
  const field = fieldsOf(context).find((one) => one.name === problem.values.field);
  if (node?.type !== 'object' || field === undefined) return [];
  const value = placeholder(field);
  const edits = [addProperty(text, node, field.name, value)];
  return fix('addField', { field: field.name, value }, edits, howToAdd(field));
}

function moveIntoList(context: FixContext): Fix[] {
  const { text, node, parsed, path, problem } = context;
  const element = nodeNear(parsed.root, path.slice(0, -1), problem.range.offset);
  const spec = elementOf(memberNode(element, 'MsgType')?.value);
  const beside = node && spec && fieldsBesideList(spec.type, node, spec.fields);
  const [first, ...others] = beside?.properties ?? [];
  if (node === undefined || spec === undefined || beside === undefined || first === undefined) return [];
  const inner = beside.list.fields ?? [];
  const fields = beside.properties.flatMap((property) => {
    const value = valueOf(property);
    const name = meantField(spec.type, inner, nameOf(property))?.name ?? nameOf(property);
    return value === undefined ? [] : [`${JSON.stringify(name)}: ${nodeText(text, value)}`];
  });
  const list = inStyleOf(text, `${JSON.stringify(beside.list.name)}: [{ ${fields.join(', ')} }]`);
  const values = { fields: beside.properties.map(nameOf).join(', '), list: beside.list.name };
  return fix('moveIntoList', values, [...replace(first, list), ...removeMembers(node, others)], SURE);
}

function mendType(context: FixContext): Fix[] {
  const { node, problem } = context;
  const name = String(problem.values.field);
  const expected = problem.values.expected;
  if (node === undefined) return [];
  if (node.type === 'null') return removeMember(context);
  switch (expected) {
    case 'string':
      return node.type === 'number' || node.type === 'boolean'
        ? quote(node, name)
        : wrapInString(context, node, name);
    case 'number':
    case 'integer':
      return unquote(node, name);
    case 'array':
      return node.type === 'object'
        ? fix('wrapInArray', {}, wrap(node, '[', ']'), SURE)
        : unwrapString(node, name, ['array']);
    default:
      return unwrapString(node, name, ['object']);
  }
}

/** The fields of the object that the problem is about: of an element's content, or of an item of one of its lists. */
function fieldsOf({ parsed, path, problem }: FixContext): readonly FieldSpec[] {
  for (let length = path.length; length > 0; length -= 1) {
    const spec = elementOf(
      memberNode(nodeNear(parsed.root, path.slice(0, length), problem.range.offset), 'MsgType')?.value,
    );
    if (spec !== undefined) return inside(spec.fields, path.slice(length + 1));
  }
  return [];
}

function inside(fields: readonly FieldSpec[], path: JSONPath): readonly FieldSpec[] {
  const [name] = path;
  if (typeof name !== 'string') return fields;
  return inside(fieldOf(fields, name)?.fields ?? [], path.slice(2));
}
