/** What may come from the page: whatever runs in it, the host takes only what the protocol has. */

import { isCount, isRecord, isString } from './json/values';
import type { TextChange } from './json/textChange';
import type { FromPage } from './protocol';

/** True for a list of changes as {@link TextChange} describes it. */
function isChanges(value: unknown): value is TextChange[] {
  if (!Array.isArray(value)) return false;
  let end = 0;
  for (const change of value as unknown[]) {
    if (!isRecord(change) || !isCount(change.from) || !isCount(change.to) || !isString(change.insert)) {
      return false;
    }
    if (change.from < end || change.to < change.from) return false;
    end = change.to;
  }
  return true;
}

const isQuestion = (value: unknown): boolean =>
  isRecord(value) &&
  (value.kind === 'complete' || value.kind === 'hover') &&
  isString(value.pane) &&
  isCount(value.offset) &&
  isCount(value.version) &&
  (value.trigger === undefined || isString(value.trigger));

const guards: Readonly<Record<FromPage['type'], (message: Record<string, unknown>) => boolean>> = {
  ready: (m) => typeof m.shown === 'boolean',
  edit: (m) => isString(m.pane) && isCount(m.push) && isCount(m.base) && isChanges(m.changes),
  pasted: (m) => isString(m.pane) && isString(m.text),
  flushed: (m) => isCount(m.id),
  resync: (m) => isString(m.pane),
  undo: () => true,
  redo: () => true,
  format: (m) => isString(m.pane),
  addMember: (m) => isString(m.pane),
  command: (m) => isString(m.command),
  fix: (m) => isString(m.id),
  copyKey: () => true,
  option: (m) => isString(m.name),
  openLink: (m) => isString(m.link),
  split: (m) => typeof m.split === 'number' && m.split > 0 && m.split < 1,
  showPreview: (m) => typeof m.show === 'boolean',
  toggleWrap: () => true,
  theme: (m) => isString(m.id),
  failed: (m) => isString(m.message),
  openString: (m) => isString(m.pane) && isCount(m.offset),
  closeString: (m) => isString(m.pane),
  ask: (m) => isCount(m.id) && isQuestion(m.question),
};

/** What came from the page, or undefined when it is nothing this host understands. */
export function fromPage(value: unknown): FromPage | undefined {
  if (!isRecord(value) || !isString(value.type) || !Object.hasOwn(guards, value.type)) return undefined;
  return guards[value.type as FromPage['type']](value) ? (value as unknown as FromPage) : undefined;
}
