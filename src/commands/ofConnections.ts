/** The commands on connections and on the sandbox, loaded together. */
export { connectionCommands } from './connectionCommands';
export { localDataCommand } from './localDataCommand';
export { readOnlyCommands } from './readOnlyCommands';
export { sandboxCommands } from './sandboxCommands';
