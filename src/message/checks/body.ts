import type { JSONPath, Node } from 'jsonc-parser';
import { CLIENT_ONLY_TYPES, elementOf, elements, type ElementSpec } from '../elements';
import { FORMAT_CODES } from '../formatCodes';
import { memberNode, propertyNode } from '../../json/tree';
import { checkFields } from './fields';
import { at, atKey, atOwner, type Findings } from './findings';
import { meantField, meantName, meantType } from './names';
import { ELEMENT_MEMBERS, nameOf, sdkElement, valueOf } from './otherNames';

/** Checks the value of a `MsgBody`. */
export function checkBody(findings: Findings, body: Node, path: JSONPath): void {
  if (body.type !== 'array') {
    // Null counts as absent, as everywhere in a request; that the service takes it so is not documented.
    const severity = body.type === 'null' ? 'warning' : 'error';
    findings.add('msgBodyNotArray', severity, at(body, path), { type: body.type }, FORMAT_CODES.notArray);
    return;
  }
  const items = body.children ?? [];
  if (items.length === 0) findings.add('msgBodyEmpty', 'warning', at(body, path), {}, FORMAT_CODES.element);
  items.forEach((item, index) => checkElement(findings, item, [...path, index]));
  for (const { type, most } of elements) {
    if (most === undefined) continue;
    let before = 0;
    items.forEach((item, index) => {
      const node = memberNode(item, 'MsgType');
      if (node?.value !== type || ++before <= most) return;
      const place = at(node, [...path, index, 'MsgType']);
      findings.add('tooManyElements', 'error', place, { msgType: type, most }, FORMAT_CODES.content);
    });
  }
}

/** Checks one element. */
export function checkElement(findings: Findings, element: Node, path: JSONPath): void {
  if (element.type !== 'object') {
    findings.add(
      'elementNotObject',
      'error',
      at(element, path),
      { type: element.type },
      FORMAT_CODES.element,
    );
    return;
  }
  const foreign = sdkElement(element);
  if (foreign !== undefined) {
    const type = String(valueOf(foreign.type)?.value);
    findings.add('sdkElement', 'error', at(element, path), { type }, FORMAT_CODES.element);
    return;
  }
  const misnamed = checkMemberNames(findings, element, path);
  const spec = misnamed.has('MsgType')
    ? elementOf(misnamed.get('MsgType')?.value)
    : checkType(findings, element, path);
  const content = memberNode(element, 'MsgContent') ?? misnamed.get('MsgContent');
  const beside = spec === undefined ? [] : fieldsBeside(element, spec);
  const fields = beside.map(nameOf).join(', ');
  const [first] = beside;
  if (first !== undefined) {
    const severity = content === undefined ? 'error' : 'warning';
    findings.add('fieldsBesideMsgType', severity, atKey(first, path), { fields }, FORMAT_CODES.element);
  } else if (content === undefined) {
    const msgType = spec?.type ?? '';
    findings.add('msgContentMissing', 'error', atOwner(element, path), { msgType }, FORMAT_CODES.element);
  }
  checkContent(findings, content, spec, path);
}

function checkContent(
  findings: Findings,
  content: Node | undefined,
  spec: ElementSpec | undefined,
  path: JSONPath,
): void {
  if (content === undefined) return;
  const inside = [...path, nameOf(content.parent)];
  if (content.type !== 'object') {
    const place = at(content, inside);
    findings.add('msgContentNotObject', 'error', place, { type: content.type }, FORMAT_CODES.element);
    return;
  }
  if (spec === undefined) return;
  const check = { findings, msgType: spec.type, checkBody };
  if (spec.uncertain) findings.uncertainly(() => checkFields(check, content, spec.fields, inside));
  else checkFields(check, content, spec.fields, inside);
}

/** Reports what stands beside the two members of an element; returns the values of misspelt ones. */
function checkMemberNames(findings: Findings, element: Node, path: JSONPath): Map<string, Node> {
  const misnamed = new Map<string, Node>();
  const spec = elementOf(memberNode(element, 'MsgType')?.value);
  for (const property of element.children ?? []) {
    const name = nameOf(property);
    const value = property.children?.[1];
    if (isElementMember(name)) continue;
    const expected = meantMember(element, name, value);
    const place = atKey(property, [...path, name]);
    if (expected !== undefined && !misnamed.has(expected)) {
      if (value !== undefined) misnamed.set(expected, value);
      findings.add('elementMemberName', 'error', place, { name, expected }, FORMAT_CODES.element);
    } else if (spec === undefined || meantField(spec.type, spec.fields, name) === undefined) {
      findings.add('unknownElementMember', 'hint', place, { name });
    }
  }
  return misnamed;
}

function meantMember(element: Node, name: string, value: Node | undefined): string | undefined {
  const expected =
    meantName(ELEMENT_MEMBERS, name) ??
    (name === 'type' && elementOf(value?.value) !== undefined ? 'MsgType' : undefined) ??
    (name === 'content' && value?.type === 'object' ? 'MsgContent' : undefined);
  return expected !== undefined && propertyNode(element, expected) === undefined ? expected : undefined;
}

/** Reports what is wrong with `MsgType`; returns the element's format when it is clear. */
function checkType(findings: Findings, element: Node, path: JSONPath): ElementSpec | undefined {
  const node = memberNode(element, 'MsgType');
  if (node === undefined) {
    findings.add('msgTypeMissing', 'error', atOwner(element, path), {}, FORMAT_CODES.element);
    return undefined;
  }
  const place = at(node, [...path, 'MsgType']);
  if (node.type !== 'string') {
    findings.add('msgTypeNotString', 'error', place, { type: node.type }, FORMAT_CODES.element);
    return undefined;
  }
  const msgType = String(node.value);
  const spec = elementOf(msgType);
  if (spec !== undefined) {
    if (spec.uncertain) findings.add('msgTypeRelay', 'hint', place, { msgType });
    return spec;
  }
  if (CLIENT_ONLY_TYPES.includes(msgType)) {
    findings.add('msgTypeClientOnly', 'warning', place, { msgType }, FORMAT_CODES.element);
    return undefined;
  }
  const suggestion = meantType(msgType);
  findings.add(
    'msgTypeUnknown',
    'error',
    place,
    { msgType, suggestion: suggestion ?? '' },
    FORMAT_CODES.element,
  );
  return elementOf(suggestion);
}

function fieldsBeside(element: Node, spec: ElementSpec): Node[] {
  return (element.children ?? []).filter((property) => {
    const name = nameOf(property);
    if (isElementMember(name) || meantName(ELEMENT_MEMBERS, name) !== undefined) return false;
    return meantField(spec.type, spec.fields, name) !== undefined && !isMeantMember(element, property);
  });
}

function isMeantMember(element: Node, property: Node): boolean {
  return meantMember(element, nameOf(property), property.children?.[1]) !== undefined;
}

function isElementMember(name: string): boolean {
  return ELEMENT_MEMBERS.some((member) => member === name);
}
