import type { Node } from 'jsonc-parser';
import { shortened } from '../json/edits';
import { editMany, stringProjection } from '../json/projections';
import type { TextEdit } from '../json/text';
import { memberNode, nodeText, parseJson } from '../json/tree';
import { sameJson } from '../message/changes';
import { itemText, type ListItem } from './parseList';
import type { ValueStep } from './valuePath';

/** What is to be set where. */
export interface ValueChange {
  readonly path: readonly ValueStep[];
  /** JSON text of the new value. */
  readonly value: string;
  /** Only where it is this now: JSON text, compared as a value. */
  readonly onlyWhere?: string;
}

/** What setting a value does to a list. */
export interface ValueEdits {
  /** Of the list's text. */
  readonly edits: readonly TextEdit[];
  /** Places that the path leads to. */
  readonly places: number;
  /** Messages that are changed. */
  readonly messages: number;
}

/**
 * Sets one value in items of a list, also in JSON that stands in strings. Nothing but these values is touched: what stands
 * beside them, in the same string too, keeps every byte. Only what is there is set; nothing is added.
 */
export function setValue(text: string, items: readonly ListItem[], change: ValueChange): ValueEdits {
  const edits: TextEdit[] = [];
  let places = 0;
  let messages = 0;
  for (const item of items) {
    if (item.locked) continue;
    const own = itemText(text, item);
    const found = { places: 0 };
    const changes = within(own, parseJson(own).root, change.path, change, found);
    places += found.places;
    if (changes.length === 0) continue;
    messages += 1;
    edits.push(...changes.map((edit) => ({ ...edit, offset: edit.offset + item.range.offset })));
  }
  return { edits, places, messages };
}

function within(
  source: string,
  node: Node | undefined,
  [step, ...rest]: readonly ValueStep[],
  change: ValueChange,
  found: { places: number },
): TextEdit[] {
  if (!node) return [];
  switch (step?.kind) {
    case undefined: {
      const before = nodeText(source, node);
      if (change.onlyWhere !== undefined && !sameJson(before, change.onlyWhere)) return [];
      found.places += 1;
      if (sameJson(before, change.value)) return [];
      const edit = shortened(source, { offset: node.offset, length: node.length, text: change.value });
      return edit ? [edit] : [];
    }
    case 'member':
      return within(source, memberNode(node, step.name), rest, change, found);
    case 'item':
      return within(
        source,
        node.type === 'array' ? node.children?.[step.index] : undefined,
        rest,
        change,
        found,
      );
    case 'each': {
      const children = node.type === 'array' ? (node.children ?? []) : [];
      return children.flatMap((child) => within(source, child, rest, change, found));
    }
    case 'open': {
      const view = node.type === 'string' ? stringProjection(source, node) : undefined;
      if (!view) return [];
      const inside = parseJson(view.text);
      if (inside.errors.length > 0) return [];
      const edits = within(view.text, inside.root, rest, change, found);
      return editMany(
        view,
        edits.map(({ offset, length, text }) => ({ from: offset, to: offset + length, insert: text })),
      );
    }
  }
}
