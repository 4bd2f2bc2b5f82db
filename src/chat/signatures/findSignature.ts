/** Where in a text a UserSig stood. */
type FoundIn = 'whole' | 'query' | 'member' | 'word';

/** A UserSig in a text, and what the text says it is used for. */
export interface FoundSignature {
  /** As it stands there; of a query, percent-decoded once, as every server does. Empty when there is none. */
  readonly text: string;
  readonly where: FoundIn;
  readonly sdkAppId: number | undefined;
  readonly identifier: string | undefined;
}

/** What a UserSig may be written in by the encodings that people use. */
const SIGNS = 'A-Za-z0-9*\\-_+/=%';
const WHOLE = new RegExp(`^["'\`]?[${SIGNS}\\s]*["'\`]?$`);
const WORD = new RegExp(`[${SIGNS}]{40,}`, 'g');
/** Base64 of what zlib writes at its usual levels begins so. */
const ZLIB = /^eJ|^eN|^eA|^eF/;

/** Finds the UserSig in what a person pasted: the thing itself, a URL, JSON, a line of a log or of code. */
export function findSignature(pasted: string): FoundSignature {
  const text = pasted.trim();
  const used = { sdkAppId: sdkAppIdIn(text), identifier: identifierIn(text) };
  const query = /\busersig=([^&\s"'`<>\\]*)/i.exec(text);
  if (query?.[1] !== undefined) return { text: percentDecoded(query[1]), where: 'query', ...used };
  const member = /user_?sig\w*\\?["'`]?\s*(?:[:=]|=>)\s*\\?["'`]([^"'`\\]*)/i.exec(text);
  if (member?.[1] !== undefined) return { text: member[1], where: 'member', ...used };
  if (WHOLE.test(text)) return { text, where: 'whole', ...nothingUsed };
  const words = [...text.matchAll(WORD)].map(([word]) => word);
  const [longest = ''] = words.sort((a, b) => score(b) - score(a));
  return { text: longest, where: 'word', ...used };
}

const nothingUsed = { sdkAppId: undefined, identifier: undefined };

function score(word: string): number {
  return word.length + (ZLIB.test(word) ? 100_000 : 0);
}

function sdkAppIdIn(text: string): number | undefined {
  const [, digits] = /sdk_?app_?id\\?["'`]?\s*(?:[:=]|=>)\s*\\?["'`]?(\d{1,15})/i.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function identifierIn(text: string): string | undefined {
  const query = /[?&]identifier=([^&\s"'`<>\\]+)/.exec(text);
  if (query?.[1] !== undefined) return percentDecoded(query[1]);
  const member = /\b(?:identifier|user_?id)\\?["'`]?\s*(?:[:=]|=>)\s*\\?["'`]([^"'`\\]+)/i.exec(text);
  return member?.[1];
}

/** Undoes percent-encoding; a text that is none stays as it is. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
