import * as vscode from 'vscode';
import { sameAddress } from '../chat/address';
import type { NodeArgument } from '../contributions/arguments';
import type { CommandHandlers } from '../contributions/commands';
import type { Connections } from '../connections/connections';
import type { ListDocuments } from '../listEditing/listDocuments';
import { parseListUri } from '../listEditing/listUri';
import { itemText } from '../lists/parseList';
import { openList, type ModifyList } from '../planning/modifyList';
import { chatText } from '../ui/addressTexts';
import { parseDay } from '../ui/days';
import { NothingToDo } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { rangeIn } from '../ui/ranges';
import type { TreeNode } from '../views/conversations/nodes/nodes';
import { openListOfText, textInView } from './fileLists';
import { GivenMessages, HistoryMessages, openAsList, type ListHead, type MessageSupply } from './listMaking';
import { selectedMessages, type Rows } from './messageSources';
import { reloadList } from './listReload';

/** What the commands on lists work with. */
export interface ListCommandServices {
  readonly connections: Connections;
  readonly explorer: Rows;
  readonly lists: ListDocuments;
  readonly modifyList: ModifyList;
  readonly notices: Notices;
}

/** The commands on lists. */
export function listCommands(
  services: ListCommandServices,
): Pick<
  CommandHandlers,
  'listEdit' | 'listModify' | 'listReload' | 'listShowChanges' | 'listDiscardChange' | 'listKeepMine'
> {
  const { lists, modifyList } = services;
  return {
    listEdit: async (node, nodes) => {
      const chosen = nodes ?? (node ? services.explorer.together(node) : []);
      return chosen.length > 0 ? editAsList(services, chosen) : openListOfText(services, await textInView());
    },
    listModify: async (uri) => {
      const document = await openList(uri);
      if (parseListUri(document.uri)) await modifyList.run(document.uri);
      else await openListOfText(services, document.getText());
    },
    listReload: (uri) => reloadList(services, uri),
    listShowChanges: (uri) => modifyList.show(uri),
    listDiscardChange: async (argument) => {
      if (!argument) return;
      const { uri, address } = argument;
      const document = await vscode.workspace.openTextDocument(uri);
      const text = document.getText();
      // A locked item that was changed is among the slips.
      const items = lists.compare(uri, text)?.list.items ?? [];
      const item = items.find((one) => one.address && sameAddress(one.address, address));
      const base = lists.baseText(uri, address);
      if (!item || base === undefined || itemText(text, item) === base) return;
      const edit = new vscode.WorkspaceEdit();
      edit.replace(uri, rangeIn(document, item.range), base);
      await vscode.workspace.applyEdit(edit);
    },
    listKeepMine: async (argument) => {
      if (argument) await lists.takeAsBase(argument.uri, argument.address);
    },
  };
}

async function editAsList(
  services: ListCommandServices,
  chosen: readonly NodeArgument[],
): Promise<vscode.Uri> {
  const nodes = chosen.flatMap(({ id }) => services.explorer.node(id) ?? []);
  const { head, supply } = sourceOf(services, nodes);
  return openAsList(services.lists, head, supply);
}

/** A conversation, a day of one, or messages that were selected. */
function sourceOf(
  { connections }: ListCommandServices,
  nodes: readonly TreeNode[],
): { readonly head: ListHead; readonly supply: MessageSupply } {
  const [first, ...more] = nodes;
  if (first?.kind === 'message') {
    const { connectionId, name: title, messages } = selectedMessages(nodes);
    return { head: { connectionId, title }, supply: new GivenMessages(messages) };
  }
  if ((first?.kind !== 'conversation' && first?.kind !== 'day') || more.length > 0)
    throw new NothingToDo(
      vscode.l10n.t('Choose a conversation, a day, or messages in the Conversations view.'),
    );
  const { connectionId, chat } = first;
  const day = first.kind === 'day' ? parseDay(first.day, Date.now() / 1000) : undefined;
  const title = chatText(chat);
  const window = { chat, ...(day && { minTime: day.start, maxTime: day.end }) };
  return {
    head: { connectionId, title, source: { chat, ...(day && { maxTime: day.end }) } },
    supply: new HistoryMessages(connections, connectionId, title, window),
  };
}
