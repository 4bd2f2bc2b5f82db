import { createHash, randomBytes } from 'node:crypto';
import {
  addressKey,
  chatKey,
  chatOf,
  sameAddress,
  type ChatAddress,
  type MessageAddress,
} from '../chat/address';
import type { RevisionEntry } from './revision';

/** Which revisions; each member narrows. */
export interface RevisionFilter {
  readonly connectionId?: string | undefined;
  /** Messages of this conversation, of two users either way. */
  readonly conversation?: ChatAddress;
  readonly message?: MessageAddress;
  /** Revisions of this plan. */
  readonly plan?: string;
  /** Revisions of no plan. */
  readonly alone?: boolean;
  /** At most this many, the newest. */
  readonly limit?: number;
}

/**
 * `<UTC time>-<hash of the conversation>-<hash of the message>-<chance>`: sorts by time, is unique across windows,
 * and tells without opening a file which conversation and message it is of.
 */
const pattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([0-9a-f]{8})-([0-9a-f]{8})-[0-9a-f]{12}$/;

/**
 * `<UTC time of its last revision>-<plan>-<chance>`: a group of revisions of one plan. Its revisions end with the same
 * chance, so that an id tells which group it is in.
 */
const groupPattern = /^(\d{8}T\d{9}Z)-([0-9a-f]{16})-([0-9a-f]{12})$/;

/** A new id for a revision of `address`, begun at `at` (milliseconds since 1970), in the group of `chance` if any. */
export function newRevisionId(at: number, address: MessageAddress, chance = newChance()): string {
  const hashes = [conversationHash(chatOf(address)), messageHash(address)];
  return [timeText(at), ...hashes, chance].join('-');
}

/** What tells ids of one millisecond apart, and joins those of a group. */
export function newChance(): string {
  return randomBytes(6).toString('hex');
}

/** A new id for a group of revisions of a plan. */
export function newGroupId(at: number, plan: string, chance: string): string {
  return [timeText(at), plan, chance].join('-');
}

/** The plan of a group; undefined for what is no id of a group. */
export function planOfGroup(groupId: string): string | undefined {
  return groupPattern.exec(groupId)?.[2];
}

/** True when the revision's id is of that group. */
export function isInGroup(revisionId: string, groupId: string): boolean {
  return revisionId.slice(-12) === groupId.slice(-12);
}

/** True for what can name a plan. */
export function isPlanId(text: string): boolean {
  return /^[0-9a-f]{16}$/.test(text);
}

/** True for what {@link newRevisionId} makes. */
export function isRevisionId(text: string): boolean {
  return pattern.test(text);
}

/** When the revision, or the last one of the group, of this id was begun, milliseconds since 1970; undefined for anything else. */
export function timeOfId(id: string): number | undefined {
  const match = timePattern.exec(id);
  if (!match || !(isRevisionId(id) || groupPattern.test(id))) return undefined;
  const [year = 0, month = 1, day, hour, minute, second, milli] = match.slice(1, 8).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second, milli);
}

/** False when the id alone tells that the revision is not meant. */
export function idMayMatch(id: string, filter: RevisionFilter): boolean {
  const [, conversation, message] = id.split('-');
  if (filter.conversation && conversation !== conversationHash(filter.conversation)) return false;
  return !filter.message || message === messageHash(filter.message);
}

/** True when the revision is meant; for hashes may agree by chance. */
export function matches(
  { address, connection, plan }: Pick<RevisionEntry, 'address' | 'connection' | 'plan'>,
  { connectionId, conversation, message, plan: wanted }: RevisionFilter,
): boolean {
  if (wanted !== undefined && plan !== wanted) return false;
  if (connectionId !== undefined && connection.id !== connectionId) return false;
  if (conversation && chatKey(chatOf(address)) !== chatKey(conversation)) return false;
  return !message || sameAddress(address, message);
}

const timePattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-/;

function timeText(at: number): string {
  return new Date(at).toISOString().replace(/[-:.]/g, '');
}

function conversationHash(chat: ChatAddress): string {
  return hash(chatKey(chat));
}

function messageHash(address: MessageAddress): string {
  return hash(addressKey(address));
}

function hash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 8);
}
