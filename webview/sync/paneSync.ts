import { ChangeSet, type Text } from '@codemirror/state';
import { difference, type TextChange } from '../../src/json/textChange';
import type { ToPage } from '../../src/protocol';

/** What to send to the host: changes made on the text of version `base`. */
export interface Push {
  readonly push: number;
  readonly base: number;
  readonly changes: TextChange[];
}

/** What the host's text went through, from one version to a later one. */
export type RemoteChange = Pick<
  Extract<ToPage, { type: 'change' }>,
  'since' | 'version' | 'changes' | 'length'
>;

/** A text with the protocol's line ends. */
export function textOf(text: Text): string {
  return text.sliceString(0, text.length, '\n');
}

/** The changes of a set as the protocol has them. */
function toChanges(set: ChangeSet): TextChange[] {
  const changes: TextChange[] = [];
  set.iterChanges((from, to, _fromB, _toB, inserted) => {
    changes.push({ from, to, insert: textOf(inserted) });
  });
  return changes;
}

/**
 * One pane's side of keeping its text equal to the host's. The host is the authority: it counts the versions of
 * the text, accepts a push only on the newest, and tells of every other change. Here stand the changes it does not
 * know yet, oldest first: one push under way, closed bursts that wait, and the burst that typing still extends.
 * A change from the host slides under all of them. Knows no editor and no host, so that tests can play both.
 */
export class PaneSync {
  private underWay: { readonly push: number; changes: ChangeSet } | undefined;
  private waiting: ChangeSet[] = [];
  private open: ChangeSet | undefined;
  private pushes = 0;

  /** `confirmed` is the host's text of `version`. */
  constructor(
    private confirmedText: Text,
    private confirmedVersion: number,
  ) {}

  get version(): number {
    return this.confirmedVersion;
  }

  get confirmed(): Text {
    return this.confirmedText;
  }

  /** True when the host knows everything. */
  get settled(): boolean {
    return this.underWay === undefined && this.waiting.length === 0 && this.open === undefined;
  }

  /** True when something typed is not yet closed into a burst. */
  get gathering(): boolean {
    return this.open !== undefined;
  }

  /** Where a place of the host's text is in the shown one. */
  toShown(offset: number): number {
    let at = Math.min(offset, this.confirmedText.length);
    for (const mine of [this.underWay?.changes, ...this.waiting, this.open])
      if (mine) at = mine.mapPos(at, 1);
    return at;
  }

  /** A change the user made on the shown text. */
  local(changes: ChangeSet): void {
    if (changes.empty) return;
    this.open = this.open ? this.open.compose(changes) : changes;
  }

  /** Ends the burst, so that what follows is an undo step of its own. */
  close(): void {
    if (this.open && !this.open.empty) this.waiting.push(this.open);
    this.open = undefined;
  }

  /** Ends the burst and makes one push of all that waits: somebody waits for the host to know it. */
  closeAll(): void {
    this.close();
    const all = this.waiting.reduce<ChangeSet | undefined>(
      (sum, next) => (sum ? sum.compose(next) : next),
      undefined,
    );
    this.waiting = all ? [all] : [];
  }

  /** The next push, when none is under way and a burst waits. */
  next(): Push | undefined {
    while (!this.underWay) {
      const changes = this.waiting.shift();
      if (!changes) return undefined;
      if (changes.empty) continue;
      this.underWay = { push: ++this.pushes, changes };
      return { push: this.pushes, base: this.confirmedVersion, changes: toChanges(changes) };
    }
    return undefined;
  }

  /** The host took the push. False when this is out of step with what it says. */
  accepted(push: number, version: number): boolean {
    if (this.underWay?.push !== push || version !== this.confirmedVersion + 1) return false;
    this.confirmedText = this.underWay.changes.apply(this.confirmedText);
    this.confirmedVersion = version;
    this.underWay = undefined;
    return true;
  }

  /** The host refused the push because its text had moved on; it goes out again, rebased. */
  stale(push: number): boolean {
    if (this.underWay?.push !== push) return false;
    this.waiting.unshift(this.underWay.changes);
    this.underWay = undefined;
    return true;
  }

  /**
   * A change of the host's text. Returns what it means for the shown text, or undefined when this is out of step.
   * Where both inserted at one place, the host's comes first.
   */
  remote({ since, version, changes, length }: RemoteChange): ChangeSet | undefined {
    if (since !== this.confirmedVersion) return undefined;
    const last = changes.at(-1);
    if (last && last.to > this.confirmedText.length) return undefined;
    const theirs = ChangeSet.of([...changes], this.confirmedText.length, '\n');
    if (theirs.newLength !== length) return undefined;
    this.confirmedText = theirs.apply(this.confirmedText);
    this.confirmedVersion = version;
    return this.slideUnder(theirs);
  }

  /**
   * The host's text as a whole, after being out of step. A push under way is in it or lost: it is neither shown
   * twice nor sent again. What waits behind it is kept.
   */
  reset(text: string, version: number): ChangeSet {
    const before = this.underWay ? this.underWay.changes.apply(this.confirmedText) : this.confirmedText;
    this.underWay = undefined;
    const theirs = ChangeSet.of(difference(textOf(before), text), before.length, '\n');
    this.confirmedText = theirs.apply(before);
    this.confirmedVersion = version;
    return this.slideUnder(theirs);
  }

  private slideUnder(theirs: ChangeSet): ChangeSet {
    let over = theirs;
    const under = (mine: ChangeSet): ChangeSet => {
      const rebased = mine.map(over);
      over = over.map(mine, true);
      return rebased;
    };
    if (this.underWay) this.underWay.changes = under(this.underWay.changes);
    this.waiting = this.waiting.map(under);
    if (this.open) this.open = under(this.open);
    return over;
  }
}
