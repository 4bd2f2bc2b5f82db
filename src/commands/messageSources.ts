import * as vscode from 'vscode';
import type { ChatAddress } from '../chat/address';
import type { ChatMessage } from '../chat/chatMessage';
import type { ChatClient } from '../chat/client';
import { chatText } from '../ui/addressTexts';
import { parseDay } from '../ui/days';
import { NothingToDo } from '../ui/noticeError';
import type { NodeArgument } from '../contributions/arguments';
import type { TreeNode } from '../views/conversations/nodes/nodes';
import { newestFirst } from './listMaking';

/** Where messages are read from. */
export interface MessagePlace {
  readonly connectionId: string;
  /** For a person. */
  readonly name: string;
  readonly window?: { readonly minTime: number; readonly maxTime: number };
  /** The conversations, read when they are needed. */
  chats(client: ChatClient, signal: AbortSignal): AsyncIterable<ChatAddress> | Iterable<ChatAddress>;
}

/** Rows that menus name: of the tree, and of pages of conversations. */
export interface Rows {
  node(id: string): TreeNode | undefined;
  /** A row, with the others that are selected in its page. */
  together(node: NodeArgument): readonly NodeArgument[];
}

/** The place that a row of a user, a conversation or a day stands for; undefined for any other row. */
export function placeOf(node: TreeNode): MessagePlace | undefined {
  switch (node.kind) {
    case 'user': {
      const { connectionId, user } = node;
      return { connectionId, name: user, chats: (client, signal) => chatsOf(client, user, signal) };
    }
    case 'conversation':
    case 'day': {
      const { connectionId, chat } = node;
      const day = node.kind === 'day' ? parseDay(node.day, Date.now() / 1000) : undefined;
      return {
        connectionId,
        name: chatText(chat),
        chats: () => [chat],
        ...(day && { window: { minTime: day.start, maxTime: day.end } }),
      };
    }
    default:
      return undefined;
  }
}

/**
 * The messages that rows stand for, newest first.
 *
 * @throws NoticeError when a row is no message, or one of another connection
 */
export function selectedMessages(rows: readonly TreeNode[]): {
  readonly connectionId: string;
  /** For a person. */
  readonly name: string;
  readonly messages: readonly ChatMessage[];
} {
  const found = rows.flatMap((node) => (node.kind === 'message' ? [node] : []));
  const [first] = found;
  if (!first || found.length < rows.length || found.some((one) => one.connectionId !== first.connectionId))
    throw new NothingToDo(
      vscode.l10n.t('A list holds messages of one connection. Select messages only, of one connection.'),
    );
  return {
    connectionId: first.connectionId,
    name: vscode.l10n.t('{0} selected messages', found.length),
    messages: newestFirst(found.map(({ message }) => message)),
  };
}

async function* chatsOf(client: ChatClient, user: string, signal: AbortSignal): AsyncIterable<ChatAddress> {
  for await (const page of client.recentContacts(user, signal)) {
    for (const { peer, groupId } of page) {
      if (peer !== undefined) yield { chat: 'c2c', user, peer };
      else if (groupId !== undefined) yield { chat: 'group', group: groupId };
    }
  }
}
