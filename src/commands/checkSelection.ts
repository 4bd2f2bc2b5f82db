import * as vscode from 'vscode';
import type { CommandHandlers } from '../contributions/commands';
import { diagnosticIds } from '../contributions/ids';
import type { TextRange } from '../json/text';
import { readMessages, type Mend, type ReadMessage } from '../reading';
import { problemDiagnostic } from '../diagnostics/problemReporter';
import { showNotice } from '../ui/messages';
import { NothingToDo } from '../ui/noticeError';
import { plainText } from '../ui/plainText';
import { rangeIn } from '../ui/ranges';
import { sayInStatusBar } from '../ui/statusBar';
import { repairTexts } from '../words/slipTexts';

/** What was nearly JSON in a document, and how it would be JSON. */
interface Repairs {
  readonly version: number;
  /** Where the text that was checked begins. */
  readonly start: number;
  readonly mends: readonly Mend[];
}

/**
 * Checks any text as a message: a MsgBody, an element, a request, the body of a webhook, a line of a log with one of
 * them in it, selected in whatever file.
 * The problems stand in that file until it is edited; what was read as if it were JSON can be made JSON, which is shown
 * as a change first.
 */
export class CheckSelection implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(diagnosticIds.selection);
  private readonly repairs = new Map<string, Repairs>();
  private readonly parts: { dispose(): unknown }[];
  private offersRepairs = false;

  constructor() {
    this.parts = [
      this.collection,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.forget(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
    ];
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  /** What would make JSON of the values at a range that were checked. */
  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const repairs = this.repairs.get(document.uri.toString());
    if (repairs?.version !== document.version) return [];
    return repairs.mends
      .filter((mend) => rangeOf(document, repairs.start, mend.range).intersection(range) !== undefined)
      .map((mend) => {
        const title = vscode.l10n.t('Make it JSON ({0})', kindsOf([mend]));
        const action = new vscode.CodeAction(plainText(title), vscode.CodeActionKind.QuickFix);
        action.edit = mendEdit(document, { ...repairs, mends: [mend] });
        action.isPreferred = true;
        return action;
      });
  }

  private forget({ uri }: vscode.TextDocument): void {
    this.collection.delete(uri);
    this.repairs.delete(uri.toString());
  }

  /** Checks the selection of the active editor, or all of it. */
  async check(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) throw new NothingToDo(vscode.l10n.t('Open a text editor and select what is to be checked.'));
    const { document, selection } = editor;
    const start = selection.isEmpty ? 0 : document.offsetAt(selection.start);
    const text = selection.isEmpty ? document.getText() : document.getText(selection);
    const { messages, mends } = readMessages(text);
    if (messages.length === 0) {
      this.forget(document);
      throw new NothingToDo(
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
    this.repairs.set(document.uri.toString(), { version: document.version, start, mends });
    if (mends.length > 0) this.offer(document);
  }

  /** Says what was repaired in reading, and shows it as a change to whoever wants it. */
  private offer(document: vscode.TextDocument): void {
    if (!this.offersRepairs) {
      const metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
      this.parts.push(vscode.languages.registerCodeActionsProvider('*', this, metadata));
      this.offersRepairs = true;
    }
    const { mends } = this.repairs.get(document.uri.toString()) ?? { mends: [] };
    const show = vscode.l10n.t('Show Repair');
    const text = vscode.l10n.t('This was read as if it were JSON: {0}.', kindsOf(mends));
    void showNotice('info', text, show).then(async (chosen) => {
      const repairs = this.repairs.get(document.uri.toString());
      if (chosen !== show || repairs?.version !== document.version) return;
      const shown = { needsConfirmation: true, label: vscode.l10n.t('Make it JSON') };
      await vscode.workspace.applyEdit(mendEdit(document, repairs, shown), { isRefactoring: true });
    });
  }
}

function kindsOf(mends: readonly Mend[]): string {
  const kinds = new Set(mends.flatMap(({ repairs }) => repairs.map(({ kind }) => kind)));
  return repairTexts({ t: vscode.l10n.t, language: vscode.env.language }, [...kinds]);
}

function rangeOf(document: vscode.TextDocument, start: number, { offset, length }: TextRange): vscode.Range {
  return rangeIn(document, { offset: start + offset, length });
}

function mendEdit(
  document: vscode.TextDocument,
  { start, mends }: Repairs,
  shown?: vscode.WorkspaceEditEntryMetadata,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const one of mends.flatMap(({ edits }) => edits)) {
    edit.replace(document.uri, rangeOf(document, start, one), one.text, shown);
  }
  return edit;
}

/** *Check Selection as MsgBody*. */
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
