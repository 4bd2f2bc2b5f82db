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
  readonly connectionId?: string;
  /** Messages of this conversation, of two users either way. */
  readonly conversation?: ChatAddress;
  readonly message?: MessageAddress;
  /** At most this many, the newest. */
  readonly limit?: number;
}

/**
 * `<UTC time>-<hash of the conversation>-<hash of the message>-<chance>`: sorts by time, is unique across windows,
 * and tells without opening a file which conversation and message it is of.
 */
const pattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([0-9a-f]{8})-([0-9a-f]{8})-[0-9a-f]{12}$/;

/** A new id for a revision of `address`, begun at `at` (milliseconds since 1970). */
export function newRevisionId(at: number, address: MessageAddress): string {
  const time = new Date(at).toISOString().replace(/[-:.]/g, '');
  const hashes = [conversationHash(chatOf(address)), messageHash(address)];
  return [time, ...hashes, randomBytes(6).toString('hex')].join('-');
}

/** True for what {@link newRevisionId} makes. */
export function isRevisionId(text: string): boolean {
  return pattern.test(text);
}

/** When the revision of this id was begun, milliseconds since 1970; undefined for anything else. */
export function timeOfId(id: string): number | undefined {
  const match = pattern.exec(id);
  if (!match) return undefined;
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
  { address, connection }: Pick<RevisionEntry, 'address' | 'connection'>,
  { connectionId, conversation, message }: RevisionFilter,
): boolean {
  if (connectionId !== undefined && connection.id !== connectionId) return false;
  if (conversation && chatKey(chatOf(address)) !== chatKey(conversation)) return false;
  return !message || sameAddress(address, message);
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
