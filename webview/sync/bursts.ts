/** What a change was, for telling where one undo step ends and the next begins. */
export type Stroke =
  { readonly kind: 'type'; readonly text: string } | { readonly kind: 'delete' } | { readonly kind: 'other' };

/**
 * Says where bursts of typing end. As in VS Code's own editor, Ctrl+Z takes back a word or what belongs together: a
 * word with the signs before it, a run of deletions, a paste.
 */
export class Bursts {
  private last: 'word' | 'sign' | 'delete' | undefined;

  /** True when what came before ends here. */
  startsAnew(stroke: Stroke): boolean {
    const { last } = this;
    switch (stroke.kind) {
      case 'type':
        this.last = isWord(stroke.text.slice(-1)) ? 'word' : 'sign';
        return last === 'delete' || (last === 'word' && !isWord(stroke.text.slice(0, 1)));
      case 'delete':
        this.last = 'delete';
        return last !== undefined && last !== 'delete';
      case 'other':
        this.last = undefined;
        return true;
    }
  }

  /** True when nothing more may join: a paste, a completion, a format. */
  endsWith(stroke: Stroke): boolean {
    return stroke.kind === 'other' || (stroke.kind === 'type' && stroke.text.includes('\n'));
  }

  /** The burst was closed for another reason. */
  rest(): void {
    this.last = undefined;
  }
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}_]/u.test(character) || character > '\u{d7ff}';
}
