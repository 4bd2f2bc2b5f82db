import * as vscode from 'vscode';
import type { MessageArgument } from '../contributions/arguments';
import { asCommand } from '../contributions/command';
import { commands, type CommandHandlers } from '../contributions/commands';
import { messageTarget, type MessageTarget } from '../documents/activeMessage';
import { isDirty } from '../documents/dirtyTracker';
import { replaceText } from '../documents/editDocument';
import { isConflict, textOf } from '../documents/knowledge';
import { type MessageDocuments } from '../documents/messageDocuments';
import type { MessageRef } from '../chat/address';
import { messageUri } from '../documents/messageRef';
import { changedMembers } from '../message/changes';
import { contentOf, formatMessage, parseMessage } from '../message/document';
import { copiedKey } from '../ui/addressTexts';
import { messageName } from '../ui/messageName';
import { NothingToDo } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { openDocument } from '../ui/openDocument';
import { withProgress } from '../ui/progress';
import type { ConflictPrompt } from '../modifying/conflictPrompt';
import { showServiceDiff } from '../modifying/messageDiffs';
import type { ModifyMessage } from '../modifying/modifyMessage';
import type { ModifyStatus } from '../modifying/modifyStatus';
import type { UndoModification } from '../modifying/undoModification';
import { showNotice } from '../ui/messages';
import { noMessage } from './noMessage';

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
      const shown = await reload(documents, ref);
      if (shown && (await isSame(documents, ref)))
        status.say(vscode.l10n.t('No difference: {0} is what the service shows.', messageName(ref)));
      else await showServiceDiff(ref);
    }),
    messageReload: onMessage(async (ref) => {
      const shown = await reload(documents, ref);
      status.say(reloadText(documents, ref, shown));
    }),
    messageDiscardDraft: (argument, all = []) =>
      discardAll(
        services,
        all.length > 1 ? all.flatMap((one) => messageTarget(one)?.ref ?? []) : [messageOf(argument)],
      ),
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

/** True when what stands here would change nothing of what the service shows. */
async function isSame(documents: MessageDocuments, ref: MessageRef): Promise<boolean> {
  const known = await documents.get(ref);
  if (!known) return false;
  const mine = contentOf(parseMessage(openDocument(messageUri(ref))?.getText() ?? textOf(known)));
  return mine !== undefined && changedMembers(known.service ?? known.base, mine).length === 0;
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
async function discardAll(services: MessageCommandServices, refs: readonly MessageRef[]): Promise<void> {
  const discarded: { readonly uri: vscode.Uri; readonly text: string }[] = [];
  for (const ref of refs) {
    const text = await discard(services, ref);
    if (text !== undefined) discarded.push({ uri: messageUri(ref), text });
  }
  const [first] = refs;
  if (discarded.length === 0) {
    throw new NothingToDo(
      first && refs.length === 1
        ? vscode.l10n.t('{0} has no draft.', messageName(first))
        : vscode.l10n.t('None of these messages has a draft.'),
    );
  }
  const undo = vscode.l10n.t('Undo');
  const told =
    first && refs.length === 1
      ? vscode.l10n.t('The draft of {0} was discarded.', messageName(first))
      : vscode.l10n.t('{0} drafts were discarded.', discarded.length);
  void showNotice('info', told, undo).then(async (chosen) => {
    if (chosen !== undo) return;
    try {
      // What each was made from is remembered.
      for (const { uri, text } of discarded) await replaceText(uri, text);
    } catch (error) {
      await services.notices.showError(error);
    }
  });
}

/** @returns the text that was given up; undefined where there was no draft */
async function discard(
  { documents, flush }: MessageCommandServices,
  ref: MessageRef,
): Promise<string | undefined> {
  const uri = messageUri(ref);
  await flush(uri);
  const document = await documents.get(ref);
  if (!document) return undefined;
  const openText = openDocument(uri);
  const text = openText?.getText() ?? document.draft;
  const { base } = document;
  const before = formatMessage(base);
  if (text === undefined || (text === before && !isDirty(uri))) return undefined;
  if (openText) {
    await documents.willReplace(ref, text);
    await replaceText(uri, before);
  } else {
    await documents.discard(ref);
  }
  return text;
}

function messageOf(argument: MessageArgument | undefined): MessageRef {
  const { ref } = targetOf(argument);
  if (ref) return ref;
  throw new NothingToDo(
    vscode.l10n.t(
      'This file belongs to no connection. Open the message from the Tencent Chat view or by its key.',
    ),
    [asCommand(vscode.l10n.t('Open Message by Key…'), commands.messageOpenByKey)],
  );
}

function targetOf(argument: MessageArgument | undefined): MessageTarget {
  const target = messageTarget(argument);
  if (target) return target;
  throw noMessage();
}
