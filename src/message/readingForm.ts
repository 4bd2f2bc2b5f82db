import { tokensOf, type Token } from '../json/tokens';
import { needsGap } from '../json/layout';
import type { MessageContent } from '../chat/chatMessage';
import { MEMBERS, memberText } from './document';
import { embeddedStrings } from '../json/projections/embedded';
import { stringProjection } from '../json/projections/stringProjection';

/** Levels below this one stay on one line: nested deeply enough, indents alone would fill a disk. */
const DEEPEST = 64;

/**
 * Lays a content out to be read, not to be edited: each value on its line, and each string that holds a JSON object
 * or array opened in place, at every depth, with a mark before it. So a letter changed deep inside is one changed line.
 * Tokens keep their bytes. What comes out is JSON with comments.
 *
 * @param mark says that the value after it stands in a string
 */
export function readingForm(content: MessageContent, mark: string): string {
  const members = MEMBERS.flatMap((member) => {
    const json = memberText(content, member);
    return json === undefined ? [] : [`  "${member}": ${opened(json, 1, `/* ${mark} */ `)}`];
  });
  return members.length === 0 ? '{}\n' : `{\n${members.join(',\n')}\n}\n`;
}

function opened(json: string, level: number, mark: string): string {
  const strings = new Map(embeddedStrings(json).map(({ range }) => [range.offset, range]));
  const parts: string[] = [];
  let at = level;
  let before: Token | undefined;
  for (const token of tokensOf(json)) {
    if (token.kind === 'close') at -= 1;
    if (before) parts.push(gap(before, token, at));
    if (token.kind === 'open') at += 1;
    const string = strings.get(token.offset);
    const inside = string && stringProjection(json, string)?.text;
    parts.push(inside === undefined ? json.slice(token.offset, token.end) : mark + opened(inside, at, mark));
    before = token;
  }
  return parts.join('');
}

function gap(before: Token, after: Token, level: number): string {
  if (before.kind === 'colon') return ' ';
  const breaks =
    (before.kind === 'open' && after.kind !== 'close') ||
    before.kind === 'comma' ||
    (after.kind === 'close' && before.kind !== 'open');
  const inside = after.kind === 'close' ? level + 1 : level;
  if (breaks && inside <= DEEPEST) return `\n${'  '.repeat(Math.max(0, level))}`;
  if (before.kind === 'comma') return ' ';
  return needsGap(before, after) ? '\n' : '';
}
