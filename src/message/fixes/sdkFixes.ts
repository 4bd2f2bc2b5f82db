import type { Node } from 'jsonc-parser';
import { memberNode, nodeText } from '../../json/tree';
import { renameProperty } from '../../json/memberEdits';
import type { TextEdit } from '../../json/text';
import { meantField } from '../checks/names';
import {
  meantMember,
  nameOf,
  sdkElement,
  sdkMessage,
  valueOf,
  type ForeignElement,
} from '../checks/otherNames';
import { MEMBERS } from '../document';
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
  const document = node && sdkDocument(text, node);
  if (node === undefined || document === undefined) return [];
  return fix('convertMessage', {}, replace(node, inStyleOf(text, document)), LIKELY);
}

/** Most messages of a list that are offered one by one. */
const MOST_OFFERED = 9;

/** A document of each of the messages that an array, or a list of an answer, holds; of one alone surely that. */
export function oneOfMany({ text, node }: FixContext): Fix[] {
  const items = node === undefined ? [] : messagesOf(node);
  const documents = items.map((item) => sdkDocument(text, item) ?? apiDocument(text, item));
  if (node === undefined || documents.length === 0 || documents.includes(undefined)) return [];
  const how = documents.length === 1 ? LIKELY : {};
  return documents.slice(0, MOST_OFFERED).flatMap((document = '', index) => {
    const values = { number: index + 1, count: documents.length };
    return fix('keepMessage', values, replace(node, inStyleOf(text, document)), how);
  });
}

function messagesOf(node: Node): readonly Node[] {
  if (node.type === 'array') return node.children ?? [];
  const lists = (node.children ?? []).map(valueOf).filter((value) => value?.type === 'array');
  return (lists.length === 1 ? lists[0]?.children : undefined) ?? [];
}

/** The document of a message of the service, or of a server that spells its names otherwise. */
function apiDocument(text: string, node: Node): string | undefined {
  const members = MEMBERS.flatMap((member) => {
    const found = (node.children ?? []).find((one) => meantMember(nameOf(one)) === member);
    const value = node.type === 'object' ? valueOf(found) : undefined;
    const fits = value?.type === (member === 'MsgBody' ? 'array' : 'string');
    return value && fits ? [`"${member}": ${nodeText(text, value)}`] : [];
  });
  return members[0]?.startsWith('"MsgBody"') ? `{ ${members.join(', ')} }` : undefined;
}

function sdkDocument(text: string, node: Node): string | undefined {
  const message = sdkMessage(node);
  if (message === undefined) return undefined;
  const elements = message.elements.map((element) => elementText(text, element, sdkElement(element)));
  const { customData } = message;
  const data = customData === undefined ? '' : `, "CloudCustomData": ${nodeText(text, customData)}`;
  return `{ "MsgBody": [${elements.join(', ')}]${data} }`;
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
