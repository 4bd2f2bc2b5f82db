import * as vscode from 'vscode';
import { plainText } from './plainText';

/** How much a notice matters. */
export type NoticeKind = 'info' | 'warning' | 'error';

/**
 * Shows a notice. @returns the button that was pressed; undefined when the notice was closed, which may be hours later
 */
export function showNotice(
  kind: NoticeKind,
  text: string,
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  const shown = plainText(text);
  switch (kind) {
    case 'info':
      return vscode.window.showInformationMessage(shown, ...buttons);
    case 'warning':
      return vscode.window.showWarningMessage(shown, ...buttons);
    case 'error':
      return vscode.window.showErrorMessage(shown, ...buttons);
  }
}

/**
 * Asks in a dialog that has to be answered first. @param detail what stands below the question, line by line
 *
 * @returns the button that was pressed; undefined for *Cancel*
 */
export function askInDialog(
  question: string,
  detail: readonly string[],
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(
    plainText(question),
    // A line of the detail that holds a line break of others may not look like the next one of ours.
    { modal: true, detail: detail.map((line) => plainText(line)).join('\n') },
    ...buttons,
  );
}
