import type { Action, FromPage, State } from '../../src/conversation/pageProtocol';
import type { DifferenceView } from '../../src/conversation/rowViews';
import { element, filled, type Child } from '../dom';
import { calmly } from '../view/calm';
import { nameOf, onlyOnText, type Look } from './labels';
import { isSameData } from './sameData';
import { button, fill, select, type OutlineName } from './widgets';

/** What the head can do besides asking the host. */
export interface HeadEvents {
  send(message: FromPage): void;
  openFind(): void;
  togglePush(): void;
}

interface Told {
  readonly look: Look;
  readonly what: { readonly items: readonly DifferenceView[] | undefined; readonly complete: boolean };
}

/** Who speaks, what one can do, what there is to know, and what only one side has. */
export class Head {
  readonly root = element('header', { class: 'head' });
  readonly differences = element('section', { class: 'differences', hidden: '' });
  private readonly show: () => void;
  private readonly showList: () => void;
  /** The differences that are shown, and how. */
  private told: Told | undefined;

  constructor(
    private look: Look,
    private state: State,
    private readonly events: HeadEvents,
  ) {
    this.show = calmly(this.root, () => fill(this.root, ...this.content()));
    this.showList = calmly(this.differences, () => this.fillList());
    this.show();
  }

  update(look: Look, state: State): void {
    if (look === this.look && state === this.state) return;
    this.look = look;
    this.state = state;
    this.show();
  }

  /** Shows what only one side has; undefined hides it. */
  showDifferences(items: readonly DifferenceView[] | undefined, complete: boolean): void {
    const { look } = this;
    // Told again after each look at the service: drawn anew they would lose the focus.
    const what = { items, complete };
    if (look === this.told?.look && isSameData(what, this.told.what)) return;
    this.told = { look, what };
    this.showList();
  }

  private fillList(): void {
    const { strings } = this.look;
    const { items, complete } = this.told?.what ?? {};
    this.differences.hidden = items === undefined;
    if (!items) {
      fill(this.differences);
      return;
    }
    const title = items.length === 0 ? strings.differencesNone : filled(strings.differences, items.length);
    this.differences.setAttribute('aria-label', title);
    fill(
      this.differences,
      element(
        'div',
        { class: 'differences-head' },
        element('h2', {}, element('span', { role: 'status' }, title)),
        complete === true ? undefined : this.action('compareMore', strings.differencesMore),
        button(strings.close, () => this.events.send({ type: 'action', action: 'closeDifferences' }), {
          icon: 'close',
          only: true,
        }),
      ),
      element('ul', {}, ...items.map((item) => element('li', {}, this.difference(item)))),
    );
  }

  private difference({ key, onlyOn, sender, time, summary }: DifferenceView): HTMLElement {
    const { look } = this;
    const made = button(onlyOnText(onlyOn, look), () => this.events.send({ type: 'jump', key }));
    made.append(
      element(
        'span',
        { class: 'quiet' },
        `${nameOf(sender, look)}, ${look.times.day(time)} ${look.times.ofDay(time)}`,
      ),
      element('span', { dir: 'auto' }, summary),
    );
    return made;
  }

  private content(): Child[] {
    const { chat, strings } = this.look;
    const { notice } = this.state;
    return [
      element(
        'div',
        { class: 'title' },
        element('h1', { dir: 'auto', ...(chat.id !== undefined && { title: chat.id }) }, chat.title),
        chat.id === undefined ? undefined : element('span', { class: 'quiet id', dir: 'auto' }, chat.id),
        element(
          'span',
          { class: `environment ${chat.environment}` },
          [...new Set([chat.connectionName, chat.environmentLabel])].join(' · '),
        ),
      ),
      element('div', { class: 'tools', role: 'toolbar', 'aria-label': strings.toolbar }, ...this.tools()),
      notice &&
        element(
          'div',
          { class: `notice ${notice.kind}`, role: 'status' },
          element('p', {}, notice.text),
          ...notice.actions.map(({ action, label }) => this.action(action, label)),
        ),
    ];
  }

  private tools(): HTMLElement[] {
    const { look, state, events } = this;
    const { strings } = look;
    const { chat } = look.chat;
    const ask = (action: Action) => () => events.send({ type: 'action', action });
    const views =
      chat.chat === 'c2c'
        ? [
            select(
              filled(strings.viewAs, '…'),
              [
                ['user', filled(strings.viewAs, nameOf(chat.user, look))],
                ['peer', filled(strings.viewAs, nameOf(chat.peer, look))],
                ['both', strings.viewBoth],
              ],
              state.viewed,
              (viewed) => events.send({ type: 'view', viewed: viewed as State['viewed'] }),
            ),
            tool(strings.compareSides, 'compare', ask('compareSides')),
          ]
        : [];
    return [
      ...views,
      tool(strings.find, 'find', () => events.openFind()),
      tool(strings.goToDate, 'date', ask('goToDate')),
      tool(strings.goToMessage, 'jump', ask('goToMessage')),
      tool(strings.follow, 'follow', ask(state.follow ? 'unfollow' : 'follow'), state.follow),
      tool(strings.faces, 'face', ask(state.faces ? 'hideFaces' : 'showFaces'), state.faces),
      tool(strings.showPush, 'push', () => events.togglePush(), look.push),
    ];
  }

  private action(action: Action, label: string): HTMLElement {
    return button(label, () => this.events.send({ type: 'action', action }));
  }
}

/** A button of the toolbar: a picture, whose name the tip says. */
function tool(label: string, icon: OutlineName, onClick: () => void, pressed?: boolean): HTMLElement {
  const made = button(label, onClick, { icon, only: true, class: 'tool' });
  if (pressed !== undefined) made.setAttribute('aria-pressed', String(pressed));
  return made;
}
