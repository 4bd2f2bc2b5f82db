import { element, picture, type Child } from '../dom';

const outlines = {
  find: 'M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9z M10.300 10.300l3.700 3.700',
  date: 'M2.500 3.500h11v10h-11z M2.500 6.500h11 M5.500 2v3 M10.500 2v3',
  jump: 'M3 2.500v6.500a2 2 0 0 0 2 2h8 M10 8l3 3-3 3',
  follow:
    'M8 5.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z M1.500 8c3.500-6 9.500-6 13 0-3.500 6-9.500 6-13 0z',
  compare: 'M2.500 3h4.500v10H2.500z M9 3h4.500v10H9z M4 6h1.500 M10.500 9h1.500',
  face: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z M5.800 6.300v.8 M10.200 6.300v.8 M5.300 9.500c1.200 1.800 4.200 1.800 5.400 0',
  push: 'M4.500 11.500V7a3.500 3.500 0 0 1 7 0v4.500 M3 11.500h10 M7 13.800h2',
  up: 'M8 13V3.500 M4 7.500l4-4 4 4',
  down: 'M8 3v9.500 M4 8.500l4 4 4-4',
  close: 'M3.500 3.500l9 9 M12.500 3.500l-9 9',
} as const;

export type OutlineName = keyof typeof outlines;

/** A button, with a picture or without. */
export function button(
  label: string,
  onClick: () => void,
  options: { readonly icon?: OutlineName; readonly only?: boolean; readonly class?: string } = {},
): HTMLButtonElement {
  const made = element(
    'button',
    {
      type: 'button',
      ...(options.class !== undefined && { class: options.class }),
      ...(options.only && { 'aria-label': label }),
      ...(options.icon && { title: label }),
    },
    options.icon && picture(options.icon, outlines[options.icon]),
    options.only ? undefined : element('span', {}, label),
  ) as HTMLButtonElement;
  made.addEventListener('click', onClick);
  return made;
}

/** A field to choose in. */
export function select(
  label: string,
  options: readonly (readonly [value: string, label: string])[],
  value: string,
  onChange: (value: string) => void,
): HTMLSelectElement {
  const made = element(
    'select',
    { 'aria-label': label },
    ...options.map(([id, name]) => element('option', { value: id }, name)),
  ) as HTMLSelectElement;
  made.value = value;
  made.addEventListener('change', () => onChange(made.value));
  return made;
}

/** A text with line breaks as they are, that keys can scroll. */
export function code(text: string, label: string): HTMLElement {
  return element('pre', { tabindex: '0', 'aria-label': label, role: 'group' }, element('code', {}, text));
}

/** Replaces what is in an element. */
export function fill(parent: HTMLElement, ...children: readonly Child[]): void {
  parent.replaceChildren(...children.filter((child) => child !== undefined));
}
