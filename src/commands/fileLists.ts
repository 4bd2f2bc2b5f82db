import * as vscode from 'vscode';
import { addressKey } from '../chat/address';
import { RECALLED_FLAG, type MessageContent } from '../chat/chatMessage';
import { shortened } from '../json/edits';
import type { Connections } from '../connections/connections';
import type { ListDocuments } from '../listEditing/listDocuments';
import { layOut, formatItem, type ListedMessage } from '../lists/formatList';
import { itemContent, itemFacts, parseList, type ParsedList } from '../lists/parseList';
import { changedMembers } from '../message/changes';
import { pickMembers } from '../modify/checkedText';
import type { Notices } from '../ui/notices';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { rangeIn } from '../ui/ranges';
import { askText } from '../ui/wizard';
import { readListed } from './listReading';
import { pickConnection } from './pickConnection';

/** What making a list of a text works with. */
export interface FileListServices {
  readonly connections: Connections;
  readonly lists: ListDocuments;
  readonly notices: Notices;
}

/** The text that a person has in view, or copied: a selection, the document, else the clipboard. */
export async function textInView(): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return vscode.env.clipboard.readText();
  return editor.document.getText(editor.selection.isEmpty ? undefined : editor.selection);
}

/**
 * Opens a list that lies in a file or was pasted as one of a connection: it rests on what the service shows now, and
 * what the text says otherwise stands in it as changes, for a person to see before anything is sent.
 */
export async function openListOfText(services: FileListServices, text: string): Promise<vscode.Uri> {
  const { connections, lists, notices } = services;
  const asked = vscode.l10n.t('Edit as List');
  const parsed = await withGroup(text, asked);
  const connection = await pickConnection(connections, undefined, asked);
  const wanted = new Map<string, { readonly message: ListedMessage; readonly mine: MessageContent }>();
  for (const item of parsed.items) {
    if (!item.address) continue;
    const { sender, time } = itemFacts(text, item);
    const flags = item.locked === 'recalled' ? RECALLED_FLAG : 0;
    const mine = itemContent(text, item);
    wanted.set(addressKey(item.address), {
      message: { ...{ address: item.address, sender, time, flags, content: mine } },
      mine,
    });
  }
  const found = await withProgress(
    vscode.l10n.t('Reading {0} messages of {1}', wanted.size, connection.name),
    async ({ signal }) => {
      const client = await connections.client(connection.id, { interactive: true, signal });
      return readListed(
        client,
        [...wanted.values()].map(({ message }) => message),
        signal,
      );
    },
  );
  if (found.length === 0)
    throw new NoticeError(vscode.l10n.t('{0} has none of these messages.', connection.name));
  const title = vscode.l10n.t('{0} messages of a text', found.length);
  const { uri, left } = await lists.create({ connectionId: connection.id, title }, found.map(layOut));
  const document = await vscode.workspace.openTextDocument(uri);
  await takeOver(document, wanted);
  await vscode.window.showTextDocument(document, { preview: false });
  const lost = parsed.items.length - found.length;
  if (lost > 0)
    void notices.showWarning(
      vscode.l10n.t(
        '{0} of {1} items are not in the list: the connection does not show their messages, or they name none, or one twice.',
        lost,
        parsed.items.length,
      ),
    );
  if (left > 0)
    void notices.showWarning(
      vscode.l10n.t('{0} messages did not fit: a list may not be longer than an editor likes.', left),
    );
  return uri;
}

/** An answer of a group may say its messages without the group, which a person is asked for then. */
async function withGroup(text: string, title: string): Promise<ParsedList> {
  const parsed = parseList(text);
  if (!parsed.isList || parsed.brokenAt !== undefined || parsed.items.length === 0)
    throw new NothingToDo(
      vscode.l10n.t(
        'This is no list of messages: it is neither an array nor an answer with MsgList or RspMsgList.',
      ),
    );
  const ofGroup = parsed.items.some(({ address, members }) => !address && members.has('MsgSeq'));
  const named = parsed.items.some(({ members }) => members.has('MsgKey'));
  if (!ofGroup || named) return parsed;
  const group = await askText(title, {
    prompt: vscode.l10n.t('The messages name no group. GroupId of the group that they are of'),
    validate: (typed) => (typed.trim() === '' ? vscode.l10n.t('Type a GroupId.') : undefined),
  });
  return parseList(text, group.trim());
}

/** Puts what the text says into the list that was made of the service's messages. */
async function takeOver(
  document: vscode.TextDocument,
  wanted: ReadonlyMap<string, { readonly message: ListedMessage; readonly mine: MessageContent }>,
): Promise<void> {
  const text = document.getText();
  const edit = new vscode.WorkspaceEdit();
  for (const item of parseList(text).items) {
    const { address, locked, range } = item;
    const own = address && wanted.get(addressKey(address));
    if (!own || locked) continue;
    const base = itemContent(text, item);
    const members = changedMembers(base, own.mine);
    if (members.length === 0) continue;
    const { sender, time } = itemFacts(text, item);
    const content = { ...base, ...pickMembers(own.mine, members) };
    const after = formatItem({ ...own.message, sender, time, content });
    const one = shortened(text, { ...range, text: after });
    if (one) edit.replace(document.uri, rangeIn(document, one), one.text);
  }
  if (edit.size > 0) await vscode.workspace.applyEdit(edit);
}
