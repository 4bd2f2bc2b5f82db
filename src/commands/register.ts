import * as vscode from 'vscode';
import { connectionArgument } from '../contributions/arguments';
import { CommandArgumentError, readArguments, type Command } from '../contributions/command';
import { commands, type CommandHandlers, type CommandName } from '../contributions/commands';
import { messageTarget } from '../documents/activeMessage';
import type { Log } from '../ui/log';
import { NoticeError } from '../ui/noticeError';
import { isCancellation } from '../ui/cancellation';
import type { Notices } from '../ui/notices';
import { RoomError, tellRoomError } from '../ui/room';

/** What commands report to. */
export interface CommandReports {
  readonly log: Log;
  /** What words errors, loaded with the first. */
  readonly notices: () => Promise<Notices>;
}

/**
 * Registers every command. A call is logged and its arguments are read first; a cancelled one is silent, and what a
 * handler throws is shown through {@link Notices} with a *Retry* that runs the same command again.
 */
export function registerCommands(handlers: CommandHandlers, reports: CommandReports): vscode.Disposable {
  const registered = (Object.keys(commands) as CommandName[]).map((name) => {
    const handler = handlers[name] as (...args: readonly unknown[]) => unknown;
    const { id } = commands[name];
    return vscode.commands.registerCommand(id, (...args: unknown[]) =>
      run(commands[name], handler, args, reports),
    );
  });
  return vscode.Disposable.from(...registered);
}

async function run(
  command: Command,
  handler: (...args: readonly unknown[]) => unknown,
  given: readonly unknown[],
  { log, notices }: CommandReports,
): Promise<unknown> {
  log.debug(`command ${command.id}`);
  let args: readonly unknown[] = [];
  try {
    args = readArguments(command, given);
    return await handler(...args);
  } catch (error) {
    if (isCancellation(error)) {
      log.debug(`command ${command.id} cancelled`);
      return undefined;
    }
    const again = (): Promise<unknown> => run(command, handler, given, { log, notices });
    // Not awaited: a notice stays until it is answered, and whoever ran the command must not wait for that.
    void showError(error, connectionOf(args[0]), again, { log, notices });
    return undefined;
  }
}

async function showError(
  error: unknown,
  connectionId: string | undefined,
  again: () => Promise<unknown>,
  { log, notices }: CommandReports,
): Promise<void> {
  try {
    if (RoomError.is(error)) throw error;
    void (await notices()).showError(worded(error), { subject: { connectionId }, retry: again });
  } catch (failure) {
    // Should the words be what cannot be loaded, what went wrong stands in the log at least.
    if (failure !== error) log.error(error);
    if (RoomError.is(failure)) tellRoomError(failure, log, again);
  }
}

/** The connection that a command was called for, or the one of the message it was called for. */
function connectionOf(argument: unknown): string | undefined {
  return connectionArgument(argument)?.connectionId ?? messageTarget(argument)?.ref?.connectionId;
}

function worded(error: unknown): unknown {
  if (!(error instanceof CommandArgumentError)) return error;
  return new NoticeError(
    vscode.l10n.t('{0} was called with something it does not take, so nothing was done.', error.commandId),
    [],
    { cause: error },
  );
}
