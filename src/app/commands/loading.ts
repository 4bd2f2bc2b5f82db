import type { Rows } from '../../commands/messageSources';
import type { Connections } from '../../connections/connections';
import type { CommandHandlers, CommandName } from '../../contributions/commands';
import type { MessageDocuments } from '../../documents/messageDocuments';
import type { FlushRegistry } from '../../editor/flushRegistry';
import type { Journal } from '../../journal/journal';
import type { Log } from '../../ui/log';
import type { Notices } from '../../ui/notices';
import type { Belongings, Room } from '../../ui/room';
import type { Rooms } from '../rooms';

/** What the rooms of commands work with. */
export interface CommandGround {
  readonly house: Belongings;
  readonly log: Log;
  readonly flushes: FlushRegistry;
}

/** The same, with what many of them ask other rooms for. */
export interface CommandParts extends Omit<CommandGround, 'flushes'> {
  readonly rooms: Rooms;
  readonly flush: FlushRegistry['flush'];
  readonly connections: () => Promise<Connections>;
  readonly documents: () => Promise<MessageDocuments>;
  readonly notices: () => Promise<Notices>;
  readonly journal: () => Promise<Journal>;
  /** Rows of the tree, and of pages of conversations. */
  readonly rows: () => Promise<Rows>;
}

export function commandParts(rooms: Rooms, { house, log, flushes }: CommandGround): CommandParts {
  return {
    ...{ rooms, house, log },
    flush: flushes.flush.bind(flushes),
    connections: async () => (await rooms.connections.load()).connections,
    documents: async () => (await rooms.messages.load()).documents,
    notices: async () => (await rooms.reports.load()).notices,
    journal: async () => (await rooms.journal.load()).journal,
    rows: async () => {
      const tree = await rooms.conversations.load();
      const pages = () => rooms.conversationPages.made;
      return {
        node: (id) => tree.node(id) ?? pages()?.node(id),
        together: ({ kind, id }) => (pages()?.together(id) ?? [id]).map((one) => ({ kind, id: one })),
      };
    },
  };
}

/** The handlers of these commands, which load their room when they are run. */
export function loading<Name extends CommandName>(
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
