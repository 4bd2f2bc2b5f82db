import type { Saved } from '../../src/conversation/pageProtocol';
import type { Heights } from './heights';
import type { Rows } from './rows';

/** What a place in the list holds fast to: its end, or a row of which so many pixels are above the top. */
type Anchor = 'end' | { readonly index: number; readonly offset: number };

/** How far one goes in the list: so many rows or screens, or to the first or the last row. */
export type Step = { readonly by: number } | { readonly screens: number } | 'first' | 'last';

/**
 * What of the list is seen. It is held by a row, or by the end, and not by pixels: whatever comes or goes elsewhere, what
 * is read stays where it is.
 */
export class Place {
  private anchor: Anchor = 'end';

  /** @param view how many pixels of the list are seen */
  constructor(
    private readonly rows: Rows,
    private readonly heights: Heights,
    private readonly view: () => number,
  ) {}

  /** Whether it is held by the end. */
  get isEnd(): boolean {
    return this.anchor === 'end';
  }

  /** Whether the newest message is in view. */
  get showsEnd(): boolean {
    return this.isEnd || this.endsAt(this.top);
  }

  /** Whether what is newest is not known. */
  get endsInGap(): boolean {
    return this.rows.get(this.rows.count - 1)?.kind === 'gap';
  }

  /** Where the scroll bar belongs: pixels of the list that are above what is seen. */
  get top(): number {
    const most = Math.max(0, this.heights.total - this.view());
    if (this.anchor === 'end') return most;
    return Math.max(0, Math.min(most, this.heights.top(this.anchor.index) + this.anchor.offset));
  }

  /** Whether what holds the list is there yet. */
  get isKnown(): boolean {
    if (this.anchor === 'end') return this.rows.count > 0;
    return this.rows.get(this.anchor.index) !== undefined;
  }

  /** For the next page; absent at the end. */
  get saved(): Saved['place'] {
    if (this.anchor === 'end') return undefined;
    const row = this.rows.get(this.anchor.index);
    if (row?.kind !== 'message') return undefined;
    return { key: row.key, time: row.time, offset: this.anchor.offset };
  }

  /**
   * The row so far from another one; the last one that is seen, where there is none. It is a gap only where nothing else
   * is: what is missing is filled by going there, and is nothing to stand on.
   */
  after(from: number | undefined, step: Step): number {
    const last = this.rows.count - 1;
    let index: number;
    if (step === 'first') index = 0;
    else if (step === 'last') index = last;
    else if (from === undefined) index = this.heights.at(this.top + this.view() - 1);
    else if ('by' in step) index = from + step.by;
    else {
      index = this.heights.at(this.heights.top(from) + step.screens * this.view());
      if (index === from) index += Math.sign(step.screens);
    }
    index = Math.max(0, Math.min(last, index));
    const forward = step === 'first' || (step !== 'last' && ('by' in step ? step.by : step.screens) > 0);
    const on = forward ? 1 : -1;
    while (this.rows.get(index)?.kind === 'gap' && index + on >= 0 && index + on <= last) index += on;
    return index;
  }

  goToEnd(): void {
    this.anchor = 'end';
  }

  /** @param offset pixels of the row that are above the top */
  goTo(index: number, offset: number): void {
    this.anchor = { index, offset };
  }

  /** Goes as far as it takes to see a row, or so that it is in the middle. */
  bring(index: number, center: boolean): void {
    const top = this.heights.top(index);
    const height = this.heights.top(index + 1) - top;
    const room = Math.max(0, this.view() - height);
    if (center) this.goTo(index, -room / 2);
    else if (top < this.top) this.goTo(index, 0);
    else if (top + height > this.top + this.view()) this.goTo(index, -room);
  }

  /** Holds fast to the first row that is seen. */
  hold(top = this.top): void {
    let index = this.heights.at(top);
    while (this.rows.get(index)?.kind === 'gap' && index < this.rows.count - 1) index += 1;
    this.goTo(index, top - this.heights.top(index));
  }

  /** Holds fast to what is seen there, or to the end if that is in view then. */
  holdAt(top: number): void {
    if (this.endsAt(top)) this.goToEnd();
    else this.hold(top);
  }

  /** At `at`, `removed` rows went and `inserted` came. */
  splice(at: number, removed: number, inserted: number): void {
    if (this.anchor === 'end') return;
    const { index, offset } = this.anchor;
    if (index >= at + removed) this.goTo(index + inserted - removed, offset);
    else if (index >= at) this.goTo(Math.min(at, Math.max(0, this.rows.count - 1)), 0);
  }

  private endsAt(top: number): boolean {
    return top >= this.heights.total - this.view() - 2 && !this.endsInGap;
  }
}
