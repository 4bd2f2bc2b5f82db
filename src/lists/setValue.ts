import { shortened } from '../json/edits';
import { editMany, stringProjection } from '../json/projections';
import { isJson, readArray, readObject, skipSpace, skipValue } from '../json/strictScanner';
import type { TextEdit } from '../json/text';
import { sameJson } from '../message/changes';
import { itemText, type ListItem } from './parseList';
import type { ValueStep } from './valuePath';

/** Which values of a list are meant. */
export interface ValueQuery {
  readonly path: readonly ValueStep[];
  /** Only where it is this now: JSON text, compared as a value. */
  readonly onlyWhere?: string;
}

/** The values of a list that are meant, found once and set as often as one likes. */
interface ValuePlaces {
  readonly count: number;
  /**
   * @param value JSON text
   * @returns edits of the list's text, and how many messages they change
   */
  set(value: string): { readonly edits: readonly TextEdit[]; readonly messages: number };
}

/** Sets one value: edits of the text that it stands in, none when it is that already. */
type Place = (value: string) => readonly TextEdit[];

/**
 * Finds one value in each item of a list, also in JSON that stands in strings, in one pass. Nothing but these values is
 * touched: what stands beside them, in the same string too, keeps every byte. Only what is there is set; nothing is added.
 */
export function findValues(text: string, items: readonly ListItem[], query: ValueQuery): ValuePlaces {
  const found = { count: 0 };
  const inItems = items
    .filter(({ locked }) => locked === undefined)
    .map((item) => ({
      offset: item.range.offset,
      // Of its own text: what is edited there is not to cost what the whole list costs.
      places: placesAt(itemText(text, item), 0, query, 0, found),
    }))
    .filter(({ places }) => places.length > 0);
  return {
    count: found.count,
    set: (value) => {
      const changes = inItems.map(({ offset, places }) =>
        places.flatMap((place) => place(value)).map((edit) => ({ ...edit, offset: edit.offset + offset })),
      );
      return { edits: changes.flat(), messages: changes.filter(({ length }) => length > 0).length };
    },
  };
}

/** The places that the path from a step on leads to from the value that starts at an offset; the text is JSON there. */
function placesAt(
  source: string,
  at: number,
  query: ValueQuery,
  depth: number,
  found: { count: number },
): Place[] {
  const step = query.path[depth];
  const onFrom = (start: number): Place[] => placesAt(source, start, query, depth + 1, found);
  switch (step?.kind) {
    case undefined: {
      const length = skipValue(source, at) - at;
      const before = source.slice(at, at + length);
      if (query.onlyWhere !== undefined && !sameJson(before, query.onlyWhere)) return [];
      found.count += 1;
      return [
        (value) => {
          const edit = sameJson(before, value)
            ? undefined
            : shortened(source, { offset: at, length, text: value });
          return edit ? [edit] : [];
        },
      ];
    }
    case 'member': {
      if (source[at] !== '{') return [];
      let start: number | undefined;
      // Of repeated keys the last counts.
      readObject(source, at, (name, value) => {
        if (name === step.name) start = value;
        return undefined;
      });
      return start === undefined ? [] : onFrom(start);
    }
    case 'item':
      return itemsAt(source, at)
        .slice(step.index, step.index + 1)
        .flatMap(onFrom);
    case 'each':
      return itemsAt(source, at).flatMap(onFrom);
    case 'open': {
      if (source[at] !== '"') return [];
      const view = stringProjection(source, { offset: at, length: skipValue(source, at) - at });
      if (!view || !isJson(view.text)) return [];
      const inside = placesAt(view.text, skipSpace(view.text, 0), query, depth + 1, found);
      if (inside.length === 0) return [];
      return [
        (value) =>
          editMany(
            view,
            inside
              .flatMap((place) => place(value))
              .map(({ offset, length, text }) => ({ from: offset, to: offset + length, insert: text })),
          ),
      ];
    }
  }
}

/** Where the values of an array start; none of another value. */
function itemsAt(source: string, at: number): number[] {
  const starts: number[] = [];
  if (source[at] !== '[') return starts;
  readArray(source, at, (start) => {
    starts.push(start);
    return undefined;
  });
  return starts;
}
