import * as vscode from 'vscode';
import { plainText, textLimits } from './plainText';

/** A code lens above a place. */
export function asLens(at: vscode.Position, command: vscode.Command): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(at, at), {
    ...command,
    title: plainText(command.title, textLimits.line),
  });
}
