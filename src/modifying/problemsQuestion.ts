import * as vscode from 'vscode';
import type { Problem } from '../message/checks';
import { showNotice } from '../ui/messages';

/** Tells that a message has what the service refuses; people debug formats by seeing what it says, so it may be sent. */
export async function askAboutProblems(problems: readonly Problem[]): Promise<'sendAnyway' | 'cancel'> {
  const show = vscode.l10n.t('Show Problems');
  const send = vscode.l10n.t('Send Anyway');
  const count = problems.filter((problem) => problem.severity === 'error').length;
  const chosen = await showNotice(
    'error',
    count === 1
      ? vscode.l10n.t('Not sent: the message has a problem that the service refuses.')
      : vscode.l10n.t('Not sent: the message has {0} problems that the service refuses.', count),
    show,
    send,
  );
  if (chosen === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
  return chosen === send ? 'sendAnyway' : 'cancel';
}
