import type { RowKey } from '../../src/conversation/rowViews';
import type { Rows } from './rows';
import { chosen, NOTHING, type Choice, type Selection } from './selection';

/** Chooses among rows: those that are known at once, others when they are. */
export class Chooser {
  private current: Selection = NOTHING;
  /** A row that is to be chosen as soon as it is known. */
  private awaited: { readonly index: number; readonly choice: Choice } | undefined;

  /** @param onChoice told what is selected now, and the row that keys go on from */
  constructor(
    private readonly rows: Rows,
    private readonly onChoice: (keys: readonly RowKey[], focused: RowKey) => void,
  ) {}

  get selection(): Selection {
    return this.current;
  }

  /** Brings the selection of an earlier page back. */
  restore(keys: readonly RowKey[], focused: RowKey | undefined): void {
    this.current = { keys: new Set(keys), ...(focused !== undefined && { focused, origin: focused }) };
  }

  /** Selects a message; keys go on from it. */
  select(key: RowKey, choice: Choice): void {
    this.take(chosen(this.current, key, choice, (from, to) => this.between(from, to)));
  }

  /** Selects every message that is known. */
  selectAll(): void {
    const last = this.keyAt(this.rows.count - 1, -1);
    const focused = this.current.focused ?? last;
    if (focused === undefined) return;
    const keys = new Set(this.between(this.keyAt(0, 1) ?? focused, last ?? focused));
    this.take({ keys, focused, origin: focused });
  }

  /** Selects the row at a place, if it is known by now or as soon as it is. */
  selectAt(index: number, choice: Choice): void {
    this.awaited = { index, choice };
    this.selectAwaited();
  }

  /** Rows are known that were not. */
  selectAwaited(): void {
    const { awaited } = this;
    const row = awaited && this.rows.get(awaited.index);
    if (!row) return;
    this.awaited = undefined;
    if (row.kind !== 'gap') this.select(row.key, awaited.choice);
  }

  /** The places are others now. */
  forgetAwaited(): void {
    this.awaited = undefined;
  }

  private take(selection: Selection): void {
    this.current = selection;
    if (selection.focused !== undefined) this.onChoice([...selection.keys], selection.focused);
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
}
