import { literalExpression } from '../../src/json/literalExpression';
import { readWanted } from '../../src/lists/wanted';

/** What is marked in every message, and in the one that was gone to. */
const FOUND = 'found';
const REACHED = 'reached';

/** Where words of a message stand, as against those of the page. */
const WORDS = '.bubble, pre';

/** More is not marked: of a letter there may be any number. */
const MOST = 5_000;

/**
 * Marks what is looked for in the messages that are drawn. Nothing is changed in them: the browser paints ranges of text.
 * A regular expression is tried on the message that was gone to alone, since there it has ended already, in the host.
 */
export class Marking {
  private wanted: RegExp | undefined;
  private isText = true;
  private isMarked = false;

  /** @param typed as the host reads it; empty ends it */
  look(typed: string): void {
    this.wanted = undefined;
    if (typed === '') return;
    try {
      const wanted = readWanted(typed);
      this.isText = wanted.kind === 'text';
      this.wanted =
        wanted.kind === 'text'
          ? new RegExp(literalExpression(wanted.text), 'giu')
          : new RegExp(wanted.source, `${wanted.flags}g`);
    } catch (error) {
      // The host says what is wrong with it.
      if (!(error instanceof SyntaxError)) throw error;
    }
  }

  /** @param reached the message that was gone to, and is one of those in the list */
  mark(list: HTMLElement, reached: HTMLElement | undefined): void {
    // A browser without highlights shows the message alone.
    if ((!this.wanted && !this.isMarked) || !('highlights' in CSS)) return;
    this.isMarked = this.wanted !== undefined;
    const found = this.wanted && this.isText ? this.rangesIn(list) : [];
    const isReached = (range: Range): boolean => reached?.contains(range.startContainer) === true;
    const there = this.isText ? found.filter(isReached) : reached ? this.rangesIn(reached) : [];
    CSS.highlights.set(FOUND, new Highlight(...found.filter((range) => !isReached(range))));
    CSS.highlights.set(REACHED, new Highlight(...there));
  }

  /** Unfolds what of a message hides what is looked for, if nothing of it that is seen has it. */
  unfold(reached: HTMLElement): void {
    if (!this.wanted || this.rangesIn(reached).length > 0) return;
    for (const folded of reached.querySelectorAll<HTMLElement>('details:not([open]) > summary')) {
      folded.click();
      const { parentElement } = folded;
      if (parentElement && this.rangesIn(parentElement).length === 0) folded.click();
    }
  }

  private rangesIn(shown: HTMLElement): Range[] {
    const { wanted } = this;
    if (!wanted) return [];
    const ranges: Range[] = [];
    const texts = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const parent = node.parentElement;
      if (!parent?.closest(WORDS)) continue;
      for (const { 0: match, index } of (node as Text).data.matchAll(wanted)) {
        if (ranges.length === MOST) return ranges;
        if (match === '') continue;
        const range = new Range();
        range.setStart(node, index);
        range.setEnd(node, index + match.length);
        ranges.push(range);
      }
    }
    return ranges;
  }
}
