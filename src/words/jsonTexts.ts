import type { L10n } from './l10n';

/** The name of a JSON type with its article, as in "not an object". */
export function typeName(l10n: L10n, type: string | number | undefined): string {
  switch (type) {
    case 'string':
      return l10n.t('a string');
    case 'number':
      return l10n.t('a number');
    case 'integer':
      return l10n.t('a whole number');
    case 'array':
      return l10n.t('an array');
    case 'object':
      return l10n.t('an object');
    case 'boolean':
      return l10n.t('true or false');
    case 'null':
      return l10n.t('null');
    default:
      return String(type ?? '');
  }
}

/** What is wrong where a text stops being JSON; `kind` as `jsonc-parser` names it. */
export function syntaxText(l10n: L10n, kind: string): string {
  switch (kind) {
    case 'PropertyNameExpected':
      return l10n.t('A name in double quotes is expected here.');
    case 'ValueExpected':
      return l10n.t('A value is expected here.');
    case 'ColonExpected':
      return l10n.t('A colon is expected here.');
    case 'CommaExpected':
      return l10n.t('A comma is expected here.');
    case 'CloseBraceExpected':
      return l10n.t('A closing brace } is missing.');
    case 'CloseBracketExpected':
      return l10n.t('A closing bracket ] is missing.');
    case 'EndOfFileExpected':
      return l10n.t('Nothing is expected after the end of the JSON.');
    case 'UnexpectedEndOfString':
      return l10n.t('The closing quote of a string is missing.');
    case 'InvalidEscapeCharacter':
    case 'InvalidUnicode':
      return l10n.t('This is no escape sequence of JSON.');
    case 'InvalidCharacter':
      return l10n.t('A control character in a string is written with an escape sequence.');
    case 'InvalidNumberFormat':
    case 'UnexpectedEndOfNumber':
      return l10n.t('This is no number of JSON.');
    default:
      return l10n.t('This is not JSON.');
  }
}
