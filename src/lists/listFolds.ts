import type { ListItem } from './parseList';

/** Lines that can be folded: the first one stays, and so does that of the closing bracket, which is behind the last. */
export interface Fold {
  readonly first: number;
  readonly last: number;
}

interface Folded {
  /** By lines counted from the first one of the text; the outer ones come first. */
  readonly folds: readonly Fold[];
  /** How often a line ends in the text. */
  readonly ends: number;
}

/** What can be folded in lists, found again and again: only items that changed are looked at. */
export class ListFolds {
  /** By the members of items, which stay the same as long as the item does. */
  private readonly known = new WeakMap<ListItem['members'], Folded>();

  /**
   * @param most more are not told; then all of the items near to one is, and the messages around it
   * @param near so many items before and after it are near
   */
  constructor(
    private readonly most: number,
    private readonly near: number,
  ) {}

  /**
   * Objects and arrays that take lines of their own.
   *
   * @param middle asked for the index of the item that all is wanted around, if it cannot be all
   */
  of(text: string, items: readonly ListItem[], middle: () => number): Fold[] {
    const inItems: (readonly Fold[])[] = [];
    let [at, line] = [0, 0];
    for (const item of items) {
      const { offset, length } = item.range;
      line += lineEnds(text.slice(at, offset));
      const { folds, ends } = this.foldsOf(text, item);
      const start = line;
      inItems.push(folds.map(({ first, last }) => ({ first: first + start, last: last + start })));
      line += ends;
      at = offset + length;
    }
    // What stands around the items, with the lines of these between.
    const head = text.slice(0, items[0]?.range.offset ?? 0);
    const lines = '\n'.repeat(line - lineEnds(head));
    const found = [...foldsIn(`${head}${lines}${text.slice(at)}`).folds];
    const count = inItems.reduce((sum, { length }) => sum + length, found.length);
    if (count <= this.most) return found.concat(...inItems);
    const centre = middle();
    const [from, to] = [Math.max(centre - this.near, 0), Math.min(centre + this.near + 1, items.length)];
    for (const folds of inItems.slice(from, to)) found.push(...folds);
    for (let [before, after] = [from - 1, to]; found.length < this.most; before -= 1, after += 1) {
      if (before < 0 && after >= items.length) break;
      for (const folds of [inItems[before], inItems[after]]) if (folds?.[0]) found.push(folds[0]);
    }
    return found.slice(0, this.most);
  }

  private foldsOf(text: string, { members, range }: ListItem): Folded {
    const known = this.known.get(members);
    if (known) return known;
    const folded = foldsIn(text.slice(range.offset, range.offset + range.length));
    this.known.set(members, folded);
    return folded;
  }
}

const [QUOTE, BACKSLASH, LINE_END] = ['"', '\\', '\n'].map((one) => one.charCodeAt(0));

/** The text may be half typed: what is not closed is no fold. */
function foldsIn(text: string): Folded {
  const open: { readonly line: number; readonly place: number }[] = [];
  const folds: (Fold | undefined)[] = [];
  let line = 0;
  for (let at = 0; at < text.length; at += 1)
    switch (text.charCodeAt(at)) {
      case LINE_END:
        line += 1;
        break;
      case QUOTE:
        for (at += 1; at < text.length && text.charCodeAt(at) !== QUOTE; at += 1) {
          if (text.charCodeAt(at) === BACKSLASH) at += 1;
          // No string goes on in the next line.
          if (text.charCodeAt(at) === LINE_END) break;
        }
        if (text.charCodeAt(at) === LINE_END) line += 1;
        break;
      case 0x5b:
      case 0x7b:
        open.push({ line, place: folds.length });
        folds.push(undefined);
        break;
      case 0x5d:
      case 0x7d: {
        const opened = open.pop();
        if (opened && line - 1 > opened.line) folds[opened.place] = { first: opened.line, last: line - 1 };
      }
    }
  return { folds: folds.filter((fold) => fold !== undefined), ends: line };
}

function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
