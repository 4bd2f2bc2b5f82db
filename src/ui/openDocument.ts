import * as vscode from 'vscode';

/** The document of this address, as far as VS Code holds it open, in an editor or for an extension. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((one) => one.uri.toString() === key);
}
