import { applyChanges, difference, type TextChange } from '../json/textChange';

/** How a pane's text went from one version to the next. */
export interface Step {
  readonly since: number;
  readonly version: number;
  readonly changes: readonly TextChange[];
  /** Of the text after it. */
  readonly length: number;
}

/**
 * The host's side of one pane: its text, counted in versions. Pages push on the newest version or are told to rebase,
 * so that all of them go through the same texts. Knows no VS Code, so that tests can play it.
 */
export class PaneState {
  constructor(
    private current: string,
    private count = 0,
  ) {}

  get text(): string {
    return this.current;
  }

  get version(): number {
    return this.count;
  }

  /** The text that a push on version `base` would make; undefined when it is stale or reaches beyond the text. */
  after(base: number, changes: readonly TextChange[]): string | undefined {
    const last = changes.at(-1);
    if (base !== this.count || (last && last.to > this.current.length)) return undefined;
    return applyChanges(this.current, changes);
  }

  /** A push was taken: the text is `text` now. Counts even when it is the same, since the page waits for a version. */
  accept(text: string, changes: readonly TextChange[]): Step {
    this.current = text;
    const since = this.count++;
    return { since, version: this.count, changes, length: text.length };
  }

  /** One step from an earlier text, and its version, to the present one. */
  from(text: string, since: number): Step {
    const { current, count } = this;
    return { since, version: count, changes: difference(text, current), length: current.length };
  }

  /** The text became `text` in some other way. Undefined when it did not change. */
  become(text: string): Step | undefined {
    return text === this.current ? undefined : this.accept(text, difference(this.current, text));
  }
}
