import * as vscode from 'vscode';
import { diagnoseConnection, type ConnectionDiagnosis } from '../chat/diagnose';
import type { ConnectionArgument } from '../contributions/arguments';
import { asCommand } from '../contributions/command';
import { runCommand } from '../contributions/runCommand';
import { commands, type CommandHandlers } from '../contributions/commands';
import { isSandbox, type Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { sandboxSettingsCommand } from '../localSandbox/sandboxTexts';
import { environmentName } from '../connections/names';
import { diagnosisText } from '../connections/diagnosisTexts';
import type { Notices } from '../ui/notices';
import { withProgress } from '../ui/progress';
import { importAccounts } from './accountImport';
import { askConnection } from './connectionWizard';
import { pickConnection, type ConnectionFilter } from './pickConnection';
import { askInDialog } from '../ui/messages';
import { sayInStatusBar } from '../ui/statusBar';

/** What the commands on connections work with. */
export interface ConnectionCommandServices {
  readonly connections: Connections;
  readonly notices: Notices;
}

/** Add, edit, remove and test of connections, and what is done about their secrets and accounts. */
export function connectionCommands(
  services: ConnectionCommandServices,
): Pick<
  CommandHandlers,
  | 'connectionAdd'
  | 'connectionEdit'
  | 'connectionRemove'
  | 'connectionTest'
  | 'connectionEnterSecret'
  | 'connectionSignAgain'
  | 'accountImport'
> {
  const { connections, notices } = services;
  const pick = (
    argument: ConnectionArgument | undefined,
    title: string,
    fits?: ConnectionFilter,
  ): Promise<Connection> => pickConnection(connections, argument, title, fits);
  const isApp: ConnectionFilter = {
    fits: (connection) => !isSandbox(connection),
    none: vscode.l10n.t('There is no connection to an app yet, only the sandbox.'),
  };

  return {
    connectionAdd: async () => {
      const title = vscode.l10n.t('Add Connection');
      const { details, secret = '', readOnly } = await askConnection(title, connections);
      const { connection, lasting } = await connections.add(details, secret, readOnly);
      if (!lasting) tellNotLasting(notices);
      void notices.showInfo(
        vscode.l10n.t('{0} was added.', connection.name),
        asCommand(vscode.l10n.t('Test Connection'), commands.connectionTest, { connectionId: connection.id }),
        asCommand(vscode.l10n.t('Add User…'), commands.userAdd, { connectionId: connection.id }),
      );
      return connection.id;
    },

    connectionEdit: async (argument) => {
      const title = vscode.l10n.t('Edit Connection');
      const edited = await pick(argument, title, isApp);
      if (isSandbox(edited)) {
        // A sandbox tells all about itself; only where it is can be chosen.
        const { command, arguments: args = [] } = sandboxSettingsCommand();
        await vscode.commands.executeCommand(command, ...(args as unknown[]));
        return edited.id;
      }
      const { details, secret, moveSecret, readOnly } = await askConnection(title, connections, edited);
      const { connection, lasting } = await connections.update(edited.id, details, secret, moveSecret);
      if (!lasting) tellNotLasting(notices);
      const { id: connectionId } = connection;
      // What lets messages be modified again asks once more, as it does everywhere.
      if (readOnly !== edited.readOnly)
        await runCommand(readOnly ? commands.connectionMakeReadOnly : commands.connectionAllowModifying, {
          connectionId,
        });
      return connectionId;
    },

    connectionRemove: async (argument) => {
      const connection = await pick(argument, vscode.l10n.t('Remove Connection'));
      const remove = vscode.l10n.t('Remove');
      const chosen = await askInDialog(
        vscode.l10n.t(
          'Remove {0} ({1}) and its secret?',
          connection.name,
          environmentName(connection.environment),
        ),
        [
          vscode.l10n.t(
            'Nothing changes on the service. Drafts and history stay on this machine and are found again when the connection is added again.',
          ),
        ],
        remove,
      );
      if (chosen === remove) await connections.remove(connection.id);
    },

    connectionTest: async (argument) => {
      const connection = await pick(argument, vscode.l10n.t('Test Connection'));
      const diagnosis = await withProgress(
        vscode.l10n.t('Testing {0}…', connection.name),
        async ({ signal }) =>
          diagnoseConnection(await connections.client(connection.id, { interactive: true, signal }), signal),
      );
      tellDiagnosis(notices, diagnosis, connections.get(connection.id) ?? connection);
      return diagnosis.id;
    },

    connectionEnterSecret: async (argument) => {
      const connection = await pick(argument, vscode.l10n.t('Enter Secret'), isApp);
      if (isSandbox(connection)) return;
      const lasting = await connections.enterSecret(connection.id);
      if (lasting === undefined) throw new vscode.CancellationError();
      if (!lasting) tellNotLasting(notices);
    },

    connectionSignAgain: async (argument) => {
      const connection = await pick(argument, vscode.l10n.t('Sign Again'));
      if (connection.credentialKind === 'userSig') {
        // A ready-made UserSig cannot be renewed here: a new one has to come.
        await runCommand(commands.connectionEnterSecret, { connectionId: connection.id });
        return;
      }
      connections.signAgain(connection.id);
      sayInStatusBar(vscode.l10n.t('The next request will be signed anew.'));
    },

    accountImport: (argument) => importAccounts(services, argument),
  };
}

function tellNotLasting(notices: Notices): void {
  void notices.showWarning(
    vscode.l10n.t(
      'The secret storage of this machine cannot be used. The secret is kept until the window closes.',
    ),
  );
}

function tellDiagnosis(notices: Notices, diagnosis: ConnectionDiagnosis, connection: Connection): void {
  const text = diagnosisText(diagnosis, connection);
  const where = { connectionId: connection.id };
  if (diagnosis.id === 'ok') {
    void notices.showInfo(text);
    return;
  }
  const edit = asCommand(vscode.l10n.t('Edit Connection'), commands.connectionEdit, where);
  const secret = asCommand(vscode.l10n.t('Enter Secret…'), commands.connectionEnterSecret, where);
  const log = asCommand(vscode.l10n.t('Open Log'), commands.logShow);
  const aboutSecret = [
    'wrongKey',
    'brokenUserSig',
    'userSigOfOtherUser',
    'userSigOfOtherApp',
    'expiredUserSig',
  ];
  void notices.showWarning(text, ...(aboutSecret.includes(diagnosis.id) ? [secret, edit] : [edit]), log);
}
