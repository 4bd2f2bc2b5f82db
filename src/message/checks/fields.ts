import type { JSONPath, Node } from 'jsonc-parser';
import { fieldOf, type FieldSpec, type MsgType } from '../elements';
import { FORMAT_CODES } from '../formatCodes';
import { memberNode, nodeText } from '../../json/tree';
import { at, atKey, atOwner, type Findings } from './findings';
import { meantField } from './names';
import { nameOf } from './otherNames';

/** What the check of a content needs to know. */
export interface FieldCheck {
  readonly findings: Findings;
  readonly msgType: MsgType;
  /** Checks the `MsgBody` of a forwarded message. */
  readonly checkBody: (findings: Findings, body: Node, path: JSONPath) => void;
}

/** Checks an object against a list of fields. */
export function checkFields(
  check: FieldCheck,
  object: Node,
  fields: readonly FieldSpec[],
  path: JSONPath,
): void {
  const meant = new Set<string>();
  const beside = fieldsBesideList(check.msgType, object, fields);
  const [first] = beside?.properties ?? [];
  if (beside !== undefined && first !== undefined) {
    meant.add(beside.list.name);
    const values = { fields: beside.properties.map(nameOf).join(', '), list: beside.list.name };
    check.findings.add('fieldsBesideList', 'warning', atKey(first, path), values, FORMAT_CODES.content);
  }
  for (const property of object.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    if (beside?.properties.includes(property)) continue;
    const spec =
      fieldOf(fields, name) ?? checkName(check, object, property, { fields, meant, path: [...path, name] });
    if (spec === undefined) continue;
    meant.add(spec.name);
    checkValue(check, spec, value, [...path, name]);
  }
  checkMissing(check, object, fields, path, meant);
}

/** Properties that are fields of the items of a list, which the object lacks. */
export function fieldsBesideList(
  msgType: MsgType,
  object: Node,
  fields: readonly FieldSpec[],
): { readonly list: FieldSpec; readonly properties: readonly Node[] } | undefined {
  const properties = object.children ?? [];
  for (const list of fields) {
    const { fields: inner } = list;
    if (inner === undefined || list.uncertain === true) continue;
    if (
      properties.some(
        (one) => (fieldOf(fields, nameOf(one)) ?? meantField(msgType, fields, nameOf(one))) === list,
      )
    )
      continue;
    const moved = properties.filter(
      (one) =>
        meantField(msgType, fields, nameOf(one)) === undefined &&
        meantField(msgType, inner, nameOf(one)) !== undefined,
    );
    if (moved.length > 0) return { list, properties: moved };
  }
  return undefined;
}

/** Reports a name that the format does not have; returns the field that it means, if it stands in for it. */
function checkName(
  { findings, msgType }: FieldCheck,
  object: Node,
  property: Node,
  {
    fields,
    meant,
    path,
  }: {
    readonly fields: readonly FieldSpec[];
    /** Fields for which another member stands. */
    readonly meant: ReadonlySet<string>;
    readonly path: JSONPath;
  },
): FieldSpec | undefined {
  const name = String(property.children?.[0]?.value);
  const expected = meantField(msgType, fields, name);
  const place = atKey(property, path);
  if (expected === undefined || meant.has(expected.name) || memberNode(object, expected.name) !== undefined) {
    findings.add('unknownField', 'hint', place, { field: name, msgType });
    return undefined;
  }
  const severity = expected.required === 'always' && expected.uncertain !== true ? 'error' : 'warning';
  findings.add('fieldName', severity, place, { name, expected: expected.name }, FORMAT_CODES.content);
  return expected;
}

function checkMissing(
  { findings, msgType }: FieldCheck,
  object: Node,
  fields: readonly FieldSpec[],
  path: JSONPath,
  meant: ReadonlySet<string>,
): void {
  const missing = fields.filter((field) => field.required !== 'no' && !meant.has(field.name));
  const place = atOwner(object, path);
  // Clients before 4.x stored sound, file and video without address and flag; one sentence says it.
  const media = fields.filter((field) => field.link ?? isFlag(field));
  const old = media.some(isFlag) && media.every((field) => missing.includes(field));
  if (old) findings.add('oldSdkMedia', 'warning', place, { msgType }, FORMAT_CODES.content);
  for (const field of missing) {
    if (old && media.includes(field)) continue;
    if (field.required === 'documented') {
      findings.add('fieldLeftOut', 'hint', place, { field: field.name, msgType });
      continue;
    }
    const severity = field.required === 'always' && field.uncertain !== true ? 'error' : 'warning';
    findings.add('fieldMissing', severity, place, { field: field.name, msgType }, FORMAT_CODES.content);
  }
}

function isFlag(field: FieldSpec): boolean {
  return field.name.endsWith('Flag');
}

function checkValue(check: FieldCheck, spec: FieldSpec, value: Node, path: JSONPath): void {
  const { findings } = check;
  if (!hasType(findings.text, spec, value)) {
    const optional = spec.required === 'no' || spec.required === 'documented';
    const severity = spec.uncertain === true || (value.type === 'null' && optional) ? 'warning' : 'error';
    const field = spec.name;
    if (spec.type === 'string' && (value.type === 'object' || value.type === 'array')) {
      findings.add(
        'fieldIsJson',
        severity,
        at(value, path),
        { field, actual: value.type },
        FORMAT_CODES.content,
      );
    } else {
      const values = { field, expected: spec.type, actual: value.type };
      findings.add('fieldType', severity, at(value, path), values, FORMAT_CODES.content);
    }
    return;
  }
  if (value.type === 'number') checkNumber(findings, spec, value, path);
  if (value.type === 'array') checkItems(check, spec, value, path);
}

function hasType(text: string, spec: FieldSpec, value: Node): boolean {
  if (spec.type === 'integer') return value.type === 'number' && /^-?\d+$/.test(nodeText(text, value));
  return value.type === spec.type;
}

function checkNumber(findings: Findings, spec: FieldSpec, node: Node, path: JSONPath): void {
  const value = Number(node.value);
  const field = spec.name;
  const shown = nodeText(findings.text, node);
  if (spec.values !== undefined && !spec.values.some((one) => one.value === value)) {
    const allowed = spec.values.map((one) => one.value).join(', ');
    findings.add('fieldValue', 'warning', at(node, path), { field, value: shown, allowed });
  }
  const { min, max } = spec;
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) {
    findings.add('fieldRange', 'warning', at(node, path), {
      field,
      value: shown,
      min: min ?? '',
      max: max ?? '',
    });
  }
}

function checkItems(check: FieldCheck, spec: FieldSpec, array: Node, path: JSONPath): void {
  array.children?.forEach((item, index) => {
    const inside = [...path, index];
    if (spec.name === 'MsgBody') return;
    if (spec.items !== undefined && item.type !== spec.items) {
      const values = { field: spec.name, expected: spec.items, actual: item.type };
      const severity = spec.uncertain === true ? 'warning' : 'error';
      check.findings.add('fieldType', severity, at(item, inside), values, FORMAT_CODES.content);
    } else if (spec.fields !== undefined) {
      checkFields(check, item, spec.fields, inside);
    }
  });
  if (spec.name === 'MsgBody') check.checkBody(check.findings, array, path);
}
