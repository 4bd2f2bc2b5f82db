import type { JSONPath, Node } from 'jsonc-parser';
import type { MessageContent } from '../chat/chatMessage';
import { isStrict, memberNode, nodeAtPath, nodeText, parseJson, type JsonError } from '../json/tree';
import { minify, prettyPrint } from '../json/layout';

/** A member of a message document. */
export type Member = 'MsgBody' | 'CloudCustomData';

/** The members in the order in which documents are laid out. */
export const MEMBERS: readonly Member[] = ['MsgBody', 'CloudCustomData'];

/** A message document, read tolerantly: half-typed text has a partial tree and errors. */
export interface ParsedMessage {
  readonly text: string;
  /** Where the message is in its text: `[]` in a message document. */
  readonly at: JSONPath;
  /** The value there. */
  readonly root?: Node;
  /** Where the text is not strict JSON, or cannot be looked into (`TooDeep`); empty when it is and can. */
  readonly syntaxErrors: readonly JsonError[];
  readonly msgBody?: Node;
  readonly cloudCustomData?: Node;
}

/** Reads a message document. Never throws. Of a repeated member the last counts. */
export function parseMessage(text: string): ParsedMessage {
  const { root, errors } = parseJson(text);
  return messageOf({ text, at: [], syntaxErrors: errors }, root);
}

/** One of the messages of a text that holds many, by its path from the message that was read. */
export function messageAt(parsed: ParsedMessage, path: JSONPath): ParsedMessage {
  if (path.length === 0) return parsed;
  const { text, at, syntaxErrors } = parsed;
  return messageOf({ text, at: [...at, ...path], syntaxErrors }, nodeAtPath(parsed.root, path));
}

function messageOf(
  known: Pick<ParsedMessage, 'text' | 'at' | 'syntaxErrors'>,
  root: Node | undefined,
): ParsedMessage {
  const msgBody = memberNode(root, 'MsgBody');
  const cloudCustomData = memberNode(root, 'CloudCustomData');
  return {
    ...known,
    ...(root && { root }),
    ...(msgBody && { msgBody }),
    ...(cloudCustomData && { cloudCustomData }),
  };
}

/**
 * What the document says, as JSON texts of exactly its tokens. White space between them is no part of a message: it is
 * left out, so that a message is sent, compared and counted alike however it is laid out.
 *
 * @returns undefined while the text is not strict JSON, or is no object
 */
export function contentOf(parsed: ParsedMessage): MessageContent | undefined {
  if (!isStrict(parsed.syntaxErrors) || parsed.root?.type !== 'object') return undefined;
  const { text, msgBody, cloudCustomData } = parsed;
  return {
    ...(msgBody && { msgBody: minify(nodeText(text, msgBody)) }),
    ...(cloudCustomData && { cloudCustomData: minify(nodeText(text, cloudCustomData)) }),
  };
}

/** The JSON text of one member, undefined when it is absent. */
export function memberText(content: MessageContent, member: Member): string | undefined {
  return member === 'MsgBody' ? content.msgBody : content.cloudCustomData;
}

/**
 * Lays a content out as a document: two blanks for each level, every token byte for byte, a line feed at the end. Very
 * deep levels stay on one line, see `prettyPrint`.
 */
export function formatMessage(content: MessageContent): string {
  const members = MEMBERS.flatMap((member) => {
    const json = memberText(content, member);
    return json === undefined ? [] : [`"${member}":${json}`];
  });
  return `${prettyPrint(`{${members.join('\n,')}\n}`)}\n`;
}
