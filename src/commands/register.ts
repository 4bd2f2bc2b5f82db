import * as vscode from 'vscode';
import type { Log } from '../ui/log';
import { isCancellation, type Notices } from '../ui/notices';
import type { CommandId } from './commandIds';
import { textOf } from './pickConnection';

/** A command's body. Arguments come from menus, key bindings, links and tests, so their types are not known. */
export type CommandHandler = (...args: unknown[]) => unknown;

/**
 * The one way to register a command: the call is logged, a cancelled one is silent, and what a handler throws is
 * shown through {@link Notices} with a *Retry* that runs the same command again.
 */
export class CommandRegistry implements vscode.Disposable {
  private readonly registered: vscode.Disposable[] = [];

  constructor(
    private readonly log: Log,
    private readonly notices: Notices,
  ) {}

  /** Registers `handler` under `id`; it stays until this registry is disposed. */
  register(id: CommandId, handler: CommandHandler): void {
    this.registered.push(
      vscode.commands.registerCommand(id, (...args: unknown[]) => this.run(id, handler, args)),
    );
  }

  dispose(): void {
    for (const command of this.registered.splice(0)) command.dispose();
  }

  private async run(id: CommandId, handler: CommandHandler, args: unknown[]): Promise<unknown> {
    this.log.debug(`command ${id}`);
    try {
      return await handler(...args);
    } catch (error) {
      if (isCancellation(error)) {
        this.log.debug(`command ${id} cancelled`);
        return undefined;
      }
      // Not awaited: a notice stays until it is answered, and whoever ran the command must not wait for that.
      void this.notices.showError(error, {
        connectionId: textOf(args[0], 'connectionId'),
        retry: () => this.run(id, handler, args),
      });
      return undefined;
    }
  }
}
