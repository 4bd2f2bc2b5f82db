import type { GroupChat } from '../../chat/address';
import { ConversationPages } from '../../conversationPage/conversationPages';
import { GroupNames } from '../../conversationPage/groupNames';
import { readPageFiles } from '../../conversationPage/pageFiles';
import type { PageServices } from '../../conversationPage/pageServices';
import { ourChanges } from '../../conversationPage/ourChanges';
import { People } from '../../conversationPage/people';
import { settings, type Settings } from '../../contributions/settings';
import type { WebhookInbox } from '../../inbox/webhookInbox';
import type { Entrance, Own } from '../../ui/room';
import type { JournalRoom } from './createJournal';

/** What pages of conversations are made of. */
export interface ConversationPagesServices extends Omit<
  PageServices,
  'files' | 'people' | 'groupNames' | 'changes' | 'follow'
> {
  /** The extension's. */
  readonly folder: string;
  /** What the tree calls a group or a topic, as far as it knows. */
  readonly nameInTree: (connectionId: string, chat: GroupChat) => string | undefined;
  readonly journal: JournalRoom;
  readonly read: Settings;
  /** Its webhooks are heard once somebody uses it. */
  readonly inbox: Pick<Entrance<{ readonly inbox: WebhookInbox }>, 'whenMade'>;
}

/** Puts the pages of conversations together. */
export async function createConversationPages(
  own: Own,
  services: ConversationPagesServices,
): Promise<ConversationPages> {
  const { connections, log, journal, read, inbox: room } = services;
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
  const pages = own(
    new ConversationPages({
      ...services,
      files: await readPageFiles(services.folder),
      people: peopleOf,
      groupNames: new GroupNames(services.nameInTree, (id) => connections.client(id)),
      changes: ({ connectionId, chat }) => ourChanges(journal.journal, connectionId, chat),
      follow: () => read.read(settings.conversationFollowSeconds),
    }),
  );
  own(journal.onDidChange(() => pages.journalChanged()));
  room.whenMade(({ inbox }) => {
    pages.heard(inbox.list());
    own(inbox.onDidChange(() => pages.heard(inbox.list())));
  });
  return pages;
}
