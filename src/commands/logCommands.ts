import type { CommandHandlers } from '../contributions/commands';
import type { Log } from '../ui/log';

/** The commands that show the log and the last requests. */
export function logCommands({
  log,
}: {
  readonly log: Log;
}): Pick<CommandHandlers, 'logShow' | 'logShowExchanges'> {
  return { logShow: () => log.show(), logShowExchanges: () => log.showExchanges() };
}
