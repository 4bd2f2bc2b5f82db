import * as vscode from 'vscode';
import { newPlan, type Plan } from '../bulk/plan';
import type { Connections } from '../connections/connections';
import { connectionOfPlan } from './connectionOfPlan';
import { LIST_LANGUAGE } from '../contributions/ids';
import type { ListDocuments } from '../listEditing/listDocuments';
import type { ListProblems } from '../listEditing/listProblems';
import { parseListUri } from '../listEditing/listUri';
import { showNotice } from '../ui/messages';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import { changesOf, type Plans } from './plans';
import type { PlanChanges } from './planChanges';

/** What modifying a list works with. */
export interface ModifyListServices {
  readonly connections: Connections;
  readonly lists: ListDocuments;
  readonly problems: ListProblems;
  readonly plans: Plans;
  readonly changes: PlanChanges;
}

/** Makes plans of lists. */
export class ModifyList {
  constructor(private readonly services: ModifyListServices) {}

  /** Saves the list, checks it, and carries out what changed in it. */
  async run(uri: vscode.Uri | undefined): Promise<void> {
    const document = await openList(uri);
    if (document.isDirty && !(await document.save()))
      throw new NoticeError(vscode.l10n.t('The list could not be saved, so nothing was sent.'));
    const plan = await this.planOf(document);
    if (plan.items.length === 0) throw new NothingToDo(vscode.l10n.t('Nothing in this list was changed.'));
    if (!(await this.mayGo(document))) return;
    await this.services.plans.begin(plan);
  }

  /** Shows what changed in a list in VS Code's multi-diff editor, in reading form. */
  async show(uri: vscode.Uri | undefined): Promise<void> {
    const document = await openList(uri);
    const plan = await this.planOf(document);
    if (plan.items.length === 0) throw new NothingToDo(vscode.l10n.t('Nothing in this list was changed.'));
    const title = vscode.l10n.t('Changes of {0} messages', plan.items.length);
    await this.services.changes.show(title, changesOf(plan));
  }

  private async planOf(document: vscode.TextDocument): Promise<Plan> {
    const { lists, connections } = this.services;
    const { uri } = document;
    const ref = parseListUri(uri);
    await lists.load(uri);
    const comparison = lists.compare(uri, document.getText());
    if (!ref || !comparison)
      throw new NoticeError(
        vscode.l10n.t(
          'This list belongs to no connection. Use Edit as List on a conversation to change messages.',
        ),
      );
    if (comparison.slips.length > 0)
      throw new NoticeError(
        vscode.l10n.t(
          'Nothing was sent: {0} problems keep the list from being sent.',
          comparison.slips.length,
        ),
        [{ title: vscode.l10n.t('Show Problems'), command: 'workbench.actions.view.problems' }],
      );
    const connection = connectionOfPlan(connections, ref.connectionId);
    const title = (await lists.titleOf(uri)) ?? '';
    return newPlan(connection, { kind: 'list', title, uri: uri.toString() }, comparison.changed, Date.now());
  }

  /** True when no item has an error, or a person wants to see what the service says. */
  private async mayGo(document: vscode.TextDocument): Promise<boolean> {
    const errors = this.services.problems.errorsIn(document).length;
    if (errors === 0) return true;
    const show = vscode.l10n.t('Show Problems');
    const send = vscode.l10n.t('Send Anyway');
    const chosen = await showNotice(
      'error',
      errors === 1
        ? vscode.l10n.t('Not sent: the list has a problem that the service refuses.')
        : vscode.l10n.t('Not sent: the list has {0} problems that the service refuses.', errors),
      show,
      send,
    );
    if (chosen === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
    return chosen === send;
  }
}

/** The list that is meant: the one named, else the one in the active editor. */
export async function openList(uri: vscode.Uri | undefined): Promise<vscode.TextDocument> {
  const active = vscode.window.activeTextEditor?.document;
  if (uri) return vscode.workspace.openTextDocument(uri);
  if (active?.languageId === LIST_LANGUAGE) return active;
  throw new NothingToDo(
    vscode.l10n.t('Open a list of messages first: Edit as List on a conversation makes one.'),
  );
}
