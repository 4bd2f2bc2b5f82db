import type { TextRange } from '../json/text';
import { tokensOf } from '../json/tokens';
import { referencesIn, type Reference } from './variables';

/**
 * Lines of comments in a body, which no one who reads `.http` sends. A line ends where one of the document does: U+2028
 * and U+2029, which end one for a regular expression, may stand in a string.
 */
const COMMENT_LINE = /(?<![^\r\n])[ \t]*(?:#|\/\/)[^\r\n]*/g;

/** A reference in a body, and whether it stands inside a string. */
interface BodyReference extends Reference {
  readonly inString: boolean;
}

/** A body with what is no JSON of its own taken out, at the same places and of the same length. */
export interface MaskedBody {
  /** Comments are blanks, references that stand for a value are numbers; those in strings stay. */
  readonly text: string;
  readonly references: readonly BodyReference[];
  readonly comments: readonly TextRange[];
}

/** Reads a body as JSON that is not filled in yet. */
export function maskBody(body: string): MaskedBody {
  const comments = [...body.matchAll(COMMENT_LINE)].map((match) => ({
    offset: match.index,
    length: match[0].length,
  }));
  let text = body;
  for (const comment of comments) text = replaced(text, comment, ' '.repeat(comment.length));
  const found = referencesIn(text);
  // A number of as many digits: as a value it fits anywhere, and in a string nothing changes for the scanner.
  let numbered = text;
  for (const reference of found) numbered = replaced(numbered, reference, '1'.repeat(reference.length));
  const strings = stringRanges(numbered);
  const references = found.map((reference) => ({
    ...reference,
    inString: strings.some(
      ({ offset, length }) => offset < reference.offset && reference.offset < offset + length,
    ),
  }));
  for (const reference of references) {
    if (!reference.inString) text = replaced(text, reference, '1'.repeat(reference.length));
  }
  return { text, references, comments };
}

function replaced(text: string, { offset, length }: TextRange, by: string): string {
  return text.slice(0, offset) + by + text.slice(offset + length);
}

function stringRanges(json: string): TextRange[] {
  return tokensOf(json)
    .filter(({ kind }) => kind === 'string' || kind === 'broken')
    .map(({ offset, end }) => ({ offset, length: end - offset }));
}
