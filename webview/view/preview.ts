import { element } from '../dom';
import type { PageState } from '../state';
import { bubble } from './bubble';

/** The message as a chat client would show it, and the push a phone would get. Loads nothing from anywhere. */
export function preview(state: PageState): HTMLElement {
  const { strings, environment, facts, preview: shown, previewStale } = state;
  const parts = shown?.parts ?? [];
  return element(
    'aside',
    { class: 'preview', 'aria-label': strings.preview, tabindex: '0' },
    element('h2', { class: 'pane-head' }, strings.preview),
    previewStale && shown ? element('p', { class: 'quiet' }, strings.previewStale) : undefined,
    element(
      'div',
      { class: 'chat' },
      element('span', { class: 'avatar', 'aria-hidden': 'true' }, Array.from(facts?.sender ?? '')[0] ?? '·'),
      element(
        'div',
        { class: 'bubbles' },
        facts?.sender === undefined ? undefined : element('span', { class: 'quiet' }, facts.sender),
        ...parts.map((part) => bubble(part, { strings, locale: environment.locale })),
        parts.length === 0 ? element('p', { class: 'quiet' }, strings.previewEmpty) : undefined,
      ),
    ),
    element(
      'div',
      { class: 'push' },
      element('h3', {}, strings.pushText),
      element('p', shown?.push === undefined ? { class: 'quiet' } : {}, shown?.push ?? strings.notPushed),
    ),
  );
}
