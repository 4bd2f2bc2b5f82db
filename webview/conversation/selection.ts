import type { RowKey } from '../../src/conversation/rowViews';

/** How a row is chosen: alone, with all from the last one on, or besides those that are chosen. */
export type Choice = 'only' | 'range' | 'toggle';

/** Selected messages, and the one that keys go on from. */
export interface Selection {
  readonly keys: ReadonlySet<RowKey>;
  readonly focused?: RowKey;
  /** Where a range begins. */
  readonly origin?: RowKey;
}

export const NOTHING: Selection = { keys: new Set() };

/** Which choice a click or a key is: with Shift a range, with Ctrl or Cmd one more or one less. */
export function choiceOf(event: {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}): Choice {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'only';
}

/**
 * The selection after a row was chosen.
 *
 * @param between keys of the rows from one to another, both included, as far as they are known
 */
export function chosen(
  before: Selection,
  key: RowKey,
  choice: Choice,
  between: (from: RowKey, to: RowKey) => readonly RowKey[],
): Selection {
  switch (choice) {
    case 'only':
      return { keys: new Set([key]), focused: key, origin: key };
    case 'range': {
      const origin = before.origin ?? before.focused ?? key;
      return { keys: new Set([...between(origin, key), key]), focused: key, origin };
    }
    case 'toggle': {
      const keys = new Set(before.keys);
      if (!keys.delete(key)) keys.add(key);
      return { keys, focused: key, origin: key };
    }
  }
}
