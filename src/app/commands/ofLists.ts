import { Room } from '../../ui/room';
import { loading, type CommandParts } from './loading';

/** Commands about many messages: lists, plans, what goes out and what comes in. */
export function commandsOfLists({
  connections,
  documents,
  notices,
  rows,
  flush,
  house,
  rooms,
}: CommandParts) {
  const onLists = new Room(house, async () => {
    const { listCommands } = await import('../../commands/listCommands');
    return listCommands({
      connections: await connections(),
      explorer: await rows(),
      lists: (await rooms.lists.load()).documents,
      modifyList: (await rooms.planning.load()).modifyList,
      notices: await notices(),
    });
  });
  const onFinding = new Room(house, async () => {
    const { findCommand } = await import('../../commands/findCommand');
    return findCommand({
      connections: await connections(),
      explorer: await rooms.conversations.load(),
      lists: (await rooms.lists.load()).documents,
      notices: await notices(),
    });
  });
  const onExport = new Room(house, async () => {
    const { exportCommand } = await import('../../commands/exportCommand');
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
    const { importCommand } = await import('../../commands/importCommand');
    return importCommand({
      connections: await connections(),
      notices: (await rooms.reports.load()).notices,
      pages: await rooms.pages.load(),
      plans: (await rooms.planning.load()).plans,
    });
  });
  const onFixtures = new Room(house, async () => {
    const { fixtureCommands } = await import('../../commands/fixtureCommands');
    return fixtureCommands(await rooms.fixtures());
  });
  const onValues = new Room(house, async () => {
    const { setValueCommand } = await import('../../commands/setValueCommand');
    return setValueCommand((await rooms.lists.load()).documents);
  });
  const onPlans = new Room(house, async () => {
    const { planCommands } = await import('../../commands/planCommands');
    const services = { ...(await rooms.planning.load()), pages: await rooms.pages.load() };
    return planCommands(services, {
      connections: await connections(),
      documents: await documents(),
      drafts: (await rooms.messages.load()).drafts,
      flush,
    });
  });

  return {
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
  };
}
