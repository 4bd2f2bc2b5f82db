import { prettyPrint } from '../../src/json/layout';
import { isJson } from '../../src/json/strictScanner';
import { moment } from '../../src/message/moment';
import { element, type Child } from '../dom';
import { language, l10n } from './l10n';

/** A button that says what it does. */
export function button(
  label: string,
  onClick: () => void,
  attributes: Record<string, string> = {},
): HTMLElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

let lastId = 0;

/** A field with its label before it. */
export function labelled<T extends HTMLElement>(label: string, field: T): { row: HTMLElement; field: T } {
  field.id ||= `field-${++lastId}`;
  const row = element('div', { class: 'field' }, element('label', { for: field.id }, label), field);
  return { row, field };
}

export function input(attributes: Record<string, string> = {}): HTMLInputElement {
  return element('input', { type: 'text', autocomplete: 'off', ...attributes }) as HTMLInputElement;
}

export function textarea(value: string, attributes: Record<string, string> = {}): HTMLTextAreaElement {
  const made = element('textarea', { spellcheck: 'false', ...attributes }) as HTMLTextAreaElement;
  made.value = value;
  return made;
}

export function select(
  options: readonly (readonly [value: string, label: string])[],
  chosen: string,
): HTMLSelectElement {
  const made = element(
    'select',
    {},
    ...options.map(([value, label]) => element('option', { value }, label)),
  ) as HTMLSelectElement;
  made.value = chosen;
  return made;
}

/** JSON in an even layout, every token as it is; a text that is none, as it is. */
export function laidOut(text: string): string {
  return isJson(text) ? prettyPrint(text) : text;
}

/** A text that can be scrolled and copied. */
export function code(text: string, label: string): HTMLElement {
  return element('pre', { tabindex: '0', 'aria-label': label, role: 'region' }, element('code', {}, text));
}

/** Replaces what is in an element. */
export function fill(parent: HTMLElement, ...children: readonly Child[]): void {
  parent.replaceChildren(...children.filter((child) => child !== undefined));
}

/** Arrow keys, Home and End move between the buttons of a list. */
export function moveByArrows(list: HTMLElement): void {
  list.addEventListener('keydown', (event) => {
    const items = [...list.querySelectorAll<HTMLElement>('button.item')];
    const at = items.findIndex((item) => item === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    items[Math.max(0, Math.min(items.length - 1, to))]?.focus();
  });
}

const locales = { en: 'en', zh: 'zh-CN' } as const;

export function locale(): string {
  return locales[language()];
}

/** A point in time as it is written everywhere, in this machine's zone. @param ms Unix milliseconds */
export function timeText(ms: number, withMilliseconds = false): string {
  return new Intl.DateTimeFormat(locale(), {
    ...moment,
    ...(withMilliseconds && { fractionalSecondDigits: 3 }),
  }).format(ms);
}

/** The line in which the page says what it did, or what went wrong; read aloud. */
export class Notices {
  readonly root = element('div', { class: 'notices', role: 'status', 'aria-live': 'polite' });
  private timer = 0;

  say(text: string, kind: 'done' | 'wrong' = 'done'): void {
    const close = button(l10n.t('Close'), () => fill(this.root), { class: 'quiet' });
    fill(this.root, element('p', { class: `notice ${kind}` }, text), close);
    clearTimeout(this.timer);
    if (kind === 'done') this.timer = setTimeout(() => fill(this.root), 5000);
  }

  /** Does something and says what became of it. */
  async during(work: Promise<unknown>, done?: string): Promise<void> {
    try {
      await work;
      if (done !== undefined) this.say(done);
    } catch (error) {
      const text = error instanceof Error && error.message !== '' ? error.message : undefined;
      this.say(text ?? l10n.t('The sandbox does not answer.'), 'wrong');
    }
  }
}
