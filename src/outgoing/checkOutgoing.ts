import type { Node } from 'jsonc-parser';
import { isStrict, memberNode, nodeText } from '../json/tree';
import { checkMessage } from '../message/checks';
import { at, atKey, Findings } from '../message/checks/findings';
import { MEMBERS, parseMessage } from '../message/document';
import type { Problem, ProblemId } from '../message/problem';
import { isGroupKind, limitsOf, membersOf, WRITTEN, type SendKind } from './members';
import { kindOf } from './outgoing';

/** What the checks of a message say of members that are not its content: here the call takes them, or does not. */
const OF_CONTENT_ONLY: readonly ProblemId[] = [
  'requestMember',
  'unknownMember',
  'noMembers',
  'toAccountNotString',
];

/** What the calls answer to a member that is missing, or of another type (trtc.io/34919, /34920, /35014; 269/1629). */
const CODES: Readonly<Record<string, number>> = {
  From_Account: 90008,
  To_Account: 90003,
  MsgBody: 90007,
  MsgTimeStamp: 90006,
  SyncFromOldSystem: 90030,
  MsgLifeTime: 90044,
  OfflinePushInfo: 90043,
};

/** What the calls of groups answer to any parameter that is wrong. */
const GROUP_CODE = 10004;

function codeFor(kind: SendKind, code: number | undefined): number | undefined {
  return isGroupKind(kind) ? GROUP_CODE : code;
}

/** What the sending calls would refuse of a message that is not sent yet, and what of it is not sent. Never throws. */
export function checkOutgoing(text: string): Problem[] {
  const problems = checkMessage(text).filter(({ id }) => !OF_CONTENT_ONLY.includes(id));
  const { root, syntaxErrors } = parseMessage(text);
  // What is half typed is not judged yet, and a pasted message of an SDK is told as a whole.
  if (root?.type !== 'object' || !isStrict(syntaxErrors) || problems.some(({ id }) => id === 'sdkMessage'))
    return problems;
  const findings = new Findings(text);
  const kind = kindOf(root);
  for (const property of root.children ?? []) checkMember(findings, kind, property);
  for (const [name, type] of Object.entries(membersOf(kind))) {
    const node = memberNode(root, name);
    if (type.endsWith('?') || WRITTEN.has(name) || (node && node.type !== 'null')) continue;
    const place = { path: [], range: { offset: root.offset, length: 1 } };
    findings.add('requestMemberMissing', 'error', place, { name }, codeFor(kind, CODES[name]));
  }
  return [...problems, ...findings.inOrder()].sort((one, other) => one.range.offset - other.range.offset);
}

function checkMember(findings: Findings, kind: SendKind, property: Node): void {
  const [key, node] = property.children ?? [];
  const name = String(key?.value);
  if (!node || MEMBERS.some((member) => member === name)) return;
  const place = atKey(property, [name]);
  const members = membersOf(kind);
  if (WRITTEN.has(name)) findings.add('memberIsWritten', 'hint', place, { name });
  else if (!Object.hasOwn(members, name))
    findings.add('memberOfOtherCall', 'warning', place, { name, call: kind });
  else if (node.type !== 'null') checkValue(findings, kind, { name, node, type: members[name] ?? '' });
}

interface Given {
  readonly name: string;
  readonly node: Node;
  readonly type: string;
}

function checkValue(findings: Findings, kind: SendKind, { name, node, type }: Given): void {
  const expected = type.replace('?', '').toLowerCase();
  const actual = node.type;
  const fits =
    expected === 'integer' ? actual === 'number' && Number.isInteger(node.value) : actual === expected;
  const { values, min, max, ...codes } = limitsOf(kind, name);
  const code = codeFor(kind, codes.code);
  const place = at(node, [name]);
  if (!fits) {
    const asInteger = expected === 'integer' && actual === 'number' ? 'number' : actual;
    findings.add(
      'fieldType',
      'error',
      place,
      { field: name, expected, actual: asInteger },
      codeFor(kind, CODES[name]) ?? code,
    );
    return;
  }
  const items = actual === 'array' ? (node.children ?? []) : [node];
  if (actual === 'array' && name !== 'GroupAtInfo') {
    const odd = items.find((item) => item.type !== 'string');
    if (odd) {
      const wrong = { field: name, expected: 'string', actual: odd.type };
      findings.add('fieldType', 'error', at(odd, [name]), wrong, code);
      return;
    }
  }
  const other = values && items.find((item) => !values.includes(item.value as number | string));
  if (other) {
    const shown = nodeText(findings.text, other);
    const wrong = { field: name, value: shown, allowed: values.join(', ') };
    findings.add('fieldValue', 'error', at(other, [name]), wrong, code);
  }
  const measure = actual === 'array' ? items.length : Number(node.value);
  const tooLittle = min !== undefined && measure < min;
  if (tooLittle || (max !== undefined && measure > max)) {
    const wrong = { field: name, value: String(measure), min: min ?? '', max: max ?? '' } as const;
    findings.add('fieldRange', 'error', place, wrong, tooLittle ? code : (codes.codeAbove ?? code));
  }
  if (expected === 'string' && node.value === '' && !type.endsWith('?'))
    findings.add('requestMemberMissing', 'error', place, { name }, codeFor(kind, CODES[name]));
}
