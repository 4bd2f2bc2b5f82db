import { ConversationPages } from '../../conversationPage/conversationPages';
import { ourChanges } from '../../conversationPage/ourChanges';
import { People } from '../../conversationPage/people';
import type { PageServices } from '../../conversationPage/conversationPage';
import type { Own } from '../../ui/room';
import type { JournalRoom } from './createJournal';

/** What pages of conversations are made of. */
export interface ConversationPagesServices extends Omit<PageServices, 'people' | 'changes'> {
  readonly journal: JournalRoom;
}

/** Puts the pages of conversations together. */
export function createConversationPages(own: Own, services: ConversationPagesServices): ConversationPages {
  const { connections, log, journal } = services;
  const people = new Map<string, People>();
  const peopleOf = (id: string): People => {
    const known =
      people.get(id) ??
      new People(
        () => connections.client(id),
        (error) => log.warn(`portrait_get: ${String(error)}`),
      );
    people.set(id, known);
    return known;
  };
  return own(
    new ConversationPages({
      ...services,
      people: peopleOf,
      changes: ({ connectionId, chat }) => ourChanges(journal.journal, connectionId, chat),
    }),
  );
}
