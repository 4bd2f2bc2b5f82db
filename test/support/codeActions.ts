import * as vscode from 'vscode';
import { eventually } from './eventually';

/**
 * What VS Code offers at a range. It cancels the question when other providers, such as JSON's own, wake meanwhile; then it
 * is asked anew.
 */
export function codeActions(
  { uri }: vscode.TextDocument,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  return eventually(
    () =>
      vscode.commands
        .executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, kind?.value)
        .then(
          (actions) => actions,
          () => undefined,
        ),
    'the code actions',
  );
}
