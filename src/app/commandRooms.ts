import type { CommandHandlers, CommandName } from '../contributions/commands';
import type { Rows } from '../commands/messageSources';
import { logCommands } from '../commands/logCommands';
import type { FlushRegistry } from '../editor/flushRegistry';
import type { Settings } from '../contributions/settings';
import type { Log } from '../ui/log';
import { Room, type Belongings } from '../ui/room';
import type { Rooms } from './rooms';

/** What the rooms of commands work with. */
export interface CommandGround {
  readonly house: Belongings;
  readonly log: Log;
  readonly flushes: FlushRegistry;
  readonly read: Settings;
}

/** What carries out each command; the compiler finds one that nobody does. Each loads its room when it is first run. */
export function commandHandlers(rooms: Rooms, { house, log, flushes, read }: CommandGround): CommandHandlers {
  const flush = flushes.flush.bind(flushes);
  const connections = async () => (await rooms.connections.load()).connections;
  const documents = async () => (await rooms.messages.load()).documents;
  const notices = async () => (await rooms.reports.load()).notices;
  const journal = async () => (await rooms.journal.load()).journal;
  /** Rows of the tree, and of pages of conversations. */
  const rows = async (): Promise<Rows> => {
    const tree = await rooms.conversations.load();
    const pages = () => rooms.conversationPages.made;
    return {
      node: (id) => tree.node(id) ?? pages()?.node(id),
      together: ({ kind, id }) => (pages()?.together(id) ?? [id]).map((one) => ({ kind, id: one })),
    };
  };

  const onConnections = new Room(house, async () => {
    const { connectionCommands, readOnlyCommands } = await import('../commands/ofConnections');
    const services = { connections: await connections(), notices: await notices() };
    return { ...connectionCommands(services), ...readOnlyCommands(services) };
  });
  const onLocalData = new Room(house, async () => {
    const { localDataCommand } = await import('../commands/ofConnections');
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
    const { sandboxCommands } = await import('../commands/ofConnections');
    const { showSandboxOutput } = await rooms.connections.load();
    return sandboxCommands({
      connections: await connections(),
      documents: await documents(),
      explorer: await rooms.conversations.load(),
      notices: await notices(),
      showSandboxOutput,
    });
  });
  const onTree = new Room(house, async () => {
    const { explorerCommands } = await import('../commands/explorerCommands');
    const { groupCommands } = await import('../commands/groupCommands');
    const { revealCommands } = await import('../commands/revealCommands');
    const services = {
      connections: await connections(),
      explorer: await rooms.conversations.load(),
      notices: await notices(),
      page: () => rooms.conversationPages.made?.active,
    };
    return {
      ...explorerCommands(services),
      ...groupCommands(services),
      ...revealCommands({ ...services, documents }),
    };
  });
  const onPages = new Room(house, async () => {
    const { conversationCommands } = await import('../commands/conversationCommands');
    return conversationCommands({
      connections: await connections(),
      pages: await rooms.conversationPages.load(),
    });
  });
  const onMessages = new Room(house, async () => {
    const { messageCommands, quickFixCommand, recallCommand } = await import('../commands/ofMessages');
    const services = {
      ...(await rooms.modifying.load()),
      connections: await connections(),
      documents: await documents(),
      notices: await notices(),
      flush,
    };
    return {
      ...messageCommands(services),
      ...quickFixCommand(services),
      ...recallCommand(services),
    };
  });
  const onUnsent = new Room(house, async () => {
    const { sendCommands } = await import('../commands/sendCommands');
    return sendCommands({
      connections: await connections(),
      documents: await documents(),
      unsent: (await rooms.unsent.load()).store,
      send: (await rooms.sending.load()).send,
      notices: await notices(),
      flush,
    });
  });
  const onWalkthrough = new Room(house, async () => {
    const { walkthroughCommands } = await import('../commands/walkthroughCommands');
    const { modify, undo } = await rooms.modifying.load();
    return walkthroughCommands({
      ...{ modify, undo },
      connections: await connections(),
      documents: await documents(),
      journal: await journal(),
    });
  });
  const onHistory = new Room(house, async () => {
    const { historyCommands } = await import('../commands/ofMessages');
    return historyCommands({
      connections: await connections(),
      history: await rooms.history.load(),
      journal: await journal(),
      notices: await notices(),
      undo: (await rooms.modifying.load()).undo,
    });
  });
  const byKey = new Room(house, async () => {
    const { openByKeyCommand } = await import('../commands/openByKeyCommand');
    return openByKeyCommand({ connections: await connections(), documents: await documents() });
  });
  const onFiles = new Room(house, async () =>
    (await import('../commands/messageFiles')).messageFileCommands(),
  );
  const onSelection = new Room(house, async (own) => {
    const { CheckSelection, checkSelectionCommand } = await import('../commands/checkSelection');
    return checkSelectionCommand(own(new CheckSelection()));
  });
  const onUserSigs = new Room(house, async () => {
    const { userSigCommands } = await import('../commands/userSigCommands');
    return userSigCommands({
      connections: await connections(),
      codeTexts: (await rooms.reports.load()).codeTexts,
      pages: await rooms.pages.load(),
      hide: (secret) => log.hide(secret),
    });
  });
  const onRequests = new Room(house, async () => {
    const { requestCommands } = await import('../commands/requestCommands');
    return requestCommands(await rooms.requests.load());
  });
  const onCopies = new Room(house, async () => {
    const { copyCommand } = await import('../commands/copyCommand');
    return copyCommand({
      connections: await connections(),
      documents: await documents(),
      requests: () => rooms.requests.load(),
      flush,
    });
  });
  const onLists = new Room(house, async () => {
    const { listCommands } = await import('../commands/listCommands');
    return listCommands({
      connections: await connections(),
      explorer: await rows(),
      lists: (await rooms.lists.load()).documents,
      modifyList: (await rooms.planning.load()).modifyList,
      notices: await notices(),
    });
  });
  const onFinding = new Room(house, async () => {
    const { findCommand } = await import('../commands/findCommand');
    return findCommand({
      connections: await connections(),
      explorer: await rooms.conversations.load(),
      lists: (await rooms.lists.load()).documents,
      notices: await notices(),
    });
  });
  const onExport = new Room(house, async () => {
    const { exportCommand } = await import('../commands/exportCommand');
    return exportCommand({
      connections: await connections(),
      explorer: await rows(),
      notices: await notices(),
      pages: await rooms.pages.load(),
      names: await rooms.names.load(),
      spoolFolder: rooms.spoolFolder,
    });
  });
  const onImport = new Room(house, async () => {
    const { importCommand } = await import('../commands/importCommand');
    return importCommand({
      connections: await connections(),
      explorer: await rooms.conversations.load(),
      notices: await notices(),
      pages: await rooms.pages.load(),
      pace: (await rooms.planning.load()).pace,
      read,
    });
  });
  const onFixtures = new Room(house, async () => {
    const { fixtureCommands } = await import('../commands/fixtureCommands');
    return fixtureCommands(await rooms.fixtures());
  });
  const onValues = new Room(house, async () => {
    const { setValueCommand } = await import('../commands/setValueCommand');
    return setValueCommand((await rooms.lists.load()).documents);
  });
  const onPlans = new Room(house, async () => {
    const { planCommands } = await import('../commands/planCommands');
    return planCommands(await rooms.planning.load(), {
      connections: await connections(),
      documents: await documents(),
      drafts: (await rooms.messages.load()).drafts,
      flush,
    });
  });
  const onInbox = new Room(house, async () => {
    const { webhookCommands } = await import('../commands/webhookCommands');
    return webhookCommands({
      ...(await rooms.inbox.load()),
      view: await rooms.webhooks.load(),
      notices: await notices(),
    });
  });
  const onSamples = new Room(house, async () => {
    const { webhookSandboxCommands } = await import('../commands/webhookSandboxCommands');
    return webhookSandboxCommands((await rooms.inbox.load()).inbox, await connections());
  });
  const onWebhooks = new Room(house, async () => {
    const { webhookEventCommands } = await import('../commands/webhookEventCommands');
    return webhookEventCommands({
      ...(await rooms.inbox.load()),
      connections: await connections(),
      documents: await documents(),
      selected: (await rooms.webhooks.load()).selected,
    });
  });
  const onStrings = new Room(house, async () => {
    const { editEmbeddedJsonCommand } = await import('../commands/editEmbeddedJson');
    return editEmbeddedJsonCommand({ strings: await rooms.strings.load() });
  });
  const onCodes = new Room(house, async () => {
    const { explainErrorCodeCommand } = await import('../commands/explainErrorCode');
    const { codeTexts } = await rooms.reports.load();
    return explainErrorCodeCommand({ codeTexts, pages: await rooms.pages.load(), connections });
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
    ...loading(
      onTree,
      'explorerRefresh',
      'explorerRefreshNode',
      'explorerLoadMore',
      'explorerRetry',
      'explorerFocusDown',
      'explorerFocusUp',
      'explorerFilter',
      'draftsFilter',
      'messageReveal',
      'messageOpenToSide',
      'userAdd',
      'userRemove',
      'conversationAdd',
      'conversationRemove',
      'groupAdd',
      'groupRemove',
      'groupsLoad',
      'conversationGoToDate',
    ),
    ...loading(
      onUnsent,
      'messageNew',
      'messageDuplicate',
      'messageSendAgain',
      'unsentSend',
      'unsentOptions',
      'unsentDiscard',
    ),
    ...loading(
      onPages,
      'conversationShow',
      'conversationFind',
      'conversationGoToMessage',
      'conversationCompareSides',
      'conversationFollow',
      'conversationOpenMessage',
    ),
    ...loading(byKey, 'messageOpenByKey'),
    ...loading(onFiles, 'messageFileNew'),
    ...loading(
      onMessages,
      'messageOpen',
      'messageOpenAsText',
      'messageCopyKey',
      'messageModify',
      'messageCompare',
      'messageReload',
      'messageDiscardDraft',
      'messageQuickFix',
      'messageRecall',
      'conflictKeepMine',
      'conflictTakeService',
      'conflictMergeByHand',
      'conflictMerged',
      'modificationUndo',
    ),
    ...loading(
      onHistory,
      'draftShow',
      'historyShow',
      'historyShowAll',
      'historyRefresh',
      'historyFind',
      'revisionShow',
      'revisionRestore',
      'journalExport',
    ),
    ...loading(
      onLists,
      'listEdit',
      'listModify',
      'listReload',
      'listShowChanges',
      'listDiscardChange',
      'listKeepMine',
    ),
    ...loading(onFinding, 'messagesFind'),
    ...loading(onExport, 'listExport'),
    ...loading(onImport, 'listImport'),
    ...loading(onFixtures, 'sandboxLoad', 'sandboxSave'),
    ...loading(onValues, 'listSetValue'),
    ...loading(
      onPlans,
      'draftsModifyAll',
      'draftsModifySelected',
      'planPause',
      'planContinue',
      'planRetry',
      'planLeave',
      'planRollBack',
      'planReport',
    ),
    ...loading(
      onInbox,
      'webhooksStart',
      'webhooksStop',
      'webhooksStatus',
      'webhooksCopyAddress',
      'webhooksFilter',
      'webhooksClear',
      'webhooksGuide',
      'webhooksEditRules',
    ),
    ...loading(onSamples, 'webhooksConnectSandbox', 'webhooksSendSample', 'webhooksSetToken'),
    ...loading(
      onWebhooks,
      'webhooksOpen',
      'webhooksOpenMessage',
      'webhooksCopyKey',
      'webhooksCopyAs',
      'webhooksSaveAsList',
      'webhooksEditAndReplay',
      'webhooksSendEdited',
      'webhooksReplay',
      'webhooksAddRule',
    ),
    ...loading(onWalkthrough, 'walkthroughOpen', 'walkthroughStep'),
    ...loading(onStrings, 'embeddedEdit'),
    ...loading(onSelection, 'selectionCheck'),
    ...loading(onCodes, 'errorCodeExplain', 'errorCodeTryInSandbox'),
    ...loading(onRequests, 'requestNew', 'requestSend', 'requestSendAll', 'requestStop', 'requestAnswers'),
    ...loading(onCopies, 'copyAs'),
    ...loading(onUserSigs, 'userSigExamine', 'userSigGenerate'),
    ...logCommands({ log }),
  };
}

/** The handlers of these commands, which load their room when they are run. */
function loading<Name extends CommandName>(
  room: Room<Pick<CommandHandlers, Name>>,
  ...names: readonly Name[]
): Pick<CommandHandlers, Name> {
  const handlers = names.map((name) => [
    name,
    async (...args: readonly unknown[]): Promise<unknown> => {
      const handler = (await room.load())[name] as (...given: readonly unknown[]) => unknown;
      return handler(...args);
    },
  ]);
  return Object.fromEntries(handlers) as Pick<CommandHandlers, Name>;
}
