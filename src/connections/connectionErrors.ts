import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { NoticeError } from '../ui/noticeError';
import type { Connection } from './connection';

/** The secret of a connection was never given or was lost. */
export class MissingSecretError extends NoticeError {
  constructor(
    readonly connectionId: string,
    name: string,
  ) {
    super(vscode.l10n.t('The secret of {0} is not on this machine (any more).', name), [
      asCommand(vscode.l10n.t('Enter Secret…'), commands.connectionEnterSecret, { connectionId }),
    ]);
  }
}

/** Something was to be sent through a connection that is only read. */
export function readOnlyError({ id, name }: Connection): NoticeError {
  return new NoticeError(
    vscode.l10n.t('Not sent: the connection {0} is read-only. Nothing was changed.', name),
    [asCommand(vscode.l10n.t('Allow Modifying…'), commands.connectionAllowModifying, { connectionId: id })],
  );
}

/** Two connections would talk to the same app by the same administrator. */
export function duplicateError({ id, name }: Connection): NoticeError {
  return new NoticeError(
    vscode.l10n.t('{0} is a connection to the same app by the same administrator.', name),
    [asCommand(vscode.l10n.t('Edit Connection'), commands.connectionEdit, { connectionId: id })],
  );
}
