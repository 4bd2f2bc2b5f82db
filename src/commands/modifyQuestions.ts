import * as vscode from 'vscode';
import { environmentName } from '../connections/names';
import type { MessageDocuments } from '../documents/messageDocuments';
import type { MessageRef } from '../chat/address';
import type { Problem } from '../message/check';
import type { ConflictChoice, ModifyChange, ModifyConflict, ModifyQuestions } from '../modify/model';
import type { Notices } from '../ui/notices';
import type { Confirmations } from './confirmations';
import type { ConflictPrompt } from './conflictPrompt';
import { showServiceDiff } from './messageDiffs';
import { askWithoutCopy } from './withoutCopy';
import { askInDialog, showNotice } from '../ui/messages';
import { addressText } from '../ui/addressTexts';

/** Asks the person what a modify of one message needs to know. */
export class MessageQuestions implements ModifyQuestions {
  constructor(
    private readonly ref: MessageRef,
    private readonly documents: MessageDocuments,
    private readonly conflicts: ConflictPrompt,
    private readonly confirmations: Confirmations,
    private readonly notices: Notices,
  ) {}

  async problems(problems: readonly Problem[]): Promise<'sendAnyway' | 'cancel'> {
    const show = vscode.l10n.t('Show Problems');
    const send = vscode.l10n.t('Send Anyway');
    const count = problems.filter((problem) => problem.severity === 'error').length;
    const chosen = await showNotice(
      'error',
      count === 1
        ? vscode.l10n.t('Not sent: the message has a problem that the service refuses.')
        : vscode.l10n.t('Not sent: the message has {0} problems that the service refuses.', count),
      show,
      send,
    );
    if (chosen === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
    return chosen === send ? 'sendAnyway' : 'cancel';
  }

  async conflict(conflict: ModifyConflict): Promise<ConflictChoice> {
    await this.documents.serviceShows(this.ref, conflict.service);
    // Asked first: the buttons of the diff answer the question from the moment they are seen.
    const choice = this.conflicts.ask(this.ref);
    await showServiceDiff(this.ref);
    return choice;
  }

  unreadable(reason: Error): Promise<'withoutCopy' | 'cancel'> {
    return askWithoutCopy(
      vscode.l10n.t('Modify this message without a copy of what it is now?'),
      vscode.l10n.t('Modify Without a Copy'),
      this.notices.message(reason),
    );
  }

  async confirm(change: ModifyChange): Promise<'modify' | 'cancel'> {
    if (change.before) await this.documents.serviceShows(this.ref, change.before);
    await showServiceDiff(this.ref);
    const modify = vscode.l10n.t('Modify');
    const show = vscode.l10n.t('Show Changes');
    const { connection } = change;
    const chosen = await askInDialog(
      connection.environment === 'production'
        ? vscode.l10n.t('Modify this message in PRODUCTION?')
        : vscode.l10n.t('Modify this message?'),
      detailOf(change),
      modify,
      show,
    );
    if (chosen !== modify) return 'cancel';
    this.confirmations.given(connection);
    return 'modify';
  }
}

function detailOf({ connection, address, members }: ModifyChange): string[] {
  return [
    vscode.l10n.t(
      'App: {0} ({1}), {2}',
      connection.name,
      connection.sdkAppId,
      environmentName(connection.environment),
    ),
    vscode.l10n.t('Message: {0}', addressText(address)),
    vscode.l10n.t('Changes: {0}', members.join(', ')),
    '',
    vscode.l10n.t(
      'The service overwrites the message for good. What it is now is kept in the journal on this machine.',
    ),
  ];
}
