import * as vscode from 'vscode';
import type { ConnectionArgument } from '../contributions/arguments';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { NoticeError } from '../ui/noticeError';
import { askPick } from '../ui/wizard';

/** The connection that a command's argument names, else the only one, else the one that the person chooses. */
export async function pickConnection(
  connections: Connections,
  argument: Partial<ConnectionArgument> | undefined,
  title: string,
  fits: (connection: Connection) => boolean = () => true,
): Promise<Connection> {
  const id = argument?.connectionId;
  const named = id === undefined ? undefined : connections.get(id);
  if (named !== undefined) return named;
  await connections.prepare();
  const list = connections.list().filter(fits);
  const [first] = list;
  if (first === undefined) {
    throw new NoticeError(vscode.l10n.t('There is no connection yet.'), [
      asCommand(vscode.l10n.t('Try the Sandbox'), commands.sandboxTry),
      asCommand(vscode.l10n.t('Add Connection…'), commands.connectionAdd),
    ]);
  }
  if (list.length === 1) return first;
  return askPick(title, {
    placeholder: vscode.l10n.t('Connection'),
    choices: list.map((connection) => ({
      value: connection,
      label: connection.name,
      description: `${connection.endpoint} · ${connection.sdkAppId}`,
    })),
  });
}
