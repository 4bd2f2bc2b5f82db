import * as vscode from 'vscode';
import { commandActions, fixAction } from '../diagnostics/quickFixes';
import { fixesFor } from '../message/fixes';
import { maskBody } from '../requests/body';
import type { RequestProblems as Found } from '../requests/problems';
import { rangeIn } from '../ui/ranges';
import { accountsIn } from '../requests/accounts';
import type { Refusal } from './refusal';

/** What takes away what is wrong with a document at a range, where taking it away mends it. */
export function removals(
  document: vscode.TextDocument,
  { own }: Found,
  range: vscode.Range,
): vscode.CodeAction[] {
  return own.flatMap((problem) => {
    if (!problem.remove || !rangeIn(document, problem).intersection(range)) return [];
    const action = new vscode.CodeAction(vscode.l10n.t('Remove'), vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.delete(document.uri, rangeIn(document, problem.remove));
    action.isPreferred = true;
    return action;
  });
}

/** The quick fixes of a message inside a body: the same as in a message document. */
export function messageFixes(
  document: vscode.TextDocument,
  { messages }: Found,
  range: vscode.Range,
): vscode.CodeAction[] {
  return messages.flatMap(({ block: { body }, problems }) => {
    const here = problems.filter((problem) => rangeIn(document, problem.range).intersection(range));
    if (!body || here.length === 0) return [];
    // An edit is made of the body's own text: where something is still filled in, that text is another one.
    if (maskBody(body.text).text !== body.text) return [];
    return here.flatMap((problem) => {
      const inBody = { ...problem, range: { ...problem.range, offset: problem.range.offset - body.offset } };
      return fixesFor(body.text, inBody).map((fix) => {
        const edits = fix.edits.map((edit) => ({ ...edit, offset: body.offset + edit.offset }));
        return fixAction(document, { ...fix, edits });
      });
    });
  });
}

/** What helps against the codes that the service answered, as elsewhere: importing an account, signing again … */
export function remedies(
  document: vscode.TextDocument,
  refusals: readonly Refusal[],
  range: vscode.Range,
): vscode.CodeAction[] {
  return refusals.flatMap(({ error, connectionId, body, range: place }) => {
    if (!rangeIn(document, place).intersection(range)) return [];
    const accounts = accountsIn(body);
    return commandActions(error.code, { connectionId, ...(accounts.length > 0 && { accounts }) });
  });
}
