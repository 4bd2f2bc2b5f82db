import * as vscode from 'vscode';

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
  const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, button);
  return chosen === button ? 'withoutCopy' : 'cancel';
}
