import type { FromPage, Reveal, Saved, ToPage } from '../../src/conversation/pageProtocol';
import type { GapRow, RowKey } from '../../src/conversation/rowViews';
import { element } from '../dom';
import { Chooser } from './chooser';
import { DrawnRows } from './drawnRows';
import { Heights } from './heights';
import type { Look } from './labels';
import { Place, type Step } from './place';
import { Rows } from './rows';
import type { Choice, Selection } from './selection';

/** So many screens above and below what is seen are drawn once that is painted, and so many rows around are asked for. */
const SCREENS = 1;
const AHEAD = 150;

/** What the feed tells of itself. */
export interface FeedEvents {
  send(message: FromPage): void;
  /** The place or the selection is another one. */
  moved(): void;
  /** Messages that came below while something else is read. */
  unseen(count: number): void;
  /** Rows may have other elements now. */
  drawn(): void;
}

/** The messages, of which those around the visible ones are drawn. */
export class Feed {
  readonly list: HTMLElement;
  readonly root: HTMLElement;
  private readonly rows = new Rows();
  private readonly heights = new Heights();
  private readonly seen = new Place(this.rows, this.heights, () => this.root.clientHeight);
  private readonly chooser = new Chooser(this.rows, (keys, focused) =>
    this.events.send({ type: 'select', keys, focused }),
  );
  private readonly drawn: DrawnRows;
  /** Where the scroll bar was put; elsewhere it is when the person moved it. */
  private put = 0;
  /** The place was set, and is not drawn yet. */
  private isSet = false;
  private frame: number | undefined;
  /** What is done once that frame is drawn. */
  private readonly then: (() => void)[] = [];
  private filling = new Set<RowKey>();
  private unseen = 0;
  private wasAtEnd = true;
  private screens = 0;

  constructor(
    private look: Look,
    private readonly events: FeedEvents,
  ) {
    this.list = element('div', { role: 'feed', class: 'feed', 'aria-label': look.strings.conversation });
    this.root = element('div', { class: 'scroll', tabindex: '0' }, this.list);
    this.drawn = new DrawnRows(this.list, this.rows, this.heights, (gap) => this.fillGap(gap, true));
    this.root.addEventListener('scroll', () => this.scrolled());
    const observer = new ResizeObserver(() => this.drawSoon());
    observer.observe(this.list);
    observer.observe(this.root);
    this.list.addEventListener('click', () => this.holdWhileUnfolding(), true);
  }

  get selection(): Selection {
    return this.chooser.selection;
  }

  /** Whether the newest message is in view. */
  get atEnd(): boolean {
    return this.seen.showsEnd;
  }

  /** The place for the next page, absent at the end; before its messages came, the one that it is to come back to. */
  placeAfter(kept: Saved['place']): Saved['place'] {
    return this.seen.isKnown ? this.seen.saved : kept;
  }

  /** Draws with other words, people or faces. */
  restyle(look: Look): void {
    this.look = look;
    this.drawSoon();
  }

  take(message: Extract<ToPage, { type: 'list' | 'splice' | 'rows' | 'reveal' }>): void {
    switch (message.type) {
      case 'list': {
        // The list that is there already, told again, is no reason to leave what is read.
        const isSame = message.version === this.rows.version && message.count === this.rows.count;
        this.rows.reset(message.version, message.count);
        this.filling.clear();
        if (!isSame) {
          this.heights.reset(message.count);
          this.seen.goToEnd();
          this.setUnseen(0);
        }
        if (message.reveal) this.reveal(message.reveal);
        break;
      }
      case 'splice':
        this.splice(message);
        break;
      case 'rows':
        if (!this.rows.take(message.version, message.at, message.rows)) return;
        for (const row of message.rows) {
          if (row.kind !== 'gap' || row.state !== 'idle') this.filling.delete(row.key);
        }
        this.choose(() => this.chooser.selectAwaited());
        break;
      case 'reveal':
        if (message.version === this.rows.version) this.reveal(message.reveal);
        break;
    }
    this.drawSoon();
  }

  /** Brings the selection of an earlier page back. */
  restore(keys: readonly RowKey[], focused: RowKey | undefined): void {
    this.chooser.restore(keys, focused);
    this.drawSoon();
  }

  /** Goes to the newest message, which the host reads first if it is not there. */
  toEnd(): void {
    if (this.seen.endsInGap) this.events.send({ type: 'action', action: 'toEnd' });
    this.seen.goToEnd();
    this.draw();
    this.moved();
  }

  /** Puts the focus on the row that keys go on from, or on the last one. */
  focus(): void {
    const { focused } = this.selection;
    const there = focused === undefined ? undefined : this.drawn.element(focused);
    (there ?? this.root).focus({ preventScroll: true });
  }

  /** The element of a row, if it is drawn. */
  elementOf(key: RowKey): HTMLElement | undefined {
    return this.drawn.element(key);
  }

  /** The row that holds an element. */
  rowOf(target: EventTarget | null): ReturnType<DrawnRows['rowOf']> {
    return this.drawn.rowOf(target);
  }

  /** Selects a message; keys go on from it. */
  select(key: RowKey, choice: Choice): void {
    this.choose(() => this.chooser.select(key, choice));
  }

  /** Selects every message that is known. */
  selectAll(): void {
    this.chooser.selectAll();
    this.draw();
    this.moved();
  }

  /** Goes to another row from the one that keys go on from. */
  move(step: Step, choice: Choice): void {
    if (this.rows.count === 0) return;
    const index = this.seen.after(this.rows.indexOf(this.selection.focused), step);
    this.bringIntoView(index);
    if (this.rows.get(index)?.kind === 'gap') return;
    this.choose(() => this.chooser.selectAt(index, choice));
  }

  /** Draws now. */
  draw(): void {
    if (this.frame !== undefined) {
      cancelAnimationFrame(this.frame);
      this.frame = undefined;
      if (this.then.length > 0) this.drawSoon();
    }
    const view = this.root.clientHeight;
    if (view === 0) return;
    let first = 0;
    let end = 0;
    // What is drawn has other heights than were expected, and then other rows are to be seen.
    for (let pass = 0; pass < 5; pass += 1) {
      const { top } = this.seen;
      [first, end] = this.heights.between(top - view * this.screens, top + view * (1 + this.screens));
      this.show(first, end);
      if (!this.drawn.measure(first)) break;
    }
    this.list.style.paddingTop = `${this.heights.top(first)}px`;
    this.list.style.paddingBottom = `${this.heights.total - this.heights.top(end)}px`;
    const { top } = this.seen;
    if (Math.abs(this.root.scrollTop - top) >= 1) this.root.scrollTop = top;
    this.put = this.root.scrollTop;
    this.isSet = false;
    this.ask(first, end);
    // A window that grew may show all.
    if (this.atEnd !== this.wasAtEnd) this.moved();
    this.events.drawn();
    if (this.screens === SCREENS || end === 0) return;
    // What is seen is painted first.
    this.screens = SCREENS;
    requestAnimationFrame(() => this.drawSoon());
  }

  private show(first: number, end: number): void {
    const active = document.activeElement;
    const hadFocus = active !== null && active !== this.root && this.list.contains(active);
    const hasFocused = this.drawn.show(first, end, this.look, this.selection);
    this.root.tabIndex = hasFocused ? -1 : 0;
    if (hadFocus && !this.list.contains(document.activeElement)) this.focus();
  }

  private choose(by: () => void): void {
    const before = this.selection;
    by();
    if (this.selection === before) return;
    this.draw();
    this.focus();
    this.moved();
  }

  private splice({ version, at, removed, inserted, newer }: Extract<ToPage, { type: 'splice' }>): void {
    // At an end that is none, what comes is read downward.
    if (this.seen.isEnd && this.seen.endsInGap) this.seen.hold();
    this.rows.splice(version, at, removed, inserted);
    this.heights.splice(at, removed, inserted);
    this.chooser.forgetAwaited();
    this.filling.clear();
    if (this.seen.isEnd) return;
    this.seen.splice(at, removed, inserted);
    if (newer > 0) this.setUnseen(this.unseen + newer);
  }

  private reveal({ at, key, to }: Reveal): void {
    this.isSet = true;
    if (to === 'end') this.seen.goToEnd();
    else if (to === 'center') {
      this.chooser.select(key, 'only');
      this.drawSoon(() => this.bringIntoView(at, true));
    } else this.seen.goTo(at, to);
    this.drawSoon(() => this.moved());
  }

  private bringIntoView(index: number, center = false): void {
    // The second time with heights that were measured.
    for (let pass = 0; pass < 2; pass += 1) {
      this.seen.bring(index, center);
      this.draw();
    }
  }

  /** What is unfolded grows downward, also at the end. */
  private holdWhileUnfolding(): void {
    if (!this.seen.isEnd) return;
    this.seen.hold();
    this.drawSoon(() => this.seen.holdAt(this.seen.top));
  }

  private scrolled(): void {
    const moved = this.root.scrollTop - this.put;
    if (Math.abs(moved) < 1) return;
    // A view that grew at the end has fewer pixels above it, which is no scrolling.
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    // Nor is it one where the page was told meanwhile where to be: what moved is what was seen before.
    if (this.isSet || (this.seen.isEnd && scrollTop >= scrollHeight - clientHeight - 2)) {
      this.drawSoon();
      return;
    }
    this.seen.holdAt(this.seen.top + moved);
    this.draw();
    this.moved();
  }

  private moved(): void {
    this.wasAtEnd = this.atEnd;
    if (this.wasAtEnd) this.setUnseen(0);
    this.events.moved();
  }

  private setUnseen(count: number): void {
    this.unseen = count;
    this.events.unseen(count);
  }

  /** Draws with what else comes before the next frame. */
  private drawSoon(then?: () => void): void {
    if (then) this.then.push(then);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.draw();
      for (const next of this.then.splice(0)) next();
    });
  }

  /** Asks for what is near and not known, and for what is missing there. */
  private ask(first: number, end: number): void {
    const wanted = this.rows.ask(first - AHEAD, end + AHEAD);
    if (wanted)
      this.events.send({ type: 'want', version: this.rows.version, from: wanted[0], to: wanted[1] });
    for (let index = first; index < end; index += 1) {
      const row = this.rows.get(index);
      if (row?.kind === 'gap' && row.state === 'idle') this.fillGap(row, false, index);
    }
    this.rows.forget(first, end);
  }

  private fillGap(row: GapRow, again: boolean, index = this.rows.indexOf(row.key) ?? 0): void {
    if (this.filling.has(row.key) && !again) return;
    this.filling.add(row.key);
    const isAbove = this.heights.top(index) <= this.seen.top;
    const from = row.where === 'older' || (row.where === 'between' && isAbove) ? 'below' : 'above';
    this.events.send({ type: 'fill', gap: row.key, from });
  }
}
