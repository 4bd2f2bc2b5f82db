import type { FirstList, Init, State, ToPage } from '../../src/conversation/pageProtocol';
import type { PersonView, RowKey } from '../../src/conversation/rowViews';
import { onNewDay } from '../../src/message/newDay';
import { element, filled } from '../dom';
import { Composer } from './composer';
import { Feed } from './feed';
import { FindBar } from './findBar';
import { Head } from './head';
import type { Host } from './host';
import { listenToFeed } from './input';
import { nameOf, type Look } from './labels';
import { Marking } from './marking';
import { isSameData } from './sameData';
import { Times } from './times';
import { button } from './widgets';

/** Between a change of the place and its being kept, in milliseconds. */
const KEEP_AFTER = 250;

/** Puts the page together: what the host says is shown, and what a person does is told the host. */
export class ConversationPage {
  private readonly people = new Map<string, PersonView>();
  private readonly said = element('p', { class: 'sr-only', role: 'status' });
  private readonly feed: Feed;
  private readonly find: FindBar;
  private readonly composer: Composer;
  private readonly head: Head;
  private readonly newest: HTMLButtonElement;
  private state: State;
  private look: Look;
  private timer: number | undefined;
  private readonly marking = new Marking();
  /** The message that was gone to and that hides nothing any more of what is looked for. */
  private reached: RowKey | undefined;

  constructor(
    root: HTMLElement,
    private readonly host: Host,
    { strings, locale, chat, state, list }: Init,
  ) {
    const { kept, send } = host;
    this.state = state;
    this.look = {
      ...{ chat, strings, locale, people: this.people, faces: state.faces },
      times: new Times(locale, strings),
      push: kept?.push ?? false,
      unfolded: new Set(),
    };
    const moved = (): void => this.moved();
    this.feed = new Feed(this.look, {
      ...{ send, moved },
      unseen: (count) => this.unseen(count),
      drawn: () => this.mark(),
    });
    this.find = new FindBar(
      strings,
      (message) => {
        send(message);
        moved();
      },
      () => this.feed.focus(),
    );
    this.composer = new Composer(strings, send, () => this.keep());
    this.head = new Head(this.look, state, {
      send,
      openFind: () => this.find.open(),
      togglePush: () => {
        this.restyle({ push: !this.look.push });
        this.moved();
      },
    });
    this.newest = button('', () => this.feed.toEnd(), { icon: 'down', class: 'newest' });
    root.append(
      ...[this.head.root, this.find.root, this.head.differences],
      element('div', { class: 'messages' }, this.feed.root, this.newest),
      ...[this.said, this.composer.root],
    );
    listenToFeed(this.feed, this.find, send);
    onNewDay(() => this.restyle({}));
    if (kept) {
      this.composer.restore(kept);
      this.find.restore(kept);
      this.feed.restore(kept.selected, kept.focused);
    }
    this.unseen(0);
    this.showState(state);
    // What an earlier page kept is shown when the host knows of it.
    if (list && !kept) this.begin(list);
    addEventListener('focus', () => this.takeFocus());
    for (const event of ['blur', 'pagehide'] as const) addEventListener(event, () => this.keep());
    this.takeFocus();
  }

  /** VS Code gives the focus to the page as a whole: keys go on from its messages then, wherever nothing of it had it. */
  private takeFocus(): void {
    if (document.hasFocus() && document.activeElement === document.body) this.feed.focus();
  }

  /** Shows what the host says. */
  take(message: ToPage): void {
    switch (message.type) {
      case 'init':
        this.restyle({ chat: message.chat });
        this.showState(message.state);
        break;
      case 'state':
        this.showState(message.state);
        break;
      case 'people':
        this.meet(message.people);
        break;
      case 'list':
      case 'splice':
      case 'rows':
      case 'reveal':
        this.feed.take(message);
        break;
      case 'differences':
        this.head.showDifferences(message.items, message.complete);
        break;
      case 'sent':
        this.composer.sent(message.id, message.error);
        // Who wrote something wants to see it.
        if (message.error === undefined) this.feed.toEnd();
        break;
      case 'openFind':
        this.find.open();
        break;
    }
  }

  /** Those who are told again with each message that comes are no reason to draw all anew. */
  private meet(people: readonly PersonView[]): void {
    const others = people.filter((person) => !isSameData(person, this.people.get(person.id)));
    for (const person of others) this.people.set(person.id, person);
    if (others.length > 0) this.restyle({});
  }

  /** Shows the newest messages at once. */
  private begin({ version, count, rows, people }: FirstList): void {
    this.meet(people);
    this.feed.take({ type: 'list', version, count });
    this.feed.take({ type: 'rows', version, at: count - rows.length, rows });
    this.feed.draw();
  }

  private showState(now: State): void {
    const isRestyled = this.state.faces !== now.faces;
    this.state = now;
    if (isRestyled) this.restyle({ faces: now.faces });
    this.head.update(this.look, now);
    this.find.show(now.find);
    this.marking.look(now.find && now.find.error === undefined ? this.find.wanted : '');
    this.mark();
    this.showSenders();
    this.moved();
  }

  /** Marks what was found in what is drawn. */
  private mark(): void {
    const { key } = this.state.find ?? {};
    const reached = key === undefined ? undefined : this.feed.elementOf(key);
    if (reached && key !== this.reached) {
      this.reached = key;
      this.marking.unfold(reached);
    }
    this.marking.mark(this.feed.list, reached);
  }

  private restyle(changed: Partial<Look>): void {
    this.look = { ...this.look, ...changed };
    this.feed.restyle(this.look);
    this.head.update(this.look, this.state);
    this.showSenders();
  }

  private showSenders(): void {
    this.composer.update(this.state.senders, this.look.chat.readOnly, (id) => nameOf(id, this.look));
  }

  private moved(): void {
    this.newest.hidden = this.feed.atEnd;
    this.timer ??= setTimeout(() => this.keep(), KEEP_AFTER);
    const { size } = this.feed.selection.keys;
    const text = size > 1 ? filled(this.look.strings.selected, size) : '';
    if (this.said.textContent !== text) this.said.textContent = text;
  }

  private unseen(count: number): void {
    const { strings } = this.look;
    const label = count === 0 ? strings.toEnd : filled(strings.newMessages, count);
    this.newest.title = label;
    this.newest.lastElementChild?.replaceChildren(label);
    this.newest.hidden = this.feed.atEnd;
  }

  private keep(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { look, state, feed, composer } = this;
    const { chat, connectionId, user } = look.chat;
    const { keys, focused } = feed.selection;
    const place = feed.placeAfter(this.host.kept?.place);
    this.host.keep({
      version: 1,
      ...{
        connectionId,
        chat,
        viewed: state.viewed,
        follow: state.follow,
        faces: state.faces,
        push: look.push,
      },
      ...(user !== undefined && { user }),
      ...(place && { place }),
      selected: [...keys],
      ...(focused !== undefined && { focused }),
      ...composer.kept,
      ...this.find.kept,
    });
  }
}
