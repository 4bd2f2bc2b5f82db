import * as vscode from 'vscode';
import { withGroup, withoutGroup } from '../connections/additions';
import type { Connections } from '../connections/connections';
import type { CommandHandlers } from '../contributions/commands';
import { isCancellation } from '../ui/cancellation';
import { withProgress } from '../ui/progress';
import { sayInStatusBar } from '../ui/statusBar';
import { askText } from '../ui/wizard';
import type { ExplorerView } from '../views/conversations/explorerView';
import { pickConnection } from './pickConnection';

/** What the commands on groups work with. */
export interface GroupCommandServices {
  readonly connections: Connections;
  readonly explorer: ExplorerView;
}

/** The commands on the groups of a connection. */
export function groupCommands({
  connections,
  explorer,
}: GroupCommandServices): Pick<CommandHandlers, 'groupAdd' | 'groupRemove' | 'groupsLoad'> {
  return {
    groupAdd: async (argument) => {
      const title = vscode.l10n.t('Add Group');
      const { id, name } = await pickConnection(connections, argument, title);
      const group = await askGroupId(title, vscode.l10n.t('GroupId of a group of {0}', name));
      await connections.change(id, withGroup(group));
      await explorer.revealConversation({ connectionId: id, chat: { chat: 'group', group } });
    },

    groupRemove: (argument) =>
      argument?.chat?.chat === 'group'
        ? connections.change(argument.connectionId, withoutGroup(argument.chat.group))
        : undefined,

    groupsLoad: async (argument) => {
      const title = vscode.l10n.t('Load Groups of the App');
      const { id, name } = await pickConnection(connections, argument, title);
      // What a person waits for may ask for a lost secret.
      await connections.client(id, { interactive: true });
      await explorer.reveal(id);
      let loaded = 0;
      try {
        await withProgress(vscode.l10n.t('Loading the groups of {0}', name), ({ signal, report }) =>
          explorer.loadGroups(id, signal, (count, total) => {
            loaded = count;
            report(vscode.l10n.t('{0} of {1}', count, total));
          }),
        );
      } catch (error) {
        if (!isCancellation(error)) throw error;
        sayInStatusBar(vscode.l10n.t('Stopped. {0} groups were loaded.', loaded));
        return;
      }
      sayInStatusBar(vscode.l10n.t('{0} groups were loaded.', loaded));
      await explorer.revealGroups(id);
    },
  };
}

/** Asks for a GroupId. Spaces around it come with what was copied. */
export async function askGroupId(title: string, prompt: string): Promise<string> {
  const typed = await askText(title, {
    prompt,
    validate: (text) => (text.trim() === '' ? vscode.l10n.t('A GroupId is needed.') : undefined),
  });
  return typed.trim();
}
