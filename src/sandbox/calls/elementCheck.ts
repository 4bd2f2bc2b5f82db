import { elementOf, type ElementSpec, type FieldSpec } from '../../message/elements';
import { FORMAT_CODES } from '../../message/formatCodes';
import { isRecord, member } from '../../json/values';
import { Refusal } from '../requestBody';

/** How strictly the fields of elements are looked at. */
export interface ElementRules {
  /** Whether values outside the documented ones and ranges are refused. */
  readonly strictValues: boolean;
  /** What null for an optional field means. */
  readonly nulls: 'absent' | 'refused';
  /** Whether media must have the UUID that the documentation asks for. */
  readonly mediaUuid: 'optional' | 'required';
  /** Whether combined messages may be sent. */
  readonly relayElem: 'accepted' | 'refused';
  /** Code for no elements, 0 to accept it. */
  readonly emptyBodyCode: number;
}

/**
 * Checks a MsgBody against the format table that the editor uses too: first that it is an array (90007), then that
 * each item is an element of a known type (90002), then the elements' fields and number (90010).
 *
 * @param sending sending asks for more than modifying: for addresses of media
 * @throws {Refusal}
 */
export function checkElements(msgBody: unknown, sending: boolean, rules: ElementRules): void {
  if (!Array.isArray(msgBody)) throw new Refusal(FORMAT_CODES.notArray, 'MsgBody is not an array');
  if (msgBody.length === 0 && rules.emptyBodyCode !== 0) {
    throw new Refusal(rules.emptyBodyCode, 'MsgBody is empty');
  }
  const found = (msgBody as unknown[]).map((element) => elementWithSpec(element, sending, rules));
  for (const { spec, content } of found) {
    checkFields(content, spec.fields, spec.type, sending, rules);
    if (spec.most === undefined) continue;
    const same = found.filter((other) => other.spec === spec).length;
    if (same > spec.most) throw wrong(`more than ${spec.most} ${spec.type}`);
  }
}

function elementWithSpec(
  element: unknown,
  sending: boolean,
  { relayElem }: ElementRules,
): { spec: ElementSpec; content: Record<string, unknown> } {
  if (!isRecord(element)) throw new Refusal(FORMAT_CODES.element, 'an element of MsgBody is not an object');
  const type = member(element, 'MsgType');
  const content = member(element, 'MsgContent');
  if (typeof type !== 'string') throw new Refusal(FORMAT_CODES.element, 'MsgType is not a string');
  const spec = elementOf(type);
  if (!spec) throw new Refusal(FORMAT_CODES.element, `there is no MsgType ${type}`);
  if (sending && type === 'TIMRelayElem' && relayElem === 'refused') {
    throw new Refusal(FORMAT_CODES.element, `${type} cannot be sent`);
  }
  if (!isRecord(content)) throw new Refusal(FORMAT_CODES.element, 'MsgContent is not an object');
  return { spec, content };
}

function checkFields(
  content: Record<string, unknown>,
  fields: readonly FieldSpec[],
  where: string,
  sending: boolean,
  rules: ElementRules,
): void {
  for (const field of fields) {
    if (field.uncertain) continue;
    const value = member(content, field.name);
    if (value === undefined) {
      if (isNeeded(field, sending, rules)) throw wrong(`${where}.${field.name} is missing`);
      continue;
    }
    const name = `${where}.${field.name}`;
    if (value === null && isOptional(field, rules) && rules.nulls === 'absent') continue;
    if (!hasType(value, field.type)) throw wrong(`${name} is not of type ${field.type}`);
    if (rules.strictValues && !hasDocumentedValue(value, field))
      throw wrong(`${name} has no documented value`);
    if (field.type === 'array') checkItems(value as unknown[], field, name, sending, rules);
  }
}

function isNeeded(field: FieldSpec, sending: boolean, rules: ElementRules): boolean {
  return !isOptional(field, rules) && (field.required !== 'send' || sending);
}

/** True for a field that no call needs. */
function isOptional({ required }: FieldSpec, { mediaUuid }: ElementRules): boolean {
  return required === 'no' || (required === 'documented' && mediaUuid === 'optional');
}

function checkItems(
  items: unknown[],
  field: FieldSpec,
  name: string,
  sending: boolean,
  rules: ElementRules,
): void {
  for (const item of items) {
    if (field.items !== undefined && !hasType(item, field.items)) {
      throw wrong(`${name} has an item that is not of type ${field.items}`);
    }
    if (field.fields && isRecord(item)) checkFields(item, field.fields, name, sending, rules);
  }
}

function hasType(value: unknown, type: FieldSpec['type']): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
    case 'string':
      return typeof value === type;
  }
}

function hasDocumentedValue(value: unknown, { values, min, max }: FieldSpec): boolean {
  if (typeof value !== 'number') return true;
  if (values && !values.some((allowed) => allowed.value === value)) return false;
  return (min === undefined || value >= min) && (max === undefined || value <= max);
}

function wrong(info: string): Refusal {
  return new Refusal(FORMAT_CODES.content, info);
}
