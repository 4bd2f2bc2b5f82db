import * as vscode from 'vscode';
import { plainText, textLimits } from './plainText';

/** Opens VS Code's diff editor with a title of its own, as a tab that stays. */
export async function showDiff(original: vscode.Uri, modified: vscode.Uri, title: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', original, modified, plainText(title, textLimits.line), {
    preview: false,
  } satisfies vscode.TextDocumentShowOptions);
}

/** Opens VS Code's multi-diff editor; each triple is what it is named by, the text before and the text after. */
export async function showManyDiffs(
  title: string,
  pairs: readonly (readonly [vscode.Uri, vscode.Uri, vscode.Uri])[],
): Promise<void> {
  await vscode.commands.executeCommand('vscode.changes', plainText(title, textLimits.line), pairs);
}

/** What a webview's tab says. */
export function titlePanel(panel: vscode.WebviewPanel, title: string): void {
  panel.title = plainText(title, textLimits.line);
}

/** What stands beside the title of a view. */
export function describeView(view: vscode.TreeView<unknown>, description: string): void {
  view.description = plainText(description, textLimits.line);
}

/** Says something in a view above its rows; an empty text takes that away. */
export function sayInView(view: Pick<vscode.TreeView<unknown>, 'message'>, text: string): void {
  if ((view.message ?? '') !== text) view.message = plainText(text, textLimits.lines);
}
