import { createHash, randomBytes } from 'node:crypto';
import type { MessageAddress } from '../chat/model';

/** Which revisions; each member narrows. */
export interface RevisionFilter {
  readonly connectionId?: string;
  /** Messages between these two users, either way. */
  readonly conversation?: readonly [string, string];
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
  const hashes = [conversationHash([address.from, address.to]), messageHash(address)];
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
  revision: MessageAddress & { readonly connection: { readonly id: string } },
  { connectionId, conversation, message }: RevisionFilter,
): boolean {
  if (connectionId !== undefined && revision.connection.id !== connectionId) return false;
  if (conversation && pair([revision.from, revision.to]) !== pair(conversation)) return false;
  const { from, to, key } = revision;
  return !message || (from === message.from && to === message.to && key === message.key);
}

function pair(users: readonly [string, string]): string {
  return JSON.stringify([...users].sort());
}

function conversationHash(users: readonly [string, string]): string {
  return hash(pair(users));
}

function messageHash({ from, to, key }: MessageAddress): string {
  return hash(JSON.stringify([from, to, key]));
}

function hash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 8);
}
