import * as vscode from 'vscode';
import type { Environment } from '../../../connections/connection';
import { elementOf } from '../../../message/elements';
import type { ContentKind } from '../../../message/summary';
import { wordsLanguage } from '../../../ui/language';

/** The icon of a kind of content. */
export function kindIcon(kind: ContentKind): vscode.ThemeIcon {
  return new vscode.ThemeIcon(elementOf(kind)?.icon ?? (kind === 'mixed' ? 'list-unordered' : 'question'));
}

/** A kind of content in words. */
export function kindName(kind: ContentKind): string {
  const name = elementOf(kind)?.name[wordsLanguage()];
  return name ?? (kind === 'mixed' ? vscode.l10n.t('Several elements') : vscode.l10n.t('Unknown content'));
}

/** An icon whose colour tells environments apart; the name always stands beside it. */
export function environmentIcon(environment: Environment): vscode.ThemeIcon {
  switch (environment) {
    case 'sandbox':
      return new vscode.ThemeIcon('beaker', new vscode.ThemeColor('charts.green'));
    case 'test':
      return new vscode.ThemeIcon('server-environment', new vscode.ThemeColor('charts.blue'));
    case 'production':
      return new vscode.ThemeIcon('server-environment', new vscode.ThemeColor('charts.red'));
  }
}
