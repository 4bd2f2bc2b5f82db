import * as path from 'node:path';
import * as vscode from 'vscode';
import { messageUri } from '../documents/messageRef';
import type { MessageRef } from '../chat/address';
import type { ConnectionMoves } from '../commands/connectionMoves';
import type { FixtureServices } from '../commands/fixtureCommands';
import type { FixtureTasks } from '../commands/fixtureTasks';
import type { ConnectionsAndSandbox } from '../connections/createConnections';
import type { FlushRegistry } from '../editor/flushRegistry';
import type { MessageEditorProvider } from '../editor/messageEditorProvider';
import type { StringFiles } from '../editor/stringFiles';
import type { PseudonymStore } from '../pseudonyms/pseudonymStore';
import type { RequestRoom } from '../requestDocuments/createRequests';
import type { Settings } from '../contributions/settings';
import type { WalkthroughProgress } from '../contributions/contextKeys';
import type { Log } from '../ui/log';
import type { Pages } from '../ui/pages';
import { Room, type Belongings } from '../ui/room';
import type { ConversationPages } from '../conversationPage/conversationPages';
import type { ExplorerView } from '../views/conversations/explorerView';
import type { TreeNode } from '../views/conversations/nodes/nodes';
import type { DraftRow, DraftsView } from '../views/drafts/draftsView';
import type { MemberFeatures } from '../unsent/memberFeatures';
import type { HistoryView, HistoryNode } from '../views/history/historyView';
import type { WebhookNode, WebhooksView } from '../views/webhooks/webhooksView';
import type { PlanChanges } from '../planning/planChanges';
import type { LanguageModelTools } from '../languageModels/createTools';
import type { InboxRoom } from './parts/createInbox';
import type { JournalRoom } from './parts/createJournal';
import type { Lists } from './parts/createLists';
import type { Messages } from './parts/createMessages';
import type { Modifying } from './parts/createModifying';
import type { Planning } from './parts/createPlanning';
import type { Problems } from './parts/createProblems';
import type { Reports } from './parts/createReports';
import type { Sending, UnsentMessages } from './parts/createUnsent';

/** What every room may use without waiting: what is there from the extension's first moment on. */
export interface Ground {
  readonly context: vscode.ExtensionContext;
  readonly house: Belongings;
  readonly log: Log;
  readonly read: Settings;
  readonly flushes: FlushRegistry;
  readonly walkthrough: WalkthroughProgress;
  readonly views: {
    readonly conversations: () => vscode.TreeView<TreeNode>;
    readonly drafts: () => vscode.TreeView<DraftRow>;
    readonly history: () => vscode.TreeView<HistoryNode>;
    readonly webhooks: () => vscode.TreeView<WebhookNode>;
  };
  /** Milliseconds by which every edit of a document by a page is delayed. */
  readonly delay: () => number;
}

/** The parts of the extension, each loaded when it is first needed. */
export interface Rooms {
  readonly reports: Room<Reports>;
  readonly connections: Room<ConnectionsAndSandbox>;
  readonly journal: Room<JournalRoom>;
  readonly messages: Room<Messages>;
  readonly problems: Room<Problems>;
  readonly modifying: Room<Modifying>;
  readonly lists: Room<Lists>;
  /** Messages that are not sent yet. */
  readonly unsent: Room<UnsentMessages>;
  readonly sending: Room<Sending>;
  /** Completion and hover of receivers and options. */
  readonly members: Room<MemberFeatures>;
  /** The documents in which changes of plans are read. */
  readonly planChanges: Room<PlanChanges>;
  readonly planning: Room<Planning>;
  readonly editor: Room<MessageEditorProvider>;
  readonly strings: Room<StringFiles>;
  readonly pages: Room<Pages>;
  /** The neutral names of exports. */
  readonly names: Room<PseudonymStore>;
  /** Where what is exported waits until all of it is there. */
  readonly spoolFolder: string;
  readonly fixtureTasks: Room<FixtureTasks>;
  /** What loading fixtures works with. */
  readonly fixtures: () => Promise<FixtureServices>;
  readonly requests: Room<RequestRoom>;
  /** The tools for language models. */
  readonly tools: Room<LanguageModelTools>;
  readonly moves: Room<ConnectionMoves>;
  readonly conversations: Room<ExplorerView>;
  readonly conversationPages: Room<ConversationPages>;
  readonly drafts: Room<DraftsView>;
  readonly history: Room<HistoryView>;
  readonly inbox: Room<InboxRoom>;
  readonly webhooks: Room<WebhooksView>;
}

/** What each room is made of. No value of a room is imported here: an `import()` is what loads it. */
export function createRooms({
  context,
  house,
  log,
  read,
  flushes,
  walkthrough,
  views,
  delay,
}: Ground): Rooms {
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
    return createJournal(own, { storage, read, damage: (await reports.load()).damage });
  });
  const messages = new Room(house, async (own): Promise<Messages> => {
    const { createMessages } = await import('./parts/createMessages');
    return createMessages(own, {
      ...(await reports.load()),
      connections: (await connections.load()).connections,
      storage,
      log,
      revision: async (...which) => (await journal.load()).contentOf(...which),
      listed: (ref) => conversations.made?.shownMessage(ref),
      learned: (ref, news) => conversations.made?.learned(ref, news),
      // What the service refused was about a change of another content than what it shows now.
      moved: (ref) => problems.made?.reporter.settled(messageUri(ref)),
    });
  });
  const problems = new Room(house, async (own) => {
    const { createProblems } = await import('./parts/createProblems');
    return createProblems(own, (await reports.load()).notices);
  });
  const modifying = new Room(house, async (own) => {
    const { createModifying } = await import('./parts/createModifying');
    return createModifying(own, {
      storage,
      read,
      ...(await reports.load()),
      connections: (await connections.load()).connections,
      documents: (await messages.load()).documents,
      journal: (await journal.load()).journal,
      problems: (await problems.load()).reporter,
      flush: (uri) => flushes.flush(uri),
      did: walkthrough.did,
    });
  });
  const lists = new Room(house, async (own) => {
    const { createLists } = await import('./parts/createLists');
    return createLists(own, {
      ...{ storage, log },
      notices: (await reports.load()).notices,
      messages: (await messages.load()).documents,
      json: async () => (await editor.load()).features,
    });
  });
  const unsent = new Room(house, async (own) => {
    const { createUnsent } = await import('./parts/createUnsent');
    return createUnsent(own, storage, (await reports.load()).notices);
  });
  const sending = new Room(house, async () => {
    const { createSending } = await import('./parts/createUnsent');
    const { modifier, confirmations } = await modifying.load();
    return createSending({
      ...(await reports.load()),
      connections: (await connections.load()).connections,
      journal: (await journal.load()).journal,
      locks: modifier.locks,
      unsent: (await unsent.load()).store,
      confirmations,
      problems: (await problems.load()).reporter,
      flush: (uri) => flushes.flush(uri),
      documents: (await messages.load()).documents,
      arrived: (id, chats, message) => {
        conversations.made?.arrived(id, chats, message);
        conversationPages.made?.arrived(id, chats);
      },
    });
  });
  const members = new Room(house, async () => {
    const { MemberFeatures } = await import('../unsent/memberFeatures');
    const { connections: all } = await connections.load();
    return new MemberFeatures((id) => all.get(id));
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
      ...(await reports.load()),
      connections: (await connections.load()).connections,
      documents: (await messages.load()).documents,
      lists: await lists.load(),
      journal: (await journal.load()).journal,
      store: (await journal.load()).plans,
      modifier: (await modifying.load()).modifier,
      changes: await planChanges.load(),
      pages: await pages.load(),
      problems: (await problems.load()).reporter,
    });
  });
  const editor = new Room(house, async (own) => {
    const { createEditor } = await import('./parts/createEditor');
    const { withUnsent } = await import('../unsent/unsentFacts');
    const { connections: all } = await connections.load();
    const facts = withUnsent((await messages.load()).facts, (id) => all.get(id));
    return createEditor(own, { context, facts, flushes, log, delay });
  });
  const strings = new Room(house, async (own) => {
    const { StringFiles } = await import('../editor/stringFiles');
    return own(new StringFiles());
  });

  const pages = new Room(house, async (own) => {
    const { Pages } = await import('../ui/pages');
    return own(new Pages());
  });
  const names = new Room(house, async () => {
    const { PseudonymStore } = await import('../pseudonyms/pseudonymStore');
    return new PseudonymStore(path.join(storage, 'pseudonyms'));
  });
  const fixtures = async (): Promise<FixtureServices> => ({
    connections: (await connections.load()).connections,
    documents: (await messages.load()).documents,
    notices: (await reports.load()).notices,
  });
  const fixtureTasks = new Room(house, async () => {
    const { FixtureTasks } = await import('../commands/fixtureTasks');
    return new FixtureTasks(await fixtures());
  });
  const requests = new Room(house, async (own) => {
    const { createRequests } = await import('../requestDocuments/createRequests');
    const { pickConnection } = await import('../commands/pickConnection');
    const { connections: all } = await connections.load();
    return createRequests(own, {
      connections: all,
      documents: (await messages.load()).documents,
      modifying: () => modifying.load(),
      json: async () => (await editor.load()).features,
      notices: (await reports.load()).notices,
      pages: await pages.load(),
      messages: (id) => conversations.made?.shownMessages(id) ?? [],
      choose: () => pickConnection(all, undefined, vscode.l10n.t('Send through Which Connection?')),
    });
  });
  const tools = new Room(house, async () => {
    const { createTools } = await import('../languageModels/createTools');
    const { connections: all } = await connections.load();
    return createTools({
      ...(await reports.load()),
      ...{ read, log },
      connections: all,
      reader: (id, signal) => all.client(id, { signal }),
      documents: async () => (await messages.load()).documents,
      flush: (uri) => flushes.flush(uri),
      showChange: async (ref) => (await import('../modifying/messageDiffs')).showBaseDiff(ref),
    });
  });
  const moves = new Room(house, async () => {
    const { ConnectionMoves } = await import('../commands/connectionMoves');
    return new ConnectionMoves({
      unsent: (await unsent.load()).store,
      lists: (await lists.load()).documents,
      connections: (await connections.load()).connections,
      documents: (await messages.load()).documents,
      journal: (await journal.load()).journal,
      plans: (await journal.load()).plans,
      notices: (await reports.load()).notices,
    });
  });

  const conversations = new Room(house, async (own): Promise<ExplorerView> => {
    const { ExplorerView } = await import('../views/conversations/explorerView');
    const { notices } = await reports.load();
    const services = {
      connections: (await connections.load()).connections,
      ...{ notices, log },
      isChanged: (ref: MessageRef) => messages.made?.isChanged(ref) ?? false,
    };
    // Rows tell which messages have a draft, those of earlier sessions too.
    messages
      .load()
      .then(({ drafts }) => drafts.all())
      .catch((error: unknown) => log.error(error));
    const explorer = own(new ExplorerView(services, views.conversations()));
    own(
      explorer.onDidSelectMessage(({ connectionId, message }) => {
        const documents = messages.made?.documents;
        if (!documents?.peek({ connectionId, address: message.address })) return;
        documents.show(connectionId, message).catch((error: unknown) => log.error(error));
      }),
    );
    return explorer;
  });
  const conversationPages = new Room(house, async (own) => {
    const { createConversationPages } = await import('./parts/createConversationPages');
    return createConversationPages(own, {
      ...{ extensionUri: context.extensionUri, log },
      notices: (await reports.load()).notices,
      connections: (await connections.load()).connections,
      documents: (await messages.load()).documents,
      journal: await journal.load(),
      ...{ read, inbox },
      unsent: async () => (await unsent.load()).store,
      send: async (uri) => (await sending.load()).send.run(uri, false),
    });
  });
  const drafts = new Room(house, async (own) => {
    const { DraftsView } = await import('../views/drafts/draftsView');
    const list = (await messages.load()).drafts;
    const { connections: all } = await connections.load();
    return own(new DraftsView(list, await unsent.load(), all, views.drafts()));
  });
  const history = new Room(house, async (own) => {
    const { HistoryView } = await import('../views/history/historyView');
    const { journal: kept, onDidChange } = await journal.load();
    return own(new HistoryView(kept, onDidChange, views.history()));
  });

  const inbox = new Room(house, async (own) => {
    const { createInbox } = await import('./parts/createInbox');
    return createInbox(own, { context, read, log, pages: await pages.load() });
  });
  const webhooks = new Room(house, async (own) => {
    const { WebhooksView } = await import('../views/webhooks/webhooksView');
    return own(new WebhooksView((await inbox.load()).inbox, views.webhooks()));
  });

  return {
    reports,
    connections,
    journal,
    messages,
    problems,
    modifying,
    lists,
    unsent,
    sending,
    members,
    planChanges,
    planning,
    editor,
    strings,
    pages,
    names,
    spoolFolder: path.join(storage, 'spool'),
    fixtureTasks,
    fixtures,
    requests,
    tools,
    moves,
    conversations,
    conversationPages,
    drafts,
    history,
    inbox,
    webhooks,
  };
}
