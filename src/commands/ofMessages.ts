/** The commands on messages, their drafts and their history, loaded together. */
export { historyCommands } from './historyCommands';
export { messageCommands } from './messageCommands';
export { quickFixCommand } from './quickFixCommand';
export { recallCommand } from '../modifying/recallMessage';
