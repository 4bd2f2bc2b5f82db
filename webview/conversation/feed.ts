import type { FromPage, Reveal, Saved, ToPage } from '../../src/conversation/pageProtocol';
import type { GapRow, RowKey, RowView } from '../../src/conversation/rowViews';
import { element } from '../dom';
import { gapRow } from './gapRow';
import { Heights } from './heights';
import { standingOf, type Look } from './labels';
import { article, messageRow, unreadableRow } from './messageRow';
import { Rows } from './rows';
import { chosen, NOTHING, type Choice, type Selection } from './selection';

/** So many screens above and below what is seen are drawn, and so many rows around that are asked for. */
const SCREENS = 1;
const AHEAD = 150;

/** What a place in the list holds fast to: its end, or a row of which so many pixels are above the top. */
type Anchor = 'end' | { readonly index: number; readonly offset: number };

interface Drawn {
  readonly element: HTMLElement;
  readonly row: RowView | undefined;
  readonly look: Look;
  readonly standing: string;
}

/** What the feed tells of itself. */
export interface FeedEvents {
  send(message: FromPage): void;
  /** The place or the selection is another one. */
  moved(): void;
  /** Messages that came below while something else is read. */
  unseen(count: number): void;
}

/**
 * The messages, of which those around the visible ones are drawn. Whatever comes or goes elsewhere, what is read stays
 * where it is: the place is held by a row and not by the scroll bar.
 */
export class Feed {
  readonly list: HTMLElement;
  readonly root: HTMLElement;
  private readonly rows = new Rows();
  private readonly heights = new Heights();
  private anchor: Anchor = 'end';
  private drawn = new Map<string, Drawn>();
  /** Where the scroll bar was put; elsewhere it is when the person moved it. */
  private put = 0;
  private frame: number | undefined;
  /** What is done once that frame is drawn. */
  private readonly then: (() => void)[] = [];
  private current: Selection = NOTHING;
  /** A row that is to be chosen as soon as it is known. */
  private awaited: { readonly index: number; readonly choice: Choice } | undefined;
  private filling = new Set<RowKey>();
  private unseen = 0;
  private wasAtEnd = true;

  constructor(
    private look: Look,
    private readonly events: FeedEvents,
  ) {
    this.list = element('div', { role: 'feed', class: 'feed', 'aria-label': look.strings.conversation });
    this.root = element('div', { class: 'scroll', tabindex: '0' }, this.list);
    this.root.addEventListener('scroll', () => this.scrolled());
    const observer = new ResizeObserver(() => this.drawSoon());
    observer.observe(this.list);
    observer.observe(this.root);
    this.list.addEventListener('click', () => this.holdWhileUnfolding(), true);
  }

  get selection(): Selection {
    return this.current;
  }

  /** Whether the newest message is in view. */
  get atEnd(): boolean {
    return this.anchor === 'end' || this.endsAt(this.target());
  }

  /** The place for the next page; absent at the end. */
  get place(): Saved['place'] {
    if (this.anchor === 'end') return undefined;
    const row = this.rows.get(this.anchor.index);
    if (row?.kind !== 'message') return undefined;
    return { key: row.key, time: row.time, offset: this.anchor.offset };
  }

  /** Draws with other words, people or faces. */
  restyle(look: Look): void {
    this.look = look;
    this.drawSoon();
  }

  take(message: Extract<ToPage, { type: 'list' | 'splice' | 'rows' | 'reveal' }>): void {
    switch (message.type) {
      case 'list':
        this.rows.reset(message.version, message.count);
        this.heights.reset(message.count);
        this.filling.clear();
        this.anchor = 'end';
        this.setUnseen(0);
        if (message.reveal) this.reveal(message.reveal);
        break;
      case 'splice':
        this.splice(message);
        break;
      case 'rows':
        if (!this.rows.take(message.version, message.at, message.rows)) return;
        for (const row of message.rows) {
          if (row.kind !== 'gap' || row.state !== 'idle') this.filling.delete(row.key);
        }
        this.choose();
        break;
      case 'reveal':
        if (message.version === this.rows.version) this.reveal(message.reveal);
        break;
    }
    this.drawSoon();
  }

  /** Brings the selection of an earlier page back. */
  restore(keys: readonly RowKey[], focused: RowKey | undefined): void {
    this.current = { keys: new Set(keys), ...(focused !== undefined && { focused, origin: focused }) };
    this.drawSoon();
  }

  /** Goes to the newest message, which the host reads first if it is not there. */
  toEnd(): void {
    if (this.endsInGap) this.events.send({ type: 'action', action: 'toEnd' });
    this.anchor = 'end';
    this.draw();
    this.moved();
  }

  /** Puts the focus on the row that keys go on from, or on the last one. */
  focus(): void {
    const { focused } = this.current;
    const there = focused === undefined ? undefined : this.drawn.get(focused)?.element;
    (there ?? this.root).focus({ preventScroll: true });
  }

  /** The row that holds an element. */
  rowOf(target: EventTarget | null): { readonly key: RowKey; readonly element: HTMLElement } | undefined {
    const found = target instanceof Element ? target.closest<HTMLElement>('article') : null;
    for (const [key, { element: drawn, row }] of this.drawn) {
      if (drawn === found && row && row.kind !== 'gap') return { key, element: drawn };
    }
    return undefined;
  }

  /** Selects a message; keys go on from it. */
  select(key: RowKey, choice: Choice): void {
    const before = this.current;
    this.current = chosen(before, key, choice, (from, to) => this.between(from, to));
    this.events.send({ type: 'select', keys: [...this.current.keys], focused: key });
    this.draw();
    this.focus();
    this.moved();
  }

  /** Selects every message that is known. */
  selectAll(): void {
    const last = this.keyAt(this.rows.count - 1, -1);
    const focused = this.current.focused ?? last;
    if (focused === undefined) return;
    const keys = new Set(this.between(this.keyAt(0, 1) ?? focused, last ?? focused));
    this.current = { keys, focused, origin: focused };
    this.events.send({ type: 'select', keys: [...keys], focused });
    this.draw();
    this.moved();
  }

  /** Goes to another row: so many rows or screens from the one that keys go on from, or to the first or the last one. */
  move(to: { readonly by: number } | { readonly screens: number } | 'first' | 'last', choice: Choice): void {
    const { count } = this.rows;
    if (count === 0) return;
    const from = this.rows.indexOf(this.current.focused);
    const last = count - 1;
    let index: number;
    if (to === 'first') index = 0;
    else if (to === 'last') index = last;
    else if (from === undefined) index = this.lastVisible();
    else if ('by' in to) index = from + to.by;
    else {
      const y = this.heights.top(from) + to.screens * this.root.clientHeight;
      index = this.heights.at(y);
      if (index === from) index += Math.sign(to.screens);
    }
    const step = to === 'first' || (typeof to === 'object' && ('by' in to ? to.by : to.screens) > 0) ? 1 : -1;
    index = Math.max(0, Math.min(last, index));
    // What is missing is filled by going there, and is nothing to stand on.
    while (this.rows.get(index)?.kind === 'gap' && index + step >= 0 && index + step <= last) index += step;
    if (this.rows.get(index)?.kind === 'gap') {
      this.bringIntoView(index);
      return;
    }
    this.awaited = { index, choice };
    this.bringIntoView(index);
    this.choose();
  }

  private choose(): void {
    if (!this.awaited) return;
    const { index, choice } = this.awaited;
    const row = this.rows.get(index);
    if (!row) return;
    this.awaited = undefined;
    if (row.kind !== 'gap') this.select(row.key, choice);
  }

  private keyAt(index: number, step: 1 | -1): RowKey | undefined {
    for (let at = index; at >= 0 && at < this.rows.count; at += step) {
      const row = this.rows.get(at);
      if (row && row.kind !== 'gap') return row.key;
    }
    return undefined;
  }

  private between(from: RowKey, to: RowKey): RowKey[] {
    const [one, other] = [this.rows.indexOf(from), this.rows.indexOf(to)];
    if (one === undefined || other === undefined) return [];
    const keys: RowKey[] = [];
    for (let index = Math.min(one, other); index <= Math.max(one, other); index += 1) {
      const row = this.rows.get(index);
      if (row && row.kind !== 'gap') keys.push(row.key);
    }
    return keys;
  }

  private splice({ version, at, removed, inserted }: Extract<ToPage, { type: 'splice' }>): void {
    const { count } = this.rows;
    const { endsInGap } = this;
    // At an end that is none, what comes is read downward.
    if (this.anchor === 'end' && endsInGap) this.hold();
    this.rows.splice(version, at, removed, inserted);
    this.heights.splice(at, removed, inserted);
    this.awaited = undefined;
    this.filling.clear();
    if (this.anchor === 'end') return;
    const { index, offset } = this.anchor;
    if (index >= at + removed) this.anchor = { index: index + inserted - removed, offset };
    else if (index >= at) this.anchor = { index: Math.min(at, Math.max(0, this.rows.count - 1)), offset: 0 };
    if (at + removed === count && inserted > removed && !endsInGap)
      this.setUnseen(this.unseen + inserted - removed);
  }

  private reveal({ at, key, to }: Reveal): void {
    if (to === 'end') this.anchor = 'end';
    else if (to === 'center') {
      this.current = { keys: new Set([key]), focused: key, origin: key };
      this.events.send({ type: 'select', keys: [key], focused: key });
      this.drawSoon(() => this.bringIntoView(at, true));
    } else this.anchor = { index: at, offset: to };
    this.drawSoon(() => this.moved());
  }

  private bringIntoView(index: number, center = false): void {
    // The second time with heights that were measured.
    for (let pass = 0; pass < 2; pass += 1) {
      const view = this.root.clientHeight;
      const top = this.heights.top(index);
      const height = this.heights.top(index + 1) - top;
      const at = this.target();
      const room = Math.max(0, view - height);
      if (center) this.anchor = { index, offset: -room / 2 };
      else if (top < at) this.anchor = { index, offset: 0 };
      else if (top + height > at + view) this.anchor = { index, offset: -room };
      this.draw();
    }
  }

  private lastVisible(): number {
    return this.heights.at(this.target() + this.root.clientHeight - 1);
  }

  /** Where the scroll bar belongs. */
  private target(): number {
    const most = Math.max(0, this.heights.total - this.root.clientHeight);
    if (this.anchor === 'end') return most;
    return Math.max(0, Math.min(most, this.heights.top(this.anchor.index) + this.anchor.offset));
  }

  /** Holds fast to the first row that is seen. */
  private hold(target = this.target()): void {
    let index = this.heights.at(target);
    while (this.rows.get(index)?.kind === 'gap' && index < this.rows.count - 1) index += 1;
    this.anchor = { index, offset: target - this.heights.top(index) };
  }

  /** What is unfolded grows downward, also at the end. */
  private holdWhileUnfolding(): void {
    if (this.anchor !== 'end') return;
    this.hold();
    this.drawSoon(() => this.holdPlace(this.target()));
  }

  private scrolled(): void {
    const moved = this.root.scrollTop - this.put;
    if (Math.abs(moved) < 1) return;
    // A view that grew at the end has fewer pixels above it, which is no scrolling.
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    if (this.anchor === 'end' && scrollTop >= scrollHeight - clientHeight - 2) {
      this.drawSoon();
      return;
    }
    this.holdPlace(this.target() + moved);
    this.draw();
    this.moved();
  }

  /** Holds fast to what is seen at a height, or to the end if that is there. */
  private holdPlace(target: number): void {
    if (this.endsAt(target)) this.anchor = 'end';
    else this.hold(target);
  }

  private endsAt(target: number): boolean {
    return target >= this.heights.total - this.root.clientHeight - 2 && !this.endsInGap;
  }

  private get endsInGap(): boolean {
    return this.rows.get(this.rows.count - 1)?.kind === 'gap';
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

  private draw(): void {
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
      const target = this.target();
      [first, end] = this.heights.between(target - view * SCREENS, target + view * (1 + SCREENS));
      this.show(first, end);
      if (!this.measure(first)) break;
    }
    this.list.style.paddingTop = `${this.heights.top(first)}px`;
    this.list.style.paddingBottom = `${this.heights.total - this.heights.top(end)}px`;
    const target = this.target();
    if (Math.abs(this.root.scrollTop - target) >= 1) this.root.scrollTop = target;
    this.put = this.root.scrollTop;
    this.ask(first, end);
    // A window that grew may show all.
    if (this.atEnd !== this.wasAtEnd) this.moved();
  }

  /** @returns whether a height is another one than was expected */
  private measure(first: number): boolean {
    let isNew = false;
    let index = first;
    for (const child of this.list.children) {
      if (!child.classList.contains('blank')) {
        isNew = this.heights.set(index, child.getBoundingClientRect().height) || isNew;
      }
      index += 1;
    }
    return isNew;
  }

  private show(first: number, end: number): void {
    const active = document.activeElement;
    const hadFocus = active !== null && active !== this.root && this.list.contains(active);
    const now = new Map<string, Drawn>();
    const isWhole = this.rows.get(0)?.kind !== 'gap' && this.rows.get(this.rows.count - 1)?.kind !== 'gap';
    const { keys, focused } = this.current;
    let focusable = false;
    for (let index = first; index < end; index += 1) {
      const row = this.rows.get(index);
      const key = row?.key ?? `?${index}`;
      const drawn = this.drawnRow(key, row, index);
      now.set(key, drawn);
      const { element: shown } = drawn;
      attribute(shown, 'aria-posinset', String(index + 1));
      attribute(shown, 'aria-setsize', isWhole ? String(this.rows.count) : '-1');
      shown.classList.toggle('selected', keys.has(key));
      const isFocused = key === focused;
      focusable ||= isFocused;
      if (shown.tabIndex !== (isFocused ? 0 : -1) || isFocused) makeReachable(shown, isFocused);
    }
    this.root.tabIndex = focusable ? -1 : 0;
    for (const [key, { element: old }] of this.drawn) {
      if (now.get(key)?.element !== old) old.remove();
    }
    let next = this.list.firstElementChild;
    for (const { element: shown } of now.values()) {
      if (shown === next) next = next.nextElementSibling;
      else this.list.insertBefore(shown, next);
    }
    this.drawn = now;
    if (hadFocus && !this.list.contains(document.activeElement)) this.focus();
  }

  private drawnRow(key: string, row: RowView | undefined, index: number): Drawn {
    const { look } = this;
    const before = this.drawn.get(key);
    const stands = row?.kind === 'message' ? standingOf(row, this.rows.get(index - 1)) : undefined;
    const standing = `${stands?.day} ${stands?.run}`;
    if (before && before.row === row && before.look === look && before.standing === standing) return before;
    if (row === undefined) {
      const blank = article(['blank'], look.strings.loading, undefined);
      blank.style.height = `${this.heights.top(index + 1) - this.heights.top(index)}px`;
      blank.setAttribute('aria-busy', 'true');
      return { element: blank, row, look, standing };
    }
    const made =
      row.kind === 'gap'
        ? gapRow(row, look, () => this.fillGap(row, true))
        : row.kind === 'unreadable'
          ? unreadableRow(row, look)
          : messageRow(row, stands ?? { day: false, run: true }, look);
    return { element: made, row, look, standing };
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
    const isAbove = this.heights.top(index) <= this.target();
    const from = row.where === 'older' || (row.where === 'between' && isAbove) ? 'below' : 'above';
    this.events.send({ type: 'fill', gap: row.key, from });
  }
}

/** Only in the row that keys go on from, Tab reaches what else there is. */
function makeReachable(row: HTMLElement, isFocused: boolean): void {
  const tabIndex = isFocused ? 0 : -1;
  row.tabIndex = tabIndex;
  for (const control of row.querySelectorAll<HTMLElement>('summary, button')) control.tabIndex = tabIndex;
}

function attribute(shown: Element, name: string, value: string): void {
  if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
}
