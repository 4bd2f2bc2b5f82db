import type { MessageContent } from '../chat/chatMessage';
import { applyEdits } from '../json/text';
import { checkMessage } from '../message/checks';
import { contentOf, parseMessage } from '../message/document';
import { fixesFor } from '../message/fixes';
import type { ProblemId } from '../message/problem';
import type { Content } from './content';

/** What is written otherwise where a message stands in a request, a row, an SDK; its mend says the same. */
const OTHERWISE: ReadonlySet<ProblemId> = new Set(['sdkMessage', 'memberName', 'msgBodyNotArray']);
/** More than these members can have wrong. */
const ROUNDS = 6;

/** What a message says, as the members of a document; undefined when it says neither. `text` is strict JSON. */
export function statedContent(text: string, { kind, node }: Content): MessageContent | undefined {
  const json = text.slice(node.offset, node.offset + node.length);
  const content = contentOf(parseMessage(mended(documentOf(json, kind, node.type === 'array'))));
  return content?.msgBody === undefined && content?.cloudCustomData === undefined ? undefined : content;
}

function documentOf(json: string, kind: Content['kind'], isArray: boolean): string {
  if (kind === 'member' || kind === 'body') return `{"MsgBody":${isArray ? json : `[${json}]`}}`;
  return json;
}

function mended(document: string): string {
  let text = document;
  for (let round = 0; round < ROUNDS; round += 1) {
    const fix = checkMessage(text)
      .filter(({ id }) => OTHERWISE.has(id))
      .flatMap((problem) => fixesFor(text, problem))
      .find(({ safe, id }) => safe || id === 'convertMessage');
    if (fix === undefined) return text;
    text = applyEdits(text, fix.edits);
  }
  return text;
}
