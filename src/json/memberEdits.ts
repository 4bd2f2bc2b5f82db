import type { Node } from 'jsonc-parser';
import type { TextEdit } from './text';

/**
 * Removes properties of an object, or items of an array, with their commas and the layout that belongs to them.
 *
 * @param members some of the container's children
 */
export function removeMembers(container: Node, members: readonly Node[]): TextEdit[] {
  const all = container.children ?? [];
  if (members.length === 0) return [];
  if (all.every((child) => members.includes(child))) {
    return [{ offset: container.offset + 1, length: container.length - 2, text: '' }];
  }
  const edits: TextEdit[] = [];
  let lastKept: Node | undefined;
  let runStart: Node | undefined;
  for (const child of all) {
    if (members.includes(child)) {
      runStart ??= child;
      continue;
    }
    if (runStart !== undefined) edits.push(cut(runStart.offset, child.offset));
    runStart = undefined;
    lastKept = child;
  }
  const last = all[all.length - 1];
  if (runStart !== undefined && lastKept !== undefined && last !== undefined) {
    edits.push(cut(lastKept.offset + lastKept.length, last.offset + last.length));
  }
  return edits;
}

/** Adds a property behind the last one of an object, laid out like it. */
export function addProperty(text: string, object: Node, key: string, json: string): TextEdit {
  const properties = object.children ?? [];
  const last = properties[properties.length - 1];
  const name = JSON.stringify(key);
  if (last === undefined) {
    const colon = text.includes('": ') ? ': ' : ':';
    return { offset: object.offset + 1, length: object.length - 2, text: `${name}${colon}${json}` };
  }
  const [lastKey, value] = last.children ?? [];
  const colon = lastKey && value ? text.slice(lastKey.offset + lastKey.length, value.offset) : ': ';
  const layout = text.slice(text.slice(0, last.offset).trimEnd().length, last.offset);
  const gap = properties.length === 1 && layout === '' && colon !== ':' ? ' ' : layout;
  return { offset: last.offset + last.length, length: 0, text: `,${gap}${name}${colon}${json}` };
}

/** Gives a property another name. */
export function renameProperty(property: Node, name: string): TextEdit[] {
  const key = property.children?.[0];
  return key === undefined ? [] : [{ offset: key.offset, length: key.length, text: JSON.stringify(name) }];
}

function cut(from: number, to: number): TextEdit {
  return { offset: from, length: to - from, text: '' };
}
