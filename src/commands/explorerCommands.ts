import * as vscode from 'vscode';
import { chatOf } from '../chat/address';
import { asCommand } from '../contributions/command';
import { commands, type CommandHandlers } from '../contributions/commands';
import type { NodeArgument } from '../contributions/arguments';
import { withConversation, withoutConversation, withoutUser, withUser } from '../connections/additions';
import type { Connections } from '../connections/connections';
import { chatText } from '../ui/addressTexts';
import { askDay } from '../ui/askDay';
import type { Day } from '../ui/days';
import type { ExplorerView } from '../views/conversations/explorerView';
import type { Viewpoint } from '../views/conversations/nodes/nodes';
import type { ConversationPage } from '../conversationPage/conversationPage';
import type { Notices } from '../ui/notices';
import { pickConnection } from './pickConnection';
import { askUserId } from './askUserId';
import { messageTarget } from '../documents/activeMessage';

/** What the commands on the tree work with. */
export interface ExplorerCommandServices {
  readonly connections: Connections;
  readonly explorer: ExplorerView;
  readonly notices: Notices;
  /** The page of a conversation that has the focus. */
  readonly page: () => ConversationPage | undefined;
}

/** The commands on the tree. */
export function explorerCommands(
  services: ExplorerCommandServices,
): Pick<
  CommandHandlers,
  | 'explorerRefresh'
  | 'explorerRefreshNode'
  | 'explorerLoadMore'
  | 'explorerRetry'
  | 'explorerFocusDown'
  | 'explorerFocusUp'
  | 'userAdd'
  | 'userRemove'
  | 'conversationAdd'
  | 'conversationRemove'
  | 'conversationGoToDate'
> {
  const { connections, explorer, notices } = services;

  return {
    explorerRefresh: () => explorer.refresh(),
    explorerRefreshNode: (node) => explorer.refresh(node && explorer.node(node.id)),
    explorerLoadMore: (node) => moreBelow(explorer, node),
    explorerRetry: (node) => moreBelow(explorer, node),
    explorerFocusDown: () => explorer.moveFocus('Down'),
    explorerFocusUp: () => explorer.moveFocus('Up'),

    userAdd: async (argument) => {
      const title = vscode.l10n.t('Add User');
      const { id, name } = await pickConnection(connections, argument, title);
      const user = await askUserId(title, vscode.l10n.t('UserID of a user of {0}', name));
      await connections.change(id, withUser(user));
      void warnIfNotImported(id, user);
      await explorer.reveal(id, user);
    },

    userRemove: (argument) =>
      argument?.user === undefined
        ? undefined
        : connections.change(argument.connectionId, withoutUser(argument.user)),

    conversationAdd: async (argument) => {
      const title = vscode.l10n.t('Add Conversation');
      const { id } = await pickConnection(connections, argument, title);
      const user =
        argument?.user ?? (await askUserId(title, vscode.l10n.t('UserID of the user who sees it')));
      const peer = await askUserId(title, vscode.l10n.t('UserID of the other user'));
      await connections.change(id, withUser(user));
      await connections.change(id, withConversation({ user, peer }));
      await explorer.revealConversation({ connectionId: id, chat: { chat: 'c2c', user, peer } });
    },

    conversationRemove: (argument) => {
      if (argument?.chat?.chat !== 'c2c') return undefined;
      return connections.change(argument.connectionId, withoutConversation(argument.chat));
    },

    conversationGoToDate: async (argument) => {
      const page = argument ? undefined : services.page();
      if (page) return page.act('goToDate');
      const node = argument && explorer.node(argument.id);
      const conversation =
        node?.kind === 'conversation' || node?.kind === 'day' ? node : await askConversation(connections);
      return goToDate(conversation, await askDay());
    },
  };

  async function goToDate(node: Viewpoint, day: Day): Promise<void> {
    if ((await explorer.goToDate(node, day)) === undefined) {
      const { chat } = node;
      void notices.showInfo(
        chat.chat === 'c2c'
          ? vscode.l10n.t(
              '{0} and {1} have no messages on {2} that the service still shows.',
              chat.user,
              chat.peer,
              day.id,
            )
          : vscode.l10n.t('{0} has no messages on {1} that the service still shows.', chatText(chat), day.id),
      );
    }
  }

  /** A user who was mistyped has no conversations, and it is kind to say why. */
  async function warnIfNotImported(connectionId: string, userId: string): Promise<void> {
    try {
      const client = await connections.client(connectionId, { startSandbox: true });
      const [account] = await client.accountCheck([userId]);
      if (account?.imported !== false) return;
      await notices.showWarning(
        vscode.l10n.t('{0} has no account in this app. Is the UserID right?', userId),
        asCommand(vscode.l10n.t('Import Account'), commands.accountImport, {
          connectionId,
          userIds: [userId],
        }),
      );
    } catch {
      // The tree shows what is wrong with the connection as soon as the user is opened.
    }
  }
}

/** The conversation of the message in view, of two users seen by its sender, else the one that the person names. */
async function askConversation(connections: Connections): Promise<Viewpoint> {
  const title = vscode.l10n.t('Go to Date');
  const ref = messageTarget(undefined)?.ref;
  if (ref) return { connectionId: ref.connectionId, chat: chatOf(ref.address) };
  const { id } = await pickConnection(connections, undefined, title);
  const user = await askUserId(title, vscode.l10n.t('UserID of the user who sees it'));
  const peer = await askUserId(title, vscode.l10n.t('UserID of the other user'));
  return { connectionId: id, chat: { chat: 'c2c', user, peer } };
}

async function moreBelow(explorer: ExplorerView, argument: NodeArgument | undefined): Promise<void> {
  const node = argument && explorer.node(argument.id);
  if (node?.kind === 'row') await explorer.more(node);
}
