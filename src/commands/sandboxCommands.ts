import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands, type CommandHandlers } from '../contributions/commands';
import { viewIds } from '../contributions/ids';
import { isSandbox } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { readOpenMessages, type OpenMessages } from '../documents/readOpenMessages';
import type { MessageDocuments } from '../documents/messageDocuments';
import type { ExplorerView } from '../views/conversations/explorerView';
import { NoticeError } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { withProgress } from '../ui/progress';
import { askInDialog } from '../ui/messages';
import { sayInStatusBar } from '../ui/statusBar';

/** What the commands on the sandbox work with. */
export interface SandboxCommandServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly explorer: ExplorerView;
  readonly notices: Notices;
  readonly showSandboxOutput: () => void;
}

/** Try, start, stop, reset and status of the sandbox. */
export function sandboxCommands(
  services: SandboxCommandServices,
): Pick<CommandHandlers, 'sandboxTry' | 'sandboxStart' | 'sandboxStop' | 'sandboxReset' | 'sandboxStatus'> {
  const { connections, documents, explorer, notices } = services;
  const { sandbox } = connections;

  const start = async (): Promise<string> => {
    const ran = (await sandbox.status()).info !== undefined;
    const connection = await withProgress(vscode.l10n.t('Starting the sandbox…'), () =>
      connections.useSandbox(),
    );
    // Where it did not run, rows say so.
    if (!ran) connections.sandboxChanged();
    return connection.id;
  };

  return {
    sandboxTry: async () => {
      const id = await start();
      await vscode.commands.executeCommand(`${viewIds.explorer}.focus`);
      await explorer.reveal(id);
      return id;
    },

    sandboxStart: async () => {
      const id = await start();
      sayInStatusBar(vscode.l10n.t('The sandbox runs.'));
      return id;
    },

    sandboxStop: async () => {
      await sandbox.stop();
      connections.sandboxStopped();
      sayInStatusBar(vscode.l10n.t('The sandbox was stopped.'));
    },

    sandboxReset: async () => {
      await confirmReset();
      await withProgress(vscode.l10n.t('Resetting the sandbox…'), () => sandbox.reset());
      const { id } = await connections.useSandbox();
      connections.sandboxChanged();
      tellMissing(await readOpenMessages(documents, id));
    },

    sandboxStatus: async () => {
      const { kind, info, endpoint } = await sandbox.status();
      if (kind === 'own') services.showSandboxOutput();
      if (info === undefined) {
        void notices.showInfo(
          endpoint === undefined
            ? vscode.l10n.t('The sandbox does not run.')
            : vscode.l10n.t('The sandbox at {0} does not answer.', endpoint),
          ...(endpoint === undefined
            ? [asCommand(vscode.l10n.t('Start Sandbox'), commands.sandboxStart)]
            : []),
        );
        return undefined;
      }
      const name = connections.list().find(isSandbox)?.name ?? vscode.l10n.t('Sandbox');
      void notices.showInfo(
        vscode.l10n.t('{0} runs at {1}, SDKAppID {2}.', name, info.endpoint, info.sdkAppId),
        ...(kind === 'own' ? [asCommand(vscode.l10n.t('Stop Sandbox'), commands.sandboxStop)] : []),
      );
      return info.endpoint;
    },
  };

  /** Messages have the times of the start in their keys, so that after a reset most are others. */
  function tellMissing({ gone, changed }: OpenMessages): void {
    if (gone === 0) {
      const text =
        changed === 0
          ? vscode.l10n.t('The sandbox has its sample data again.')
          : vscode.l10n.t('The sandbox has its sample data again; open editors show what is in it now.');
      sayInStatusBar(text);
      return;
    }
    void notices.showWarning(
      gone === 1
        ? vscode.l10n.t(
            'The sandbox has its sample data again. An open message is not in it any more; its text stays on this machine.',
          )
        : vscode.l10n.t(
            'The sandbox has its sample data again. {0} open messages are not in it any more; their text stays on this machine.',
            gone,
          ),
    );
  }

  async function confirmReset(): Promise<void> {
    if (sandbox.configured !== undefined) {
      throw new NoticeError(
        vscode.l10n.t(
          'The sandbox at {0} was not started by VS Code, so it is reset where it runs.',
          sandbox.configured,
        ),
      );
    }
    const reset = vscode.l10n.t('Reset');
    const chosen = await askInDialog(
      vscode.l10n.t('Reset the sandbox to its sample data?'),
      [vscode.l10n.t('What was changed in it goes. Drafts and history stay.')],
      reset,
    );
    if (chosen !== reset) throw new vscode.CancellationError();
  }
}
