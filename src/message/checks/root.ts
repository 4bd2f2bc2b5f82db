import type { Node } from 'jsonc-parser';
import { MEMBERS } from '../document';
import { FORMAT_CODES } from '../formatCodes';
import { memberNode } from '../../json/tree';
import { checkBody } from './body';
import { at, atKey, type Findings } from './findings';
import { looksLikeElement, meantMember, sdkMessage } from './otherNames';
import { checkTree } from './tree';

/** Members of requests, answers and webhooks around a message (trtc.io/34919, /35478, /47722; of groups /34959, /34971). */
const REQUEST_MEMBERS: ReadonlySet<string> = new Set([
  'From_Account',
  'To_Account',
  'Operator_Account',
  'GroupId',
  'TopicId',
  'GroupAtInfo',
  'IsPlaceMsg',
  'IsSystemMsg',
  'MsgDropReason',
  'MsgPriority',
  'Random',
  'SendTime',
  'MsgKey',
  'MsgId',
  'MsgSeq',
  'MsgRandom',
  'MsgTime',
  'MsgTimeStamp',
  'MsgFlagBits',
  'MsgVersion',
  'MsgLifeTime',
  'IsPeerRead',
  'SyncOtherMachine',
  'SyncFromOldSystem',
  'OnlineOnlyFlag',
  'ForbidCallbackControl',
  'SendMsgControl',
  'SupportMessageExtension',
  'IsNeedReadReceipt',
  'OfflinePushInfo',
  'CallbackCommand',
  'EventTime',
  'SendMsgResult',
  'UnreadMsgNum',
  'ActionStatus',
  'ErrorCode',
  'ErrorInfo',
]);

/** Checks a document from its root. */
export function checkRoot(findings: Findings, root: Node): void {
  checkTree(findings, root);
  if (root.type !== 'object') {
    findings.add('rootNotObject', 'error', at(root, []), { type: root.type });
    return;
  }
  const start = { path: [], range: { offset: root.offset, length: 1 } };
  if (sdkMessage(root) !== undefined) {
    findings.add('sdkMessage', 'error', start, {});
    return;
  }
  if (looksLikeElement(root)) {
    findings.add('rootIsElement', 'warning', start, {});
    return;
  }
  const body = memberNode(root, 'MsgBody');
  const custom = memberNode(root, 'CloudCustomData');
  const misnamed = new Set<string>();
  for (const property of root.children ?? []) checkMember(findings, root, property, misnamed);
  if (body === undefined && custom === undefined && misnamed.size === 0) {
    findings.add('noMembers', 'warning', start, {});
  }
  if (body !== undefined) checkBody(findings, body, ['MsgBody']);
  if (custom !== undefined) checkCustom(findings, custom);
}

function checkCustom(findings: Findings, custom: Node): void {
  if (custom.type === 'string') return;
  const place = at(custom, ['CloudCustomData']);
  // Null counts as absent, as everywhere in a request; that the service takes it so is not documented.
  const severity = custom.type === 'null' ? 'warning' : 'error';
  findings.add('cloudCustomDataNotString', severity, place, { type: custom.type }, FORMAT_CODES.content);
}

/** Checks what stands beside the two members. @param misnamed which of them stand there misspelt */
function checkMember(findings: Findings, root: Node, property: Node, misnamed: Set<string>): void {
  const name = String(property.children?.[0]?.value);
  const value = property.children?.[1];
  if (MEMBERS.some((member) => member === name)) return;
  const place = atKey(property, [name]);
  const expected = meantMember(name);
  if (expected !== undefined && !misnamed.has(expected) && memberNode(root, expected) === undefined) {
    findings.add('memberName', 'warning', place, { name, expected });
    misnamed.add(expected);
    return;
  }
  // To a group it is a list of members (269/1629).
  const isList = value?.type === 'array' && memberNode(root, 'GroupId') !== undefined;
  if (name === 'To_Account' && value !== undefined && value.type !== 'string' && !isList) {
    findings.add('toAccountNotString', 'error', at(value, [name]), { type: value.type }, 90003);
  } else if (REQUEST_MEMBERS.has(name)) {
    findings.add('requestMember', 'hint', place, { name });
  } else {
    findings.add('unknownMember', 'hint', place, { name });
  }
}
