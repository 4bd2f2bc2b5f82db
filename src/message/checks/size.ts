import type { Node } from 'jsonc-parser';
import { contentOf, type ParsedMessage } from '../document';
import { FORMAT_CODES } from '../formatCodes';
import { memberNode } from '../../json/tree';
import { messageBytes, MESSAGE_LIMIT, utf8Bytes } from '../size';
import { at, type Findings } from './findings';

/**
 * Checks the length of a message. What counts is documented as the sum of the lengths of the elements' fields
 * (SDK error 8001); whether the JSON around them and `CloudCustomData` count as well is not.
 */
export function checkSize(findings: Findings, parsed: ParsedMessage): void {
  if (parsed.text.length * 3 <= MESSAGE_LIMIT) return;
  const content = contentOf(parsed);
  const node = parsed.msgBody ?? parsed.cloudCustomData;
  if (content === undefined || node === undefined) return;
  const bytes = messageBytes(content);
  if (bytes <= MESSAGE_LIMIT) return;
  const fields = fieldBytes(parsed.text, parsed.msgBody);
  const key = node.parent?.children?.[0] ?? node;
  const place = at(key, [node === parsed.msgBody ? 'MsgBody' : 'CloudCustomData']);
  if (fields > MESSAGE_LIMIT) {
    findings.add(
      'messageTooLong',
      'error',
      place,
      { bytes: fields, limit: MESSAGE_LIMIT },
      FORMAT_CODES.tooLong,
    );
  } else {
    findings.add(
      'messageMayBeTooLong',
      'warning',
      place,
      { bytes, limit: MESSAGE_LIMIT },
      FORMAT_CODES.tooLong,
    );
  }
}

function fieldBytes(text: string, body: Node | undefined): number {
  const elements = body?.type === 'array' ? (body.children ?? []) : [];
  return elements.reduce((sum, element) => sum + leafBytes(text, memberNode(element, 'MsgContent')), 0);
}

function leafBytes(text: string, node: Node | undefined): number {
  if (node === undefined) return 0;
  switch (node.type) {
    case 'string':
      return utf8Bytes(String(node.value));
    case 'object':
      return (node.children ?? []).reduce(
        (sum, property) => sum + leafBytes(text, property.children?.[1]),
        0,
      );
    case 'array':
      return (node.children ?? []).reduce((sum, item) => sum + leafBytes(text, item), 0);
    default:
      return node.length;
  }
}
