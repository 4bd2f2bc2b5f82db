import type { JSONPath } from 'jsonc-parser';
import { elementOf, fieldOf, type FieldSpec } from '../elements';
import type { Fix } from '../fix';
import { memberNode } from '../../json/tree';
import { addProperty } from '../../json/memberEdits';
import { fix, LIKELY, nodeNear, replace, SURE, wrap, type FixContext, type Fixers } from './context';
import { removeMember, renameAsExpected } from './memberFixes';
import { howToAdd, placeholder, quote, unquote, unwrapString, wrapInString } from './values';

/** Fixes of the fields in `MsgContent`. */
export const fieldFixes: Fixers = {
  fieldMissing: addField,
  fieldLeftOut: addField,
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
function fieldsOf({ parsed, problem }: FixContext): readonly FieldSpec[] {
  const { path } = problem;
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
