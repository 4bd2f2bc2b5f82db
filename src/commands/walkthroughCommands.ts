import * as vscode from 'vscode';
import type { MessageRef } from '../chat/address';
import { isRecalled, type ChatMessage } from '../chat/chatMessage';
import type { ChatClient } from '../chat/client';
import { ChatServiceError } from '../chat/errors';
import type { Connections } from '../connections/connections';
import { asCommand } from '../contributions/command';
import { commands, type CommandHandlers } from '../contributions/commands';
import { WALKTHROUGH, type WalkthroughStep } from '../contributions/walkthrough';
import { replaceText } from '../documents/editDocument';
import type { MessageDocuments } from '../documents/messageDocuments';
import { messageUri, parseMessageUri } from '../documents/messageRef';
import type { Journal } from '../journal/journal';
import { nodeAtPath, parseStrict } from '../json/tree';
import { findUndoable } from '../modify/undoable';
import type { ModifyMessage } from '../modifying/modifyMessage';
import type { UndoModification } from '../modifying/undoModification';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import { withProgress } from '../ui/progress';

/** What the walkthrough puts behind a text that it changes: the same in every language. */
const MARK = ' 👋';

/** What the commands of the walkthrough work with. */
export interface WalkthroughServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly journal: Journal;
  readonly modify: ModifyMessage;
  readonly undo: UndoModification;
}

/** Opens the walkthrough, and does for a person what its steps are about: on the sandbox, and nowhere else. */
export function walkthroughCommands({
  connections,
  documents,
  journal,
  modify,
  undo,
}: WalkthroughServices): Pick<CommandHandlers, 'walkthroughOpen' | 'walkthroughStep'> {
  const useSandbox = () =>
    withProgress(vscode.l10n.t('Starting the sandbox…'), () => connections.useSandbox());

  /** Opens a message of the sandbox's sample data that has a text. */
  async function open(): Promise<MessageRef> {
    const { id, users, met } = await useSandbox();
    const message = await textMessage(await connections.client(id), [...users, ...met]);
    if (!message) {
      throw new NoticeError(
        vscode.l10n.t('The sandbox has no message with a text. Reset it to get its sample data.'),
        [asCommand(vscode.l10n.t('Reset Sandbox'), commands.sandboxReset)],
      );
    }
    await documents.show(id, message);
    const ref = { connectionId: id, address: message.address };
    await reveal(messageUri(ref));
    return ref;
  }

  /** The message of the sandbox that an editor shows, else one that is opened now. */
  async function current(): Promise<MessageRef> {
    const { id } = await useSandbox();
    return shownMessages().find(({ connectionId }) => connectionId === id) ?? open();
  }

  const steps: Partial<Record<WalkthroughStep, () => Promise<unknown>>> = {
    open,
    change: async () => {
      const ref = await current();
      if (!(await addMark(messageUri(ref)))) await addMark(messageUri(await open()));
    },
    modify: async () => modify.run(await current()),
    undo: async () => {
      const { id } = await useSandbox();
      const last = await findUndoable(journal, { connectionId: id });
      if (last.kind !== 'modification')
        throw new NothingToDo(vscode.l10n.t('There is no modification to undo.'));
      // Where it is in view, what it was stands in its own place and not above the walkthrough.
      await reveal(messageUri({ connectionId: id, address: last.revision.address }));
      await undo.run(last.revision.id);
    },
  };

  return {
    walkthroughOpen: async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
    },
    walkthroughStep: async (step) => {
      if (step !== undefined) await steps[step]?.();
    },
  };
}

/** A message with a text in the conversations of these users. */
async function textMessage(client: ChatClient, users: readonly string[]): Promise<ChatMessage | undefined> {
  for (const user of users) {
    try {
      const found = await textMessageOf(client, user);
      if (found) return found;
    } catch (error) {
      // Users are remembered; the sandbox may have other data by now.
      if (!ChatServiceError.is(error)) throw error;
    }
  }
  return undefined;
}

/** The newest one in the first conversation that has one. */
async function textMessageOf(client: ChatClient, user: string): Promise<ChatMessage | undefined> {
  for await (const contacts of client.recentContacts(user))
    for (const { peer } of contacts) {
      if (peer === undefined) continue;
      for await (const { messages } of client.history({ chat: { chat: 'c2c', user, peer } })) {
        const found = messages.find((one) => !isRecalled(one) && textNode(one.content.msgBody ?? '', []));
        if (found) return found;
      }
    }
  return undefined;
}

/** The text of the first element. */
function textNode(text: string, body: readonly string[]) {
  const node = nodeAtPath(parseStrict(text), [...body, 0, 'MsgContent', 'Text']);
  return node?.type === 'string' ? node : undefined;
}

/** Messages in editors: those that are seen come first. */
function shownMessages(): MessageRef[] {
  const { all } = vscode.window.tabGroups;
  const tabs = [...all.flatMap(({ activeTab }) => activeTab ?? []), ...all.flatMap(({ tabs }) => tabs)];
  return tabs.flatMap(({ input }) => {
    const isFile = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
    return isFile ? (parseMessageUri(input.uri) ?? []) : [];
  });
}

/** Shows a message where it is shown already, else beside the walkthrough, which shall stay in view. */
async function reveal(uri: vscode.Uri): Promise<void> {
  const group = vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(
      ({ input }) => input instanceof vscode.TabInputCustom && input.uri.toString() === uri.toString(),
    ),
  );
  const viewColumn = group?.viewColumn ?? vscode.ViewColumn.Beside;
  await vscode.commands.executeCommand('vscode.open', uri, { viewColumn, preview: false });
}

/** Changes a message's text and keeps that as its draft. False when it has no text to change. */
async function addMark(uri: vscode.Uri): Promise<boolean> {
  const text = (await vscode.workspace.openTextDocument(uri)).getText();
  const node = textNode(text, ['MsgBody']);
  if (!node) return false;
  const end = node.offset + node.length - 1;
  await reveal(uri);
  await replaceText(uri, `${text.slice(0, end)}${MARK}${text.slice(end)}`);
  return true;
}
