import type { Node } from 'jsonc-parser';
import { contentOf, messageAt, parseMessage, type ParsedMessage } from '../document';
import type { Fix } from './fix';
import { parseStrict } from '../../json/tree';
import { minify } from '../../json/layout';
import { messageBytes, MESSAGE_LIMIT, utf8Bytes } from '../size';
import { applyEdits, type TextEdit } from '../../json/text';
import { stringProjection } from '../../json/projections/stringProjection';
import { fix, LIKELY, type FixContext, type Fixers } from './context';

/** Fixes of messages that are too long. */
export const sizeFixes: Fixers = {
  messageTooLong: tooLong,
  jsonTooLong: tooLong,
};

/** Also offered when the service alone said that a message is too long. */
export function lengthFixes(parsed: ParsedMessage): Fix[] {
  return minifiedStrings(parsed);
}

function tooLong({ parsed }: FixContext): Fix[] {
  return [...lengthFixes(parsed), ...cutLongest(parsed)];
}

/** Removes layout from JSON inside strings, which changes what the strings say, though not what they mean. */
function minifiedStrings(parsed: ParsedMessage): Fix[] {
  const strings = [...leaves(parsed.msgBody), ...leaves(parsed.cloudCustomData)];
  const edits = strings.flatMap((node) => {
    const text = String(node.value);
    const type = parseStrict(text)?.type;
    const view = stringProjection(parsed.text, { offset: node.offset, length: node.length });
    if (view === undefined || (type !== 'object' && type !== 'array')) return [];
    const short = minify(text);
    return short === text ? [] : view.edit({ from: 0, to: text.length, insert: short });
  });
  const bytes = messageBytesOf(parsed, []) - messageBytesOf(parsed, edits);
  return fix('minifyStrings', { bytes }, edits, fits(parsed, edits) ? LIKELY : {});
}

/** Drops the end of the longest string that holds no JSON, by as much as the message is too long. */
function cutLongest(parsed: ParsedMessage): Fix[] {
  const over = messageBytesOf(parsed, []) - MESSAGE_LIMIT;
  const plain = leaves(parsed.msgBody).filter((node) => parseStrict(String(node.value)) === undefined);
  const [longest] = plain.sort((a, b) => b.length - a.length);
  if (over <= 0 || longest === undefined) return [];
  const view = stringProjection(parsed.text, { offset: longest.offset, length: longest.length });
  const text = String(longest.value);
  let from = text.length;
  let bytes = 0;
  while (from > 0 && bytes < over) {
    from -=
      /[\udc00-\udfff]/.test(text[from - 1] ?? '') && /[\ud800-\udbff]/.test(text[from - 2] ?? '') ? 2 : 1;
    const place = view?.toDocument(from, text.length);
    bytes = place === undefined ? 0 : utf8Bytes(parsed.text.slice(place.offset, place.offset + place.length));
  }
  if (view === undefined || bytes < over) return [];
  const field = String(longest.parent?.children?.[0]?.value ?? '');
  return fix('shorten', { field, bytes }, view.edit({ from, to: text.length, insert: '' }));
}

function leaves(node: Node | undefined): Node[] {
  if (node === undefined) return [];
  if (node.type === 'string') return [node];
  if (node.type === 'property') return leaves(node.children?.[1]);
  return (node.children ?? []).flatMap((child) => {
    const isType = child.type === 'property' && child.children?.[0]?.value === 'MsgType';
    return isType ? [] : leaves(child);
  });
}

function fits(parsed: ParsedMessage, edits: readonly TextEdit[]): boolean {
  return messageBytesOf(parsed, edits) <= MESSAGE_LIMIT;
}

function messageBytesOf(parsed: ParsedMessage, edits: readonly TextEdit[]): number {
  const after =
    edits.length === 0 ? parsed : messageAt(parseMessage(applyEdits(parsed.text, edits)), parsed.at);
  const content = contentOf(after);
  return content === undefined ? 0 : messageBytes(content);
}
