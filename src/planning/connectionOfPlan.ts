import * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { plainConnection, type RevisionConnection } from '../journal/revision';
import { NoticeError } from '../ui/noticeError';

/** The connection that a plan goes through, without its secret. */
export function connectionOfPlan(connections: Connections, connectionId: string): RevisionConnection {
  const connection = connections.get(connectionId);
  if (!connection)
    throw new NoticeError(
      vscode.l10n.t(
        'The connection of these messages was removed. Add it again to modify them; the list stays.',
      ),
      [asCommand(vscode.l10n.t('Add Connection'), commands.connectionAdd)],
    );
  return plainConnection(connection);
}
