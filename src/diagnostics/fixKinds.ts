import * as vscode from 'vscode';

/** The kind of *fix all* that stands for messages alone. */
export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('tencentChat');

/** What kinds of code actions messages have. */
export const fixKinds: readonly vscode.CodeActionKind[] = [vscode.CodeActionKind.QuickFix, fixAllKind];
