import * as vscode from 'vscode';

const ATTEMPTS = 5;
const PAUSE_MS = 40;

/** Replaces a document's whole text as one undo step and saves it. */
export async function replaceText(uri: vscode.Uri, text: string): Promise<void> {
  const document = await replaceInDocument(uri, text);
  if (document.isDirty && !(await document.save())) throw new Error('The document could not be saved.');
}

/**
 * Replaces the text of a document that nobody changes as one undo step and saves it: only where VS Code holds nothing
 * unsaved of it and it still says `before`. Typing that comes between wins.
 *
 * @returns false where nothing was replaced
 */
export async function replaceIfStill(uri: vscode.Uri, before: string, text: string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isDirty || document.getText() !== before) return false;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, wholeOf(document), text);
  if (!(await vscode.workspace.applyEdit(edit))) return false;
  if (!(await document.save())) throw new Error('The document could not be saved.');
  return true;
}

/**
 * Replaces a document's whole text as one undo step. VS Code refuses an edit while another one of the same document is
 * under way, so it is tried again.
 */
export async function replaceInDocument(uri: vscode.Uri, text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  for (let attempt = 1; document.getText() !== text; attempt++) {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, wholeOf(document), text);
    if (await vscode.workspace.applyEdit(edit)) break;
    if (attempt === ATTEMPTS) throw new Error('The document could not be edited.');
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return document;
}

function wholeOf(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
}
