import * as vscode from 'vscode';
import { checkUserId } from '../connections/inputChecks';
import { askPick, askText } from '../ui/wizard';

/**
 * Asks for a UserID. Spaces at its ends are part of it, yet mostly come with what was copied: so that is asked.
 * Throws `vscode.CancellationError` when the person closes the question.
 */
export async function askUserId(title: string, prompt: string): Promise<string> {
  const typed = await askText(title, { prompt, validate: checkUserId });
  const trimmed = typed.trim();
  if (trimmed === typed || trimmed === '') return typed;
  return askPick(title, {
    placeholder: vscode.l10n.t('There are spaces around this UserID'),
    choices: [
      { value: trimmed, label: vscode.l10n.t('Use “{0}”, without them', trimmed) },
      { value: typed, label: vscode.l10n.t('Use “{0}”: they are part of it', typed) },
    ],
  });
}
