import * as vscode from 'vscode';
import type { MessageContent } from '../chat/model';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { replaceText } from '../documents/editDocument';
import { isDirty } from '../documents/dirtyTracker';
import { isDraft } from '../documents/messageDocument';
import { type MessageDocuments } from '../documents/messageDocuments';
import { messageUri, type MessageRef } from '../documents/messageRef';
import type { Journal } from '../journal/journal';
import { intendedContent, type Revision } from '../journal/revision';
import { formatMessage } from '../message/document';
import { NoticeError } from '../ui/noticeError';
import type { ModifyMessage } from './modifyMessage';

/**
 * Undoes a modify by a modify: the content from before becomes a draft and takes the same way in, so an undo can be
 * undone too.
 */
export class UndoModification {
  constructor(
    private readonly journal: Journal,
    private readonly documents: MessageDocuments,
    private readonly modify: ModifyMessage,
  ) {}

  /** Undoes the given revision, else the last one that was carried out. */
  async run(revisionId?: string): Promise<void> {
    const revision = revisionId === undefined ? await this.last() : await this.journal.get(revisionId);
    if (!revision) throw new NoticeError(vscode.l10n.t('There is no modification to undo.'));
    if (!revision.before) {
      throw new NoticeError(
        vscode.l10n.t('This modification was made without a copy, so it cannot be undone.'),
      );
    }
    const ref = {
      connectionId: revision.connection.id,
      from: revision.from,
      to: revision.to,
      key: revision.key,
    };
    const document = await this.documents.get(ref);
    if (!document) throw new NoticeError(vscode.l10n.t('The message is gone from the service.'));
    if (isDraft(document) || isDirty(messageUri(ref))) {
      throw new NoticeError(
        vscode.l10n.t('This message has a draft that an undo would replace. Modify it or discard it first.'),
        [
          asCommand(vscode.l10n.t('Compare'), commands.messageCompare, messageUri(ref)),
          asCommand(vscode.l10n.t('Discard Draft'), commands.messageDiscardDraft, messageUri(ref)),
        ],
      );
    }
    await vscode.commands.executeCommand('vscode.open', messageUri(ref));
    await replaceText(messageUri(ref), formatMessage(revision.before));
    // What this window has read since may be a colleague's: an undo may overwrite only what we left there.
    const left = await this.leftBehind(ref);
    if (left) await this.documents.restDraftOn(ref, left);
    await this.modify.run(ref);
  }

  /** The content that our last modification of a message left there. */
  private async leftBehind({ connectionId, from, to, key }: MessageRef): Promise<MessageContent | undefined> {
    const revisions = await this.journal.list({ connectionId, message: { from, to, key } });
    const last = revisions.find((revision) => isDone(revision));
    return last && (last.outcome.readBack ?? intendedContent(last));
  }

  private async last(): Promise<Revision | undefined> {
    const revisions = await this.journal.list({ limit: 100 });
    return revisions.find((revision) => isDone(revision));
  }
}

function isDone({ action, outcome }: Revision): boolean {
  return action === 'modify' && outcome.state === 'done';
}
