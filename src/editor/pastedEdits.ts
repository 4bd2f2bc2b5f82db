import type { MessageContent } from '../chat/chatMessage';
import { differenceEdit } from '../json/edits';
import { prettyPrint } from '../json/layout';
import { addProperty } from '../json/memberEdits';
import { isJson } from '../json/strictScanner';
import { applyEdits, type TextEdit, type TextRange } from '../json/text';
import { nameOf } from '../message/checks/otherNames';
import { formatMessage, MEMBERS, parseMessage } from '../message/document';

/** What becomes of a document in which a text was pasted that holds a message. */
export interface Become {
  readonly edits: readonly TextEdit[];
  /** The message's `CloudCustomData` was left out, since the document has another one. */
  readonly customDataLeftOut: boolean;
}

/** The whole document becomes the message. */
export function wholeEdits(text: string, content: MessageContent): Become {
  return { edits: differenceEdit(text, formatMessage(content)), customDataLeftOut: false };
}

/**
 * The place of `MsgBody` holds what was pasted, and becomes the message's; what stands beside it stays.
 *
 * @returns undefined when the message has no `MsgBody`, or the document is no object without the place
 */
export function bodyEdits(text: string, place: TextRange, content: MessageContent): Become | undefined {
  if (content.msgBody === undefined) return undefined;
  const body = prettyPrint(content.msgBody).replace(/\n/g, '\n  ');
  const withBody = applyEdits(text, [{ ...place, text: body }]);
  const { root, cloudCustomData } = parseMessage(withBody);
  if (root?.type !== 'object' || !isJson(withBody)) return undefined;
  const custom = content.cloudCustomData;
  const given =
    cloudCustomData &&
    withBody.slice(cloudCustomData.offset, cloudCustomData.offset + cloudCustomData.length);
  const adds = custom !== undefined && given === undefined;
  const after = adds
    ? applyEdits(withBody, [addProperty(withBody, root, 'CloudCustomData', custom)])
    : withBody;
  return {
    edits: differenceEdit(text, after),
    customDataLeftOut: custom !== undefined && !adds && custom !== given,
  };
}

/** True for a message document, or its `MsgBody`, as it is to be: nothing has to be read out of it. */
export function isPlain(text: string, part: 'document' | 'MsgBody'): boolean {
  if (!isJson(text)) return false;
  const { root } = parseMessage(text);
  if (part === 'MsgBody') return root?.type === 'array';
  return (
    root?.type === 'object' &&
    (root.children ?? []).every((one) => MEMBERS.some((name) => name === nameOf(one)))
  );
}
