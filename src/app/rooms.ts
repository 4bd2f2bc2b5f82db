import type * as vscode from 'vscode';
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
import type { Belongings, Room } from '../ui/room';
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
