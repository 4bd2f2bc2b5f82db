import * as vscode from 'vscode';
import type { ChatMessage } from '../chat/chatMessage';
import type { Connections } from '../connections/connections';
import type { CommandHandlers } from '../contributions/commands';
import { messageUri } from '../documents/messageRef';
import type { ListDocuments } from '../listEditing/listDocuments';
import { searchedText } from '../lists/searchText';
import { EndlessExpressionError, readWanted, TextFinder } from '../lists/textFinder';
import { summarize } from '../message/summary';
import { messageName } from '../ui/messageName';
import { NoticeError } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { withProgress } from '../ui/progress';
import { askPick, askText } from '../ui/wizard';
import type { ExplorerView } from '../views/conversations/explorerView';
import { placeOf, type MessagePlace } from './messageSources';

/** What finding works with. */
export interface FindServices {
  readonly connections: Connections;
  readonly explorer: ExplorerView;
  readonly lists: ListDocuments;
  readonly notices: Notices;
}

/** Rows of what was found; with more of them nobody finds anything. */
const SHOWN = 500;

/** *Find Messages…*: text or a regular expression in a conversation, a day, or all conversations of a user. */
export function findCommand(services: FindServices): Pick<CommandHandlers, 'messagesFind'> {
  return {
    messagesFind: async (argument) => {
      const node = argument && services.explorer.node(argument.id);
      const place = node && placeOf(node);
      if (!place)
        throw new NoticeError(
          vscode.l10n.t('Choose a user, a conversation or a day in the Conversations view.'),
        );
      const title = vscode.l10n.t('Find Messages of {0}', place.name);
      const typed = await askText(title, {
        prompt: vscode.l10n.t('Text, or a regular expression between slashes: /order \\d+/i'),
        validate: (text) =>
          text === '' ? vscode.l10n.t('Type what the messages have in them.') : complaint(text),
      });
      const { found, read, cancelled } = await look(services, place, typed);
      await show(services, place, title, { found, read, cancelled });
    },
  };
}

/** Reads page by page and holds what was found only. Cancelling shows what was found until then. */
async function look({ connections }: FindServices, place: MessagePlace, typed: string) {
  const finder = new TextFinder(readWanted(typed));
  const found: ChatMessage[] = [];
  let read = 0;
  let cancelled = false;
  try {
    await withProgress(
      vscode.l10n.t('Looking through the messages of {0}', place.name),
      async ({ signal, report }) => {
        const client = await connections.client(place.connectionId, { interactive: true, signal });
        try {
          for await (const chat of place.chats(client, signal)) {
            for await (const { messages } of client.history({ chat, ...place.window }, signal)) {
              const hits = await hitsIn(finder, messages);
              found.push(...messages.filter((_, index) => hits[index] === true));
              read += messages.length;
              report(vscode.l10n.t('{0} found in {1}', found.length, read));
            }
          }
        } catch (error) {
          if (!signal.aborted) throw error;
          cancelled = true;
        }
      },
    );
  } finally {
    finder.dispose();
  }
  return { found, read, cancelled };
}

async function hitsIn(finder: TextFinder, messages: readonly ChatMessage[]): Promise<readonly boolean[]> {
  try {
    return await finder.find(messages.map(({ content }) => searchedText(content)));
  } catch (error) {
    if (!(error instanceof EndlessExpressionError)) throw error;
    const message = messages[error.index];
    throw new NoticeError(
      vscode.l10n.t(
        'The regular expression {0} was stopped: it did not end with {1}. Make it simpler, without repetitions in repetitions.',
        error.source,
        message ? messageName(message) : '',
      ),
      [],
      { cause: error },
    );
  }
}

async function show(
  { lists, notices }: FindServices,
  { connectionId }: MessagePlace,
  title: string,
  {
    found,
    read,
    cancelled,
  }: { readonly found: readonly ChatMessage[]; readonly read: number; readonly cancelled: boolean },
): Promise<void> {
  if (found.length === 0) {
    void notices.showInfo(vscode.l10n.t('Nothing was found in {0} messages.', read));
    return;
  }
  const chosen = await askPick<ChatMessage | 'all'>(title, {
    placeholder: cancelled
      ? vscode.l10n.t('{0} found in the first {1} messages; looking was cancelled', found.length, read)
      : vscode.l10n.t('{0} found in {1} messages', found.length, read),
    choices: [
      { value: 'all', label: vscode.l10n.t('Open All {0} as List', found.length), icon: 'list-flat' },
      ...found.slice(0, SHOWN).map((message) => ({
        value: message,
        label: summarize(message.content).text || messageName(message),
        description: messageName(message),
      })),
    ],
  });
  if (chosen !== 'all') {
    await vscode.commands.executeCommand(
      'vscode.open',
      messageUri({ connectionId, address: chosen.address }),
    );
    return;
  }
  const sorted = [...found].sort((one, other) => one.time - other.time || one.seq - other.seq);
  const { uri, left } = await lists.create(connectionId, title, sorted);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  if (left > 0)
    void notices.showWarning(
      vscode.l10n.t('{0} messages did not fit: a list may not be longer than an editor likes.', left),
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
