import * as vscode from 'vscode';
import { commandHandlers } from './app/commandRooms';
import { createRooms } from './app/createRooms';
import { ContentDoor } from './app/doors/contentDoor';
import { DecorationDoor } from './app/doors/decorationDoor';
import { EditorDoor } from './app/doors/editorDoor';
import { registerPages } from './app/doors/pageDoor';
import { FileSystemDoor } from './app/doors/fileSystemDoor';
import { registerFixes } from './app/doors/fixDoor';
import { registerLanguage, registerMembers } from './app/doors/languageDoor';
import { registerTasks } from './app/doors/taskDoor';
import { TreeDoor } from './app/doors/treeDoor';
import { registerRequests } from './app/doors/requestDoor';
import { registerTools } from './app/doors/toolDoor';
import { wakeFor, withFirst } from './app/doors/wake';
import { keepMenuKeys } from './app/menuKeys';
import type { Rooms } from './app/rooms';
import { settleDoubts } from './app/settling';
import { welcome } from './app/welcome';
import { registerCommands } from './commands/register';
import type { Connections } from './connections/connections';
import {
  LIST_LANGUAGE,
  MESSAGE_LANGUAGE,
  PAGE_SCHEME,
  PLAN_SCHEME,
  REQUEST_LANGUAGE,
  STRING_SCHEME,
  viewIds,
} from './contributions/ids';
import { Settings, settings } from './contributions/settings';
import { WalkthroughProgress } from './contributions/contextKeys';
import { WALKTHROUGH } from './contributions/walkthrough';
import { CHANGES_SCHEME } from './documents/changesUri';
import { MESSAGE_SCHEME } from './documents/messageRef';
import { isAmongLists } from './listEditing/listUri';
import { isAmongUnsent } from './documents/unsentUri';
import { FlushRegistry } from './editor/flushRegistry';
import { Log } from './ui/log';
import { showNotice } from './ui/messages';
import { Belongings, part } from './ui/room';
import type { TreeNode } from './views/conversations/nodes/nodes';
import type { DraftRow } from './views/drafts/draftsView';
import type { HistoryNode } from './views/history/historyView';
import type { WebhookNode } from './views/webhooks/webhooksView';

/** True for the documents of messages that the service has. */
function isMessage(uri: vscode.Uri): boolean {
  return uri.scheme === MESSAGE_SCHEME && !isAmongLists(uri) && !isAmongUnsent(uri);
}

const BACKGROUND_DELAY_MS = 3_000;

/** What tests may reach into; nobody gets it in an installed extension. */
export interface TestHandle {
  /** Where drafts and journal lie. */
  readonly storage: vscode.Uri;
  /** As another window uses it. */
  readonly secrets: vscode.SecretStorage;
  /** The connections, to be changed without the questions that every command asks. */
  connections(): Promise<Connections>;
  /** Delays every edit of a document by the editor's page. */
  holdEdits(ms: number): void;
}

/**
 * The composition root. What VS Code may ask for at once stands here as a door: small, and with nothing behind it. What a
 * door leads to is a room, whose code is loaded when somebody first goes in. The app is the one thing to dispose.
 */
export class App implements vscode.Disposable {
  readonly testHandle: TestHandle | undefined;
  private readonly house = new Belongings();

  constructor(context: vscode.ExtensionContext) {
    const { house } = this;
    const { own } = house;
    const log = own(new Log());
    const flushes = new FlushRegistry();
    const walkthrough = new WalkthroughProgress(context.globalState);
    let heldBack = 0;
    const read = new Settings((id, value, fallback) => {
      log.warn(`${id} is ${JSON.stringify(value)}, which cannot be used; ${JSON.stringify(fallback)} counts`);
      const words = vscode.l10n.t(
        'The setting {0} has a value that cannot be used, so its default counts: {1}',
        id,
        String(fallback),
      );
      const open = vscode.l10n.t('Open Settings');
      void showNotice('warning', words, open).then((chosen) =>
        chosen === open ? vscode.commands.executeCommand('workbench.action.openSettings', id) : undefined,
      );
    });
    const rooms = createRooms({
      context,
      house,
      log,
      read,
      flushes,
      walkthrough,
      views: {
        conversations: () => conversations.view,
        drafts: () => drafts.view,
        history: () => history.view,
        webhooks: () => webhooks.view,
      },
      delay: () => heldBack,
    });

    // The file system comes first: VS Code asks for restored documents as soon as it is there.
    const files = part(rooms.messages, (messages) => messages.files);
    const listFiles = part(rooms.lists, (lists) => lists.files);
    const unsentFiles = part(rooms.unsent, (unsent) => unsent.files);
    own(
      new FileSystemDoor(MESSAGE_SCHEME, files, [
        { isOne: isAmongLists, room: listFiles },
        { isOne: isAmongUnsent, room: unsentFiles },
      ]),
    );
    own(new FileSystemDoor(STRING_SCHEME, rooms.strings));
    own(
      new ContentDoor(
        CHANGES_SCHEME,
        part(rooms.messages, ({ changes }) => changes),
      ),
    );
    own(new ContentDoor(PAGE_SCHEME, rooms.pages));
    own(new ContentDoor(PLAN_SCHEME, rooms.planChanges));
    own(
      new DecorationDoor(
        part(rooms.messages, ({ marks }) => marks),
        log,
      ),
    );
    own(new EditorDoor(rooms.editor, log));
    own(registerPages(rooms.conversationPages, log));
    own(
      withFirst(MESSAGE_LANGUAGE, () =>
        vscode.Disposable.from(
          registerLanguage(rooms.editor),
          registerMembers(rooms.members),
          registerFixes(part(rooms.problems, ({ fixes }) => fixes)),
        ),
      ),
    );
    own(withFirst(REQUEST_LANGUAGE, () => registerRequests(rooms.requests)));
    own(registerTasks(rooms.fixtureTasks));
    own(registerTools(rooms.tools));
    own(wakeFor(rooms.requests, ({ languageId }) => languageId === REQUEST_LANGUAGE, log));
    own(wakeFor(rooms.messages, ({ uri }) => isMessage(uri), log));
    own(wakeFor(rooms.lists, ({ languageId }) => languageId === LIST_LANGUAGE, log));
    own(wakeFor(rooms.problems, ({ languageId }) => languageId === MESSAGE_LANGUAGE, log));

    const conversations = own(
      new TreeDoor<TreeNode>(viewIds.explorer, rooms.conversations, log, {
        showCollapseAll: true,
        canSelectMany: true,
      }),
    );
    const drafts = own(new TreeDoor<DraftRow>(viewIds.drafts, rooms.drafts, log, { canSelectMany: true }));
    const history = own(new TreeDoor<HistoryNode>(viewIds.history, rooms.history, log));

    const webhooks = own(
      new TreeDoor<WebhookNode>(viewIds.webhooks, rooms.webhooks, log, { canSelectMany: true }),
    );
    own(wakeFor(rooms.inbox, ({ fileName }) => fileName.endsWith('.chatrules.json'), log));

    const handlers = commandHandlers(rooms, { house, log, flushes });
    own(registerCommands(handlers, { log, notices: async () => (await rooms.reports.load()).notices }));
    this.welcome(context, conversations.view, log);
    this.lookAfter(rooms, log, read);
    this.markSteps(rooms, walkthrough);

    if (context.extensionMode !== vscode.ExtensionMode.Production) {
      this.testHandle = {
        storage: context.globalStorageUri,
        secrets: context.secrets,
        connections: async () => (await rooms.connections.load()).connections,
        holdEdits: (ms) => (heldBack = ms),
      };
    }
  }

  dispose(): void {
    this.house.dispose();
  }

  /** Opens the walkthrough once after an install. */
  private welcome(
    { globalState, extensionMode }: vscode.ExtensionContext,
    view: vscode.TreeView<unknown>,
    log: Log,
  ): void {
    if (extensionMode !== vscode.ExtensionMode.Production) return;
    const listening = welcome({
      memento: globalState,
      view,
      isWanted: () =>
        vscode.workspace.getConfiguration('workbench').get('welcomePage.walkthroughs.openOnInstall', true),
      isEmpty: () => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0),
      open: () => {
        vscode.commands
          .executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false)
          .then(undefined, (error: unknown) => log.error(error));
      },
    });
    if (listening) this.house.own(listening);
  }

  /** What nobody asks for: changes whose end is not known, a journal over its size, a setting that cannot be. */
  private lookAfter(rooms: Rooms, log: Log, read: Settings): void {
    const { own } = this.house;
    const report = (error: unknown): void => {
      if (!(error instanceof vscode.CancellationError)) log.error(error);
    };
    const tell = async (error: unknown): Promise<void> => {
      // The notice is not waited for: it may stand there for hours.
      void (await rooms.reports.load()).notices.showError(error);
    };
    const offerPlans = async (): Promise<void> => {
      const left = await (await rooms.journal.load()).plans.left();
      if (left.length > 0) await (await rooms.planning.load()).plans.offer();
    };
    const finishMoves = async (): Promise<void> => {
      const { connections } = await rooms.connections.load();
      if (connections.list().some(({ former }) => former.length > 0))
        await (await rooms.moves.load()).finish();
    };
    const tellMisconfigured = async (): Promise<void> => {
      const { misconfigured } = (await rooms.connections.load()).connections.sandbox;
      if (misconfigured !== undefined) await tell(misconfigured);
    };
    own(read.onDidChange([settings.sandboxEndpoint], () => void tellMisconfigured().catch(report)));
    keepMenuKeys(rooms, this.house, read, report);
    rooms.connections.whenMade(({ connections }) => {
      own(
        connections.onDidChange(({ id, what }) => {
          if (what === 'credential') void settleDoubts(rooms, report, id);
        }),
      );
      own(
        connections.onDidMove((move) => {
          rooms.moves
            .load()
            .then((moves) => moves.follow(move))
            .catch(tell);
        }),
      );
      // What is in doubt was left so by modifying, or loaded it.
      own(connections.onDidReach((id) => void rooms.modifying.made?.doubts.reached(id).catch(report)));
    });

    // Whoever sees messages opens one soon, and the first click shall not wait for what it opens.
    rooms.messages.whenMade(() => {
      const soon = setTimeout(() => void rooms.editor.load().catch(report));
      own(new vscode.Disposable(() => clearTimeout(soon)));
    });

    // Later, so that starting costs nothing: nothing of it is needed for what the person does first.
    const background = setTimeout(() => {
      rooms.messages.whenMade(({ documents }) => documents.followOthers());
      tellMisconfigured().catch(report);
      finishMoves().catch(report);
      offerPlans().catch(report);
      settleDoubts(rooms, report)
        .then(async () => (await rooms.journal.load()).prune())
        .catch(report);
    }, BACKGROUND_DELAY_MS);
    own(new vscode.Disposable(() => clearTimeout(background)));
  }

  /** Marks what was done of the walkthrough; what modifying has done, it says itself. */
  private markSteps(rooms: Rooms, { did }: WalkthroughProgress): void {
    const { own } = this.house;
    rooms.connections.whenMade(({ connections }) => {
      const look = (): void => {
        for (const { credentialKind } of connections.list())
          did(credentialKind === 'sandbox' ? 'try' : 'add');
      };
      look();
      own(connections.onDidChange(look));
    });
    rooms.messages.whenMade(({ documents }) => {
      own(
        documents.onDidLearn((_, { handedOut, draft }) => {
          if (handedOut !== undefined) did('open');
          if (draft !== undefined) did('change');
        }),
      );
    });
  }
}
