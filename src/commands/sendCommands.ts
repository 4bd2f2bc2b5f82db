import * as vscode from 'vscode';
import { chatOf } from '../chat/address';
import type { ConversationArgument, MessageArgument } from '../contributions/arguments';
import type { CommandHandlers } from '../contributions/commands';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { checkUserId } from '../connections/inputChecks';
import { LIST_LANGUAGE } from '../contributions/ids';
import { messageTarget } from '../documents/activeMessage';
import type { MessageDocuments } from '../documents/messageDocuments';
import { messageUri } from '../documents/messageRef';
import { parseUnsentUri, unsentUri } from '../documents/unsentUri';
import { parseListUri } from '../listEditing/listUri';
import { itemFacts, parseList } from '../lists/parseList';
import { contentOf, parseMessage } from '../message/document';
import { NEW_MESSAGE } from '../message/newMessage';
import { formatOutgoing, receiversOf, type OutgoingMembers } from '../outgoing/editOutgoing';
import type { UnsentStore } from '../sending/unsentStore';
import { showNotice } from '../ui/messages';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { openDocument } from '../ui/openDocument';
import { askPick } from '../ui/wizard';
import { askOptions } from '../unsent/options';
import { closeTabs, type SendMessage } from '../unsent/sendMessage';
import { pickConnection } from './pickConnection';

/** What the commands on messages that are not sent yet work with. */
export interface SendCommandServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly unsent: UnsentStore;
  readonly send: SendMessage;
  readonly notices: Notices;
  readonly flush: (uri: vscode.Uri) => Promise<void>;
}

/** The commands on messages that are not sent yet. */
export function sendCommands(
  services: SendCommandServices,
): Pick<
  CommandHandlers,
  'messageNew' | 'messageDuplicate' | 'messageSendAgain' | 'unsentSend' | 'unsentOptions' | 'unsentDiscard'
> {
  const { connections, unsent, send, flush } = services;
  const open = async (connectionId: string, text: string): Promise<vscode.Uri> => {
    const { id } = await unsent.create(connectionId, text);
    const uri = unsentUri({ connectionId, id });
    await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
    return uri;
  };
  const duplicate = async (which: MessageArgument | undefined): Promise<vscode.Uri> => {
    const { connectionId, text } = await copyOf(services, which);
    return open(connectionId, text);
  };
  return {
    messageNew: async (argument) => {
      const title = vscode.l10n.t('New Message');
      const at = placeOf(argument);
      const connection = await pickConnection(connections, at, title);
      const content = contentOf(parseMessage(NEW_MESSAGE));
      const receiver = at?.members ?? (await receiverOf(connection, at, title));
      return open(connection.id, formatOutgoing({ ...receiver, MsgBody: content?.msgBody }));
    },
    messageDuplicate: duplicate,
    messageSendAgain: async (which) => {
      const uri = await duplicate(which);
      await send.run(uri);
      return uri;
    },
    unsentSend: (uri) => send.run(inView(uri)),
    unsentOptions: async (of) => {
      await askOptions(inView(of?.uri), flush, of?.name);
    },
    unsentDiscard: (uri) => discard(services, inView(uri)),
  };
}

/** The document that a command is about: its argument, else the one in view. */
function inView(argument: vscode.Uri | undefined): vscode.Uri {
  const uri = argument ?? messageTarget(undefined)?.uri;
  if (uri && parseUnsentUri(uri)) return uri;
  throw new NothingToDo(vscode.l10n.t('Open a message that is not sent yet first: New Message… makes one.'));
}

/** Where a new message begins: a row of the tree, or the item of a list that the caret is in. */
interface Beginning extends Partial<ConversationArgument> {
  /** Who writes to whom, as the item says. */
  readonly members?: OutgoingMembers;
}

function placeOf(argument: ConversationArgument | vscode.Uri | undefined): Beginning | undefined {
  if (argument !== undefined && 'connectionId' in argument) return argument;
  const editor = vscode.window.activeTextEditor;
  const isList = editor?.document.languageId === LIST_LANGUAGE;
  if (!isList || (argument && argument.toString() !== editor.document.uri.toString())) return undefined;
  const text = editor.document.getText();
  const caret = editor.document.offsetAt(editor.selection.active);
  const item = parseList(text).items.find(({ range }) => range.offset + range.length >= caret);
  const members = item?.address && receiversOf(chatOf(item.address), itemFacts(text, item).sender);
  const connectionId = parseListUri(editor.document.uri)?.connectionId;
  return { ...(connectionId !== undefined && { connectionId }), ...(members && { members }) };
}

async function receiverOf(
  { users, met, groups, administrator }: Connection,
  argument: Beginning | undefined,
  title: string,
): Promise<OutgoingMembers> {
  const chat = argument?.chat;
  if (chat) return receiversOf(chat);
  const from = argument?.user ?? administrator;
  const known = [...new Set([...users, ...met])].filter((user) => user !== argument?.user);
  const toUser = (user: string): OutgoingMembers => receiversOf({ chat: 'c2c', user: from, peer: user });
  return askPick<OutgoingMembers>(title, {
    placeholder: vscode.l10n.t('Who gets it? Choose, or type a UserID'),
    typed: (text) =>
      text === '' || checkUserId(text) !== undefined || known.includes(text)
        ? undefined
        : { value: toUser(text), label: text, icon: 'account' },
    choices: [
      ...known.map((user) => ({ value: toUser(user), label: user, icon: 'account' })),
      ...groups.map((group) => ({
        value: receiversOf({ chat: 'group', group }),
        label: group,
        icon: 'organization',
      })),
    ],
  });
}

/** The text of a new document that says what a message says, for the same receivers. */
async function copyOf(
  { documents, flush }: SendCommandServices,
  which: MessageArgument | undefined,
): Promise<{ readonly connectionId: string; readonly text: string }> {
  const target = messageTarget(which);
  if (target) await flush(target.uri);
  const open = target && parseUnsentUri(target.uri);
  if (open) {
    const document = await vscode.workspace.openTextDocument(target.uri);
    return { connectionId: open.connectionId, text: document.getText() };
  }
  if (!target?.ref)
    throw new NothingToDo(vscode.l10n.t('Open a message first: from the Tencent Chat view, or by its key.'));
  const { connectionId, address } = target.ref;
  const known = await documents.get(target.ref);
  if (!known) throw new NoticeError(vscode.l10n.t('The service no longer shows this message.'));
  const document = await vscode.workspace.openTextDocument(messageUri(target.ref));
  const content = contentOf(parseMessage(document.getText()));
  if (!content) throw new NoticeError(vscode.l10n.t('The text is no JSON object. Mend it first.'));
  const members = { MsgBody: content.msgBody, CloudCustomData: content.cloudCustomData };
  return {
    connectionId,
    text: formatOutgoing({ ...receiversOf(chatOf(address), known.facts?.sender), ...members }),
  };
}

/** Nothing is asked, since it can be taken back. */
async function discard({ unsent, flush, notices }: SendCommandServices, uri: vscode.Uri): Promise<void> {
  const ref = parseUnsentUri(uri);
  if (!ref) return;
  await flush(uri);
  const open = openDocument(uri);
  if (open?.isDirty === true) await open.save();
  const before = await unsent.read(ref.id);
  await unsent.remove(ref.id);
  await closeTabs(uri);
  const undo = vscode.l10n.t('Undo');
  void showNotice('info', vscode.l10n.t('The message was given up.'), undo).then(async (chosen) => {
    if (chosen !== undo || !before) return;
    try {
      await unsent.create(before.connectionId, before.text, ref.id);
      await vscode.commands.executeCommand('vscode.open', uri);
    } catch (error) {
      await notices.showError(error);
    }
  });
}
