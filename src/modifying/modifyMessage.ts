import * as vscode from 'vscode';
import type { MessageContent } from '../chat/chatMessage';
import type { Connections } from '../connections/connections';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import type { ProblemReporter } from '../diagnostics/problemReporter';
import { messageTarget } from '../documents/activeMessage';
import { replaceText } from '../documents/editDocument';
import { restOfText } from '../documents/knowledge';
import type { MessageDocuments } from '../documents/messageDocuments';
import { sameRef, type MessageRef } from '../chat/address';
import { messageUri } from '../documents/messageRef';
import { plainConnection } from '../journal/revision';
import { formatMessage } from '../message/document';
import type { Modifier } from '../modify/modifier';
import type { ModifyOutcome, ModifyStep } from '../modify/modifyRequest';
import { messageName } from '../ui/messageName';
import { showNotice } from '../ui/messages';
import { NoticeError } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { withProgress } from '../ui/progress';
import type { Confirmations } from './confirmations';
import type { ConflictPrompt } from './conflictPrompt';
import { closeChanges, showMerge } from './messageDiffs';
import { tellOutcome } from './modifyOutcomes';
import { MessageQuestions } from './modifyQuestions';
import type { ModifyStatus } from './modifyStatus';

/** What *Modify Message* works with. */
export interface ModifyMessageServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly modifier: Modifier;
  readonly problems: ProblemReporter;
  readonly conflicts: ConflictPrompt;
  readonly confirmations: Confirmations;
  readonly notices: Notices;
  readonly status: ModifyStatus;
  /** Brings what was typed into pages of the document into it. */
  readonly flush: (uri: vscode.Uri) => Promise<void>;
}

/** What one attempt needs besides the message and who answers. */
interface Attempting {
  readonly signal: AbortSignal;
  readonly report?: (message: string) => void;
  readonly over?: MessageContent | undefined;
  readonly alwaysAsk?: boolean;
}

/** Overwrites messages on the service: saves the draft, goes the one way in, and shows how it ended. */
export class ModifyMessage {
  constructor(private readonly services: ModifyMessageServices) {}

  /**
   * Modifies a message to the text of its document, with the checks and questions its environment asks for, and shows
   * how it ended. Through a connection that is no sandbox's, a message that is not in view is always asked about: a
   * link or a keybinding may have named it.
   *
   * @param over what a person chose to overwrite; without it, what the document was made from
   */
  async run(
    ref: MessageRef,
    { over, alwaysAsk = !isInView(ref) }: { over?: MessageContent | undefined; alwaysAsk?: boolean } = {},
  ): Promise<ModifyOutcome> {
    let questions: MessageQuestions | undefined;
    const { outcome, text } = await withProgress(
      vscode.l10n.t('Modifying {0}', messageName(ref)),
      (progress) => {
        questions = new MessageQuestions(ref, this.services, progress.hide);
        return this.attempt(ref, questions, { ...progress, over, alwaysAsk });
      },
    );
    await this.follow(ref, text, outcome);
    if (questions?.changesShown && outcome.kind === 'cancelled') {
      this.services.status.say(
        vscode.l10n.t('Nothing was sent yet. Modify stands in the title of the changes.'),
      );
      return outcome;
    }
    await this.show(ref, outcome);
    // What is decided needs no comparison any more; a merge opens its own.
    if (!(outcome.kind === 'conflict' && outcome.choice === 'mergeByHand')) await closeChanges(ref);
    return outcome;
  }

  /** Resolves a conflict outside of a modify: by the buttons in the diff's title. */
  async takeService(ref: MessageRef): Promise<void> {
    const document = await this.services.documents.get(ref);
    if (!document?.service) return;
    const rest = { base: document.service };
    const text = formatMessage(rest.base);
    await this.services.documents.willRest(ref, text, rest);
    await replaceText(messageUri(ref), text);
    // Where the text was that already, no edit told the documents. Who undid it meanwhile has their own text again, in conflict.
    await this.services.documents.restOn(ref, rest, text);
    await closeChanges(ref);
    this.services.status.say(vscode.l10n.t("The service's content was taken. Undo brings yours back."));
  }

  /** Opens the draft beside what the service shows, to merge them by hand. The conflict stays until that is done. */
  async mergeByHand(ref: MessageRef): Promise<void> {
    await this.services.documents.beginMerge(ref);
    await closeChanges(ref);
    await showMerge(ref);
    this.services.status.say(
      vscode.l10n.t("Take over what you want of the service's change and save, or say Merged."),
    );
  }

  /** The person says that the draft holds all of the service's change that it shall. */
  async merged(ref: MessageRef): Promise<void> {
    const { documents, notices, status } = this.services;
    const before = await documents.merged(ref);
    if (!before) {
      status.say(vscode.l10n.t('There is nothing to be merged into {0}.', messageName(ref)));
      return;
    }
    await closeChanges(ref);
    const undo = vscode.l10n.t('Undo');
    void showNotice(
      'info',
      vscode.l10n.t(
        '{0} is merged. Modify overwrites what the service showed when you began to merge.',
        messageName(ref),
      ),
      undo,
    )
      .then((chosen) => (chosen === undo ? documents.restOn(ref, before) : undefined))
      .then(undefined, (error: unknown) => notices.showError(error));
  }

  private async attempt(
    ref: MessageRef,
    questions: MessageQuestions,
    { signal, report, over, alwaysAsk = false }: Attempting,
  ): Promise<{ outcome: ModifyOutcome; text: string }> {
    const { connections, documents, modifier, status } = this.services;
    const connection = connections.get(ref.connectionId);
    if (!connection) {
      throw new NoticeError(
        vscode.l10n.t(
          'The connection of this message was removed. Add it again to modify the message; the draft stays.',
        ),
        [asCommand(vscode.l10n.t('Add Connection'), commands.connectionAdd)],
      );
    }
    status.begins(ref);
    const text = await this.savedText(ref);
    const document = await documents.get(ref);
    if (!document) throw new NoticeError(vscode.l10n.t('{0} is gone from the service.', messageName(ref)));
    const client = await connections.client(connection.id, { interactive: true });
    const outcome = await modifier.run(
      {
        connection: plainConnection(connection),
        client,
        address: ref.address,
        text,
        base: over ?? restOfText(document, text).base,
        alwaysAsk: alwaysAsk && connection.environment !== 'sandbox',
      },
      questions,
      {
        signal,
        onProgress: (step) => {
          // A question says by itself that it waits.
          if (step !== 'asking') report?.(stepName(step));
        },
      },
    );
    return { outcome, text };
  }

  private async savedText(ref: MessageRef): Promise<string> {
    const uri = messageUri(ref);
    await this.services.flush(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.isDirty && !(await document.save())) {
      throw new NoticeError(
        vscode.l10n.t('The draft of {0} could not be saved, so nothing was sent.', messageName(ref)),
      );
    }
    return document.getText();
  }

  /** What the documents and their problems learn from an end. */
  private async follow(ref: MessageRef, text: string, outcome: ModifyOutcome): Promise<void> {
    const { documents, problems } = this.services;
    const uri = messageUri(ref);
    switch (outcome.kind) {
      case 'done':
        await documents.modified(ref, text, outcome.content);
        return;
      case 'refused':
        await problems.refused(uri, outcome.error);
        return;
      case 'conflict':
        await documents.serviceShows(ref, outcome.service);
        return;
      case 'gone':
        if (outcome.why === 'recalled') await documents.recalled(ref);
        else await documents.refresh(ref);
        return;
      case 'nothingToDo':
        if (outcome.content) await documents.modified(ref, text, outcome.content);
        return;
      default:
        return;
    }
  }

  private async show(ref: MessageRef, outcome: ModifyOutcome): Promise<void> {
    if (outcome.kind !== 'conflict') tellOutcome(this.services, ref, outcome, () => this.run(ref));
    else if (outcome.choice === 'takeService') await this.takeService(ref);
    else if (outcome.choice === 'mergeByHand') await this.mergeByHand(ref);
  }
}

/** True when the active editor shows the message, or what would change in it. */
function isInView(ref: MessageRef): boolean {
  const shown = messageTarget(undefined)?.ref;
  return shown !== undefined && sameRef(shown, ref);
}

function stepName(step: Exclude<ModifyStep, 'asking'>): string {
  switch (step) {
    case 'waiting':
      return vscode.l10n.t('waiting for another modification');
    case 'checking':
      return vscode.l10n.t('checking');
    case 'reading':
      return vscode.l10n.t('comparing with the service');
    case 'journal':
      return vscode.l10n.t('keeping the old content');
    case 'sending':
      return vscode.l10n.t('sending');
    case 'retrying':
      return vscode.l10n.t('the service is busy, trying again');
    case 'settling':
      return vscode.l10n.t('finding out whether it was done');
    case 'readingBack':
      return vscode.l10n.t('reading back');
  }
}
