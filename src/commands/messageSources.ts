import * as vscode from 'vscode';
import type { ChatAddress } from '../chat/address';
import type { ChatClient } from '../chat/client';
import { parseDay } from '../ui/days';
import type { TreeNode } from '../views/conversations/nodes/nodes';

/** Where messages are read from. */
export interface MessagePlace {
  readonly connectionId: string;
  /** For a person. */
  readonly name: string;
  readonly window?: { readonly minTime: number; readonly maxTime: number };
  /** The conversations, read when they are needed. */
  chats(client: ChatClient, signal: AbortSignal): AsyncIterable<ChatAddress> | Iterable<ChatAddress>;
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
        name: chatName(chat),
        chats: () => [chat],
        ...(day && { window: { minTime: day.start, maxTime: day.end } }),
      };
    }
    default:
      return undefined;
  }
}

/** A conversation in words. */
export function chatName(chat: ChatAddress): string {
  if (chat.chat === 'c2c') return vscode.l10n.t('{0} and {1}', chat.user, chat.peer);
  return chat.topic === undefined ? chat.group : vscode.l10n.t('{0} / {1}', chat.group, chat.topic);
}

async function* chatsOf(client: ChatClient, user: string, signal: AbortSignal): AsyncIterable<ChatAddress> {
  for await (const page of client.recentContacts(user, signal)) {
    for (const { peer, groupId } of page) {
      if (peer !== undefined) yield { chat: 'c2c', user, peer };
      else if (groupId !== undefined) yield { chat: 'group', group: groupId };
    }
  }
}
