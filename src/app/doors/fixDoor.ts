import * as vscode from 'vscode';
import { MESSAGE_LANGUAGE } from '../../contributions/ids';
import { fixKinds } from '../../diagnostics/fixKinds';
import type { Entrance } from '../../ui/room';

/** What finds the quick fixes of a document. */
interface Fixes {
  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[];
}

/** The quick fixes of messages; they are loaded with the first light bulb. */
export function registerFixes(room: Entrance<Fixes>): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { language: MESSAGE_LANGUAGE },
    {
      provideCodeActions: async (document, range, context) =>
        (await room.load()).provideCodeActions(document, range, context),
    },
    { providedCodeActionKinds: fixKinds },
  );
}
