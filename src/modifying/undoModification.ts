import * as vscode from 'vscode';
import type { MessageContent } from '../chat/chatMessage';
import { readOnlyError } from '../connections/connectionErrors';
import type { Connections } from '../connections/connections';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { messageTarget } from '../documents/activeMessage';
import { replaceText } from '../documents/editDocument';
import { isDirty } from '../documents/dirtyTracker';
import { isDraft } from '../documents/knowledge';
import { type MessageDocuments } from '../documents/messageDocuments';
import type { MessageRef } from '../chat/address';
import { messageUri } from '../documents/messageRef';
import type { Journal } from '../journal/journal';
import { leftContent, type Revision } from '../journal/revision';
import { formatMessage } from '../message/document';
import { summarize } from '../message/summary';
import { findUndoable, isCarriedOut, type Undoable } from '../modify/undoable';
import { messageName } from '../ui/messageName';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import type { ModifyMessage } from './modifyMessage';
import type { ModifyStatus } from './modifyStatus';

/** What undoing works with. */
export interface UndoServices {
  readonly connections: Connections;
  readonly journal: Journal;
  readonly documents: MessageDocuments;
  readonly modify: ModifyMessage;
  readonly status: ModifyStatus;
  /** Finds out how a connection's changes ended whose end is not known, where that can be done without asking. */
  readonly settle: (connectionId: string) => Promise<void>;
}

/**
 * Undoes a modify by a modify: the content from before becomes a draft and takes the same way in, so an undo can be
 * undone too.
 */
export class UndoModification {
  constructor(private readonly services: UndoServices) {}

  /**
   * Undoes the given revision; else the last one of the message that is being looked at; else the last one of all.
   */
  async run(revisionId?: string): Promise<void> {
    const { connections, journal, documents, modify, status } = this.services;
    const open = revisionId === undefined ? messageTarget(undefined)?.ref : undefined;
    const revision = revisionId === undefined ? await this.last(open) : await journal.get(revisionId);
    if (!revision) {
      throw new NothingToDo(
        open
          ? vscode.l10n.t('There is no modification of {0} to undo.', messageName(open))
          : vscode.l10n.t('There is no modification to undo.'),
      );
    }
    const which = messageName(revision);
    const connection = connections.get(revision.connection.id);
    // Before its text becomes a draft that nobody could send. Other connections may be written through, so this is offered.
    if (connection?.readOnly)
      throw new NothingToDo(
        vscode.l10n.t(
          'Not undone: {0} was modified through {1}, which is read-only now.',
          which,
          connection.name,
        ),
        readOnlyError(connection).actions,
      );
    const { plan } = revision;
    // What a plan did at once is taken back at once; one message of it is restored from the history.
    if (plan !== undefined && revisionId === undefined && !open) {
      const count = (await journal.list({ plan })).filter(isCarriedOut).length;
      throw new NoticeError(
        vscode.l10n.t(
          'The last modification was a plan, of {0} messages of {1}, {2} among them. Roll it back as a whole?',
          count,
          revision.connection.name,
          which,
        ),
        [asCommand(vscode.l10n.t('Roll Back'), commands.planRollBack, plan)],
      );
    }
    if (!revision.before) {
      throw new NoticeError(
        vscode.l10n.t('The modification of {0} was made without a copy, so it cannot be undone.', which),
      );
    }
    const ref = { connectionId: revision.connection.id, address: revision.address };
    const document = await documents.get(ref);
    if (!document) throw new NoticeError(vscode.l10n.t('{0} is gone from the service.', which));
    if (isDraft(document) || isDirty(messageUri(ref))) {
      throw new NoticeError(
        vscode.l10n.t('{0} has a draft that an undo would replace. Modify it or discard it first.', which),
        [
          asCommand(vscode.l10n.t('Compare'), commands.messageCompare, messageUri(ref)),
          asCommand(vscode.l10n.t('Discard Draft'), commands.messageDiscardDraft, messageUri(ref)),
        ],
      );
    }
    const oldText = summarize(revision.before).text;
    await vscode.commands.executeCommand('vscode.open', messageUri(ref));
    // What this window has read since may be a colleague's: an undo may overwrite only what we left there. Said before
    // the text is there, so that not even a crash leaves it on anything else.
    const left = await this.leftBehind(ref);
    const text = formatMessage(revision.before);
    if (left) await documents.willRest(ref, text, { base: left });
    await replaceText(messageUri(ref), text);
    // Whoever does not see whose modification was the last is asked, where the environment asks at all.
    const unseen = revisionId === undefined && !open;
    const { kind } = await modify.run(ref, unseen ? { alwaysAsk: true } : {});
    if (kind === 'done') status.undone(which, oldText);
  }

  /** The content that our last modification of a message left there. */
  private async leftBehind({ connectionId, address }: MessageRef): Promise<MessageContent | undefined> {
    const revisions = await this.services.journal.list({ connectionId, message: address });
    const last = revisions.find(isCarriedOut);
    return last && leftContent(last);
  }

  private async last(open: MessageRef | undefined): Promise<Revision | undefined> {
    let found = await this.lookUp(open);
    if (found.kind === 'unknown') {
      // Perhaps it can be found out now.
      await this.services.settle(found.revision.connection.id);
      found = await this.lookUp(open);
    }
    if (found.kind === 'unknown') {
      throw new NoticeError(
        vscode.l10n.t(
          'Nothing was undone: it is not known yet how the last change of {0} ended. It is found out when the message can be read.',
          messageName(found.revision),
        ),
        [asCommand(vscode.l10n.t('Show History'), commands.historyShowAll)],
      );
    }
    return found.kind === 'modification' ? found.revision : undefined;
  }

  private lookUp(open: MessageRef | undefined): Promise<Undoable> {
    return findUndoable(
      this.services.journal,
      open && { connectionId: open.connectionId, message: open.address },
    );
  }
}
