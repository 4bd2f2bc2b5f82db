import type { Node } from 'jsonc-parser';
import type { MessageContent } from '../chat/chatMessage';
import { elementOf, type MsgType } from './elements';
import { memberNode, parseStrict } from '../json/tree';

/**
 * The type of a message's elements; `mixed` when they differ, `other` when it is none that is known or not readable,
 * `none` without elements.
 */
export type ContentKind = MsgType | 'mixed' | 'other' | 'none';

/** What a message is, in a line. */
export interface Summary {
  readonly kind: ContentKind;
  /**
   * What it says: one line without control characters, at most 60 characters, the last an ellipsis when more
   * follow. Empty when it has no words, as a picture has none; then the kind says what it is.
   */
  readonly text: string;
}

const MOST_CHARACTERS = 60;
/** More of a field is not looked at: one line needs no 12 KB. */
const MOST_UNITS = 400;

/** Says in a line what a message is, for labels and titles. Never throws. */
export function summarize(content: MessageContent): Summary {
  const body = content.msgBody === undefined ? undefined : parseStrict(content.msgBody);
  if (body === undefined) return { kind: content.msgBody === undefined ? 'none' : 'other', text: '' };
  const elements = body.type === 'array' ? (body.children ?? []) : [body];
  const kinds = new Set(
    elements.map((element) => elementOf(memberNode(element, 'MsgType')?.value)?.type ?? 'other'),
  );
  const [kind = 'none'] = kinds;
  const text = elements
    .map(wordsOf)
    .filter((words) => words !== '')
    .join(' ');
  return { kind: kinds.size > 1 ? 'mixed' : kind, text: oneLine(text, MOST_CHARACTERS) };
}

/** The words of one element: its text, description, name or measures. */
function wordsOf(element: Node): string {
  return elementOf(memberNode(element, 'MsgType')?.value)?.summary(memberNode(element, 'MsgContent')) ?? '';
}

/** The beginning of a text in one line without control characters. @param most characters, an ellipsis included */
export function oneLine(text: string, most: number): string {
  // Control and formatting characters would break a line, or turn its direction for the rest of a row.
  const plain = text
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
  const characters = Array.from(plain.slice(0, MOST_UNITS));
  if (characters.length <= most) return characters.join('');
  return `${characters
    .slice(0, most - 1)
    .join('')
    .trimEnd()}…`;
}
