import type { GapRow, RowKey, RowView } from '../../src/conversation/rowViews';
import { gapRow } from './gapRow';
import type { Heights } from './heights';
import { standingOf, type Look } from './labels';
import { article, messageRow, unreadableRow } from './messageRow';
import type { Rows } from './rows';
import type { Selection } from './selection';

interface Drawn {
  readonly element: HTMLElement;
  readonly row: RowView | undefined;
  readonly look: Look;
  readonly standing: string;
}

/** The rows of a list that have elements. One that is as it was keeps its element. */
export class DrawnRows {
  private drawn = new Map<string, Drawn>();

  /** @param retry reads what is missing, because a person asks for it again */
  constructor(
    private readonly list: HTMLElement,
    private readonly rows: Rows,
    private readonly heights: Heights,
    private readonly retry: (gap: GapRow) => void,
  ) {}

  element(key: RowKey): HTMLElement | undefined {
    return this.drawn.get(key)?.element;
  }

  /** The row that holds an element. */
  rowOf(target: EventTarget | null): { readonly key: RowKey; readonly element: HTMLElement } | undefined {
    const found = target instanceof Element ? target.closest<HTMLElement>('article') : null;
    for (const [key, { element, row }] of this.drawn) {
      if (element === found && row && row.kind !== 'gap') return { key, element };
    }
    return undefined;
  }

  /**
   * Shows the rows from `first` to before `end`, and none else.
   *
   * @returns whether the row that keys go on from is one of them
   */
  show(first: number, end: number, look: Look, { keys, focused }: Selection): boolean {
    const { rows, list } = this;
    const now = new Map<string, Drawn>();
    const isWhole = rows.get(0)?.kind !== 'gap' && rows.get(rows.count - 1)?.kind !== 'gap';
    let hasFocused = false;
    for (let index = first; index < end; index += 1) {
      const row = rows.get(index);
      const key = row?.key ?? `?${index}`;
      const drawn = this.drawnRow(key, row, index, look);
      now.set(key, drawn);
      const { element } = drawn;
      attribute(element, 'aria-posinset', String(index + 1));
      attribute(element, 'aria-setsize', isWhole ? String(rows.count) : '-1');
      element.classList.toggle('selected', keys.has(key));
      const isFocused = key === focused;
      hasFocused ||= isFocused;
      if (element.tabIndex !== (isFocused ? 0 : -1) || isFocused) makeReachable(element, isFocused);
    }
    for (const [key, { element: old }] of this.drawn) {
      if (now.get(key)?.element !== old) old.remove();
    }
    let next = list.firstElementChild;
    for (const { element } of now.values()) {
      if (element === next) next = next.nextElementSibling;
      else list.insertBefore(element, next);
    }
    this.drawn = now;
    return hasFocused;
  }

  /**
   * Measures what is shown.
   *
   * @param first which row that begins with
   * @returns whether a height is another one than was expected
   */
  measure(first: number): boolean {
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

  private drawnRow(key: string, row: RowView | undefined, index: number, look: Look): Drawn {
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
    const element =
      row.kind === 'gap'
        ? gapRow(row, look, () => this.retry(row))
        : row.kind === 'unreadable'
          ? unreadableRow(row, look)
          : messageRow(row, stands ?? { day: false, run: true }, look);
    return { element, row, look, standing };
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
