import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { fixAllKind } from '../diagnostics/fixKinds';
import { fixAction, workspaceEdit } from '../diagnostics/quickFixes';
import { itemDocument } from '../lists/checkItem';
import { fixAll, fixesFor } from '../message/fixes';
import { plainText } from '../ui/plainText';
import type { ListProblem, ListProblems } from './listProblems';

/** Quick fixes of the items of lists. */
export class ListActions implements vscode.CodeActionProvider {
  constructor(private readonly problems: ListProblems) {}

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { only }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const wholeDocument =
      only?.contains(fixAllKind) === true && !only.contains(vscode.CodeActionKind.QuickFix);
    if (wholeDocument) return this.fixAll(document, fixAllKind);
    if (only && !only.contains(vscode.CodeActionKind.QuickFix)) return [];
    const here = this.problems
      .problemsOf(document.uri)
      .filter(({ diagnostic }) => diagnostic.range.intersection(range));
    const actions = here.flatMap((problem) => this.actionsFor(document, problem));
    const safe = here.some(
      (problem) =>
        problem.kind === 'check' &&
        fixesFor(itemDocument(document.getText(), problem.item).text, problem.problem).some(
          (fix) => fix.safe,
        ),
    );
    return safe ? [...actions, ...this.fixAll(document, vscode.CodeActionKind.QuickFix)] : actions;
  }

  private actionsFor(document: vscode.TextDocument, shown: ListProblem): vscode.CodeAction[] {
    switch (shown.kind) {
      case 'slip': {
        const { slip } = shown;
        if (slip.kind !== 'locked' || !slip.item.address) return [];
        return [
          commandAction(
            asCommand(vscode.l10n.t('Discard Change'), commands.listDiscardChange, {
              uri: document.uri,
              address: slip.item.address,
            }),
            shown.diagnostic,
          ),
        ];
      }
      case 'check': {
        const own = itemDocument(document.getText(), shown.item);
        return fixesFor(own.text, shown.problem).flatMap((fix) => {
          const edits = own.editsInList(fix.edits);
          if (!edits) return [];
          const action = fixAction(document, { ...fix, edits });
          action.diagnostics = [shown.diagnostic];
          return [action];
        });
      }
      case 'end': {
        const { address } = shown.item;
        if (!address || !shown.end.service) return [];
        const { uri } = document;
        const keep = asCommand(
          vscode.l10n.t("Keep mine: overwrite the service's content with the next Modify"),
          commands.listKeepMine,
          { uri, address },
        );
        return [commandAction(keep, shown.diagnostic)];
      }
    }
  }

  /** All safe fixes of all items that are shown to have problems. */
  private fixAll(document: vscode.TextDocument, kind: vscode.CodeActionKind): vscode.CodeAction[] {
    const text = document.getText();
    const items = new Set(
      this.problems.problemsOf(document.uri).flatMap((shown) => (shown.kind === 'check' ? [shown.item] : [])),
    );
    const edits = [...items].flatMap((item) => {
      const own = itemDocument(text, item);
      return own.editsInList(fixAll(own.text)) ?? [];
    });
    if (edits.length === 0) return [];
    const title = vscode.l10n.t('Fix all message problems that can be fixed safely');
    const action = new vscode.CodeAction(title, kind);
    action.edit = workspaceEdit(document, edits);
    return [action];
  }
}

function commandAction(command: vscode.Command, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const action = new vscode.CodeAction(plainText(command.title), vscode.CodeActionKind.QuickFix);
  action.command = command;
  action.diagnostics = [diagnostic];
  return action;
}
