import type { CommandHandlers } from '../contributions/commands';
import { checkSelectionCommand, type CheckSelection } from './checkSelection';
import { connectionCommands, type ConnectionCommandServices } from './connectionCommands';
import { editEmbeddedJsonCommand, type EmbeddedJsonServices } from './editEmbeddedJson';
import { explainErrorCodeCommand, type ExplainServices } from './explainErrorCode';
import { explorerCommands, type ExplorerCommandServices } from './explorerCommands';
import { historyCommands, type HistoryCommandServices } from './historyCommands';
import { localDataCommand, type LocalDataServices } from './localDataCommand';
import { logCommands } from './logCommands';
import { messageCommands, type MessageCommandServices } from './messageCommands';
import { modifyAllDraftsCommand, type ModifyAllServices } from '../modifying/modifyAllDrafts';
import { messageFileCommands } from './messageFiles';
import { openByKeyCommand, type OpenByKeyServices } from './openByKeyCommand';
import { quickFixCommand, type QuickFixServices } from './quickFixCommand';
import { readOnlyCommands } from './readOnlyCommands';
import { recallCommand, type RecallServices } from '../modifying/recallMessage';
import type { CommandReports } from './register';
import { sandboxCommands, type SandboxCommandServices } from './sandboxCommands';

/** What the commands work with. */
export interface CommandServices
  extends
    CommandReports,
    ConnectionCommandServices,
    EmbeddedJsonServices,
    ExplainServices,
    ExplorerCommandServices,
    HistoryCommandServices,
    LocalDataServices,
    MessageCommandServices,
    ModifyAllServices,
    OpenByKeyServices,
    QuickFixServices,
    RecallServices,
    SandboxCommandServices {
  readonly selection: CheckSelection;
}

/** What carries out each command; the compiler finds one that nobody does. */
export function commandHandlers(services: CommandServices): CommandHandlers {
  return {
    ...connectionCommands(services),
    ...readOnlyCommands(services),
    ...localDataCommand(services),
    ...sandboxCommands(services),
    ...explorerCommands(services),
    ...openByKeyCommand(services),
    ...messageFileCommands(),
    ...messageCommands(services),
    ...modifyAllDraftsCommand(services),
    ...recallCommand(services),
    ...historyCommands(services),
    ...quickFixCommand(services),
    ...explainErrorCodeCommand(services),
    ...editEmbeddedJsonCommand(services),
    ...checkSelectionCommand(services.selection),
    ...logCommands(services),
  };
}
