import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { settingGroups } from '../contributions/ids';
import { NoticeError, NothingToDo, type NoticeAction } from '../ui/noticeError';
import { SandboxError } from './sandboxInfo';

/** Puts what a sandbox did not do in words; any other error is given back as it is. */
export function wordSandboxError(error: unknown): unknown {
  if (!SandboxError.is(error)) return error;
  const settings: NoticeAction = sandboxSettingsCommand();
  const start = asCommand(vscode.l10n.t('Start Sandbox'), commands.sandboxStart);
  const { detail, problem } = error;
  switch (problem) {
    case 'noEndpoint':
      return notice(
        error,
        vscode.l10n.t('The setting for the sandbox is not an address: {0}', detail),
        settings,
      );
    case 'notLoopback':
      return notice(
        error,
        vscode.l10n.t('A sandbox must run on this machine, and {0} is another one.', detail),
        settings,
      );
    case 'noAnswer':
      return notice(error, vscode.l10n.t('The sandbox at {0} does not answer.', detail), settings);
    case 'notRunning':
      // Nothing went wrong: a person stopped it, or has not started it yet.
      return new NothingToDo(vscode.l10n.t('The sandbox does not run.'), [start], { cause: error });
    case 'notSandbox':
      return notice(error, vscode.l10n.t('What answers at {0} is not a sandbox.', detail), settings);
    case 'notStarted':
      return notice(
        error,
        vscode.l10n.t('The sandbox could not be started: {0}', detail),
        asCommand(vscode.l10n.t('Show Output'), commands.sandboxStatus),
      );
    case 'refused':
      return notice(error, vscode.l10n.t('The sandbox does not take the messages: {0}', detail));
    case 'elsewhere':
      return notice(
        error,
        vscode.l10n.t(
          'The sandbox at {0} was not started by this window, so it has to be stopped where it was.',
          detail,
        ),
      );
  }
}

/**
 * Opens the settings of the sandbox. They belong to the machine on which the extension runs: in a remote window they
 * stand in another tab than the one that VS Code opens by itself.
 */
export function sandboxSettingsCommand(): vscode.Command {
  const title = vscode.l10n.t('Open Settings');
  return vscode.env.remoteName === undefined
    ? { title, command: 'workbench.action.openSettings', arguments: [settingGroups.sandbox] }
    : {
        title,
        command: 'workbench.action.openRemoteSettings',
        arguments: [{ query: settingGroups.sandbox }],
      };
}

/** True for an error that trying again does not mend: our own sandbox has to be started, or the setting to be corrected. */
export function needsAPerson(error: unknown): boolean {
  if (!(error instanceof Error) || !SandboxError.is(error.cause)) return false;
  return ['notRunning', 'noEndpoint', 'notLoopback'].includes(error.cause.problem);
}

function notice(cause: SandboxError, message: string, ...actions: NoticeAction[]): NoticeError {
  return new NoticeError(message, actions, { cause });
}
