import * as vscode from 'vscode';
import { diagnoseConnection, type ConnectionDiagnosis } from '../chat/diagnose';
import { readConnection, type Connection } from '../connections/connection';
import { isSandbox, type Connections } from '../connections/connections';
import { diagnosisText } from '../connections/diagnosisTexts';
import { checkUserId } from '../connections/inputChecks';
import type { Notices } from '../ui/notices';
import { withProgress } from '../ui/progress';
import { askText } from '../ui/wizard';
import { commandIds } from './commandIds';
import { askConnection, type WizardResult } from './connectionWizard';
import { pickConnection, textOf } from './pickConnection';
import type { CommandRegistry } from './register';

/** What the commands on connections work with. */
export interface ConnectionCommandServices {
  readonly connections: Connections;
  readonly notices: Notices;
}

/** Registers add, edit, remove and test of connections, and what is done about their secrets and accounts. */
export function registerConnectionCommands(
  registry: CommandRegistry,
  services: ConnectionCommandServices,
): void {
  const { connections, notices } = services;
  const pick = (
    argument: unknown,
    title: string,
    fits?: (connection: Connection) => boolean,
  ): Promise<Connection> => pickConnection(connections, argument, title, fits);
  const isApp = (connection: Connection): boolean => !isSandbox(connection);

  registry.register(commandIds.connectionAdd, async (argument) => {
    const { details, secret = '' } =
      answersIn(argument) ?? (await askConnection(vscode.l10n.t('Add Connection')));
    const { connection, lasting } = await connections.add(details, secret);
    if (!lasting) tellNotLasting(notices);
    void notices.showInfo(
      vscode.l10n.t('{0} was added.', connection.name),
      {
        title: vscode.l10n.t('Test Connection'),
        command: commandIds.connectionTest,
        args: [{ connectionId: connection.id }],
      },
      {
        title: vscode.l10n.t('Add User…'),
        command: commandIds.userAdd,
        args: [{ connectionId: connection.id }],
      },
    );
    return connection.id;
  });

  registry.register(commandIds.connectionEdit, async (argument) => {
    const title = vscode.l10n.t('Edit Connection');
    const edited = await pick(argument, title, isApp);
    if (isSandbox(edited)) {
      // A sandbox tells all about itself; only where it is can be chosen.
      await vscode.commands.executeCommand('workbench.action.openSettings', 'tencentChat.sandbox');
      return edited.id;
    }
    const { details, secret } = answersIn(argument) ?? (await askConnection(title, edited));
    const { connection, lasting } = await connections.update(edited.id, details, secret);
    if (!lasting) tellNotLasting(notices);
    return connection.id;
  });

  registry.register(commandIds.connectionRemove, async (argument) => {
    const connection = await pick(argument, vscode.l10n.t('Remove Connection'));
    const remove = vscode.l10n.t('Remove');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('Remove {0} and its secret?', connection.name),
      {
        modal: true,
        detail: vscode.l10n.t(
          'Nothing changes on the service. Drafts and history stay on this machine and are found again when the connection is added again.',
        ),
      },
      remove,
    );
    if (chosen === remove) await connections.remove(connection.id);
  });

  registry.register(commandIds.connectionTest, async (argument) => {
    const connection = await pick(argument, vscode.l10n.t('Test Connection'));
    const diagnosis = await withProgress(vscode.l10n.t('Testing {0}…', connection.name), async ({ signal }) =>
      diagnoseConnection(await connections.client(connection.id, { interactive: true, signal }), signal),
    );
    tellDiagnosis(notices, diagnosis, connections.get(connection.id) ?? connection);
    return diagnosis.id;
  });

  registry.register(commandIds.connectionEnterSecret, async (argument) => {
    const connection = await pick(argument, vscode.l10n.t('Enter Secret'), isApp);
    if (isSandbox(connection)) return;
    const secret = textOf(argument, 'secret');
    const lasting =
      secret === undefined
        ? await connections.enterSecret(connection.id)
        : await connections.setSecret(connection.id, secret);
    if (lasting === undefined) throw new vscode.CancellationError();
    if (!lasting) tellNotLasting(notices);
  });

  registry.register(commandIds.connectionSignAgain, async (argument) => {
    const connection = await pick(argument, vscode.l10n.t('Sign Again'));
    if (connection.credentialKind === 'userSig') {
      // A ready-made UserSig cannot be renewed here: a new one has to come.
      await vscode.commands.executeCommand(commandIds.connectionEnterSecret, { connectionId: connection.id });
      return;
    }
    connections.signAgain(connection.id);
    vscode.window.setStatusBarMessage(vscode.l10n.t('The next request will be signed anew.'), 6000);
  });

  registry.register(commandIds.accountImport, async (argument) => {
    const title = vscode.l10n.t('Import Account');
    const connection = await pick(argument, title);
    const userId =
      textOf(argument, 'userId') ??
      (await askText(title, { prompt: vscode.l10n.t('UserID of the account'), validate: checkUserId }));
    const client = await connections.client(connection.id, { interactive: true });
    await withProgress(vscode.l10n.t('Importing {0}…', userId), ({ signal }) =>
      client.accountImport({ userId }, signal),
    );
    vscode.window.setStatusBarMessage(vscode.l10n.t('{0} has an account now.', userId), 6000);
  });
}

/** What a test or another extension gives instead of going through the steps. */
function answersIn(argument: unknown): WizardResult | undefined {
  if (typeof argument !== 'object' || argument === null || !('details' in argument)) return undefined;
  const details = readConnection(argument.details);
  return details && { details, secret: textOf(argument, 'secret') };
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
  const args = [{ connectionId: connection.id }];
  if (diagnosis.id === 'ok') {
    void notices.showInfo(text);
    return;
  }
  const edit = { title: vscode.l10n.t('Edit Connection'), command: commandIds.connectionEdit, args };
  const secret = { title: vscode.l10n.t('Enter Secret…'), command: commandIds.connectionEnterSecret, args };
  const log = { title: vscode.l10n.t('Open Log'), command: commandIds.logShow };
  const aboutSecret = [
    'wrongKey',
    'brokenUserSig',
    'userSigOfOtherUser',
    'userSigOfOtherApp',
    'expiredUserSig',
  ];
  void notices.showWarning(text, ...(aboutSecret.includes(diagnosis.id) ? [secret, edit] : [edit]), log);
}
