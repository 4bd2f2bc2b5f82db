import * as vscode from 'vscode';
import { sameAddress } from '../chat/address';
import type { NodeArgument } from '../contributions/arguments';
import type { CommandHandlers } from '../contributions/commands';
import type { Connections } from '../connections/connections';
import type { ListDocuments } from '../listEditing/listDocuments';
import { formatItem, MOST_LINES, type ListedMessage } from '../lists/formatList';
import { itemText } from '../lists/parseList';
import type { ModifyList } from '../planning/modifyList';
import { parseDay } from '../ui/days';
import { NoticeError } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { withProgress } from '../ui/progress';
import { rangeIn } from '../ui/ranges';
import type { ExplorerView } from '../views/conversations/explorerView';
import type { TreeNode } from '../views/conversations/nodes/nodes';
import { chatName } from './messageSources';

/** What the commands on lists work with. */
export interface ListCommandServices {
  readonly connections: Connections;
  readonly explorer: ExplorerView;
  readonly lists: ListDocuments;
  readonly modifyList: ModifyList;
  readonly notices: Notices;
}

/** What a list is made of. */
interface Source {
  readonly connectionId: string;
  readonly title: string;
  readonly messages: readonly ListedMessage[];
  /** True when there are more than an editor likes. */
  readonly cut: boolean;
}

/** The commands on lists. */
export function listCommands(
  services: ListCommandServices,
): Pick<
  CommandHandlers,
  'listEdit' | 'listModify' | 'listShowChanges' | 'listDiscardChange' | 'listKeepMine'
> {
  const { lists, modifyList } = services;
  return {
    listEdit: (node, nodes) => editAsList(services, nodes ?? (node ? [node] : [])),
    listModify: (uri) => modifyList.run(uri),
    listShowChanges: (uri) => modifyList.show(uri),
    listDiscardChange: async (argument) => {
      if (!argument) return;
      const { uri, address } = argument;
      const document = await vscode.workspace.openTextDocument(uri);
      const text = document.getText();
      const changed = lists.compare(uri, text)?.changed.find((one) => sameAddress(one.address, address));
      const base = lists.baseText(uri, address);
      if (!changed || base === undefined || itemText(text, changed.item) === base) return;
      const edit = new vscode.WorkspaceEdit();
      edit.replace(uri, rangeIn(document, changed.item.range), base);
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
): Promise<vscode.Uri | undefined> {
  const nodes = chosen.flatMap(({ id }) => services.explorer.node(id) ?? []);
  const source = await sourceOf(services, nodes);
  if (source.messages.length === 0)
    throw new NoticeError(vscode.l10n.t('There are no messages here to be edited.'));
  const { uri } = await services.lists.create(source.connectionId, source.title, source.messages);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  if (source.cut)
    void services.notices.showInfo(
      vscode.l10n.t(
        'The list has the newest {0} messages: it would be longer than {1} lines with the others, more than an editor likes.',
        source.messages.length,
        MOST_LINES,
      ),
    );
  return uri;
}

/** A conversation, a day of one, or messages that were selected. */
async function sourceOf({ connections }: ListCommandServices, nodes: readonly TreeNode[]): Promise<Source> {
  const [first, ...more] = nodes;
  if (first?.kind === 'message') {
    const messages = nodes.flatMap((node) => (node.kind === 'message' ? [node] : []));
    const ofOne = messages.filter(({ connectionId }) => connectionId === first.connectionId);
    if (ofOne.length < nodes.length)
      throw new NoticeError(
        vscode.l10n.t('A list holds messages of one connection. Select messages only, of one connection.'),
      );
    const sorted = ofOne
      .map(({ message }) => message)
      .sort((one, other) => one.time - other.time || one.seq - other.seq);
    return {
      connectionId: first.connectionId,
      title: vscode.l10n.t('{0} selected messages', sorted.length),
      messages: sorted,
      cut: false,
    };
  }
  if ((first?.kind !== 'conversation' && first?.kind !== 'day') || more.length > 0)
    throw new NoticeError(
      vscode.l10n.t('Choose a conversation, a day, or messages in the Conversations view.'),
    );
  const { connectionId, chat } = first;
  const day = first.kind === 'day' ? parseDay(first.day, Date.now() / 1000) : undefined;
  const title = chatName(chat);
  return withProgress(vscode.l10n.t('Reading the messages of {0}', title), async ({ signal, report }) => {
    const client = await connections.client(connectionId, { interactive: true, signal });
    const messages: ListedMessage[] = [];
    let lines = 2;
    const window = day && { minTime: day.start, maxTime: day.end };
    for await (const page of client.history({ chat, ...window }, signal)) {
      for (const message of page.messages) {
        lines += formatItem(message).split('\n').length;
        if (lines > MOST_LINES) return { connectionId, title, messages: messages.reverse(), cut: true };
        messages.push(message);
      }
      report(vscode.l10n.t('{0} messages', messages.length));
    }
    return { connectionId, title, messages: messages.reverse(), cut: false };
  });
}
