import { Room } from '../../ui/room';
import { loading, type CommandParts } from './loading';

/** Commands about messages and where they stand: in the tree, on pages of conversations, in documents and in the journal. */
export function commandsOfMessages({
  connections,
  documents,
  notices,
  journal,
  flush,
  house,
  rooms,
}: CommandParts) {
  const onTree = new Room(house, async () => {
    const { explorerCommands } = await import('../../commands/explorerCommands');
    const { groupCommands } = await import('../../commands/groupCommands');
    const { revealCommands } = await import('../../commands/revealCommands');
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
    const { conversationCommands } = await import('../../commands/conversationCommands');
    return conversationCommands({
      connections: await connections(),
      pages: await rooms.conversationPages.load(),
    });
  });
  const onMessages = new Room(house, async () => {
    const { messageCommands, quickFixCommand, recallCommand } = await import('../../commands/ofMessages');
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
    const { sendCommands } = await import('../../commands/sendCommands');
    return sendCommands({
      connections: await connections(),
      documents: await documents(),
      unsent: (await rooms.unsent.load()).store,
      send: (await rooms.sending.load()).send,
      notices: await notices(),
      flush,
    });
  });
  const onHistory = new Room(house, async () => {
    const { historyCommands } = await import('../../commands/ofMessages');
    return historyCommands({
      connections: await connections(),
      history: await rooms.history.load(),
      journal: await journal(),
      notices: await notices(),
      undo: (await rooms.modifying.load()).undo,
    });
  });
  const byKey = new Room(house, async () => {
    const { openByKeyCommand } = await import('../../commands/openByKeyCommand');
    return openByKeyCommand({ connections: await connections(), documents: await documents() });
  });
  const onFiles = new Room(house, async () =>
    (await import('../../commands/messageFiles')).messageFileCommands(),
  );
  const onSelection = new Room(house, async (own) => {
    const { CheckSelection, checkSelectionCommand } = await import('../../commands/checkSelection');
    return checkSelectionCommand(own(new CheckSelection()));
  });
  const onStrings = new Room(house, async () => {
    const { editEmbeddedJsonCommand } = await import('../../commands/editEmbeddedJson');
    return editEmbeddedJsonCommand({ strings: await rooms.strings.load() });
  });
  const onCopies = new Room(house, async () => {
    const { copyCommand } = await import('../../commands/copyCommand');
    return copyCommand({
      connections: await connections(),
      documents: await documents(),
      requests: () => rooms.requests.load(),
      flush,
    });
  });

  return {
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
      onPages,
      'conversationShow',
      'conversationFind',
      'conversationGoToMessage',
      'conversationCompareSides',
      'conversationFollow',
      'conversationOpenMessage',
    ),
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
      onUnsent,
      'messageNew',
      'messageDuplicate',
      'messageSendAgain',
      'unsentSend',
      'unsentOptions',
      'unsentDiscard',
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
    ...loading(byKey, 'messageOpenByKey'),
    ...loading(onFiles, 'messageFileNew'),
    ...loading(onSelection, 'selectionCheck'),
    ...loading(onStrings, 'embeddedEdit'),
    ...loading(onCopies, 'copyAs'),
  };
}
