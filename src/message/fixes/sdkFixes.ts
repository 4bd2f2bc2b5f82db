import type { Node } from 'jsonc-parser';
import { memberNode, nodeText } from '../../json/tree';
import { renameProperty } from '../../json/memberEdits';
import type { TextEdit } from '../../json/text';
import { meantField } from '../checks/names';
import { nameOf, sdkElement, sdkMessage, valueOf, type ForeignElement } from '../checks/otherNames';
import { fieldOf, type ElementSpec, type FieldSpec } from '../elements';
import type { Fix } from './fix';
import { fix, inStyleOf, LIKELY, replace, SURE, type FixContext } from './context';
import { literal } from './values';

/** Renames an SDK's members and fields where they are; fields beside the type go into a content. */
export function convertElement({ text, node }: FixContext): Fix[] {
  const element = node && sdkElement(node);
  if (node === undefined || element?.spec === undefined) return [];
  const { spec, type, content } = element;
  const given = valueOf(type);
  const edits =
    content === undefined
      ? replace(node, inStyleOf(text, elementText(text, node, element)))
      : [
          ...renameProperty(type, 'MsgType'),
          ...(given === undefined || given.value === spec.type ? [] : replace(given, literal(spec.type))),
          ...renameProperty(content, 'MsgContent'),
          ...renamings(spec, valueOf(content), spec.fields),
        ];
  return fix('convertElement', { msgType: spec.type }, edits, SURE);
}

/** Makes a clean document of a whole message: its elements and its custom data. */
export function convertMessage({ text, node }: FixContext): Fix[] {
  const message = node && sdkMessage(node);
  if (node === undefined || message === undefined) return [];
  const elements = message.elements.map((element) => elementText(text, element, sdkElement(element)));
  const { customData } = message;
  const data = customData === undefined ? '' : `, "CloudCustomData": ${nodeText(text, customData)}`;
  const document = inStyleOf(text, `{ "MsgBody": [${elements.join(', ')}]${data} }`);
  return fix('convertMessage', {}, replace(node, document), LIKELY);
}

function elementText(text: string, node: Node, element: ForeignElement | undefined): string {
  if (element?.spec === undefined) return nodeText(text, node);
  const { spec, type, content } = element;
  const fields =
    content === undefined
      ? (node.children ?? []).filter((one) => one !== type)
      : (valueOf(content)?.children ?? []);
  return `{ "MsgType": ${literal(spec.type)}, "MsgContent": ${objectText(text, spec, fields, spec.fields)} }`;
}

function objectText(
  text: string,
  spec: ElementSpec,
  properties: readonly Node[],
  fields: readonly FieldSpec[],
): string {
  const taken = new Set<string>();
  const members = properties.flatMap((property) => {
    const value = valueOf(property);
    if (value === undefined) return [];
    const name = nameOf(property);
    const field = fieldOf(fields, name) ?? meantField(spec.type, fields, name);
    const key = field === undefined || taken.has(field.name) ? name : field.name;
    taken.add(key);
    return [`${literal(key)}: ${valueText(text, spec, value, field)}`];
  });
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function valueText(text: string, spec: ElementSpec, value: Node, field: FieldSpec | undefined): string {
  if (field?.fields === undefined || value.type !== 'array') return nodeText(text, value);
  const { fields } = field;
  const items = (value.children ?? []).map((item) =>
    item.type === 'object' ? objectText(text, spec, item.children ?? [], fields) : nodeText(text, item),
  );
  return `[${items.join(', ')}]`;
}

function renamings(spec: ElementSpec, object: Node | undefined, fields: readonly FieldSpec[]): TextEdit[] {
  const taken = new Set<string>();
  return (object?.type === 'object' ? (object.children ?? []) : []).flatMap((property) => {
    const name = nameOf(property);
    const field = fieldOf(fields, name) ?? meantField(spec.type, fields, name);
    if (field === undefined || taken.has(field.name)) return [];
    if (field.name !== name && memberNode(object, field.name) !== undefined) return [];
    taken.add(field.name);
    const inner = field.fields === undefined ? [] : (valueOf(property)?.children ?? []);
    return [
      ...(field.name === name ? [] : renameProperty(property, field.name)),
      ...inner.flatMap((item) => renamings(spec, item, field.fields ?? [])),
    ];
  });
}
