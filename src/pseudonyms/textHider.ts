import type { NameBook } from './nameBook';
import { WORD, Words } from './words';

const INSIDE = /[\p{L}\p{N}]/u;
const TRIES = 16;

/** True for a text that has a letter or a digit. */
export function hasWords(text: string): boolean {
  return INSIDE.test(text);
}

/** Makes texts unreadable: each word becomes another one of the same look, and no account stands in what comes out. */
export class TextHider {
  private readonly words: Words;
  /** Accounts that are more than one word, or none. */
  private odd: RegExp | undefined;

  constructor(private readonly book: NameBook) {
    this.words = new Words(book.secret);
  }

  /** All accounts are known now. */
  prepare(): void {
    const odd = [...this.book.accounts].filter(
      (account) => account.length > 2 && !(INSIDE.test(account) && account.replace(WORD, '') === ''),
    );
    const alternatives = odd
      .sort((one, other) => other.length - one.length)
      .map((account) => account.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
    const edge = String.raw`[\p{L}\p{N}\p{M}_]`;
    this.odd =
      odd.length === 0 ? undefined : new RegExp(`(?<!${edge})(?:${alternatives.join('|')})(?!${edge})`, 'gu');
  }

  /** True when an account stands in a text as a word. */
  namesAccount(text: string): boolean {
    return (text.match(WORD) ?? []).some((word) => this.isAccount(word)) || this.hasOdd(text);
  }

  /** An id of the same look. */
  id(text: string): string {
    return this.words.id(text);
  }

  /** A text of the same length in characters; emoji and signs stay. */
  hide(text: string): string {
    let made = text;
    for (let salt = 0; salt < TRIES; salt += 1) {
      made = text.replace(WORD, (word, at: number) => {
        const isScheme = /^(https?|wss?|ftp)$/i.test(word) && text.startsWith('://', at + word.length);
        if (isScheme && !this.isAccount(word)) return word;
        return this.words.word(word, (one) => this.isAccount(one), salt === 0 ? '' : `${salt}.`);
      });
      if (!this.hasOdd(made)) return made;
    }
    // An account of signs alone, which stay in texts otherwise.
    for (const letter of 'xyzwvu') {
      const covered = made.replace(this.odd ?? /(?!)/u, (account) =>
        letter.repeat(Array.from(account).length),
      );
      if (!this.namesAccount(covered)) return covered;
    }
    return made;
  }

  private isAccount(word: string): boolean {
    return word.length > 2 && this.book.isAccount(word);
  }

  private hasOdd(text: string): boolean {
    if (!this.odd) return false;
    this.odd.lastIndex = 0;
    return this.odd.test(text);
  }
}
