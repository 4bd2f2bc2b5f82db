import * as path from 'node:path';
import * as vscode from 'vscode';
import { CheckSelection } from './commands/checkSelection';
import { ConflictPrompt } from './modifying/conflictPrompt';
import { Confirmations } from './modifying/confirmations';
import { ModifyMessage } from './modifying/modifyMessage';
import { ModifyStatus } from './modifying/modifyStatus';
import { commandHandlers } from './commands/handlers';
import { registerCommands } from './commands/register';
import { createDoubts } from './modifying/settleDoubts';
import { UndoModification } from './modifying/undoModification';
import type { Connections } from './connections/connections';
import { createConnections } from './connections/createConnections';
import { ProblemReporter } from './diagnostics/problemReporter';
import { MessageQuickFixes } from './diagnostics/quickFixes';
import { ChangeDocuments } from './documents/changeDocuments';
import { DirtyTracker, isShown } from './documents/dirtyTracker';
import { DraftDecorations } from './documents/decorations';
import { EnvironmentStatus } from './documents/environmentStatus';
import { FocusRefresh } from './documents/focusRefresh';
import { DraftList } from './documents/draftList';
import { DraftStore } from './documents/draftStore';
import { Leases } from './documents/leases';
import { MessageDocuments } from './documents/messageDocuments';
import { MessageFactsOfDocuments } from './documents/messageFacts';
import { MessageFileSystem } from './documents/messageFileSystem';
import { MESSAGE_SCHEME, messageUri } from './documents/messageRef';
import { applyTextEdits } from './editor/documentEdits';
import { FlushRegistry } from './editor/flushRegistry';
import { StringFiles } from './editor/stringFiles';
import { MessageEditorProvider } from './editor/messageEditorProvider';
import { DraftsView } from './views/drafts/draftsView';
import { ExplorerView } from './views/conversations/explorerView';
import { HistoryView } from './views/history/historyView';
import { Journal } from './journal/journal';
import { contentOfRevision } from './journal/revision';
import { sameContent } from './message/changes';
import { Modifier } from './modify/modifier';
import { Settings, settings } from './contributions/settings';
import { CodeTexts } from './ui/codeTexts';
import { ErrorTexts } from './ui/errorTexts';
import { DamageReport } from './ui/damagedFiles';
import { Log } from './ui/log';
import { Notices } from './ui/notices';

const BACKGROUND_DELAY_MS = 3_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const MEGABYTE = 1024 * 1024;

/** What tests may reach into; nobody gets it in an installed extension. */
export interface TestHandle {
  /** Where drafts and journal lie. */
  readonly storage: vscode.Uri;
  /** The connections, to be changed without the questions that every command asks. */
  readonly connections: Connections;
  /** Delays every edit of a document by the editor's page. */
  holdEdits(ms: number): void;
}

/** The composition root: builds everything, wires it by constructor, and is the one thing to dispose. */
export class App implements vscode.Disposable {
  readonly testHandle: TestHandle | undefined;
  private readonly parts: vscode.Disposable[] = [];

  constructor(context: vscode.ExtensionContext) {
    const storage = context.globalStorageUri.fsPath;
    const log = this.own(new Log());
    const codeTexts = new CodeTexts(path.join(context.extensionPath, 'l10n'), vscode.env.language, log);
    const notices = new Notices(log, new ErrorTexts(codeTexts));
    const report = (error: unknown): void => log.error(error);
    const damage = new DamageReport(log, notices);

    const read = new Settings((id, value, fallback) => {
      log.warn(`${id} is ${JSON.stringify(value)}, which cannot be used; ${JSON.stringify(fallback)} counts`);
      void notices.showWarning(
        vscode.l10n.t(
          'The setting {0} has a value that cannot be used, so its default counts: {1}',
          id,
          String(fallback),
        ),
        { title: vscode.l10n.t('Open Settings'), command: 'workbench.action.openSettings', arguments: [id] },
      );
    });

    // The file system comes first: VS Code asks for restored documents as soon as it is there.
    const { connections, showSandboxOutput } = this.own(createConnections(context, log, read));
    const drafts = new DraftStore(path.join(storage, 'messages'), {
      onProblem: (problem) => damage.draft(problem),
    });
    const documents = this.own(
      new MessageDocuments({
        drafts,
        leases: new Leases(path.join(storage, 'messages')),
        source: {
          find: async (ref, mayAsk) => {
            const client = await connections.client(ref.connectionId, { interactive: mayAsk });
            return (await client.findMessage(ref.address))?.message;
          },
          listed: (ref) => explorer.shownMessage(ref),
        },
        isShown,
        onFailure: report,
        onUnkept: (error) => damage.unkept(error),
      }),
    );
    const files = this.own(new MessageFileSystem(documents, (error) => notices.message(error)));
    this.own(vscode.workspace.registerFileSystemProvider(MESSAGE_SCHEME, files, { isCaseSensitive: true }));
    this.own(new DirtyTracker(documents, report));
    this.own(new DraftDecorations(documents));
    this.own(new FocusRefresh(documents, report));
    this.own(new EnvironmentStatus((id) => connections.get(id), connections.onDidChange));

    const problems = this.own(new ProblemReporter((error) => notices.message(error)));
    this.own(
      vscode.languages.registerCodeActionsProvider(
        { language: 'tencent-chat-message' },
        new MessageQuickFixes(problems),
        MessageQuickFixes.metadata,
      ),
    );

    const journalChanged = this.own(new vscode.EventEmitter<void>());
    const journal = new Journal(path.join(storage, 'journal'), {
      onChange: () => journalChanged.fire(),
      onProblem: (problem) => damage.journal(problem),
    });
    this.own(
      new ChangeDocuments(documents, async (id, side) => {
        const revision = await journal.get(id);
        return revision && contentOfRevision(revision, side);
      }),
    );
    const limitJournal = (): void => {
      journal.limit({
        maxAge: read.read(settings.journalKeepDays) * DAY_MS,
        maxBytes: read.read(settings.journalMaxSizeMB) * MEGABYTE,
      });
    };
    limitJournal();
    this.own(read.onDidChange([settings.journalKeepDays, settings.journalMaxSizeMB], limitJournal));
    const confirmations = new Confirmations(() => read.read(settings.confirmInTest));
    this.own(
      connections.onDidChange(({ what }) => {
        if (what === 'list') confirmations.startAnew();
      }),
    );
    const modifier = new Modifier({
      journal,
      lockFolder: path.join(storage, 'locks'),
      asksInTest: confirmations.asksInTest,
      asksForGood: confirmations.asksForGood,
      onJournalError: (error) => damage.unjournaled(error),
    });
    const flushes = new FlushRegistry();
    const flush = (uri: vscode.Uri): Promise<void> => flushes.flush(uri);
    const conflicts = this.own(new ConflictPrompt(documents));
    const status = this.own(new ModifyStatus());
    const modify = new ModifyMessage({
      connections,
      documents,
      modifier,
      problems,
      conflicts,
      confirmations,
      notices,
      status,
      flush,
    });
    const doubts = createDoubts(modifier, connections, notices);
    const undo = new UndoModification({
      journal,
      documents,
      modify,
      status,
      settle: (connectionId) => doubts.settle(connectionId),
    });

    const facts = this.own(
      new MessageFactsOfDocuments(documents, (id) => connections.get(id), connections.onDidChange, report),
    );
    let heldBack = 0;
    this.own(
      new MessageEditorProvider({
        extensionUri: context.extensionUri,
        facts,
        flushes,
        log,
        memento: context.globalState,
        applyEdit: async (...edit) => {
          if (heldBack > 0) await new Promise((resolve) => setTimeout(resolve, heldBack));
          return applyTextEdits(...edit);
        },
      }),
    );

    const explorer = this.own(new ExplorerView({ connections, notices, log }));
    this.own(
      explorer.onDidSelectMessage(({ connectionId, message }) => {
        if (documents.peek({ connectionId, address: message.address })) {
          documents.show(connectionId, message).catch(report);
        }
      }),
    );

    this.own(
      documents.onDidLearn((ref, { service, facts, base }, before) => {
        explorer.learned(ref, { ...(service && { content: service }), ...(facts && { flags: facts.flags }) });
        // What the service refused was about a change of another content than what it shows now.
        const moved = before !== undefined && service !== undefined && !sameContent(before.base, base);
        if (moved && sameContent(base, service)) problems.settled(messageUri(ref));
      }),
    );
    const draftList = new DraftList(documents);
    this.own(new DraftsView(draftList, connections));
    const handlers = commandHandlers({
      connections,
      documents,
      modifier,
      confirmations,
      modify,
      undo,
      conflicts,
      status,
      journal,
      explorer,
      drafts: draftList,
      history: this.own(new HistoryView(journal, journalChanged.event)),
      strings: this.own(new StringFiles()),
      selection: this.own(new CheckSelection()),
      codeTexts,
      log,
      notices,
      flush,
      showSandboxOutput,
    });
    this.own(registerCommands(handlers, { log, notices }));

    const tellMisconfigured = (): void => {
      const { misconfigured } = connections.sandbox;
      if (misconfigured !== undefined) void notices.showError(misconfigured);
    };
    this.own(read.onDidChange([settings.sandboxEndpoint], tellMisconfigured));

    // Later, so that starting costs nothing: nothing of it is needed for what the person does first.
    const background = setTimeout(() => {
      documents.followOthers();
      tellMisconfigured();
      doubts
        .settle()
        .then(() => journal.prune())
        .catch(report);
    }, BACKGROUND_DELAY_MS);
    this.own(new vscode.Disposable(() => clearTimeout(background)));
    this.own(
      connections.onDidChange(({ id, what }) => {
        if (what === 'credential') doubts.settle(id).catch(report);
      }),
    );
    this.own(connections.onDidReach((id) => void doubts.reached(id).catch(report)));

    if (context.extensionMode !== vscode.ExtensionMode.Production) {
      this.testHandle = {
        storage: context.globalStorageUri,
        connections,
        holdEdits: (ms) => (heldBack = ms),
      };
    }
  }

  dispose(): void {
    for (const part of this.parts.reverse()) part.dispose();
  }

  private own<T extends vscode.Disposable>(part: T): T {
    this.parts.push(part);
    return part;
  }
}
