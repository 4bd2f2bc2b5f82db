import { logCommands } from '../commands/logCommands';
import type { CommandHandlers } from '../contributions/commands';
import { commandParts, type CommandGround } from './commands/loading';
import { commandsOfConnections } from './commands/ofConnections';
import { commandsOfLists } from './commands/ofLists';
import { commandsOfMessages } from './commands/ofMessages';
import { commandsOfTraffic } from './commands/ofTraffic';
import type { Rooms } from './rooms';

/** What carries out each command; the compiler finds one that nobody does. Each loads its room when it is first run. */
export function commandHandlers(rooms: Rooms, ground: CommandGround): CommandHandlers {
  const parts = commandParts(rooms, ground);
  return {
    ...commandsOfConnections(parts),
    ...commandsOfMessages(parts),
    ...commandsOfLists(parts),
    ...commandsOfTraffic(parts),
    ...logCommands(ground),
  };
}
