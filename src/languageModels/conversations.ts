import * as vscode from 'vscode';
import type { RecentContact } from '../chat/client';
import type { ChatMessage } from '../chat/chatMessage';
import type { Connection } from '../connections/connection';
import { environmentName } from '../connections/names';
import { asData } from '../modelTools/asData';
import { chatOfInput, USUAL_MESSAGES } from '../modelTools/inputs';
import { messagesText } from '../modelTools/messagesText';
import { told } from '../modelTools/told';
import { chatText } from '../ui/addressTexts';
import { fullTime } from '../ui/times';
import { demanded, type Tool } from './tool';
import { mayRead, readableConnection, type ToolServices } from './toolServices';

/** Connections, users, groups or conversations of one answer. */
const MOST_NAMES = 200;
/** Pages of history or of conversations that one call reads: the service cuts them by size, so some may be short. */
const MOST_PAGES = 10;

/** *List conversations*: connections; users and groups of one; conversations of a user. */
export function listConversations(services: ToolServices): Tool<'tencentChat_listConversations'> {
  return {
    confirm: ({ connection: named, user }) => ({
      title: vscode.l10n.t('Tell the language model which conversations there are?'),
      facts:
        named === undefined
          ? [[vscode.l10n.t('Connections'), vscode.l10n.t('their names and environments')]]
          : [
              connectionFact(readableConnection(services, named)),
              user === undefined
                ? [vscode.l10n.t('Names'), vscode.l10n.t('users and groups that are known here')]
                : [vscode.l10n.t('Conversations'), user],
            ],
    }),
    run: async ({ connection: named, user }, signal) => {
      if (named === undefined) return connectionsText(services);
      const connection = readableConnection(services, named);
      if (user === undefined) return namesText(connection);
      const reader = await services.reader(connection.id, signal);
      const found: RecentContact[] = [];
      let pages = 0;
      for await (const page of reader.recentContacts(user, signal)) {
        found.push(...page);
        pages += 1;
        if (found.length >= MOST_NAMES || pages === MOST_PAGES) break;
      }
      const shown = found.slice(0, MOST_NAMES).map(({ peer, groupId, time }) => ({
        ...(peer === undefined ? { GroupId: groupId } : { peer }),
        time,
      }));
      return asData([told.conversations(shown.length, MOST_NAMES)], JSON.stringify(shown));
    },
  };
}

function connectionsText(services: ToolServices): string {
  const shown = services.connections
    .list()
    .slice(0, MOST_NAMES)
    .map((connection) => ({
      connection: connection.name,
      environment: connection.environment,
      mayRead: mayRead(services, connection),
    }));
  return asData([told.connections(shown.length)], JSON.stringify(shown));
}

function namesText({ users, met, conversations, groups }: Connection): string {
  const known = new Set([...users, ...met, ...conversations.flatMap(({ user, peer }) => [user, peer])]);
  return asData(
    [told.names(MOST_NAMES)],
    JSON.stringify({ users: [...known].slice(0, MOST_NAMES), groups: groups.slice(0, MOST_NAMES) }),
  );
}

/** *Read messages* of a conversation, newest first; how many, and how much of each, `modelTools/` says. */
export function readMessages(services: ToolServices): Tool<'tencentChat_readMessages'> {
  return {
    confirm: (input) => {
      const chat = demanded(chatOfInput(input));
      const { connection, limit = USUAL_MESSAGES, before } = input;
      return {
        title: vscode.l10n.t('Let the language model read messages?'),
        facts: [
          connectionFact(readableConnection(services, connection)),
          [vscode.l10n.t('Conversation'), chatText(chat)],
          [vscode.l10n.t('Messages'), vscode.l10n.t('the newest {0} at most', limit)],
          ...(before === undefined ? [] : [[vscode.l10n.t('Until'), fullTime(before)] as const]),
        ],
      };
    },
    run: async (input, signal) => {
      const chat = demanded(chatOfInput(input));
      const { connection, limit = USUAL_MESSAGES, before } = input;
      const reader = await services.reader(readableConnection(services, connection).id, signal);
      const found: ChatMessage[] = [];
      let [pages, complete, odd] = [0, false, 0];
      const request = { chat, pageSize: limit, ...(before !== undefined && { maxTime: before }) };
      for await (const page of reader.history(request, signal)) {
        found.push(...page.messages);
        ({ complete } = page);
        odd += page.unreadable.length;
        pages += 1;
        if (found.length >= limit || pages === MOST_PAGES) break;
      }
      const { json, count } = messagesText(found.slice(0, limit));
      const more = !complete || count < found.length;
      return asData(
        [told.messages(count), more ? told.older : told.noOlder, ...(odd > 0 ? [told.unreadable(odd)] : [])],
        json,
      );
    },
  };
}

/** The line of a question that says through which connection. */
export function connectionFact({ name, environment }: Connection): readonly [string, string] {
  const kind = environmentName(environment);
  return [vscode.l10n.t('Connection'), name === kind ? name : vscode.l10n.t('{0}, {1}', name, kind)];
}
