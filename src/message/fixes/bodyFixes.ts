import type { Node } from 'jsonc-parser';
import { meantField, meantName, normalised } from '../checks/names';
import { looksLikeElement, nameOf } from '../checks/otherNames';
import { elementOf, elements, fieldOf, type ElementSpec } from '../elements';
import type { Fix } from './fix';
import { memberNode, nodeText, parseStrict, propertyNode } from '../../json/tree';
import { addProperty, removeMembers } from '../../json/memberEdits';
import type { TextEdit } from '../../json/text';
import { fix, inStyleOf, LIKELY, replace, SURE, wrap, type FixContext, type Fixers } from './context';
import { removeMember, renameAsExpected } from './memberFixes';
import { convertElement } from './sdkFixes';
import { jsonIn, placeholder, unwrapString } from './values';

const TEXT_BEFORE = '{ "MsgType": "TIMTextElem", "MsgContent": { "Text": ';
const TEXT_AFTER = ' } }';

/** Fixes of `MsgBody` and its elements. */
export const bodyFixes: Fixers = {
  msgBodyNotArray: (context) => {
    const { node } = context;
    switch (node?.type) {
      case 'object':
        // What the service says in a group, that somebody joined for one, is made of no elements.
        return memberNode(node, 'OpType') ? [] : fix('wrapInArray', {}, wrap(node, '[', ']'), SURE);
      case 'string': {
        const made = withTypeBeside(context, node);
        return made.length > 0 ? made : [...bodyInString(node), ...textElement(context.text, node, '[', ']')];
      }
      case 'number':
      case 'boolean':
        return textElement(context.text, node, '[', ']');
      default:
        return removeMember(context, true);
    }
  },
  msgBodyEmpty: (context) => {
    const { node, parsed } = context;
    if (node === undefined) return [];
    const element = inStyleOf(context.text, `${TEXT_BEFORE}""${TEXT_AFTER}`);
    return [
      ...fix('makeTextElement', {}, [{ offset: node.offset + 1, length: 0, text: element }], LIKELY),
      ...(parsed.cloudCustomData !== undefined && context.property?.parent === parsed.root
        ? removeMember(context)
        : []),
    ];
  },
  elementNotObject: ({ text, node }) => {
    if (node?.type !== 'string') return [];
    return [...unwrapString(node, 'MsgBody', ['object']), ...textElement(text, node, '', '')];
  },
  sdkElement: convertElement,
  elementMemberName: renameAsExpected,
  msgTypeMissing: addMsgType,
  msgTypeUnknown: ({ node, problem }) => {
    const msgType = String(problem.values.msgType);
    const suggestion = String(problem.values.suggestion);
    if (node === undefined || suggestion === '') return [];
    const word = suggestion.toLowerCase().replace(/^tim|elem$/g, '');
    const how = normalised(msgType).includes(word) ? SURE : LIKELY;
    const value = JSON.stringify(suggestion);
    return fix('setValue', { field: 'MsgType', value }, replace(node, value), how);
  },
  msgContentMissing: ({ text, node, problem }) => {
    const spec = elementOf(problem.values.msgType);
    if (node?.type !== 'object' || spec === undefined) return [];
    return fix(
      'makeContent',
      { msgType: spec.type },
      [addProperty(text, node, 'MsgContent', inStyleOf(text, skeleton(spec)))],
      LIKELY,
    );
  },
  msgContentNotObject: mendContent,
  fieldsBesideMsgType: moveIntoContent,
  unknownElementMember: (context) => removeMember(context),
  tooManyElements: ({ owner: element, problem }) => {
    const owner = element?.parent;
    if (element === undefined || owner === undefined) return [];
    return fix('removeElement', { msgType: String(problem.values.msgType) }, removeMembers(owner, [element]));
  },
};

/** A row of a table or of an own server's answer: the type beside a string that holds the content alone. */
function withTypeBeside({ text, owner }: FixContext, node: Node): Fix[] {
  const type = propertyNode(owner, 'MsgType');
  const spec = elementOf(type?.children?.[1]?.value);
  const json = jsonIn(node, ['object']);
  if (owner === undefined || type === undefined || spec === undefined || json === undefined) return [];
  if (looksLikeElement(parseStrict(json.text) ?? node)) return [];
  const body = `[${inStyleOf(text, `{ "MsgType": ${JSON.stringify(spec.type)}, "MsgContent": `)}${json.text}${inStyleOf(text, ' }')}]`;
  return fix(
    'makeElement',
    { msgType: spec.type },
    [...replace(node, body), ...removeMembers(owner, [type])],
    SURE,
  );
}

function bodyInString(node: Node): Fix[] {
  const json = jsonIn(node, ['array', 'object']);
  if (json?.type === 'object') return fix('wrapInArray', {}, replace(node, `[${json.text}]`), SURE);
  return unwrapString(node, 'MsgBody', ['array']);
}

function textElement(text: string, node: Node, before: string, after: string): Fix[] {
  const [open, close] = node.type === 'string' ? ['', ''] : ['"', '"'];
  const how = jsonIn(node, ['array', 'object']) === undefined ? LIKELY : {};
  return fix(
    'makeTextElement',
    {},
    wrap(node, inStyleOf(text, before + TEXT_BEFORE) + open, close + inStyleOf(text, TEXT_AFTER + after)),
    how,
  );
}

/** What every element of a type has, with values to fill in. */
function skeleton(spec: ElementSpec): string {
  const fields = spec.fields.filter((field) => field.required !== 'no');
  return `{ ${fields.map((field) => `"${field.name}": ${placeholder(field)}`).join(', ')} }`;
}

function mendContent({ text, owner, node }: FixContext): Fix[] {
  if (node === undefined) return [];
  const spec = specOf(owner);
  const unwrapped = isData(node, spec) ? [] : unwrapString(node, 'MsgContent', ['object']);
  if (unwrapped.length > 0) return unwrapped;
  const first = spec?.fields[0];
  if (spec === undefined || first === undefined) return [];
  const { type } = spec;
  if (node.type === 'string' && (type === 'TIMTextElem' || type === 'TIMCustomElem')) {
    return fix(
      'makeContent',
      { msgType: type },
      wrap(node, inStyleOf(text, `{ "${first.name}": `), inStyleOf(text, ' }')),
      LIKELY,
    );
  }
  return node.type === 'null'
    ? fix('makeContent', { msgType: type }, replace(node, inStyleOf(text, skeleton(spec))), LIKELY)
    : [];
}

/** A string for a custom element that holds JSON, yet none of the element's own fields, is its data. */
function isData(node: Node, spec: ElementSpec | undefined): boolean {
  const inside = jsonIn(node, ['object']);
  if (spec?.type !== 'TIMCustomElem' || inside === undefined) return false;
  const names = (parseStrict(inside.text)?.children ?? []).map(nameOf);
  return !names.some((name) => meantField(spec.type, spec.fields, name) !== undefined);
}

function specOf(element: Node | undefined): ElementSpec | undefined {
  return elementOf(memberNode(element, 'MsgType')?.value);
}

/** Offers the types whose fields the content has. */
function addMsgType({ text, node }: FixContext): Fix[] {
  if (node?.type !== 'object') return [];
  const content = memberNode(node, 'MsgContent');
  const inside = content?.type === 'object' ? content : node;
  const names = (inside.children ?? [])
    .map((property) => String(property.children?.[0]?.value))
    .filter((name) => meantName(['MsgContent'], name) === undefined);
  if (names.length === 0) return [];
  const fitting = elements.filter(({ fields }) => names.every((name) => fieldOf(fields, name) !== undefined));
  return fitting.flatMap(({ type }) => {
    const edit: TextEdit = addFirst(text, node, 'MsgType', JSON.stringify(type));
    return fix('addMsgType', { msgType: type }, [edit], fitting.length === 1 ? LIKELY : {});
  });
}

/** Adds a property before the first one, on a line of its own where that one is. */
function addFirst(text: string, object: Node, key: string, json: string): TextEdit {
  const first = object.children?.[0];
  if (first === undefined) return addProperty(text, object, key, json);
  const layout = text.slice(object.offset + 1, first.offset);
  const colon = text.includes('": ') ? ': ' : ':';
  const gap = layout === '' && colon === ': ' ? ' ' : layout;
  return { offset: first.offset, length: 0, text: `${JSON.stringify(key)}${colon}${json},${gap}` };
}

function moveIntoContent({ text, node, problem }: FixContext): Fix[] {
  const spec = specOf(node);
  if (node?.type !== 'object' || spec === undefined) return [];
  const names = String(problem.values.fields).split(', ');
  const moved = (node.children ?? []).filter((property) =>
    names.includes(String(property.children?.[0]?.value)),
  );
  const [first] = moved;
  const last = moved[moved.length - 1];
  const content = memberNode(node, 'MsgContent');
  if (first === undefined || last === undefined) return [];
  const values = { fields: names.join(', ') };
  const inRow =
    (node.children ?? []).indexOf(last) - (node.children ?? []).indexOf(first) === moved.length - 1;
  // A misspelt MsgContent is to be renamed first.
  if (content === undefined && problem.severity !== 'error') return [];
  if (content === undefined && inRow) {
    const edits = [
      { offset: first.offset, length: 0, text: inStyleOf(text, '"MsgContent": { ') },
      { offset: last.offset + last.length, length: 0, text: inStyleOf(text, ' }') },
    ];
    return fix('moveIntoContent', values, edits, SURE);
  }
  const fields = moved.map((property) => nodeText(text, property)).join(', ');
  const away = removeMembers(node, moved);
  if (content === undefined) {
    const type = propertyNode(node, 'MsgType');
    if (type === undefined) return [];
    const edit = {
      offset: type.offset + type.length,
      length: 0,
      text: inStyleOf(text, `, "MsgContent": { ${fields} }`),
    };
    return fix('moveIntoContent', values, [edit, ...away], SURE);
  }
  if (content.type !== 'object' || moved.some((property) => hasField(content, spec, property))) return [];
  const end = content.children?.[content.children.length - 1];
  const offset = end === undefined ? content.offset + 1 : end.offset + end.length;
  const edit = { offset, length: 0, text: inStyleOf(text, end === undefined ? fields : `, ${fields}`) };
  return fix('moveIntoContent', values, [edit, ...away], SURE);
}

function hasField(content: Node, spec: ElementSpec, property: Node): boolean {
  const meant = meantField(spec.type, spec.fields, String(property.children?.[0]?.value));
  return meant !== undefined && memberNode(content, meant.name) !== undefined;
}
