import * as vscode from 'vscode';
import { askInDialog } from '../ui/messages';

/** Asks whether to go on with a message that cannot be read, so that nothing of it can be kept. */
export async function askWithoutCopy(
  question: string,
  button: string,
  reason: string,
): Promise<'withoutCopy' | 'cancel'> {
  const detail = vscode.l10n.t(
    'It cannot be read, so nothing can be compared, kept or undone afterwards. {0}',
    reason,
  );
  const chosen = await askInDialog(question, [detail], button);
  return chosen === button ? 'withoutCopy' : 'cancel';
}
