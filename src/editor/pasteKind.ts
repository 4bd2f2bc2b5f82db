import * as vscode from 'vscode';

/** The kind of paste that makes a message of a text. */
export const pasteKind = vscode.DocumentDropOrPasteEditKind.Text.append('tencentChat', 'message');
