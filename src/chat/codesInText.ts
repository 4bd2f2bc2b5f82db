import { lookUpCode } from './catalogue';
import { isClientCode } from './clientCodes';

/** A member or a word that names a code, with what people and loggers put between: quotes, escapes, `:`, `=`, blanks. */
const named =
  /(?:Error_?Code|Result_?Code|Ret_?Code|err_?code|error code|错误码|code)[\s"'\\:=：([]{1,8}(\d{1,6})(?!\d)/gi;
/** Two numbers with a hyphen between them, which is a range here and a part of a name elsewhere. */
const hyphened = /(?<![\w.-])(\d{4,6})-(\d{4,6})(?![\w.-]*\d)/g;
const numbers = /(?<![\w.-])(\d{4,6})(?![\w.-]*\d)/g;
/** More of a text than this holds no more codes for a person to look at. */
const LONGEST = 1_000_000;
const MOST = 50;

/**
 * The error codes in what a person holds: a bare number, an answer of the service, `ErrorCode 90010`, a line of a log.
 * Where codes are named as such, other numbers of the text are none; else every number counts that is known as a code.
 *
 * @returns each once, in the order of the text; success (0) only when there is nothing else
 */
export function codesInText(text: string): number[] {
  const looked = text.slice(0, LONGEST);
  // An HTTP status is called a code, too.
  const told = numbersOf(named, looked).filter((code) => code === 0 || code > 999);
  const failures = told.filter((code) => code !== 0);
  if (told.length > 0) return failures.length > 0 ? failures : [0];
  const bare = /^\s*(\d{1,7})\s*$/.exec(looked)?.[1];
  if (bare !== undefined) return isWorthARow(Number(bare)) ? [Number(bare)] : [];
  return numbersOf(numbers, looked.replace(hyphened, '$1 – $2')).filter(
    (code) => lookUpCode(code) !== undefined || isClientCode(code),
  );
}

/** A number that is being typed is not yet a code that nobody documented. */
function isWorthARow(code: number): boolean {
  return code > 999 || lookUpCode(code) !== undefined;
}

function numbersOf(pattern: RegExp, text: string): number[] {
  const found = new Set<number>();
  for (const match of text.matchAll(pattern)) {
    found.add(Number(match[1]));
    if (found.size === MOST) break;
  }
  return [...found];
}
