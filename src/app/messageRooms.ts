import { messageUri } from '../documents/messageRef';
import { Room } from '../ui/room';
import type { Messages } from './parts/createMessages';
import type { Ground, Rooms } from './rooms';

/**
 * Rooms of messages: what the service, this machine and the journal know of them, and the ways in.
 *
 * @param rooms all of them, once they are there
 */
export function messageRooms(
  { context, house, log, read, flushes, walkthrough }: Ground,
  rooms: () => Rooms,
): Pick<
  Rooms,
  | 'reports'
  | 'connections'
  | 'journal'
  | 'messages'
  | 'problems'
  | 'modifying'
  | 'lists'
  | 'planChanges'
  | 'planning'
  | 'unsent'
  | 'sending'
  | 'moves'
> {
  const storage = context.globalStorageUri.fsPath;
  const reports = new Room(house, async () => {
    const { createReports } = await import('./parts/createReports');
    return createReports(context, log);
  });
  const connections = new Room(house, async (own) => {
    const { createConnections } = await import('../connections/createConnections');
    return own(createConnections(context, log, read));
  });
  const journal = new Room(house, async (own) => {
    const { createJournal } = await import('./parts/createJournal');
    return createJournal(own, { storage, read, damage: (await rooms().reports.load()).damage });
  });
  const messages = new Room(house, async (own): Promise<Messages> => {
    const { createMessages } = await import('./parts/createMessages');
    return createMessages(own, {
      ...(await rooms().reports.load()),
      connections: (await rooms().connections.load()).connections,
      storage,
      log,
      revision: async (...which) => (await rooms().journal.load()).contentOf(...which),
      listed: (ref) => rooms().conversations.made?.shownMessage(ref),
      learned: (ref, news) => rooms().conversations.made?.learned(ref, news),
      // What the service refused was about a change of another content than what it shows now.
      moved: (ref) => rooms().problems.made?.reporter.settled(messageUri(ref)),
    });
  });
  const problems = new Room(house, async (own) => {
    const { createProblems } = await import('./parts/createProblems');
    return createProblems(own, (await rooms().reports.load()).notices);
  });
  const modifying = new Room(house, async (own) => {
    const { createModifying } = await import('./parts/createModifying');
    return createModifying(own, {
      storage,
      read,
      ...(await rooms().reports.load()),
      connections: (await rooms().connections.load()).connections,
      documents: (await rooms().messages.load()).documents,
      journal: (await rooms().journal.load()).journal,
      problems: (await rooms().problems.load()).reporter,
      flush: (uri) => flushes.flush(uri),
      did: walkthrough.did,
    });
  });
  const lists = new Room(house, async (own) => {
    const { createLists } = await import('./parts/createLists');
    return createLists(own, {
      ...{ storage, log },
      notices: (await rooms().reports.load()).notices,
      messages: (await rooms().messages.load()).documents,
      json: async () => (await rooms().editor.load()).features,
    });
  });
  const planChanges = new Room(house, async () => {
    const { PlanChanges } = await import('../planning/planChanges');
    return new PlanChanges();
  });
  const planning = new Room(house, async (own) => {
    const { createPlanning } = await import('./parts/createPlanning');
    return createPlanning(own, {
      storage,
      read,
      ...(await rooms().reports.load()),
      connections: (await rooms().connections.load()).connections,
      documents: (await rooms().messages.load()).documents,
      lists: await rooms().lists.load(),
      journal: (await rooms().journal.load()).journal,
      store: (await rooms().journal.load()).plans,
      modifier: (await rooms().modifying.load()).modifier,
      changes: await rooms().planChanges.load(),
      pages: await rooms().pages.load(),
      problems: (await rooms().problems.load()).reporter,
      imported: () => rooms().conversations.made?.refresh(),
    });
  });
  const unsent = new Room(house, async (own) => {
    const { createUnsent } = await import('./parts/createUnsent');
    return createUnsent(own, storage, (await rooms().reports.load()).notices);
  });
  const sending = new Room(house, async () => {
    const { createSending } = await import('./parts/createUnsent');
    const { modifier, confirmations } = await rooms().modifying.load();
    return createSending({
      ...(await rooms().reports.load()),
      connections: (await rooms().connections.load()).connections,
      journal: (await rooms().journal.load()).journal,
      locks: modifier.locks,
      unsent: (await rooms().unsent.load()).store,
      confirmations,
      problems: (await rooms().problems.load()).reporter,
      flush: (uri) => flushes.flush(uri),
      documents: (await rooms().messages.load()).documents,
      arrived: (id, chats, message) => {
        rooms().conversations.made?.arrived(id, chats, message);
        rooms().conversationPages.made?.arrived(id, chats);
      },
    });
  });
  const moves = new Room(house, async () => {
    const { ConnectionMoves } = await import('../commands/connectionMoves');
    return new ConnectionMoves({
      unsent: (await rooms().unsent.load()).store,
      lists: (await rooms().lists.load()).documents,
      connections: (await rooms().connections.load()).connections,
      documents: (await rooms().messages.load()).documents,
      journal: (await rooms().journal.load()).journal,
      plans: (await rooms().journal.load()).plans,
      names: await rooms().names.load(),
      notices: (await rooms().reports.load()).notices,
    });
  });

  return {
    reports,
    connections,
    journal,
    messages,
    problems,
    modifying,
    lists,
    planChanges,
    planning,
    unsent,
    sending,
    moves,
  };
}
