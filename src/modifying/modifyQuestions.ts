import * as vscode from 'vscode';
import { appLine } from '../connections/names';
import type { MessageContent } from '../chat/chatMessage';
import type { MessageDocuments } from '../documents/messageDocuments';
import type { MessageRef } from '../chat/address';
import type { Problem } from '../message/checks';
import { summarize } from '../message/summary';
import type { ConflictChoice, ModifyChange, ModifyConflict, ModifyQuestions } from '../modify/modifyRequest';
import { messageInFull } from '../ui/messageName';
import type { Notices } from '../ui/notices';
import type { Confirmations } from './confirmations';
import type { ConflictPrompt } from './conflictPrompt';
import { showServiceDiff } from './messageDiffs';
import { askAboutProblems } from './problemsQuestion';
import { askWithoutCopy } from './withoutCopyQuestion';
import { askInDialog } from '../ui/messages';

/** What the questions work with. */
export interface QuestionServices {
  readonly documents: MessageDocuments;
  readonly conflicts: ConflictPrompt;
  readonly confirmations: Confirmations;
  readonly notices: Notices;
}

/** Asks the person what a modify of one message needs to know. */
export class MessageQuestions implements ModifyQuestions {
  /** True once the person chose to look at the changes before anything is sent. */
  changesShown = false;

  /** @param onAsk told before a question is asked: nothing else may then claim to be waiting */
  constructor(
    private readonly ref: MessageRef,
    private readonly services: QuestionServices,
    private readonly onAsk: () => void,
  ) {}

  problems(problems: readonly Problem[]): Promise<'sendAnyway' | 'cancel'> {
    this.onAsk();
    return askAboutProblems(problems);
  }

  async conflict(conflict: ModifyConflict): Promise<ConflictChoice> {
    this.onAsk();
    await this.services.documents.serviceShows(this.ref, conflict.service);
    // Asked first: the buttons of the diff answer the question from the moment they are seen.
    const choice = this.services.conflicts.ask(this.ref);
    await showServiceDiff(this.ref);
    return choice;
  }

  unreadable(reason: Error): Promise<'withoutCopy' | 'cancel'> {
    this.onAsk();
    return askWithoutCopy(
      vscode.l10n.t('Modify this message without a copy of what it is now?'),
      vscode.l10n.t('Modify Without a Copy'),
      this.services.notices.message(reason),
    );
  }

  async confirm(change: ModifyChange): Promise<'modify' | 'cancel'> {
    this.onAsk();
    if (change.before) await this.services.documents.serviceShows(this.ref, change.before);
    const modify = vscode.l10n.t('Modify');
    const show = vscode.l10n.t('Show Changes');
    const { connection } = change;
    const chosen = await askInDialog(
      connection.environment === 'production'
        ? vscode.l10n.t('Modify this message in PRODUCTION?')
        : vscode.l10n.t('Modify this message?'),
      detailOf(messageInFull(this.ref.address, this.services.documents.peek(this.ref)?.facts), change),
      modify,
      show,
    );
    if (chosen === show) {
      this.changesShown = true;
      await showServiceDiff(this.ref);
    }
    if (chosen !== modify) return 'cancel';
    this.services.confirmations.given(connection);
    return 'modify';
  }
}

function detailOf(message: string, { connection, before, after, members }: ModifyChange): string[] {
  const change = before && shortChange(before, after);
  return [
    appLine(connection),
    vscode.l10n.t('Message: {0}', message),
    vscode.l10n.t('Changes: {0}', members.join(', ')),
    ...(change ? [change] : []),
    '',
    vscode.l10n.t(
      'The service overwrites the message for good. What it is now is kept in the journal on this machine.',
    ),
  ];
}

/** What a short text was and will be; undefined where the words do not change, or are too long to be compared so. */
function shortChange(before: MessageContent, after: MessageContent): string | undefined {
  const [old, fresh] = [summarize(before).text, summarize(after).text];
  if (old === fresh || old.endsWith('…') || fresh.endsWith('…')) return undefined;
  return vscode.l10n.t('“{0}” → “{1}”', old, fresh);
}
