import type { Connection, ConversationRef } from './connection';

/** A change of what is shown of an app; the same connection when there is nothing to change. */
export type Addition = (connection: Connection) => Connection;

/** Most peers remembered as users of a connection. */
const MET_LIMIT = 1000;

/** Adds a user by hand. */
export function withUser(user: string): Addition {
  return (connection) =>
    connection.users.includes(user) ? connection : { ...connection, users: [...connection.users, user] };
}

/** Takes a user off the list, added by hand or met, with the conversations added under them. */
export function withoutUser(user: string): Addition {
  return (connection) => ({
    ...connection,
    users: connection.users.filter((other) => other !== user),
    met: connection.met.filter((other) => other !== user),
    conversations: connection.conversations.filter((conversation) => conversation.user !== user),
  });
}

/** Remembers users that were met as peers. */
export function withMet(users: readonly string[]): Addition {
  return (connection) => {
    const known = new Set([...connection.users, ...connection.met]);
    const added = users.filter((user) => !known.has(user));
    if (added.length === 0 || connection.met.length >= MET_LIMIT) return connection;
    return { ...connection, met: [...connection.met, ...new Set(added)].slice(0, MET_LIMIT) };
  };
}

/** True when somebody added the conversation by hand. */
export function hasConversation(
  { conversations }: Pick<Connection, 'conversations'>,
  { user, peer }: ConversationRef,
): boolean {
  return conversations.some((other) => other.user === user && other.peer === peer);
}

/** Adds a conversation by hand. */
export function withConversation({ user, peer }: ConversationRef): Addition {
  return (connection) =>
    hasConversation(connection, { user, peer })
      ? connection
      : { ...connection, conversations: [...connection.conversations, { user, peer }] };
}

/** Takes a conversation off the list that was added by hand. */
export function withoutConversation({ user, peer }: ConversationRef): Addition {
  return (connection) => ({
    ...connection,
    conversations: connection.conversations.filter((other) => other.user !== user || other.peer !== peer),
  });
}

/** Adds a group by hand. */
export function withGroup(groupId: string): Addition {
  return (connection) =>
    connection.groups.includes(groupId)
      ? connection
      : { ...connection, groups: [...connection.groups, groupId] };
}

/** Takes a group off the list that was added by hand. */
export function withoutGroup(groupId: string): Addition {
  return (connection) => ({
    ...connection,
    groups: connection.groups.filter((other) => other !== groupId),
  });
}
