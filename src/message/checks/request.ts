import type { Node } from 'jsonc-parser';
import { parseMsgKey } from '../../chat/msgKey';
import { memberNode, nodeText, propertyNode } from '../../json/tree';
import { at, atOwner, type Findings } from './findings';

/** What the calls answer to members that are missing or wrong (trtc.io/34919, /47722, /34959; 90054 by inference). */
const CODES: Readonly<Record<string, number>> = {
  From_Account: 90008,
  To_Account: 90003,
  MsgRandom: 90005,
  MsgTimeStamp: 90006,
  MsgKey: 90054,
  Random: 10004,
};

/** Members of what is no request to send or modify one message: webhooks, answers, items of history. */
const NO_REQUEST = [
  ...[
    'CallbackCommand',
    'EventTime',
    'ActionStatus',
    'ErrorCode',
    'ErrorInfo',
    'MsgFlagBits',
    'IsPeerRead',
    'MsgVersion',
  ],
  ...['SendMsgResult', 'UnreadMsgNum', 'MsgTime', 'MsgId', 'Operator_Account', 'IsPlaceMsg'],
];

/** Members that only requests to send have, and such as always stand there. */
const OF_SENDING = [
  ...[
    'To_Account',
    'MsgRandom',
    'SyncOtherMachine',
    'SyncFromOldSystem',
    'MsgLifeTime',
    'OnlineOnlyFlag',
    'OfflinePushInfo',
  ],
  ...['ForbidCallbackControl', 'SendMsgControl', 'SupportMessageExtension', 'IsNeedReadReceipt'],
];

/** Members that only requests to send to a group have. */
const OF_GROUP_SENDING = [
  ...['GroupAtInfo', 'To_Account', 'OnlineOnlyFlag', 'OfflinePushInfo', 'ForbidCallbackControl'],
  ...['SendMsgControl', 'SupportMessageExtension'],
];

/** True for a request to send to many, whose receivers are an array. */
export function isBatch(root: Node): boolean {
  const to = memberNode(root, 'To_Account');
  return (
    to?.type === 'array' &&
    propertyNode(root, 'MsgBody') !== undefined &&
    propertyNode(root, 'MsgKey') === undefined &&
    (to.children ?? []).every(({ type }) => type === 'string')
  );
}

/** Checks what a request has around a message, when an object is one. */
export function checkRequest(findings: Findings, root: Node): void {
  const has = (name: string): boolean => propertyNode(root, name) !== undefined;
  if (root.type !== 'object' || NO_REQUEST.some(has)) return;
  if (has('GroupId')) {
    checkGroupRequest(findings, root, has);
    return;
  }
  // With a key and its parts it is a message as the service stores it.
  if (has('MsgKey')) {
    if (!has('MsgSeq') && !has('MsgRandom') && !has('MsgTimeStamp')) checkModify(findings, root);
  } else if (has('MsgBody') && OF_SENDING.some(has)) checkSend(findings, root);
}

/** A message of a group has no receiver; its request to modify names it by MsgSeq (trtc.io/47948). */
function checkGroupRequest(findings: Findings, root: Node, has: (name: string) => boolean): void {
  if (has('MsgSeq')) {
    // With its random and time it is a message as the service stores it. No page has a code for a wrong MsgSeq.
    if (!has('MsgRandom') && !has('MsgTimeStamp')) number(findings, root, 'MsgSeq');
  } else if (has('MsgBody') && (has('Random') || OF_GROUP_SENDING.some(has))) {
    need(findings, root, 'Random');
    number(findings, root, 'Random');
  }
}

function checkModify(findings: Findings, root: Node): void {
  need(findings, root, 'From_Account');
  need(findings, root, 'To_Account');
  const key = memberNode(root, 'MsgKey');
  if (key === undefined || (key.type === 'string' && parseMsgKey(String(key.value)) !== undefined)) return;
  const shown = key.type === 'string' ? String(key.value) : nodeText(findings.text, key);
  findings.add('msgKeyWrong', 'error', at(key, ['MsgKey']), { key: shown }, CODES.MsgKey);
}

function checkSend(findings: Findings, root: Node): void {
  need(findings, root, 'To_Account');
  need(findings, root, 'MsgRandom');
  number(findings, root, 'MsgRandom');
  number(findings, root, 'MsgTimeStamp');
}

function need(findings: Findings, root: Node, name: string): void {
  const node = memberNode(root, name);
  if (node !== undefined && node.type !== 'null') return;
  // That a modify is refused without its sender is not documented.
  const severity = name === 'From_Account' ? 'warning' : 'error';
  findings.add('requestMemberMissing', severity, atOwner(root, []), { name }, CODES[name]);
}

function number(findings: Findings, root: Node, name: string): void {
  const node = memberNode(root, name);
  if (node === undefined || node.type === 'null') return;
  const fits =
    node.type === 'number' &&
    /^\d{1,10}$/.test(nodeText(findings.text, node)) &&
    Number(node.value) < 2 ** 32;
  if (!fits) findings.add('requestMemberNotNumber', 'error', at(node, [name]), { name }, CODES[name]);
}
