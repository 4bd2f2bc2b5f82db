/** Quotes by what they open; each list holds what may close it. */
const CLOSING: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”“"',
  '”': '”“"',
  '„': '”“"',
  '＂': '＂"',
  '‘': "’‘'",
  '’': "’‘'",
  '＇': "＇'",
};

/** What closes a string that opens with this character; undefined when it opens none. */
export function closingQuotes(opener: string | undefined): string | undefined {
  return opener === undefined ? undefined : CLOSING[opener];
}

/** White space, JSON's and everybody else's. */
export const BLANK = /[\s\u200b-\u200d\u2060\ufeff]/;

/** A key with its colon. */
const MEMBER =
  /[\s\u200b\ufeff]*(?:(["'“”„‘’＂＇])[^"'“”„‘’＂＇\r\n]{0,120}["'“”’＂＇]|[A-Za-z_$][\w$]*)[\s\u00a0]*(?:[:：]|=>)/y;
const AFTER_COMMA = /[\s\u200b\ufeff]*(?:$|[}\]｝］]|\/\/|\/\*|#|\.\.\.|…|["'“][\w$.-]*(?=[\r\n]|$))/y;
const VARIABLE = /\s*[A-Za-z_$][\w$]*\s*[,}]/y;
const VALUE =
  /[\s\u200b\ufeff]*(?:["'`“”„‘’＂＇{[｛［]|-?[\d.]|(?:true|false|null|True|False|None|undefined|nil|NaN)\b)/y;
const NEXT_KEY_LINE = /[ \t]*(?:["'“”][^"'“”\r\n]{1,80}["'“”][ \t]*[:：]|[}\]])/y;
const NEXT_RECORD =
  /[ \t]*(?:\[?\d{4}[-/.]\d|\d{1,3}(?:\.\d{1,3}){3}\b|\[[A-Z]|[{<]|(?:INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL)\b|[A-Z][a-z]{2} +\d)/y;

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** A member of an object begins here: a key and a colon. */
export const memberAt = (text: string, at: number): boolean => matches(MEMBER, text, at);
/** What may follow the comma behind a member: another one, or the end. */
export const memberOrEndAt = (text: string, at: number): boolean =>
  memberAt(text, at) || matches(AFTER_COMMA, text, at);
/** A variable that stands for a member of the same name, as JavaScript allows. */
export const variableAt = (text: string, at: number): boolean => matches(VARIABLE, text, at);
/** What may follow the comma behind an item. */
export const itemOrEndAt = (text: string, at: number): boolean =>
  matches(VALUE, text, at) || matches(AFTER_COMMA, text, at);
/** A line that goes on with the object or closes it. */
export const keyLineAt = (text: string, at: number): boolean => matches(NEXT_KEY_LINE, text, at);
/** A line that looks like the next record of a log. */
export const recordAt = (text: string, at: number): boolean => matches(NEXT_RECORD, text, at);

/** The first place from `at` on without white space. */
export function skipBlanks(text: string, at: number): number {
  while (at < text.length && BLANK.test(text[at] ?? '')) at += 1;
  return at;
}

/** The place behind the line break at `at`. */
export function afterBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
}

/**
 * The end of an expression of a programming language: the next comma or closing bracket that belongs to what holds it.
 */
export function endOfExpression(text: string, from: number): number {
  const open: string[] = [];
  let at = from;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '"' || char === "'" || char === '`') {
      at = endOfCodeString(text, at);
      continue;
    }
    if ('([{'.includes(char)) open.push(char);
    else if (')]}'.includes(char)) {
      if (open.length === 0) return at;
      open.pop();
    } else if (open.length === 0 && (char === ',' || char === ';')) return at;
    else if (open.length === 0 && (char === '\n' || char === '\r') && memberAt(text, at)) return at;
    at += 1;
  }
  return at;
}

function endOfCodeString(text: string, at: number): number {
  const quote = text[at];
  for (let end = at + 1; end < text.length; end += 1) {
    const char = text[end];
    if (char === '\\') end += 1;
    else if (char === quote) return end + 1;
    else if (quote !== '`' && (char === '\n' || char === '\r')) return end;
  }
  return text.length;
}
