import { Room } from '../../ui/room';
import { loading, type CommandParts } from './loading';

/** Commands about connections, their sandbox, their signatures and their codes, and the walkthrough. */
export function commandsOfConnections({
  connections,
  documents,
  notices,
  journal,
  house,
  log,
  rooms,
}: CommandParts) {
  const onConnections = new Room(house, async () => {
    const { connectionCommands, readOnlyCommands } = await import('../../commands/ofConnections');
    const services = { connections: await connections(), notices: await notices() };
    return { ...connectionCommands(services), ...readOnlyCommands(services) };
  });
  const onLocalData = new Room(house, async () => {
    const { localDataCommand } = await import('../../commands/ofConnections');
    return localDataCommand({
      connections: await connections(),
      documents: await documents(),
      journal: await journal(),
      lists: (await rooms.lists.load()).documents,
      unsent: (await rooms.unsent.load()).store,
      plans: (await rooms.journal.load()).plans,
      names: await rooms.names.load(),
      inbox: async () => (await rooms.inbox.load()).inbox,
    });
  });
  const onSandbox = new Room(house, async () => {
    const { sandboxCommands } = await import('../../commands/ofConnections');
    const { showSandboxOutput } = await rooms.connections.load();
    return sandboxCommands({
      connections: await connections(),
      documents: await documents(),
      explorer: await rooms.conversations.load(),
      notices: await notices(),
      showSandboxOutput,
    });
  });
  const onUserSigs = new Room(house, async () => {
    const { userSigCommands } = await import('../../commands/userSigCommands');
    return userSigCommands({
      connections: await connections(),
      codeTexts: (await rooms.reports.load()).codeTexts,
      pages: await rooms.pages.load(),
      hide: (secret) => log.hide(secret),
    });
  });
  const onCodes = new Room(house, async (own) => {
    const { ErrorCodePanel, explainErrorCodeCommand } = await import('../../commands/explainErrorCode');
    const { codeTexts } = await rooms.reports.load();
    return explainErrorCodeCommand({ codeTexts, panel: own(new ErrorCodePanel()), connections });
  });
  const onWalkthrough = new Room(house, async () => {
    const { walkthroughCommands } = await import('../../commands/walkthroughCommands');
    const { modify, undo } = await rooms.modifying.load();
    return walkthroughCommands({
      ...{ modify, undo },
      connections: await connections(),
      documents: await documents(),
      journal: await journal(),
    });
  });

  return {
    ...loading(
      onConnections,
      'connectionAdd',
      'connectionEdit',
      'connectionRemove',
      'connectionTest',
      'connectionEnterSecret',
      'connectionSignAgain',
      'connectionMakeReadOnly',
      'connectionAllowModifying',
      'accountImport',
    ),
    ...loading(onLocalData, 'connectionDeleteLocalData'),
    ...loading(onSandbox, 'sandboxTry', 'sandboxStart', 'sandboxStop', 'sandboxReset', 'sandboxStatus'),
    ...loading(onUserSigs, 'userSigExamine', 'userSigGenerate'),
    ...loading(onCodes, 'errorCodeExplain', 'errorCodeTryInSandbox'),
    ...loading(onWalkthrough, 'walkthroughOpen', 'walkthroughStep'),
  };
}
