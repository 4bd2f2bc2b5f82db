/** What may come from a conversation page: whatever runs in it, the host takes only what the protocol has. */

import { chatFromRecord } from '../chat/address';
import { isCount, isRecord, isString } from '../json/values';
import type { Action, FromPage, Saved, Viewed } from './pageProtocol';

/** More rows are never shown at once. */
const MOST_ROWS = 1_000;
/** More messages than that nobody selects by hand. */
const MOST_SELECTED = 100_000;

const viewed: Readonly<Record<Viewed, true>> = { user: true, peer: true, both: true };
const actions: Readonly<Record<Action, true>> = {
  retry: true,
  goToDate: true,
  goToMessage: true,
  compareSides: true,
  compareMore: true,
  closeDifferences: true,
  follow: true,
  unfollow: true,
  showFaces: true,
  hideFaces: true,
  toEnd: true,
  newMessage: true,
  addConnection: true,
};

function isOneOf(known: Readonly<Record<string, true>>, value: unknown): boolean {
  return isString(value) && Object.hasOwn(known, value);
}

function isKeys(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= MOST_SELECTED && value.every(isString);
}

function isOptional(value: unknown, is: (value: unknown) => boolean): boolean {
  return value === undefined || is(value);
}

const isPlace = (value: unknown): boolean =>
  isRecord(value) &&
  isString(value.key) &&
  isCount(value.time) &&
  typeof value.offset === 'number' &&
  Number.isFinite(value.offset);

/** What a page kept; undefined when it is nothing that this version can bring back. */
export function readSaved(value: unknown): Saved | undefined {
  if (!isRecord(value) || value.version !== 1 || !isString(value.connectionId)) return undefined;
  const chat = isRecord(value.chat) ? chatFromRecord(value.chat) : undefined;
  const isKnown =
    chat !== undefined &&
    isOptional(value.user, isString) &&
    isOneOf(viewed, value.viewed) &&
    typeof value.follow === 'boolean' &&
    typeof value.faces === 'boolean' &&
    isOptional(value.place, isPlace) &&
    isKeys(value.selected) &&
    isOptional(value.focused, isString) &&
    isOptional(value.sending, isCount);
  return isKnown ? { ...(value as unknown as Saved), chat } : undefined;
}

const guards: Readonly<Record<FromPage['type'], (message: Record<string, unknown>) => boolean>> = {
  ready: () => true,
  want: (m) =>
    isCount(m.version) && isCount(m.from) && isCount(m.to) && m.from <= m.to && m.to - m.from <= MOST_ROWS,
  fill: (m) => isString(m.gap) && (m.from === 'above' || m.from === 'below'),
  view: (m) => isOneOf(viewed, m.viewed),
  select: (m) => isKeys(m.keys) && isOptional(m.focused, isString),
  open: (m) => isString(m.key) && typeof m.preview === 'boolean',
  jump: (m) => isString(m.key),
  copyAs: (m) => isKeys(m.keys),
  action: (m) => isOneOf(actions, m.action),
  find: (m) => isString(m.text),
  findStep: (m) => m.step === 'next' || m.step === 'previous',
  send: (m) => isCount(m.id) && isString(m.as) && isString(m.text),
  failed: (m) => isString(m.message),
};

/** What came from the page, or undefined when it is nothing this host understands. */
export function fromPage(value: unknown): FromPage | undefined {
  if (!isRecord(value) || !isString(value.type) || !Object.hasOwn(guards, value.type)) return undefined;
  return guards[value.type as FromPage['type']](value) ? (value as unknown as FromPage) : undefined;
}
