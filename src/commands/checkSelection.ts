import * as vscode from 'vscode';
import type { CommandHandlers } from '../contributions/commands';
import { diagnosticIds } from '../contributions/ids';
import { readMessages, type ReadMessage } from '../reading';
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
    const { messages } = readMessages(text);
    if (messages.length === 0) {
      this.collection.delete(document.uri);
      throw new NoticeError(
        selection.isEmpty
          ? vscode.l10n.t('This file holds no message: no MsgBody, element, request or body of a webhook.')
          : vscode.l10n.t(
              'The selection holds no message: no MsgBody, element, request or body of a webhook.',
            ),
      );
    }
    const problems = messages.flatMap((message) => message.problems);
    this.collection.set(
      document.uri,
      problems.map((problem) => problemDiagnostic(document, problem, start)),
    );
    const found = problems.some(({ id }) => id !== 'readAs');
    sayInStatusBar(summary(document, start, messages), found ? 'warning' : 'check');
    if (found) await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
}

/** *Check Selection as Message*. */
export function checkSelectionCommand(selection: CheckSelection): Pick<CommandHandlers, 'selectionCheck'> {
  return { selectionCheck: () => selection.check() };
}

/** How many messages were looked at, on which lines, and what came of it. */
function summary(document: vscode.TextDocument, start: number, messages: readonly ReadMessage[]): string {
  const wrong = messages.filter(({ problems }) => problems.some(({ id }) => id !== 'readAs'));
  const empty = messages.filter(({ body }) => !body);
  const lines = (some: readonly ReadMessage[]): string =>
    [...new Set(some.map(({ range }) => document.positionAt(start + range.offset).line + 1))].join(', ');
  if (wrong.length > 0) {
    return vscode.l10n.t(
      '{0} of {1} messages have problems: lines {2}.',
      wrong.length,
      messages.length,
      lines(wrong),
    );
  }
  if (empty.length === messages.length) {
    return vscode.l10n.t(
      '{0} messages, on lines {1}, none of them with a content to be checked.',
      messages.length,
      lines(messages),
    );
  }
  if (empty.length > 0) {
    return vscode.l10n.t(
      'No problems found in {0} messages; {1} have no content that could be checked: lines {2}.',
      messages.length - empty.length,
      empty.length,
      lines(empty),
    );
  }
  return messages.length === 1
    ? vscode.l10n.t('No problems found in this message.')
    : vscode.l10n.t('No problems found in {0} messages, on lines {1}.', messages.length, lines(messages));
}
