import * as vscode from 'vscode';
import type { MessageArgument } from '../contributions/arguments';
import { asCommand } from '../contributions/command';
import { commands, type CommandHandlers } from '../contributions/commands';
import { messageTarget, type MessageTarget } from '../documents/activeMessage';
import { isDirty } from '../documents/dirtyTracker';
import { replaceText } from '../documents/editDocument';
import { isConflict } from '../documents/knowledge';
import { type MessageDocuments } from '../documents/messageDocuments';
import type { MessageRef } from '../chat/address';
import { messageUri } from '../documents/messageRef';
import { formatMessage } from '../message/document';
import { copiedKey } from '../ui/addressTexts';
import { messageName } from '../ui/messageName';
import { NoticeError } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { openDocument } from '../ui/openDocument';
import { withProgress } from '../ui/progress';
import type { ConflictPrompt } from '../modifying/conflictPrompt';
import { showServiceDiff } from '../modifying/messageDiffs';
import type { ModifyMessage } from '../modifying/modifyMessage';
import type { ModifyStatus } from '../modifying/modifyStatus';
import type { UndoModification } from '../modifying/undoModification';
import { showNotice } from '../ui/messages';

/** What the commands about one message work with. */
export interface MessageCommandServices {
  readonly documents: MessageDocuments;
  readonly modify: ModifyMessage;
  readonly undo: UndoModification;
  readonly conflicts: ConflictPrompt;
  readonly notices: Notices;
  readonly status: ModifyStatus;
  readonly flush: (uri: vscode.Uri) => Promise<void>;
}

type OfMessage = (argument?: MessageArgument) => unknown;

/** The commands about one message. */
export function messageCommands(
  services: MessageCommandServices,
): Pick<
  CommandHandlers,
  | 'messageOpen'
  | 'messageOpenAsText'
  | 'messageCopyKey'
  | 'messageModify'
  | 'messageCompare'
  | 'messageReload'
  | 'messageDiscardDraft'
  | 'conflictKeepMine'
  | 'conflictTakeService'
  | 'conflictMergeByHand'
  | 'conflictMerged'
  | 'modificationUndo'
> {
  const { documents, modify, undo, conflicts, status } = services;
  const onMessage =
    (run: (ref: MessageRef) => unknown): OfMessage =>
    (argument) =>
      run(messageOf(argument));

  return {
    messageOpen: (argument) => vscode.commands.executeCommand('vscode.open', targetOf(argument).uri),
    messageOpenAsText: (argument) =>
      vscode.commands.executeCommand('vscode.openWith', targetOf(argument).uri, 'default'),
    messageCopyKey: onMessage(async ({ address }) => {
      const key = copiedKey(address);
      await vscode.env.clipboard.writeText(key);
      status.say(
        address.chat === 'c2c' ? vscode.l10n.t('MsgKey copied: {0}', key) : vscode.l10n.t('Copied: {0}', key),
      );
    }),
    messageModify: onMessage((ref) => modify.run(ref)),
    messageCompare: onMessage(async (ref) => {
      await services.flush(messageUri(ref));
      await reload(documents, ref);
      await showServiceDiff(ref);
    }),
    messageReload: onMessage(async (ref) => {
      const shown = await reload(documents, ref);
      status.say(reloadText(documents, ref, shown));
    }),
    messageDiscardDraft: onMessage((ref) => discard(services, ref)),
    conflictKeepMine: onMessage(async (ref) => {
      if (conflicts.answer(ref, 'keepMine')) return;
      // The base stays: should this end without being sent, the conflict is still one.
      await modify.run(ref, { over: (await documents.get(ref))?.service });
    }),
    conflictTakeService: onMessage((ref) =>
      conflicts.answer(ref, 'takeService') ? undefined : modify.takeService(ref),
    ),
    conflictMergeByHand: onMessage((ref) =>
      conflicts.answer(ref, 'mergeByHand') ? undefined : modify.mergeByHand(ref),
    ),
    conflictMerged: onMessage((ref) => modify.merged(ref)),
    modificationUndo: (revisionId) => undo.run(revisionId),
  };
}

async function reload(documents: MessageDocuments, ref: MessageRef): Promise<boolean> {
  return withProgress(vscode.l10n.t('Reading the message'), async () => {
    await documents.get(ref);
    return documents.refresh(ref);
  });
}

function reloadText(documents: MessageDocuments, ref: MessageRef, shown: boolean): string {
  if (!shown)
    return vscode.l10n.t('The service no longer shows this message. Your text stays on this machine.');
  const document = documents.peek(ref);
  return document && isConflict(document)
    ? vscode.l10n.t('The message was changed on the service. Compare shows how; your text stays.')
    : vscode.l10n.t('The message is what the service shows.');
}

/** Nothing is asked, since it can be taken back: by Undo in an open editor, else by the notice. */
async function discard(
  { documents, notices, flush }: MessageCommandServices,
  ref: MessageRef,
): Promise<void> {
  const uri = messageUri(ref);
  await flush(uri);
  const document = await documents.get(ref);
  if (!document) return;
  const openText = openDocument(uri);
  const text = openText?.getText() ?? document.draft;
  const { base } = document;
  const before = formatMessage(base);
  if (text === undefined || (text === before && !isDirty(uri))) {
    throw new NoticeError(vscode.l10n.t('{0} has no draft.', messageName(ref)));
  }
  if (openText) {
    await documents.willReplace(ref, text);
    await replaceText(uri, before);
  } else {
    await documents.discard(ref);
  }
  const undo = vscode.l10n.t('Undo');
  const told = vscode.l10n.t('The draft of {0} was discarded.', messageName(ref));
  void showNotice('info', told, undo).then(async (chosen) => {
    if (chosen !== undo) return;
    try {
      // What it was made from is remembered.
      await replaceText(uri, text);
    } catch (error) {
      await notices.showError(error);
    }
  });
}

function messageOf(argument: MessageArgument | undefined): MessageRef {
  const { ref } = targetOf(argument);
  if (ref) return ref;
  throw new NoticeError(
    vscode.l10n.t(
      'This file belongs to no connection. Open the message from the Tencent Chat view or by its key.',
    ),
    [asCommand(vscode.l10n.t('Open Message by Key…'), commands.messageOpenByKey)],
  );
}

function targetOf(argument: MessageArgument | undefined): MessageTarget {
  const target = messageTarget(argument);
  if (target) return target;
  throw new NoticeError(vscode.l10n.t('Open a message first: from the Tencent Chat view, or by its key.'), [
    asCommand(vscode.l10n.t('Open Message by Key…'), commands.messageOpenByKey),
  ]);
}
