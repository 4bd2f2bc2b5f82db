import { element } from '../dom';

/*
 * The page asks for a button, a tag or a link, and gets an element. This folder is the only place that knows the widget
 * library; another one needs no change anywhere else. The library itself (library.ts) is loaded after the page is
 * there: until then its elements are plain ones, which style.css gives their size.
 */

export interface ButtonOptions {
  readonly label: string;
  readonly tooltip?: string;
  readonly look: 'primary' | 'secondary' | 'icon';
  readonly enabled?: boolean;
  /** Shown instead of the label, which is then what a screen reader says. */
  readonly content?: Element;
  readonly onClick: () => void;
}

export function button(options: ButtonOptions): HTMLElement {
  const made = element(
    'vscode-button',
    {
      appearance: options.look,
      ...(options.tooltip === undefined ? {} : { title: options.tooltip }),
      ...(options.content || options.look === 'icon' ? { 'aria-label': options.label } : {}),
      ...(options.enabled === false ? { disabled: '' } : {}),
    },
    options.content ?? options.label,
  );
  made.addEventListener('click', options.onClick);
  return made;
}

/** A short mark such as a state or an environment. */
export function tag(text: string, kind: string): HTMLElement {
  return element('vscode-tag', { class: `tag tag-${kind}` }, text);
}

export function badge(text: string): HTMLElement {
  return element('vscode-badge', {}, text);
}

/** A link that the host opens; the page itself goes nowhere. */
export function link(text: string, tooltip: string, onClick: () => void): HTMLElement {
  const made = element('vscode-link', { href: '#', title: tooltip }, text);
  made.addEventListener('click', (event) => {
    event.preventDefault();
    onClick();
  });
  return made;
}
