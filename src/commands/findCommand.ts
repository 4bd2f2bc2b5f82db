import * as vscode from 'vscode';
import type { ChatMessage } from '../chat/chatMessage';
import type { Connections } from '../connections/connections';
import type { CommandHandlers } from '../contributions/commands';
import { messageUri } from '../documents/messageRef';
import type { ListDocuments } from '../listEditing/listDocuments';
import type { LaidOut } from '../lists/formatList';
import { Search, type SearchFilter } from '../lists/search';
import { EndlessExpressionError, TextFinder } from '../lists/textFinder';
import { readWanted } from '../lists/wanted';
import { messageName } from '../ui/messageName';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { withProgress } from '../ui/progress';
import { askText } from '../ui/wizard';
import type { ExplorerView } from '../views/conversations/explorerView';
import type { TreeNode } from '../views/conversations/nodes/nodes';
import { askFilter, filterText } from './findFilters';
import { showFound } from './foundList';
import { GivenMessages, newestFirst, openAsList, type MessageSupply } from './listMaking';
import { placeOf } from './messageSources';
import { pickConnection } from './pickConnection';

/** What finding works with. */
export interface FindServices {
  readonly connections: Connections;
  readonly explorer: ExplorerView;
  readonly lists: ListDocuments;
  readonly notices: Notices;
}

/** Where it is looked. */
interface Place {
  readonly connectionId: string;
  readonly name: string;
  /** Pages of messages, read when they are needed; their window is the place's and the filter's. */
  pages(filter: SearchFilter, signal: AbortSignal): AsyncIterable<readonly ChatMessage[]>;
}

/**
 * *Find Messages…*: text or a regular expression in a conversation, a group, a day, all conversations of a user, or what
 * the tree has loaded.
 */
export function findCommand(services: FindServices): Pick<CommandHandlers, 'messagesFind'> {
  return {
    messagesFind: async (argument) => {
      const node = argument && services.explorer.node(argument.id);
      const place = (node && belowRow(services, node)) ?? (await loadedPlace(services, node?.connectionId));
      const title = vscode.l10n.t('Find Messages of {0}', place.name);
      const typed = await askText(title, {
        prompt: vscode.l10n.t(
          'Text, or a regular expression between slashes: /order \\d+/i. Empty: every message',
        ),
        validate: complaint,
      });
      await find(services, place, title, typed);
    },
  };
}

/** The messages below a row, read when they are needed. */
function belowRow({ connections }: FindServices, node: TreeNode): Place | undefined {
  const place = placeOf(node);
  if (!place) return undefined;
  const { connectionId, name, window, chats } = place;
  return {
    connectionId,
    name,
    pages: async function* ({ minTime = 0, maxTime = Infinity }, signal) {
      const client = await connections.client(connectionId, { interactive: true, signal });
      const from = Math.max(minTime, window?.minTime ?? 0);
      const to = Math.min(maxTime, window?.maxTime ?? Infinity);
      const times = { ...(from > 0 && { minTime: from }), ...(to < Infinity && { maxTime: to }) };
      for await (const chat of chats(client, signal))
        for await (const { messages } of client.history({ chat, ...times }, signal)) yield messages;
    },
  };
}

/** What the tree has loaded of a connection: nothing is read for it. */
async function loadedPlace(
  { connections, explorer }: FindServices,
  connectionId: string | undefined,
): Promise<Place> {
  const none = vscode.l10n.t(
    'The Conversations view has loaded no messages yet. Open a conversation there, or find in a user or a conversation.',
  );
  const { id, name } = await pickConnection(
    connections,
    { ...(connectionId !== undefined && { connectionId }) },
    vscode.l10n.t('Find Messages'),
    { fits: (one) => explorer.shownMessages(one.id).length > 0, none },
  );
  const messages = newestFirst(explorer.shownMessages(id));
  if (messages.length === 0) throw new NothingToDo(none);
  return {
    connectionId: id,
    name: vscode.l10n.t('{0}, as far as it was loaded', name),
    pages: async function* (_filter, signal) {
      for (let from = 0; from < messages.length; from += LOADED_PAGE) {
        // Typing and closing come in between.
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
        yield messages.slice(from, from + LOADED_PAGE);
      }
    },
  };
}

const LOADED_PAGE = 200;

/** Looks, shows what comes, and opens what a person chooses of it; other filters begin anew. */
async function find(services: FindServices, place: Place, title: string, typed: string): Promise<void> {
  const { connections, lists, notices } = services;
  // Questions about the connection come before the list, which they would close.
  await connections.client(place.connectionId, { interactive: true });
  let filter: SearchFilter = {};
  for (;;) {
    const finder = new TextFinder(readWanted(typed));
    const abort = new AbortController();
    const pages = place.pages(filter, abort.signal)[Symbol.asyncIterator]();
    const search = new Search(pages, finder, filter);
    try {
      const chosen = await showFound(title, search, filterText(filter), abort, (error) => {
        void notices.showError(told(error, search));
      });
      if (chosen.kind === 'all') {
        const supply = new FoundMessages(search, finder, abort, title);
        await openAsList(lists, { connectionId: place.connectionId, title }, supply);
        return;
      }
      abort.abort();
      if (chosen.kind === 'message') {
        const { address } = chosen.message;
        const uri = messageUri({ connectionId: place.connectionId, address });
        await vscode.commands.executeCommand('vscode.open', uri);
        return;
      }
      filter = await otherFilter(title, filter);
    } catch (error) {
      abort.abort();
      throw told(error, search);
    } finally {
      finder.dispose();
    }
  }
}

/** Whoever closes a question about filters keeps those that are there. */
async function otherFilter(title: string, filter: SearchFilter): Promise<SearchFilter> {
  try {
    return await askFilter(title, filter);
  } catch (error) {
    if (error instanceof vscode.CancellationError) return filter;
    throw error;
  }
}

/** What a search found; when that was taken it looks on. */
class FoundMessages implements MessageSupply {
  private given: GivenMessages;

  constructor(
    private readonly search: Search,
    private readonly finder: TextFinder,
    private readonly abort: AbortController,
    private readonly title: string,
  ) {
    this.given = new GivenMessages(newestFirst(search.take()));
  }

  get more(): boolean {
    return this.given.more || (!this.search.done && !this.abort.signal.aborted);
  }

  async next(): Promise<readonly LaidOut[]> {
    if (!this.given.more) await this.lookOn();
    return this.given.next();
  }

  private async lookOn(): Promise<void> {
    const { search, abort } = this;
    try {
      await withProgress(this.title, ({ signal, report }) => {
        signal.addEventListener('abort', () => abort.abort());
        return search.run(() =>
          report(
            vscode.l10n.t('Looking through the messages: {0} of {1} have it', search.found, search.read),
          ),
        );
      });
    } catch (error) {
      // What was found until it was cancelled is shown.
      if (!abort.signal.aborted) throw told(error, search);
    } finally {
      this.finder.dispose();
    }
    this.given = new GivenMessages(newestFirst(search.take()));
  }
}

/** An expression that tries for ever is named, with the message on which it does. */
function told(error: unknown, search: Search): unknown {
  if (!(error instanceof EndlessExpressionError)) return error;
  const message = search.messageAt(error.index);
  return new NoticeError(
    vscode.l10n.t(
      'The regular expression {0} was stopped: it did not end with {1}. Make it simpler, without repetitions in repetitions.',
      error.source,
      message ? messageName(message) : '',
    ),
    [],
    { cause: error },
  );
}

function complaint(typed: string): string | undefined {
  try {
    readWanted(typed);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return vscode.l10n.t('This is no regular expression: {0}', error.message);
  }
}
