import * as vscode from 'vscode';

/** The name of a JSON type with its article, as in "not an object". */
export function typeName(type: string | number | undefined): string {
  switch (type) {
    case 'string':
      return vscode.l10n.t('a string');
    case 'number':
      return vscode.l10n.t('a number');
    case 'integer':
      return vscode.l10n.t('a whole number');
    case 'array':
      return vscode.l10n.t('an array');
    case 'object':
      return vscode.l10n.t('an object');
    case 'boolean':
      return vscode.l10n.t('true or false');
    case 'null':
      return vscode.l10n.t('null');
    default:
      return String(type ?? '');
  }
}

/** What is wrong where a text stops being JSON; `kind` as `jsonc-parser` names it. */
export function syntaxText(kind: string): string {
  switch (kind) {
    case 'PropertyNameExpected':
      return vscode.l10n.t('A name in double quotes is expected here.');
    case 'ValueExpected':
      return vscode.l10n.t('A value is expected here.');
    case 'ColonExpected':
      return vscode.l10n.t('A colon is expected here.');
    case 'CommaExpected':
      return vscode.l10n.t('A comma is expected here.');
    case 'CloseBraceExpected':
      return vscode.l10n.t('A closing brace } is missing.');
    case 'CloseBracketExpected':
      return vscode.l10n.t('A closing bracket ] is missing.');
    case 'EndOfFileExpected':
      return vscode.l10n.t('Nothing is expected after the end of the JSON.');
    case 'UnexpectedEndOfString':
      return vscode.l10n.t('The closing quote of a string is missing.');
    case 'InvalidEscapeCharacter':
    case 'InvalidUnicode':
      return vscode.l10n.t('This is no escape sequence of JSON.');
    case 'InvalidCharacter':
      return vscode.l10n.t('A control character in a string is written with an escape sequence.');
    case 'InvalidNumberFormat':
    case 'UnexpectedEndOfNumber':
      return vscode.l10n.t('This is no number of JSON.');
    default:
      return vscode.l10n.t('This is not JSON.');
  }
}
