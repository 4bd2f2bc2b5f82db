import { isNotation } from '../json/loose/repairs';
import type { L10n } from './l10n';

/**
 * What kept a text from being JSON; `kind` as `RepairKind`.
 *
 * @param mark the first character that is wrong; it is named where it looks like a right one
 */
export function slipText(l10n: L10n, kind: string, count: number, mark = ''): string {
  const named = mark !== '' && (kind === 'blank' || kind === 'fullWidth');
  const text = named ? l10n.t('{0} ({1})', slip(l10n, kind), mark) : slip(l10n, kind);
  return count > 1 ? l10n.t('{0} ({1} places)', text, count) : text;
}

function slip(l10n: L10n, kind: string): string {
  switch (kind) {
    case 'fullWidth':
      return l10n.t('Full-width or typographic quotes, commas, colons or brackets instead of those of JSON.');
    case 'blank':
      return l10n.t('White space that JSON does not know, such as a no-break space.');
    case 'rawBreak':
      return l10n.t(
        'A line break or control character stands in a string; JSON writes it as an escape sequence.',
      );
    case 'unescapedJson':
      return l10n.t('JSON stands in this string and its quotes are not escaped.');
    case 'innerQuote':
      return l10n.t('A quote in a string is not escaped.');
    case 'escape':
      return l10n.t('This is no escape sequence of JSON.');
    case 'backslashes':
      return l10n.t('Quotes are escaped although they stand in no string.');
    case 'missingComma':
      return l10n.t('A comma is missing.');
    case 'missingColon':
      return l10n.t('A colon is missing.');
    case 'missingQuote':
      return l10n.t('The closing quote of a string is missing.');
    case 'missingBracket':
      return l10n.t('A closing bracket is missing.');
    case 'extraMark':
      return l10n.t('A mark too many.');
    case 'unquotedText':
      return l10n.t('A string without quotes.');
    case 'elided':
      return l10n.t('Something was left out here; it was not looked at.');
    case 'cut':
      return l10n.t('The text ends in the middle of the message; what is missing was not looked at.');
    case 'unreadable':
      return l10n.t('This cannot be read as JSON and was not looked at.');
    default:
      return l10n.t('Not JSON: {0}.', kindName(l10n, kind));
  }
}

/** What was repaired, one after the other; `kinds` as `RepairKind`. */
export function repairTexts(l10n: L10n, kinds: readonly string[]): string {
  return kinds
    .map((kind) => (isNotation(kind) ? kindName(l10n, kind) : slip(l10n, kind).replace(/[.。]$/, '')))
    .join('; ');
}

/** Names of kinds that are no slips but another notation; `kinds` joined by `, `. */
export function kindNames(l10n: L10n, kinds: string): string {
  return kinds
    .split(', ')
    .map((kind) => kindName(l10n, kind))
    .join(', ');
}

function kindName(l10n: L10n, kind: string): string {
  switch (kind) {
    case 'comment':
      return l10n.t('comments');
    case 'trailingComma':
      return l10n.t('commas before closing brackets');
    case 'singleQuotes':
      return l10n.t('other quotes');
    case 'unquotedName':
      return l10n.t('names without quotes');
    case 'literal':
      return l10n.t('words of another language');
    case 'number':
      return l10n.t('numbers of another language');
    case 'mongoType':
      return l10n.t('types of MongoDB');
    case 'expression':
      return l10n.t('variables and calls, whose values are not known');
    default:
      return l10n.t('tuples');
  }
}

/** The name of a notation, as in `PHP`. */
export function notationName(l10n: L10n, notation: string): string {
  switch (notation) {
    case 'php':
      return 'PHP';
    case 'ruby':
      return 'Ruby';
    case 'java':
      return l10n.t('toString of Java');
    case 'go':
      return 'Go';
    case 'xml':
      return 'XML';
    default:
      return notation.toUpperCase();
  }
}
