import type { Log } from '../ui/log';
import { commandIds } from './commandIds';
import type { CommandRegistry } from './register';

/** Registers the commands that show the log and the last requests. */
export function registerLogCommands(registry: CommandRegistry, log: Log): void {
  registry.register(commandIds.logShow, () => log.show());
  registry.register(commandIds.logShowExchanges, () => log.showExchanges());
}
