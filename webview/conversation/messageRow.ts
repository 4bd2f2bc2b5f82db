import type {
  ForwardedView,
  MessageRow,
  Part,
  RowContext,
  UnreadableRow,
} from '../../src/conversation/rowViews';
import { element, filled, type Child } from '../dom';
import { bubble } from '../view/bubble';
import { firstLetter, labelOf, nameOf, noteOf, onlyOnText, type Look, type Standing } from './labels';
import { code } from './widgets';

/** One message, as chat clients show it, with what only developers see of it folded beneath. */
export function messageRow(row: MessageRow, standing: Standing, look: Look): HTMLElement {
  const { times } = look;
  const note = noteOf(row, look);
  const bubbles = (): HTMLElement[] =>
    row.parts.flatMap((part, index) => partOf(part, `${row.key} ${index}`, look));
  const said: Child[] =
    note === undefined
      ? [row.reply && quote(row.reply, look), ...bubbles()]
      : [
          element('p', { class: 'note', dir: 'auto' }, note),
          row.parts.length > 0 ? fold(`${row.key} note`, row.summary || '…', bubbles, look) : undefined,
        ];
  const name = nameOf(row.sender, look);
  return article(
    [
      ...['message', row.state],
      ...(row.own ? ['own'] : []),
      ...(standing.run ? ['run'] : []),
      ...(note === undefined ? [] : ['noted']),
    ],
    labelOf(row, standing, look),
    contextOf(row, look),
    standing.day ? element('p', { class: 'day' }, element('span', {}, times.day(row.time))) : undefined,
    element(
      'div',
      { class: 'line' },
      note === undefined ? avatar(row.sender, name, look) : undefined,
      element(
        'div',
        { class: 'said' },
        note === undefined && standing.run
          ? element('p', { class: 'who', dir: 'auto', title: row.sender }, name)
          : undefined,
        ...said,
        meta(row, look),
      ),
    ),
  );
}

/** An item of history that is no message, with its JSON. */
export function unreadableRow(row: UnreadableRow, look: Look): HTMLElement {
  const { strings } = look;
  return article(
    ['message', 'unreadable', 'noted'],
    `${strings.unreadable}. ${row.problem}`,
    undefined,
    element(
      'div',
      { class: 'line' },
      element(
        'div',
        { class: 'said' },
        element('p', { class: 'note' }, strings.unreadable),
        element('p', { class: 'note', dir: 'auto' }, row.problem),
        fold(`${row.key} raw`, 'JSON', () => [code(row.raw, 'JSON')], look),
      ),
    ),
  );
}

/** Something in the list that can have the focus. */
export function article(
  classes: readonly string[],
  label: string,
  context: RowContext | undefined,
  ...children: readonly Child[]
): HTMLElement {
  return element(
    'article',
    {
      class: classes.join(' '),
      tabindex: '-1',
      'aria-label': label,
      ...(context && { 'data-vscode-context': JSON.stringify(context) }),
    },
    ...children,
  );
}

function contextOf({ address, key, marks }: MessageRow, { chat }: Look): RowContext {
  return {
    webviewSection: 'message',
    preventDefaultContextMenuItems: true,
    connectionId: chat.connectionId,
    kind: 'message',
    id: `${chat.panel} ${key}`,
    message: { address },
    readOnly: chat.readOnly,
    draft: marks.draft,
  };
}

function avatar(sender: string, name: string, look: Look): HTMLElement {
  const face = look.faces ? look.people.get(sender)?.face : undefined;
  const made = element('span', { class: 'avatar', 'aria-hidden': 'true' }, firstLetter(name));
  if (face?.startsWith('https:')) {
    const image = element('img', { src: face, alt: '', referrerpolicy: 'no-referrer', loading: 'lazy' });
    // The letter is behind it, and comes back when there is no picture.
    image.addEventListener('error', () => image.remove());
    made.append(image);
  }
  return made;
}

function quote(reply: { readonly sender: string; readonly text: string }, look: Look): HTMLElement {
  return element(
    'blockquote',
    { dir: 'auto' },
    element('span', { class: 'quiet' }, filled(look.strings.reply, nameOf(reply.sender, look))),
    element('span', {}, reply.text),
  );
}

function partOf(part: Part, place: string, look: Look): HTMLElement[] {
  const { strings } = look;
  if (part.kind === 'custom') {
    const folded = [
      ['Data', part.data],
      ['Ext', part.ext],
    ].flatMap(([name = '', text = '']) => (text === '' ? [] : [code(text, name)]));
    return [
      bubble({ ...part, data: '', ext: '' }, look),
      ...(folded.length > 0 ? [fold(`${place} data`, strings.customData, () => folded, look)] : []),
    ];
  }
  const { forwarded = [] } = part;
  const shown = bubble(part, look);
  if (forwarded.length === 0) return [shown];
  const list = (): HTMLElement[] =>
    forwarded.map((one, index) => forwardedItem(one, `${place} ${index}`, look));
  return [
    shown,
    fold(
      `${place} forwarded`,
      strings.forwarded,
      () => [element('div', { class: 'forwarded' }, ...list())],
      look,
    ),
  ];
}

function forwardedItem(one: ForwardedView, place: string, look: Look): HTMLElement {
  return element(
    'div',
    { class: 'said' },
    element(
      'p',
      { class: 'who', dir: 'auto' },
      nameOf(one.sender, look),
      one.time === undefined ? undefined : ' ',
      one.time === undefined ? undefined : timeElement(one.time, look),
    ),
    ...one.parts.flatMap((part, index) => partOf(part, `${place} ${index}`, look)),
  );
}

function meta(row: MessageRow, look: Look): HTMLElement {
  const { strings } = look;
  const { draft, conflict, modified, onlyOn } = row.marks;
  return element(
    'div',
    { class: 'meta' },
    row.time > 0 ? timeElement(row.time, look) : undefined,
    draft ? mark(strings.draft, 'draft') : undefined,
    conflict ? mark(strings.conflict, 'conflict') : undefined,
    onlyOn && mark(onlyOnText(onlyOn, look), 'only'),
    ...(modified ? changed(modified, look) : []),
    row.cloud && cloud(row.key, row.cloud, look),
    look.push
      ? element('p', { class: 'push', dir: 'auto' }, `${strings.push}: ${row.push ?? strings.notPushed}`)
      : undefined,
  );
}

function mark(text: string, kind: string): HTMLElement {
  return element('span', { class: `mark ${kind}` }, text);
}

/** That we modified it; what it said before comes with the pointer or the focus, and goes with Escape. */
function changed(modified: { readonly before: string; readonly at: number }, look: Look): HTMLElement[] {
  const { strings, times } = look;
  const button = element(
    'button',
    { type: 'button', class: 'mark modified', tabindex: '-1' },
    filled(strings.modified, times.whole(modified.at)),
  );
  const before = element(
    'div',
    { class: 'before', role: 'note' },
    element('strong', {}, strings.modifiedBefore),
    element('div', { dir: 'auto' }, modified.before),
  );
  button.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') button.blur();
  });
  // Above what it says now, so that the two are compared; but the first one that is seen has no room there.
  const place = (): void => {
    const own = button.getBoundingClientRect();
    const list = button.closest('.scroll')?.getBoundingClientRect();
    if (list) before.classList.toggle('below', own.top - list.top < list.bottom - own.bottom);
  };
  for (const come of ['pointerenter', 'focus']) button.addEventListener(come, place);
  return [button, before];
}

function cloud(key: string, { text }: { readonly text: string }, look: Look): HTMLElement {
  return fold(`${key} cloud`, look.strings.cloud, () => [code(text, look.strings.cloud)], look);
}

/** Something behind a line that opens it; made when it is opened. */
function fold(place: string, label: string, make: () => readonly HTMLElement[], look: Look): HTMLElement {
  const summary = element('summary', { tabindex: '-1' }, label);
  const made = element('details', {}, summary) as HTMLDetailsElement;
  const show = (): void => {
    if (made.children.length === 1) made.append(...make());
  };
  if (look.unfolded.has(place)) {
    made.open = true;
    show();
  }
  // Before it is painted: `toggle` comes after that.
  summary.addEventListener('click', () => {
    if (made.open) look.unfolded.delete(place);
    else {
      look.unfolded.add(place);
      show();
    }
  });
  return made;
}

function timeElement(time: number, { times }: Look): HTMLElement {
  const date = new Date(time * 1000);
  return element(
    'time',
    {
      ...(Number.isNaN(date.getTime()) ? {} : { datetime: date.toISOString() }),
      title: times.whole(time * 1000),
    },
    times.ofDay(time),
  );
}
