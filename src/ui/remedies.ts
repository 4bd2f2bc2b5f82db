import * as vscode from 'vscode';
import { lookUpCode, type CodeAction } from '../chat/catalogue';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';

/** What a code of the service is about, as far as it is known where the code is shown. */
export interface RemedySubject {
  readonly connectionId?: string | undefined;
  /** The accounts that may be missing. None when it is not known: then they are asked for. */
  readonly accounts?: readonly string[] | undefined;
  /** The document of the message. */
  readonly message?: vscode.Uri | undefined;
}

/** What helps against a code: a command, with words for a button and words for a list of quick fixes. */
export interface Remedy {
  readonly action: CodeAction;
  /** Its title is the button's. */
  readonly command: vscode.Command;
  /** The title in a list, where it stands by itself. */
  readonly title: string;
}

type Make = (subject: RemedySubject) => Omit<Remedy, 'action'> | undefined;

/** The command of each action of the catalogue; undefined where the subject does not tell what it needs. */
const remedies: Readonly<Record<CodeAction, Make>> = {
  signAgain: ({ connectionId }) =>
    connectionId === undefined
      ? undefined
      : {
          command: asCommand(vscode.l10n.t('Sign Again'), commands.connectionSignAgain, { connectionId }),
          title: vscode.l10n.t('Sign again with the key of this connection'),
        },
  enterSecret: ({ connectionId }) =>
    connectionId === undefined
      ? undefined
      : {
          command: asCommand(vscode.l10n.t('Enter Secret…'), commands.connectionEnterSecret, {
            connectionId,
          }),
          title: vscode.l10n.t('Enter the secret of this connection'),
        },
  editConnection: ({ connectionId }) =>
    connectionId === undefined
      ? undefined
      : {
          command: asCommand(vscode.l10n.t('Edit Connection'), commands.connectionEdit, { connectionId }),
          title: vscode.l10n.t("Edit this connection's credentials"),
        },
  changeRegion: ({ connectionId }) =>
    connectionId === undefined
      ? undefined
      : {
          command: asCommand(vscode.l10n.t('Edit Connection'), commands.connectionEdit, { connectionId }),
          title: vscode.l10n.t("Change this connection's region"),
        },
  importAccount: ({ connectionId, accounts }) =>
    connectionId === undefined
      ? undefined
      : {
          command: asCommand(vscode.l10n.t('Import Account'), commands.accountImport, {
            connectionId,
            ...(accounts === undefined ? {} : { userIds: accounts }),
          }),
          title: vscode.l10n.t('Import the missing account'),
        },
  retry: ({ message }) =>
    message && {
      command: asCommand(vscode.l10n.t('Modify Again'), commands.messageModify, message),
      title: vscode.l10n.t('Modify again'),
    },
  compare: ({ message }) =>
    message && {
      command: asCommand(vscode.l10n.t('Compare'), commands.messageCompare, message),
      title: vscode.l10n.t('Compare with the service'),
    },
  reload: ({ message }) =>
    message && {
      command: asCommand(vscode.l10n.t('Reload'), commands.messageReload, message),
      title: vscode.l10n.t('Reload from the service'),
    },
  openLog: () => ({
    command: asCommand(vscode.l10n.t('Show Request'), commands.logShowExchanges),
    title: vscode.l10n.t('Show the request and its answer'),
  }),
};

/** What can be done about a code, the likeliest first; empty for a code that nobody documented. */
export function remediesFor(code: number, subject: RemedySubject): Remedy[] {
  return (lookUpCode(code)?.actions ?? []).flatMap((action) => {
    const made = remedies[action](subject);
    return made === undefined ? [] : [{ action, ...made }];
  });
}
