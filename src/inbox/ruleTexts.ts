import * as vscode from 'vscode';
import type { RuleProblem } from '../webhooks/rules/readRules';

/** What is wrong in the rules, in words. */
export function ruleProblemText({ id, detail }: RuleProblem): string {
  switch (id) {
    case 'notJson':
      return vscode.l10n.t('This is no JSON, so the rules of before hold.');
    case 'notRules':
      return vscode.l10n.t(
        'Rules stand in an object: { "rules": [ { "when": { … }, "answer": { "do": … } } ] }',
      );
    case 'unknownMember':
      return vscode.l10n.t('There is no member “{0}” here.', detail);
    case 'notText':
      return vscode.l10n.t('A text belongs here.');
    case 'notTexts':
      return vscode.l10n.t('A text or a list of texts belongs here.');
    case 'badExpression':
      return vscode.l10n.t('This is no regular expression: {0}', detail);
    case 'noAnswer':
      return vscode.l10n.t('A rule has an "answer": { "do": … }.');
    case 'unknownAnswer':
      return vscode.l10n.t('There is no answer “{0}”.', detail);
    case 'codeOutOfRange':
      return vscode.l10n.t(
        'An app may choose a code from 120001 to 130000 for one-to-one messages, from 10100 to 10200 for groups, from 38000 to 39000 for friends.',
      );
    case 'nothingReplaced':
      return vscode.l10n.t('"replace" takes MsgBody, CloudCustomData or both.');
    case 'notElements':
      return vscode.l10n.t('MsgBody is a list of elements.');
    case 'notStatus':
      return vscode.l10n.t('"status" takes a number from 200 to 599.');
    case 'notAddress':
      return vscode.l10n.t('"forward" takes an http or https address in "to".');
    case 'notDelay':
      return vscode.l10n.t('"delayMs" takes a number of milliseconds up to 60000.');
  }
}
