import type { PreviewPart } from '../../src/message/preview';
import { element, filled, icon, type Child } from '../dom';

/** What a bubble needs besides its element: texts with `{0}` for what stands in them, and whose numbers. */
export interface BubbleWords {
  readonly strings: Readonly<Record<'partUnknown' | 'messages' | 'seconds', string>>;
  /** BCP 47. */
  readonly locale: string;
}

/** Longest data that is shown of a custom element. */
const MOST_DATA = 300;

/** One element of a message as a chat client would show it. Loads nothing from anywhere. */
export function bubble(part: PreviewPart, words: BubbleWords): HTMLElement {
  const { strings } = words;
  switch (part.kind) {
    case 'text':
      return element('div', { class: 'bubble', dir: 'auto' }, part.text);
    case 'image':
      return media(part, part.label, pixels(part), bytes(part.size, words), part.format);
    case 'video':
      return media(part, part.label, seconds(part.seconds, words), bytes(part.size, words));
    case 'file':
      return card(part.label, element('strong', {}, part.name), bytes(part.size, words));
    case 'sound':
      return card(part.label, seconds(part.seconds, words), bytes(part.size, words));
    case 'location':
      return card(part.label, element('strong', {}, part.name), coordinates(part));
    case 'face':
      return card(part.label, part.index === undefined ? undefined : `#${part.index}`, part.data);
    case 'custom':
      return card(part.label, element('strong', {}, part.desc), code(part.data), code(part.ext));
    case 'forward':
      return card(
        part.label,
        element('strong', {}, part.title),
        ...part.lines.map((line) => element('span', { class: 'forward-line' }, line)),
        part.count === undefined ? undefined : filled(strings.messages, part.count),
      );
    case 'unknown':
      return card(filled(strings.partUnknown, part.msgType), icon('warning'));
  }
}

function card(label: string, ...content: readonly Child[]): HTMLElement {
  const shown = content.filter((child) => child !== undefined && child !== '');
  return element(
    'div',
    { class: 'bubble card' },
    element('span', { class: 'quiet' }, label),
    ...shown.map((child) => element('div', {}, child)),
  );
}

/** What is known of a picture or a video, beside a small frame that stands for it. */
function media(size: { width?: number; height?: number }, ...content: [string, ...Child[]]): HTMLElement {
  const made = card(...content);
  made.classList.add('media');
  made.prepend(frame(size.width, size.height));
  return made;
}

/** Where a picture would be, in its proportions. */
function frame(width: number | undefined, height: number | undefined): HTMLElement {
  const box = element('div', { class: 'picture', 'aria-hidden': 'true' });
  box.style.aspectRatio = width && height ? `${width} / ${height}` : '4 / 3';
  return box;
}

function pixels({ width, height }: { width?: number; height?: number }): string | undefined {
  return width && height ? `${width} × ${height}` : undefined;
}

function coordinates({ latitude, longitude }: { latitude?: number; longitude?: number }): string | undefined {
  return latitude === undefined || longitude === undefined ? undefined : `${latitude}, ${longitude}`;
}

function seconds(value: number | undefined, { strings }: BubbleWords): string | undefined {
  return value === undefined ? undefined : filled(strings.seconds, value);
}

function bytes(value: number | undefined, { locale }: BubbleWords): string | undefined {
  if (value === undefined) return undefined;
  const [unit, amount] =
    value < 1024
      ? (['byte', value] as const)
      : value < 1024 ** 2
        ? (['kilobyte', value / 1024] as const)
        : (['megabyte', value / 1024 ** 2] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(amount);
}

function code(data: string): HTMLElement | undefined {
  if (data === '') return undefined;
  return element('code', {}, data.length > MOST_DATA ? `${data.slice(0, MOST_DATA)}…` : data);
}
