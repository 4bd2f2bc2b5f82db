import { contentOf, type ParsedMessage } from '../document';
import { FORMAT_CODES } from '../formatCodes';
import { MESSAGE_LIMIT, tooLong } from '../size';
import { at, type Findings } from './findings';

/** Checks the length of a message, `CloudCustomData` included. */
export function checkSize(findings: Findings, parsed: ParsedMessage): void {
  if (parsed.text.length * 3 <= MESSAGE_LIMIT) return;
  const content = contentOf(parsed);
  const node = parsed.msgBody ?? parsed.cloudCustomData;
  const found = content && tooLong(content);
  if (found === undefined || node === undefined) return;
  const key = node.parent?.children?.[0] ?? node;
  const place = at(key, [node === parsed.msgBody ? 'MsgBody' : 'CloudCustomData']);
  const values = { bytes: found.bytes, limit: MESSAGE_LIMIT };
  if (found.what === 'values')
    findings.add('messageTooLong', 'error', place, values, FORMAT_CODES.valuesTooLong);
  else findings.add('jsonTooLong', 'error', place, values, FORMAT_CODES.jsonTooLong);
}
