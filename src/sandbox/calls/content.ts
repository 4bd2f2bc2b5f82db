import type { MessageContent } from '../../chat/chatMessage';
import { tooLong } from '../../message/size';
import type { CallContext } from './call';
import { Refusal, type RequestBody } from '../requestBody';
import { checkElements } from './elementCheck';

/** Content of a new message, which has a MsgBody. */
export interface NewContent {
  readonly msgBody: string;
  readonly cloudCustomData?: string;
}

/** Codes for content that is too long: of its values, and of its JSON. They differ between calls. */
export interface LengthCodes {
  readonly values: number;
  readonly json: number;
}

/** `sendmsg`, `importmsg`, and by inference `modify_c2c_msg`, whose page names none. */
const usualLengthCodes: LengthCodes = { values: 80002, json: 93000 };

/**
 * Reads MsgBody and CloudCustomData of a request, as they were sent, and checks them in the order of the codes
 * 90007 (no array), 90002 (elements), 90010 (fields of elements), then the length.
 *
 * @param sending whether the stricter rules of sending hold, and not those of modifying
 * @throws {Refusal}
 */
export function contentOf(
  body: RequestBody,
  context: CallContext,
  lengthCodes: LengthCodes = usualLengthCodes,
  sending = false,
): MessageContent {
  const msgBody = body.get('MsgBody');
  const cloud = body.get('CloudCustomData');
  if (msgBody !== undefined) checkElements(msgBody, sending, context.settings);
  const content: { -readonly [name in keyof MessageContent]: MessageContent[name] } = {};
  if (msgBody !== undefined) content.msgBody = body.textOf('MsgBody');
  if (cloud !== undefined) content.cloudCustomData = body.textOf('CloudCustomData');
  checkLength(content, context.settings.messageBytes, lengthCodes);
  return content;
}

/** The content of a new message: as {@link contentOf}, and MsgBody must be there. */
export function newContentOf(body: RequestBody, context: CallContext, lengthCodes?: LengthCodes): NewContent {
  if (body.get('MsgBody') === undefined) throw new Refusal(90002, 'MsgBody is missing');
  const { msgBody = '[]', cloudCustomData } = contentOf(body, context, lengthCodes, true);
  return cloudCustomData === undefined ? { msgBody } : { msgBody, cloudCustomData };
}

/** A message may have 12 KB; white space between tokens does not count. */
function checkLength(content: MessageContent, limit: number, codes: LengthCodes): void {
  const found = tooLong(content, limit);
  if (found === undefined) return;
  throw found.what === 'values'
    ? new Refusal(codes.values, 'the message is too long')
    : new Refusal(codes.json, 'the JSON of the message is too long');
}
