export { filled } from './filled';

export type Child = Node | string | undefined;

/** An element with attributes and children; strings become text, never markup. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  for (const child of children) if (child !== undefined) made.append(child);
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Outlines on a field of 16 by 16, drawn with the text's colour. */
const outlines = {
  copy: 'M5.5 5.5h7v8h-7z M3.5 10.5v-8h7',
  check: 'M3 8.5l3.5 3.5L13 4.5',
  error: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z M5.7 5.7l4.6 4.6 M10.3 5.7l-4.6 4.6',
  warning: 'M8 2L1.8 13.5h12.4z M8 6.4v3.6 M8 11.4v.9',
  hint: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z M8 7.2v4 M8 4.6v.9',
  fix: 'M5.8 10.6C4.5 9.8 3.8 8.6 3.8 7a4.2 4.2 0 1 1 8.4 0c0 1.6-.7 2.8-2 3.6v1.6H5.8z M6.3 14.2h3.4',
  arrow: 'M2.5 8h10.5 M9 4l4 4-4 4',
  format: 'M2 3.5h12 M5 6.5h9 M5 9.5h9 M2 12.5h12',
  braces:
    'M6 2.5c-1.6 0-2 .6-2 2v1.7C4 7.3 3.4 8 2.5 8 3.4 8 4 8.700 4 9.800v1.700c0 1.400.4 2 2 2 M10 2.500c1.600 0 2 .6 2 2v1.700c0 1.100.6 1.800 1.500 1.800-.9 0-1.500.7-1.500 1.800v1.700c0 1.400-.4 2-2 2',
  add: 'M8 3v10 M3 8h10',
  modify:
    'M4.500 11.500a2.800 2.800 0 0 1-.3-5.600 4 4 0 0 1 7.700.700 2.500 2.500 0 0 1 .100 4.900 M8 13.500V7.800 M5.800 9.900L8 7.700l2.200 2.200',
  compare: 'M2.500 2.500h4.500v11H2.500z M9 2.500h4.500v11H9z M4 6h1.500 M10.500 6h1.500 M10.500 8.500h1.500',
  discard: 'M3.500 6.500h6a3.500 3.500 0 0 1 0 7H6 M6.200 3.500l-3 3 3 3',
  history:
    'M2.800 8a5.200 5.200 0 1 0 1.600-3.800L2.800 5.700 M2.800 2.800v2.900h2.900 M8 5v3.200l2.200 1.500',
  settings:
    'M2 5h7 M13 5h1 M9 5a2 2 0 1 0 4 0 2 2 0 0 0-4 0z M2 11h1 M7 11h7 M3 11a2 2 0 1 0 4 0 2 2 0 0 0-4 0z',
  text: 'M3.500 1.800h6l3 3v9.400h-9z M9.300 2v3h3 M5.800 8h4.400 M5.800 10.800h4.400',
  preview: 'M2.500 3h11v7.500H8l-3 3v-3H2.500z M5 5.800h6 M5 7.800h4',
  lock: 'M4 7.500h8v6H4z M5.500 7.500V5.300a2.500 2.500 0 0 1 5 0v2.200',
  close: 'M3.5 3.5l9 9 M12.500 3.500l-9 9',
} as const;

export type IconName = keyof typeof outlines;

/** A small picture that says nothing by itself: what it stands for is said in text beside it or by its button. */
export function icon(name: IconName): SVGElement {
  return picture(name, outlines[name]);
}

/** The same of an outline that only one page has. */
export function picture(name: string, outline: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({
    class: `icon icon-${name}`,
    viewBox: '0 0 16 16',
    width: '16',
    height: '16',
    fill: 'none',
    stroke: 'currentColor',
    'aria-hidden': 'true',
  })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', outline);
  svg.append(path);
  return svg;
}
