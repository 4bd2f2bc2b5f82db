import type { Node } from 'jsonc-parser';
import { looksLikeElement, meantMember, nameOf, sdkMessage } from './checks/otherNames';
import { parseJson, parseStrict } from '../json/tree';
import type { TextRange } from '../json/text';
import { tokensOf } from '../json/tokens';
import { stringView } from './views';

/** Deeper than a log quotes bodies that quote bodies. */
const DEEPEST = 6;
/** Characters that may be read in vain while looking for the place where JSON starts. */
const VAIN = 2_000_000;

/** A message, or one half typed, somewhere in a text. */
export interface FoundMessage {
  /** A `MsgBody` array, an element, or an object with a member of a message, as JSON. */
  readonly text: string;
  /** Where a stretch of it is in the text that was looked through. */
  readonly toText: (range: TextRange) => TextRange;
}

/**
 * Finds the message in any text: a `MsgBody`, an element, a request, the body of a webhook, alone or within a longer
 * text such as a line of a log, within other JSON, or within a string there.
 *
 * @returns undefined when there is none
 */
export function messageIn(text: string): FoundMessage | undefined {
  const { root, errors } = parseJson(text);
  const end = root && root.length > 0 ? root.offset + root.length : text.length;
  const goesOn = errors.some(
    ({ kind, offset }) => kind !== 'Comment' && offset >= end && offset < text.length,
  );
  // With comments, or half typed, it is a message with problems; with other text behind it, it is a part of that.
  if (root && !goesOn && /^\s*[[{/]/.test(text) && isMessage(root)) return { text, toText: (range) => range };
  return search(text, 0);
}

function search(text: string, depth: number): FoundMessage | undefined {
  if (depth > DEEPEST) return undefined;
  return inValues(text, depth) ?? inStrings(text, depth);
}

/** In the JSON objects and arrays that stand anywhere in a text. */
function inValues(text: string, depth: number): FoundMessage | undefined {
  let vain = 0;
  const opener = /[[{]/g;
  for (let match = opener.exec(text); match && vain < VAIN; match = opener.exec(text)) {
    const end = endOfValue(text, match.index);
    const value = end === undefined ? undefined : parseStrict(text.slice(match.index, end));
    if (end === undefined || value === undefined) {
      vain += (end ?? text.length) - match.index;
      continue;
    }
    const found = within(text.slice(match.index, end), value, depth);
    if (found) return moved(found, match.index);
    opener.lastIndex = end;
  }
  return undefined;
}

/** In strings that hold JSON. */
function inStrings(text: string, depth: number): FoundMessage | undefined {
  for (const { kind, offset, end } of tokensOf(text)) {
    const range = { offset, length: end - offset };
    const found = kind === 'string' ? inString(text, range, depth) : undefined;
    if (found) return found;
  }
  return undefined;
}

function inString(text: string, range: TextRange, depth: number): FoundMessage | undefined {
  const view = /[[{]/.test(text.slice(range.offset, range.offset + range.length))
    ? stringView(text, range)
    : undefined;
  const found = view && search(view.text, depth + 1);
  if (!found) return undefined;
  return {
    text: found.text,
    toText: (part) => {
      const { offset, length } = found.toText(part);
      return view.toDocument(offset, offset + length);
    },
  };
}

/** A value itself, or what is in it. */
function within(text: string, node: Node, depth: number): FoundMessage | undefined {
  if (isMessage(node)) {
    const { offset, length } = node;
    return moved({ text: text.slice(offset, offset + length), toText: (range) => range }, offset);
  }
  if (node.type === 'string') return inString(text, node, depth);
  const values = node.type === 'object' ? (node.children ?? []).map(valueOf) : (node.children ?? []);
  for (const value of values) {
    const found = value && within(text, value, depth);
    if (found) return found;
  }
  return undefined;
}

function valueOf(property: Node): Node | undefined {
  return property.children?.[1];
}

function isMessage(node: Node): boolean {
  if (node.type === 'array') return (node.children ?? []).some(looksLikeElement);
  if (looksLikeElement(node) || sdkMessage(node)) return true;
  return (
    node.type === 'object' && (node.children ?? []).some((one) => meantMember(nameOf(one)) !== undefined)
  );
}

/** Where the brackets that open here are closed; undefined when they are not. */
function endOfValue(text: string, start: number): number | undefined {
  let level = 0;
  let inQuotes = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inQuotes) {
      if (char === '\\') at++;
      else if (char === '"') inQuotes = false;
    } else if (char === '"') inQuotes = true;
    else if (char === '[' || char === '{') level++;
    else if ((char === ']' || char === '}') && --level === 0) return at + 1;
  }
  return undefined;
}

function moved({ text, toText }: FoundMessage, by: number): FoundMessage {
  return {
    text,
    toText: (range) => {
      const { offset, length } = toText(range);
      return { offset: offset + by, length };
    },
  };
}
