import * as vscode from 'vscode';
import type { TextRange } from '../json/text';

/** A place in a text, as a range of the document that has the text. */
export function rangeIn(document: vscode.TextDocument, { offset, length }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}
