import { addressKey } from '../chat/address';
import { isRecalled } from '../chat/chatMessage';
import { shortened } from '../json/edits';
import type { TextEdit } from '../json/text';
import { sameContent } from '../message/changes';
import type { Comparison } from './compareList';
import { formatItem, type ListedMessage } from './formatList';
import type { ListItem } from './parseList';

/** What reading the messages of a list again does to it. */
export interface Merge {
  /** Of the list's text. */
  readonly edits: readonly TextEdit[];
  /** What the list rests on afterwards, where that is not what it was. */
  readonly rest: readonly ListedMessage[];
  /** Messages that came to the list. */
  readonly added: number;
  /** Items that follow the service. */
  readonly updated: number;
  /** Changed items of which the service shows another content than they were made from: they stay as they are. */
  readonly conflicts: readonly ListedMessage[];
}

/**
 * Takes what the service shows now into a list: new messages come in where their time is, items that were not changed
 * follow the service, changed ones stay. Nothing else of the text is touched.
 *
 * @param before what the list rests on, by the key of the address
 * @param fresh what the service shows, in any order
 */
export function mergeList(
  text: string,
  { list, changed }: Comparison,
  before: ReadonlyMap<string, ListedMessage>,
  fresh: readonly ListedMessage[],
): Merge {
  const mine = new Map(changed.map((change) => [addressKey(change.address), change.mine]));
  const items = new Map<string, ListItem>();
  for (const item of list.items) if (item.address) items.set(addressKey(item.address), item);
  const edits: TextEdit[] = [];
  const rest: ListedMessage[] = [];
  const conflicts: ListedMessage[] = [];
  const added: ListedMessage[] = [];
  let updated = 0;
  for (const message of fresh) {
    const key = addressKey(message.address);
    const known = before.get(key);
    const item = items.get(key);
    if (!known) {
      rest.push(message);
      if (!item) added.push(message);
      continue;
    }
    if (sameMessage(known, message)) continue;
    const own = mine.get(key);
    if (own) {
      // A recalled message has no content to be compared with; modifying says so.
      if (!isRecalled(message) && sameContent(known.content, message.content)) continue;
      if (sameContent(message.content, { ...message.content, ...own })) rest.push(message);
      else conflicts.push(message);
      continue;
    }
    rest.push(message);
    if (!item) continue;
    updated += 1;
    const edit = shortened(text, { ...item.range, text: formatItem(message) });
    if (edit) edits.push(edit);
  }
  edits.push(...insertions(text, list.items, before, added));
  return { edits, rest, added: added.length, updated, conflicts };
}

/** New items, each after the last one that is not newer; one edit a place. */
function insertions(
  text: string,
  items: readonly ListItem[],
  before: ReadonlyMap<string, ListedMessage>,
  added: readonly ListedMessage[],
): TextEdit[] {
  const sorted = [...added].sort((one, other) => one.time - other.time);
  const times = items.map(({ address }) => (address && before.get(addressKey(address))?.time) ?? 0);
  const places = new Map<number, string[]>();
  for (const message of sorted) {
    let at = times.length - 1;
    while (at >= 0 && (times[at] ?? 0) > message.time) at -= 1;
    const laidOut = places.get(at) ?? [];
    laidOut.push(formatItem(message));
    places.set(at, laidOut);
  }
  return [...places].flatMap(([at, laidOut]): TextEdit[] => {
    const item = items[at];
    const first = items[0];
    if (item) {
      const { offset, length } = item.range;
      return [{ offset: offset + length, length: 0, text: laidOut.map((one) => `,\n  ${one}`).join('') }];
    }
    if (first)
      return [{ offset: first.range.offset, length: 0, text: laidOut.map((one) => `${one},\n  `).join('') }];
    const start = text.indexOf('[');
    return [{ offset: start + 1, length: 0, text: `\n  ${laidOut.join(',\n  ')}\n` }];
  });
}

function sameMessage(one: ListedMessage, other: ListedMessage): boolean {
  return (
    isRecalled(one) === isRecalled(other) &&
    one.isGone === other.isGone &&
    one.isSystem === other.isSystem &&
    sameContent(one.content, other.content)
  );
}
