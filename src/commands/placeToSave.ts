import { homedir } from 'node:os';
import * as vscode from 'vscode';

/** Where a save dialog begins: a name in the first folder of the workspace, else in the person's home. */
export function placeToSave(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  return vscode.Uri.joinPath(folder, name);
}
