import * as vscode from 'vscode';
import type { CommandHandlers } from '../contributions/commands';
import { diagnosticIds } from '../contributions/ids';
import { checkAnything } from '../message/check';
import { problemDiagnostic } from '../diagnostics/problemReporter';
import { NoticeError } from '../ui/noticeError';
import { sayInStatusBar } from '../ui/statusBar';

/**
 * Checks any text as a message: a MsgBody, an element, a request, the body of a webhook, a line of a log with one of
 * them in it, selected in whatever file.
 * The problems stand in that file until it is edited.
 */
export class CheckSelection implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(diagnosticIds.selection);
  private readonly parts: readonly { dispose(): unknown }[];

  constructor() {
    this.parts = [
      this.collection,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.collection.delete(document.uri)),
      vscode.workspace.onDidCloseTextDocument((document) => this.collection.delete(document.uri)),
    ];
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  /** Checks the selection of the active editor, or all of it. */
  async check(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) throw new NoticeError(vscode.l10n.t('Open a text editor and select what is to be checked.'));
    const { document, selection } = editor;
    const start = selection.isEmpty ? 0 : document.offsetAt(selection.start);
    const text = selection.isEmpty ? document.getText() : document.getText(selection);
    const problems = checkAnything(text);
    if (problems === undefined) {
      this.collection.delete(document.uri);
      throw new NoticeError(
        selection.isEmpty
          ? vscode.l10n.t('This file holds no message: no MsgBody, element, request or body of a webhook.')
          : vscode.l10n.t(
              'The selection holds no message: no MsgBody, element, request or body of a webhook.',
            ),
      );
    }
    this.collection.set(
      document.uri,
      problems.map((problem) => problemDiagnostic(document, problem, start)),
    );
    if (problems.length === 0) {
      sayInStatusBar(vscode.l10n.t('No problems found in this message.'), 'check');
      return;
    }
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
}

/** *Check Selection as Message*. */
export function checkSelectionCommand(selection: CheckSelection): Pick<CommandHandlers, 'selectionCheck'> {
  return { selectionCheck: () => selection.check() };
}
