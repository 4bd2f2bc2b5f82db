import * as vscode from 'vscode';
import type { ConnectionArgument } from '../contributions/arguments';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import { askPick } from '../ui/wizard';
import { environmentName } from '../connections/names';
import { messageTarget } from '../documents/activeMessage';

/** The connections that a command is for. */
export interface ConnectionFilter {
  readonly fits: (connection: Connection) => boolean;
  /** What to say when there are connections and none fits, localised. */
  readonly none: string;
}

/**
 * The connection that a command's argument names, else the one of the message in view, else the only one, else the one
 * that the person chooses.
 *
 * @throws NoticeError when the one that is named is not in the list, or no connection fits
 */
export async function pickConnection(
  connections: Connections,
  argument: Partial<ConnectionArgument> | undefined,
  title: string,
  filter?: ConnectionFilter,
): Promise<Connection> {
  const id = argument?.connectionId;
  // A sandbox that cannot be used keeps nobody from the other connections.
  const trouble =
    id === undefined || connections.get(id) === undefined
      ? await troubleOf(connections.prepare())
      : undefined;
  if (id !== undefined) {
    const named = connections.get(id);
    if (named !== undefined) return named;
    if (trouble !== undefined) throw trouble;
    throw new NoticeError(vscode.l10n.t('This connection is not in the list any more.'));
  }
  const list = connections.list().filter((connection) => filter?.fits(connection) ?? true);
  const [first] = list;
  if (first === undefined) throw trouble ?? noneToChoose(connections, filter);
  const inView = messageTarget(undefined)?.ref?.connectionId;
  const connection = list.length === 1 ? first : list.find((one) => one.id === inView);
  return (
    connection ??
    askPick(title, {
      placeholder: vscode.l10n.t('Connection'),
      choices: list.map((one) => ({
        value: one,
        label: one.name,
        description: [environmentName(one.environment), one.endpoint, one.sdkAppId].join(' · '),
      })),
    })
  );
}

/** An empty list after a filter is not the same as none. */
function noneToChoose(connections: Connections, filter: ConnectionFilter | undefined): NoticeError {
  const add = asCommand(vscode.l10n.t('Add Connection…'), commands.connectionAdd);
  if (filter !== undefined && connections.list().length > 0) return new NothingToDo(filter.none, [add]);
  return new NothingToDo(vscode.l10n.t('There is no connection yet.'), [
    asCommand(vscode.l10n.t('Try the Sandbox'), commands.sandboxTry),
    add,
  ]);
}

/** What keeps a task from being done, if anything does. */
async function troubleOf(task: Promise<unknown>): Promise<Error | undefined> {
  try {
    await task;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
