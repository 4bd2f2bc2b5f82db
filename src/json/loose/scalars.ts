import { endOfExpression, skipBlanks } from './lookahead';
import { Unreadable, type Work } from './work';

const WORDS: Readonly<Record<string, string>> = {
  true: 'true',
  false: 'false',
  null: 'null',
  True: 'true',
  False: 'false',
  None: 'null',
  TRUE: 'true',
  FALSE: 'false',
  NULL: 'null',
  Null: 'null',
  undefined: 'null',
  nil: 'null',
};

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const OTHER_NUMBER =
  /[+-]?(?:0[xX][0-9a-fA-F]+|\d{1,3}(?:_\d{3})+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)[nLlfFdD]?/y;
const DIGITS = /\d+[_:-][\w.:-]*/y;
const NAME = /[A-Za-z_$][\w$]*/y;
const MONGO_NUMBER =
  /(?:new\s+)?(?:NumberLong|NumberInt|NumberDecimal|Long|Int32|Double|Decimal128|ISODate|Date)\(\s*(["']?)(-?\d+(?:\.\d+)?)\1\s*\)/y;
const MONGO_TEXT = /(?:new\s+)?(?:ObjectId|ISODate|UUID|BinData)\(\s*["']([^"'\\\r\n]*)["']\s*\)/y;

/** Reads what is neither string nor container. Returns where it ends. */
export function readScalar(work: Work, at: number, quoteless: boolean): number {
  const { text } = work;
  const number = match(NUMBER, text, at);
  if (number !== undefined && endsHere(text, at + number.length)) return at + number.length;
  const other = match(OTHER_NUMBER, text, at);
  if (other !== undefined && other !== '' && endsHere(text, at + other.length)) {
    work.mend('number', at, at + other.length, plainNumber(other));
    return at + other.length;
  }
  // No number and no name: a key or a date that lost its quotes.
  const digits = match(DIGITS, text, at);
  if (digits !== undefined && endsHere(text, at + digits.length)) {
    work.mend('unquotedText', at, at + digits.length, JSON.stringify(digits));
    return at + digits.length;
  }
  const word = match(NAME, text, at);
  const value = word === undefined ? undefined : Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (word !== undefined && value !== undefined && endsHere(text, at + word.length)) {
    if (word !== value) work.mend('literal', at, at + word.length, value);
    return at + word.length;
  }
  return mongoValue(work, at) ?? (quoteless ? plainText(work, at) : expression(work, at));
}

function mongoValue(work: Work, at: number): number | undefined {
  MONGO_NUMBER.lastIndex = at;
  const number = MONGO_NUMBER.exec(work.text);
  MONGO_TEXT.lastIndex = at;
  const found = number ?? MONGO_TEXT.exec(work.text);
  if (!found) return undefined;
  const end = at + found[0].length;
  work.mend('mongoType', at, end, number ? (number[2] ?? '0') : JSON.stringify(found[1] ?? ''));
  return end;
}

/** A variable, a call, a sum. */
function expression(work: Work, at: number): number {
  const { text } = work;
  const end = endOfExpression(text, at);
  const code = text.slice(at, end).trimEnd();
  // Words with blanks between them are prose, not code.
  if (code === '' || end >= text.length || !isCode(code)) throw new Unreadable(at);
  work.noValue(code === '[Object]' || code.startsWith('...') ? 'elided' : 'expression', at, at + code.length);
  return at + code.length;
}

const CODE_START = /^(?:(?:new|await|typeof|not|lambda)\s+\S|[A-Za-z_$@&*!~<+(`"'\d-])/;

function isCode(code: string): boolean {
  if (code.length > 2_000 || !CODE_START.test(code)) return false;
  const plain = code.replace(/^(?:new|await|typeof|not|lambda)\s+/, '');
  return !/^[A-Za-z]+ +[A-Za-z]+ +[A-Za-z]/.test(plain) || / (?:if|or|and|else|in|is) /.test(plain);
}

/** A value whose quotes were lost, as in a shell's argument. */
function plainText(work: Work, at: number): number {
  const rest = /^[^,{}[\]"'\r\n=]+/.exec(work.text.slice(at, at + 4_000))?.[0].trimEnd() ?? '';
  const end = at + rest.length;
  if (rest === '' || !/[,}\]]/.test(work.text[skipBlanks(work.text, end)] ?? '')) throw new Unreadable(at);
  work.mend('unquotedText', at, end, JSON.stringify(rest));
  return end;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function endsHere(text: string, at: number): boolean {
  const next = skipBlanks(text, at);
  const char = text[next];
  if (char === undefined || ',，;)}]｝］\\'.includes(char)) return true;
  if (/[\r\n]/.test(text.slice(at, next))) return true;
  return next > at ? /["'“#/:]/.test(char) : char === '/' || char === '"';
}

function plainNumber(text: string): string {
  const unsigned = text.replace(/^[+-]/, '');
  if (/^0[xX]/.test(unsigned)) {
    return `${text.startsWith('-') ? '-' : ''}${BigInt(unsigned.replace(/[nLl]$/, ''))}`;
  }
  const digits = text.replace(/[nLlfFdD]$|_/g, '').replace(/^\+/, '');
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d*)(.*)$/.exec(digits) ?? [];
  const fraction = rest.replace(/^\.(?=$|[eE])/, '');
  return `${sign}${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction}`;
}
