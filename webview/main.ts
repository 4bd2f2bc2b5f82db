import './style.css';
import type { ToPage } from '../src/protocol';
import { element } from './dom';
import { settingsStyle } from './editor/settings';
import { showFixMenu } from './editor/fixMenu';
import { Host } from './host';
import { Keys } from './keys';
import { reduce, withPreview, type PageState } from './state';
import { calmly } from './view/calm';
import { header, notice } from './view/header';
import { preview } from './view/preview';
import { Panes } from './view/panes';
import { problems } from './view/problems';
import { splitter } from './view/split';
import { followTheme, showTokenColors } from './view/tokenColors';
import { toolbar } from './view/toolbar';

/** Puts the page together: a message changes the state, the state is shown, and what a person does is told the host. */
function start(root: HTMLElement): void {
  const host = new Host();
  let state: PageState | undefined;
  let split = 0.5;
  let starting = true;

  const top = element('div', { class: 'top' });
  const editors = element('div', { class: 'editors' });
  const bottom = element('div', { class: 'bottom' });
  const middle = element('div', { class: 'middle' }, editors);
  root.append(top, middle, bottom);

  const flushAll = (): void => panes.all().forEach((pane) => pane.flush(true));
  const settleAll = (): Promise<boolean[]> => Promise.all(panes.all().map((pane) => pane.settle()));
  const afterTyping = (send: () => void): void => void settleAll().then(send);

  const panes = new Panes(
    editors,
    host,
    nonce(),
    {
      undo: () => afterTyping(() => host.send({ type: 'undo' })),
      redo: () => afterTyping(() => host.send({ type: 'redo' })),
      openString: (pane, offset) => afterTyping(() => host.send({ type: 'openString', pane, offset })),
      closeString: (pane) => {
        afterTyping(() => host.send({ type: 'closeString', pane }));
        return true;
      },
      format: (pane) => afterTyping(() => host.send({ type: 'format', pane })),
      pasted: (pane, text) => afterTyping(() => host.send({ type: 'pasted', pane, text })),
      showFixes: (pane, view) => showFixMenu(view, pane, state?.problems ?? [], fix),
    },
    () =>
      splitter(
        state?.strings.resize ?? '',
        () => split,
        setSplit,
        (share) => host.send({ type: 'split', split: share }),
      ),
  );

  function setSplit(share: number): void {
    split = share;
    editors.style.setProperty('--split', String(share));
  }

  function fix(id: string): void {
    afterTyping(() => host.send({ type: 'fix', id }));
  }

  const showTop = calmly(top, () => {
    if (!state) return;
    const said = notice(state);
    top.replaceChildren(
      header(
        state,
        () => host.send({ type: 'copyKey' }),
        (name) => afterTyping(() => host.send({ type: 'option', name })),
      ),
      toolbar(state, (command) => afterTyping(() => host.send({ type: 'command', command })), togglePreview),
      ...(said ? [said] : []),
    );
  });

  function togglePreview(): void {
    if (!state) return;
    state = withPreview(state, !state.showPreview);
    host.send({ type: 'showPreview', show: state.showPreview });
    showTop();
    showPreview(state);
    top.querySelector<HTMLElement>('[aria-pressed]')?.focus();
  }

  function showPreview(now: PageState): void {
    middle.querySelector('.preview')?.remove();
    if (now.showPreview) middle.append(preview(now));
  }

  function showProblems(now: PageState): void {
    panes.showProblems(now.problems, fix);
    bottom.replaceChildren(
      problems(now, {
        goTo: ({ place }) => {
          if (place) panes.open(place.pane)?.select(place.from, place.to);
        },
        fix: ({ id }) => fix(id),
        openLink: (link) => host.send({ type: 'openLink', link }),
        placeOf: ({ place }) => (place ? placeText(place.pane, place.from) : ''),
      }),
    );
  }

  function placeText(id: string, offset: number): string {
    const pane = panes.pane(id);
    if (!pane) return '';
    const { doc } = pane.view.state;
    const line = doc.lineAt(Math.min(offset, doc.length));
    // The pane of a document that has no members to tell apart has the place of MsgBody, not its name.
    const name = state?.panes.find((one) => one.id === id)?.title ?? id;
    return `${name} ${line.number}:${Math.min(offset, doc.length) - line.from + 1}`;
  }

  function focusIfAsked(): void {
    if (document.hasFocus()) panes.takeFocus();
  }

  /** Says that the host has everything when that is so: who asks would go on with a part of the text. */
  async function tellAll(id: number): Promise<void> {
    while ((await settleAll()).includes(false));
    host.send({ type: 'flushed', id });
  }

  function receive(message: ToPage): void {
    state = reduce(state, message);
    if (!state) return;
    switch (message.type) {
      case 'init':
        setSplit(state.split);
        settingsStyle(state.settings, root.style);
        break;
      case 'panes':
        panes.update(state);
        if (!starting) focusIfAsked();
        break;
      case 'flush':
        void tellAll(message.id);
        break;
      case 'facts':
        showTop();
        showPreview(state);
        break;
      case 'problems':
        showProblems(state);
        break;
      case 'settings':
        settingsStyle(state.settings, root.style);
        panes.configure(state.settings);
        break;
      case 'colors':
        showTokenColors(message.colors);
        break;
      case 'change':
      case 'accepted':
      case 'stale':
      case 'reset':
      case 'reveal':
        panes.receive(message);
        break;
      case 'answer':
        break;
    }
  }

  host.listen(receive);
  // Nothing typed may wait while the person turns to something else: the page may be gone the next moment.
  for (const event of ['blur', 'pagehide'] as const) window.addEventListener(event, flushAll);
  window.addEventListener('focus', () => panes.takeFocus());
  document.addEventListener('visibilitychange', flushAll);
  document.addEventListener('mouseleave', flushAll);
  const keys = new Keys({ flush: flushAll, toggleWrap: () => host.send({ type: 'toggleWrap' }) });
  document.addEventListener('keydown', (event) => keys.pressed(event));
  window.addEventListener('error', (event) => host.send({ type: 'failed', message: event.message }));
  window.addEventListener('unhandledrejection', (event) =>
    host.send({ type: 'failed', message: String(event.reason) }),
  );
  const first = host.first(nonce());
  for (const message of first) receive(message);
  // An editor that takes the focus has the page laid out, so it does when all of the page is there.
  starting = false;
  focusIfAsked();
  host.send({ type: 'ready', shown: first.length > 0 });
  followTheme((id) => host.send({ type: 'theme', id }));
}

/** The page's nonce stands in its head for the toolkit; CodeMirror gets the same. */
function nonce(): string {
  return meta('csp-nonce');
}

function meta(name: string): string {
  return document.querySelector(`meta[property="${name}"]`)?.getAttribute('content') ?? '';
}

/** Loads the widgets' library once the page is on the screen. */
function loadWidgets(): void {
  requestAnimationFrame(() => {
    setTimeout(() => {
      document.head.append(element('script', { nonce: nonce(), src: meta('widgets') }));
    });
  });
}

const page = document.getElementById('page');
if (page) start(page);
loadWidgets();
