import type { GapRow } from '../../src/conversation/rowViews';
import { element } from '../dom';
import type { Look } from './labels';
import { article } from './messageRow';
import { button } from './widgets';

/** Where messages are missing: that they are being read, or why they could not be. */
export function gapRow(row: GapRow, { strings }: Look, retry: () => void): HTMLElement {
  const text =
    row.state === 'failed'
      ? (row.error ?? '')
      : row.state === 'loading'
        ? strings.loading
        : strings[row.where];
  return article(
    ['gap', row.state],
    text,
    undefined,
    element('p', { class: 'note', dir: 'auto' }, text),
    row.state === 'failed' ? button(strings.retry, retry) : undefined,
  );
}
