import * as vscode from 'vscode';
import { accountsOf } from '../chat/address';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { MESSAGE_LANGUAGE } from '../contributions/ids';
import type { TextEdit } from '../json/text';
import { parseMessageUri } from '../documents/messageRef';
import { fixAll, fixesFor, fixesForCode, type Fix } from '../message/fixes';
import { plainText } from '../ui/plainText';
import { rangeIn } from '../ui/ranges';
import { remediesFor, type RemedySubject } from '../ui/remedies';
import { fixTitle } from './fixTexts';
import { fixAllKind } from './fixKinds';
import type { ProblemReporter, ShownProblem } from './problemReporter';

/** Quick fixes of message problems: edits of the text, and commands for what lies outside of it. */
export class MessageQuickFixes implements vscode.CodeActionProvider {
  constructor(private readonly problems: ProblemReporter) {}

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (document.languageId !== MESSAGE_LANGUAGE) return [];
    const actions: vscode.CodeAction[] = [];
    const asked = (kind: vscode.CodeActionKind): boolean => !context.only || context.only.contains(kind);
    if (asked(vscode.CodeActionKind.QuickFix)) {
      for (const shown of this.problems.problemsOf(document.uri)) {
        if (shown.diagnostic.range.intersection(range)) actions.push(...actionsFor(document, shown));
      }
    }
    const wholeDocument = context.only !== undefined && asked(fixAllKind);
    const mended = this.safelyMended(document).map(({ diagnostic }) => diagnostic);
    // In the light bulb it stands at what it mends, and only there.
    const here = mended.some((diagnostic) => diagnostic.range.intersection(range));
    const edits =
      wholeDocument || (asked(vscode.CodeActionKind.QuickFix) && here) ? fixAll(document.getText()) : [];
    if (edits.length > 0) {
      const action = new vscode.CodeAction(
        vscode.l10n.t('Fix all message problems that can be fixed safely'),
        wholeDocument ? fixAllKind : vscode.CodeActionKind.QuickFix,
      );
      action.diagnostics = mended;
      action.edit = workspaceEdit(document, edits);
      actions.push(action);
    }
    return actions;
  }

  /** What has a fix that may be applied unasked. */
  private safelyMended(document: vscode.TextDocument): ShownProblem[] {
    const text = document.getText();
    return this.problems
      .problemsOf(document.uri)
      .filter((shown) => shown.kind === 'check' && fixesFor(text, shown.problem).some(({ safe }) => safe));
  }
}

function actionsFor(document: vscode.TextDocument, shown: ShownProblem): vscode.CodeAction[] {
  const text = document.getText();
  const fixes = shown.kind === 'check' ? fixesFor(text, shown.problem) : fixesForCode(text, shown.error.code);
  const actions = fixes.map((fix) => fixAction(document, fix));
  if (shown.kind === 'refused') actions.push(...commandActions(shown.error.code, subjectOf(document.uri)));
  for (const action of actions) action.diagnostics = [shown.diagnostic];
  return actions;
}

/** A fix as VS Code offers it; its edits are those of the document. */
export function fixAction(document: vscode.TextDocument, fix: Fix): vscode.CodeAction {
  const action = new vscode.CodeAction(plainText(fixTitle(fix)), vscode.CodeActionKind.QuickFix);
  action.isPreferred = fix.preferred ?? false;
  action.edit = workspaceEdit(document, fix.edits);
  return action;
}

/** Edits of a document's text as VS Code applies them. */
export function workspaceEdit(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const one of edits) edit.replace(document.uri, rangeIn(document, one), one.text);
  return edit;
}

/** What a code that was answered to the message of a document is about. */
function subjectOf(uri: vscode.Uri): RemedySubject {
  const ref = parseMessageUri(uri);
  return { message: uri, connectionId: ref?.connectionId, accounts: ref && accountsOf(ref.address) };
}

/** What helps against a refusal that no edit of the text can heal, as quick fixes. @param code what was answered */
export function commandActions(code: number, subject: RemedySubject): vscode.CodeAction[] {
  const offers = [
    ...remediesFor(code, subject).map(({ command, title }) => ({ ...command, title })),
    asCommand(vscode.l10n.t('Explain error code {0}', code), commands.errorCodeExplain, code),
  ];
  return offers.map((command) => {
    const action = new vscode.CodeAction(command.title, vscode.CodeActionKind.QuickFix);
    action.command = command;
    return action;
  });
}
