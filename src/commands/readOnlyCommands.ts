import * as vscode from 'vscode';
import { type CommandHandlers } from '../contributions/commands';
import type { Connections } from '../connections/connections';
import { pickConnection } from './pickConnection';
import { askInDialog } from '../ui/messages';
import { sayInStatusBar } from '../ui/statusBar';
import type { Environment } from '../connections/connection';

/** The two commands that keep a connection from modifying anything, and let it again. */
export function readOnlyCommands({
  connections,
}: {
  readonly connections: Connections;
}): Pick<CommandHandlers, 'connectionMakeReadOnly' | 'connectionAllowModifying'> {
  return {
    connectionMakeReadOnly: async (argument) => {
      const title = vscode.l10n.t('Make Connection Read-Only');
      const { id, name } = await pickConnection(connections, argument, title, {
        fits: ({ readOnly }) => !readOnly,
        none: vscode.l10n.t('Every connection is read-only already.'),
      });
      await connections.setReadOnly(id, true);
      sayInStatusBar(vscode.l10n.t('{0} is read-only now.', name));
    },
    connectionAllowModifying: async (argument) => {
      const title = vscode.l10n.t('Allow Modifying Through Connection');
      const { id, name, environment } = await pickConnection(connections, argument, title, {
        fits: ({ readOnly }) => readOnly,
        none: vscode.l10n.t('No connection is read-only: messages can be modified through each.'),
      });
      if (environment !== 'sandbox' && !(await allowed(name, environment))) return;
      await connections.setReadOnly(id, false);
      sayInStatusBar(vscode.l10n.t('Messages can be modified through {0} again.', name));
    },
  };
}

/** Whoever called the command, a person lets messages be modified again. */
async function allowed(name: string, environment: Environment): Promise<boolean> {
  const allow = vscode.l10n.t('Allow');
  const chosen = await askInDialog(
    environment === 'production'
      ? vscode.l10n.t('Allow messages of {0} to be modified? This app is in production.', name)
      : vscode.l10n.t('Allow messages of {0} to be modified?', name),
    [],
    allow,
  );
  return chosen === allow;
}
