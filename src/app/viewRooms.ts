import type { MessageRef } from '../chat/address';
import { Room } from '../ui/room';
import type { ExplorerView } from '../views/conversations/explorerView';
import type { Ground, Rooms } from './rooms';

/**
 * Rooms of what is looked at: the views, the pages of conversations, and the inbox.
 *
 * @param rooms all of them, once they are there
 */
export function viewRooms(
  { context, house, log, read, views }: Ground,
  rooms: () => Rooms,
): Pick<Rooms, 'conversations' | 'conversationPages' | 'drafts' | 'history' | 'inbox' | 'webhooks'> {
  const conversations = new Room(house, async (own): Promise<ExplorerView> => {
    const { ExplorerView } = await import('../views/conversations/explorerView');
    const { notices } = await rooms().reports.load();
    const services = {
      connections: (await rooms().connections.load()).connections,
      ...{ notices, log },
      isChanged: (ref: MessageRef) => rooms().messages.made?.isChanged(ref) ?? false,
    };
    // Rows tell which messages have a draft, those of earlier sessions too.
    rooms()
      .messages.load()
      .then(({ drafts }) => drafts.all())
      .catch((error: unknown) => log.error(error));
    const explorer = own(new ExplorerView(services, views.conversations()));
    own(
      explorer.onDidSelectMessage(({ connectionId, message }) => {
        const documents = rooms().messages.made?.documents;
        if (!documents?.peek({ connectionId, address: message.address })) return;
        documents.show(connectionId, message).catch((error: unknown) => log.error(error));
      }),
    );
    return explorer;
  });
  const conversationPages = new Room(house, async (own) => {
    const { createConversationPages } = await import('./parts/createConversationPages');
    return createConversationPages(own, {
      ...{ folder: context.extensionPath, log },
      notices: (await rooms().reports.load()).notices,
      connections: (await rooms().connections.load()).connections,
      documents: (await rooms().messages.load()).documents,
      journal: await rooms().journal.load(),
      ...{ read, inbox: rooms().inbox },
      unsent: async () => (await rooms().unsent.load()).store,
      nameInTree: (id, chat) => rooms().conversations.made?.nameOf(id, chat),
      send: async (uri) => (await rooms().sending.load()).send.run(uri, false),
    });
  });
  const drafts = new Room(house, async (own) => {
    const { DraftsView } = await import('../views/drafts/draftsView');
    const list = (await rooms().messages.load()).drafts;
    const { connections: all } = await rooms().connections.load();
    return own(new DraftsView(list, await rooms().unsent.load(), all, views.drafts()));
  });
  const history = new Room(house, async (own) => {
    const { HistoryView } = await import('../views/history/historyView');
    const { journal: kept, plans, onDidChange } = await rooms().journal.load();
    const sizes = async (): Promise<ReadonlyMap<string, number>> =>
      new Map((await plans.list()).map(({ id, count }) => [id, count]));
    return own(new HistoryView(kept, onDidChange, views.history(), sizes));
  });
  const inbox = new Room(house, async (own) => {
    const { createInbox } = await import('./parts/createInbox');
    return createInbox(own, { context, read, log, pages: await rooms().pages.load() });
  });
  const webhooks = new Room(house, async (own) => {
    const { WebhooksView } = await import('../views/webhooks/webhooksView');
    return own(new WebhooksView((await rooms().inbox.load()).inbox, views.webhooks()));
  });

  return { conversations, conversationPages, drafts, history, inbox, webhooks };
}
