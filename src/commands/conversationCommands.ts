import * as vscode from 'vscode';
import { chatOf, type ChatAddress, type MessageAddress } from '../chat/address';
import type { Connections } from '../connections/connections';
import type { ShownArgument } from '../contributions/arguments';
import { asCommand } from '../contributions/command';
import { commands, type CommandHandlers } from '../contributions/commands';
import { LIST_LANGUAGE } from '../contributions/ids';
import type { ConversationPage } from '../conversationPage/conversationPage';
import type { ConversationPages } from '../conversationPage/conversationPages';
import type { ChatPlace } from '../conversationPage/pageServices';
import { messageTarget } from '../documents/activeMessage';
import { parseListUri } from '../listEditing/listUri';
import { itemAt, parseList } from '../lists/parseList';
import { chatText } from '../ui/addressTexts';
import { NothingToDo } from '../ui/noticeError';
import { askPick } from '../ui/wizard';
import { askUserId } from './askUserId';
import { pickConnection } from './pickConnection';

/** What the commands on pages of conversations work with. */
export interface ConversationCommandServices {
  readonly connections: Connections;
  readonly pages: ConversationPages;
}

/** The commands on pages of conversations. */
export function conversationCommands({
  connections,
  pages,
}: ConversationCommandServices): Pick<
  CommandHandlers,
  | 'conversationShow'
  | 'conversationFind'
  | 'conversationGoToMessage'
  | 'conversationCompareSides'
  | 'conversationFollow'
  | 'conversationOpenMessage'
> {
  const active = (): ConversationPage => {
    const page = pages.active;
    if (page) return page;
    throw new NothingToDo(vscode.l10n.t('Show a conversation first, and click into its page.'), [
      asCommand(vscode.l10n.t('Show Conversation'), commands.conversationShow),
    ]);
  };
  return {
    conversationShow: async (what) => {
      const found = what === undefined ? inView() : named(what);
      const { address, ...place } = found ?? (await askPlace(connections));
      await pages.show(place, address);
    },
    conversationFind: () => active().openFind(),
    conversationGoToMessage: () => active().act('goToMessage'),
    conversationCompareSides: async (what) => {
      const page = what?.chat ? await pages.show({ ...what, chat: what.chat }) : active();
      await page.act('compareSides');
    },
    conversationOpenMessage: async (row) => {
      if (row) await pages.open(row.id);
    },
    conversationFollow: () => {
      const page = active();
      return page.act(page.isFollowing ? 'unfollow' : 'follow');
    },
  };
}

/** A conversation, and the message of it that is meant, if one is. */
type Shown = ChatPlace & { readonly address?: MessageAddress };

function named(what: ShownArgument): Shown | undefined {
  const ref = messageTarget(what)?.ref;
  const row = what instanceof vscode.Uri || !('connectionId' in what) ? undefined : what;
  const chat = row && 'chat' in row ? row.chat : undefined;
  if (row && chat) {
    const { connectionId } = row;
    const user = 'user' in row ? row.user : undefined;
    return { connectionId, chat, user, ...(ref && { address: ref.address }) };
  }
  return ref && { connectionId: ref.connectionId, chat: chatOf(ref.address), address: ref.address };
}

/** The message in view, or the item of a list that the cursor is in. */
function inView(): Shown | undefined {
  const ref = messageTarget(undefined)?.ref;
  if (ref) return { connectionId: ref.connectionId, chat: chatOf(ref.address), address: ref.address };
  const editor = vscode.window.activeTextEditor;
  const list = editor?.document.languageId === LIST_LANGUAGE ? parseListUri(editor.document.uri) : undefined;
  if (!editor || !list) return undefined;
  const at = editor.document.offsetAt(editor.selection.active);
  const address = itemAt(parseList(editor.document.getText()), at)?.address;
  return address && { connectionId: list.connectionId, chat: chatOf(address), address };
}

async function askPlace(connections: Connections): Promise<Shown> {
  const title = vscode.l10n.t('Show Conversation');
  const { id, conversations, groups } = await pickConnection(connections, undefined, title);
  const known: readonly ChatAddress[] = [
    ...conversations.map((one) => ({ chat: 'c2c', ...one }) as const),
    ...groups.map((group) => ({ chat: 'group', group }) as const),
  ];
  const chosen =
    known.length === 0
      ? undefined
      : await askPick<ChatAddress | undefined>(title, {
          placeholder: vscode.l10n.t('Conversation'),
          choices: [
            ...known.map((chat) => ({ value: chat, label: chatText(chat) })),
            { value: undefined, label: vscode.l10n.t('Of two users…'), icon: 'edit' },
          ],
        });
  if (chosen) return { connectionId: id, chat: chosen };
  const user = await askUserId(title, vscode.l10n.t('UserID of the user who sees it'));
  const peer = await askUserId(title, vscode.l10n.t('UserID of the other user'));
  return { connectionId: id, chat: { chat: 'c2c', user, peer } };
}
