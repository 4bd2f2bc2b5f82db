import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { NoticeError } from '../ui/noticeError';
import { askPick } from '../ui/wizard';
import { commandIds } from './commandIds';

/** The text member of a command's argument, which may be a node of the tree, an object of a test, or nothing. */
export function textOf(argument: unknown, name: string): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const value = (argument as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}

/** The connection that a command's argument names, else the only one, else the one that the person chooses. */
export async function pickConnection(
  connections: Connections,
  argument: unknown,
  title: string,
  fits: (connection: Connection) => boolean = () => true,
): Promise<Connection> {
  const id = textOf(argument, 'connectionId');
  const named = id === undefined ? undefined : connections.get(id);
  if (named !== undefined) return named;
  await connections.prepare();
  const list = connections.list().filter(fits);
  const [first] = list;
  if (first === undefined) {
    throw new NoticeError(vscode.l10n.t('There is no connection yet.'), [
      { title: vscode.l10n.t('Try the Sandbox'), command: commandIds.sandboxTry },
      { title: vscode.l10n.t('Add Connection…'), command: commandIds.connectionAdd },
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
