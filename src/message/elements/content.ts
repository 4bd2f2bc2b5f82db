import { memberNode } from '../../json/tree';
import type { Content } from './element';

/** More of a field is not looked at: one line needs no 12 KB. */
const MOST_UNITS = 400;

/** A string field; empty when it is none. */
export function textIn(content: Content, name: string): string {
  const node = memberNode(content, name);
  return node?.type === 'string' ? String(node.value) : '';
}

/** The beginning of a field that is no object or array, in words. */
export function wordIn(content: Content, name: string): string {
  const node = memberNode(content, name);
  return node === undefined || node.type === 'object' || node.type === 'array'
    ? ''
    : String(node.value).slice(0, MOST_UNITS);
}

/** A field as seconds, in words. */
export function secondsIn(content: Content, name: string): string {
  const seconds = wordIn(content, name);
  return seconds && `${seconds}″`;
}

/** The items of a field that is an array. */
export function itemsIn(content: Content, name: string) {
  const list = memberNode(content, name);
  return list?.type === 'array' ? (list.children ?? []) : [];
}

/** The last part of a name: clients store whole paths of the sender's machine. */
export function fileNameIn(content: Content, name: string): string {
  return textIn(content, name).replace(/^.*[\\/]/, '');
}

/** The address in a field, if there is one. */
export function urlIn(content: Content, name: string): { url?: string } {
  const value = textIn(content, name);
  return value === '' ? {} : { url: value };
}

/** The fields that are numbers, under names of one's own. */
export function numbersIn<Key extends string>(
  content: Content,
  names: Readonly<Record<Key, string>>,
): Partial<Record<Key, number>> {
  const found: Partial<Record<Key, number>> = {};
  for (const key in names) {
    const node = memberNode(content, names[key]);
    if (node?.type === 'number') found[key] = Number(node.value);
  }
  return found;
}
