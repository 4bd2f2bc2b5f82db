import { isRecord, member } from '../../json/values';
import type { Clients, FriendValue, OnlineStatus, Relations } from '../store/relations';
import type { RelationChange } from '../store/relations';

type Item = Record<string, unknown>;

const statuses: readonly OnlineStatus[] = ['Online', 'PushOnline', 'Offline'];

/** An item of `Friends`: whose, who, and fields by tag. */
export function friendOf(item: Item, where: string, userIdOf: (name: string) => string): RelationChange {
  const fields = member(item, 'Fields') ?? {};
  if (!isRecord(fields) || !Object.values(fields).every(isFriendValue)) {
    throw new Error(`${where}.Fields is not an object of texts, numbers and lists of texts.`);
  }
  return {
    kind: 'friend',
    owner: userIdOf('Owner_Account'),
    friend: userIdOf('To_Account'),
    fields: fields as Record<string, FriendValue>,
  };
}

/**
 * `Status` of an account, and what it is by client.
 *
 * @returns undefined when nothing is said
 */
export function statusOf(item: Item, where: string, userId: string): RelationChange | undefined {
  const status = member(item, 'Status');
  const clients = member(item, 'Clients');
  if (status === undefined && clients === undefined) return undefined;
  if (!isStatus(status)) throw new Error(`${where}.Status is not one of ${statuses.join(', ')}.`);
  if (clients === undefined) return { kind: 'status', userId, status };
  if (!isRecord(clients) || !Object.values(clients).every(isStatus)) {
    throw new Error(`${where}.Clients is not an object of statuses by platform.`);
  }
  return { kind: 'status', userId, status, clients: clients as Clients };
}

/** The lists `Friends` and `Blocked` of a seed, a text an item. */
export function relationTexts(relations: Relations): [string, string[]][] {
  const friends: string[] = [];
  for (const [Owner_Account, list] of relations.allFriends()) {
    for (const [To_Account, fields] of list) {
      friends.push(JSON.stringify({ Owner_Account, To_Account, Fields: Object.fromEntries(fields) }));
    }
  }
  const blocked: string[] = [];
  for (const [Owner_Account, list] of relations.allBlocked()) {
    for (const [To_Account, BlockTime] of list) {
      blocked.push(JSON.stringify({ Owner_Account, To_Account, BlockTime }));
    }
  }
  const lists: [string, string[]][] = [
    ['Friends', friends],
    ['Blocked', blocked],
  ];
  return lists.filter(([, items]) => items.length > 0);
}

/** Members of an account that say where it is logged in. */
export function statusMembers(relations: Relations, userId: string): Item {
  const { status, clients } = relations.statusOf(userId);
  if (status === 'Offline' && Object.keys(clients).length === 0) return {};
  return { Status: status, ...(Object.keys(clients).length > 0 && { Clients: clients }) };
}

function isStatus(value: unknown): value is OnlineStatus {
  return statuses.some((status) => status === value);
}

function isFriendValue(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'number') return true;
  return Array.isArray(value) && (value as unknown[]).every((item) => typeof item === 'string');
}
