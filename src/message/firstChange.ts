import type { Node } from 'jsonc-parser';
import type { MessageContent } from '../chat/chatMessage';
import { minify } from '../json/layout';
import { memberNode, nodeText, parseStrict } from '../json/tree';
import { sameJson } from './changes';
import { MEMBERS, memberText } from './document';
import { oneLine } from './summary';

/** A value that is another one in a content than it was in the one before. */
export interface ValueChange {
  /** The nearest name: that of a member, e.g. `Text`. */
  readonly name: string;
  /** Each in one line, at most 40 characters; undefined where there was none, or is none any more. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What a row has room for. */
const MOST_CHARACTERS = 40;
/** What stands before the first letter that differs. */
const CONTEXT = 8;

/**
 * The first value that differs, and how many differ besides. A member that `after` lacks is kept, as the service does.
 * JSON in strings is looked into. Undefined when nothing differs.
 */
export function firstChange(
  before: MessageContent,
  after: MessageContent,
): (ValueChange & { readonly others: number }) | undefined {
  const found: Found = [];
  for (const member of MEMBERS) {
    const text = memberText(after, member);
    if (text !== undefined) compare(member, valueIn(memberText(before, member)), valueIn(text), found);
  }
  const [first] = found;
  if (!first) return undefined;
  const [name, old, now] = first;
  const [shownOld, shownNow] = inLines(wordsOf(old), wordsOf(now));
  return { name, before: shownOld, after: shownNow, others: found.length - 1 };
}

/** A value and the text that it stands in; a text that is no JSON is its own value. */
type Value = { readonly text: string; readonly node?: Node | undefined } | undefined;

type Found = (readonly [name: string, before: Value, after: Value])[];

function valueIn(text: string | undefined): Value {
  return text === undefined ? undefined : { text, node: parseStrict(text) };
}

function compare(name: string, before: Value, after: Value, found: Found): void {
  const [old, now] = [inside(before), inside(after)];
  const [left, right] = [old?.node, now?.node];
  const part = (whole: Value, node: Node | undefined): Value => node && whole && { text: whole.text, node };
  if (left?.type === 'object' && right?.type === 'object') {
    const names = new Set(
      [...(left.children ?? []), ...(right.children ?? [])].map((child) =>
        String(child.children?.[0]?.value),
      ),
    );
    for (const key of names)
      compare(key, part(old, memberNode(left, key)), part(now, memberNode(right, key)), found);
  } else if (left?.type === 'array' && right?.type === 'array') {
    const [items, others] = [left.children ?? [], right.children ?? []];
    for (let index = 0; index < Math.max(items.length, others.length); index += 1)
      compare(name, part(old, items[index]), part(now, others[index]), found);
  } else if (!sameJson(textOf(before), textOf(after))) found.push([name, before, after]);
}

/** The JSON object or array that a string holds, else the value itself. */
function inside(value: Value): Value {
  if (value?.node?.type !== 'string') return value;
  const text = String(value.node.value);
  const node = /^\s*[[{]/.test(text) ? parseStrict(text) : undefined;
  return node ? { text, node } : value;
}

function textOf(value: Value): string | undefined {
  return value && (value.node ? nodeText(value.text, value.node) : value.text);
}

function wordsOf(value: Value): string | undefined {
  const text = textOf(value);
  if (value?.node?.type === 'string') return String(value.node.value);
  return text === undefined || !value?.node ? text : minify(text);
}

/** Both in a line. Of long ones what is the same at their beginning is cut, or they would look alike. */
function inLines(old: string | undefined, now: string | undefined): [string | undefined, string | undefined] {
  const [a, b] = [Array.from(old ?? ''), Array.from(now ?? '')];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const start = Math.max(a.length, b.length) > MOST_CHARACTERS ? Math.max(0, same - CONTEXT) : 0;
  const line = (characters: readonly string[]): string =>
    (start > 1 ? '…' : '') + oneLine(characters.slice(start > 1 ? start : 0).join(''), MOST_CHARACTERS);
  return [old === undefined ? undefined : line(a), now === undefined ? undefined : line(b)];
}
