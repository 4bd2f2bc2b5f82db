import type { Node } from 'jsonc-parser';
import type { FieldSpec } from '../elements';
import type { Fix } from './fix';
import { nodeText, parseStrict } from '../../json/tree';
import { minify } from '../../json/layout';
import { encodeString } from '../../json/escapes';
import { fix, LIKELY, replace, SURE, wrap, type FixContext } from './context';

const PLAIN = { slash: false, unicode: false, html: false, longControls: false, capitals: false };

/** A text as a JSON string literal, every character that can be written as itself being written so. */
export function literal(text: string): string {
  return `"${encodeString(text, PLAIN)}"`;
}

/** What a string holds, when that is JSON of one of some types. */
export function jsonIn(node: Node, types: readonly string[]): { text: string; type: string } | undefined {
  if (node.type !== 'string') return undefined;
  const text = String(node.value);
  const type = parseStrict(text)?.type;
  return type !== undefined && types.includes(type) ? { text: text.trim(), type } : undefined;
}

/** Puts an object or array into a string, its tokens as they are. */
export function wrapInString(context: FixContext, node: Node, name: string): Fix[] {
  if (node.type !== 'object' && node.type !== 'array') return [];
  const json = minify(nodeText(context.text, node));
  return fix('wrapInString', { name }, replace(node, literal(json)), SURE);
}

/** Puts a number or literal into quotes. */
export function quote(node: Node, name: string): Fix[] {
  return fix('quote', { name }, wrap(node, '"', '"'), SURE);
}

/** Takes the quotes off a number. */
export function unquote(node: Node, name: string): Fix[] {
  const number = jsonIn(node, ['number']);
  return number === undefined ? [] : fix('unquote', { name }, replace(node, number.text), SURE);
}

/** Takes an object or array out of its string. */
export function unwrapString(node: Node, name: string, types: readonly string[]): Fix[] {
  const json = jsonIn(node, types);
  return json === undefined ? [] : fix('unwrapString', { name }, replace(node, json.text), SURE);
}

/** A value to begin with, as JSON text. */
export function placeholder(field: FieldSpec): string {
  if (field.values?.length === 1) return String(field.values[0]?.value);
  switch (field.type) {
    case 'string':
      return '""';
    case 'array':
      return '[]';
    case 'object':
      return '{}';
    default:
      return String(field.values?.[0]?.value ?? 0);
  }
}

/** Adds a field that is missing: surely, when it can have one value only. */
export function howToAdd(field: FieldSpec): { preferred?: boolean; safe: boolean } {
  return field.values?.length === 1 ? SURE : LIKELY;
}
