import { createHash } from 'node:crypto';
import { isRecord } from '../json/values';
import { checkEndpoint } from '../chat/regions';

/** How careful the extension is with an app: the sandbox never asks, production always does. */
export type Environment = 'sandbox' | 'test' | 'production';

export const environments: readonly Environment[] = ['sandbox', 'test', 'production'];

/** What the secret of a connection is. A sandbox makes its own key, which is no secret and is never stored. */
export type CredentialKind = 'secretKey' | 'userSig' | 'sandbox';

/** A conversation as seen by one of its two users. */
export interface ConversationRef {
  readonly user: string;
  readonly peer: string;
}

/** What a person says about an app when adding or editing a connection. */
export interface ConnectionDetails {
  readonly name: string;
  /** Base URL without path. */
  readonly endpoint: string;
  /** Id of the region the endpoint belongs to; undefined for a custom endpoint. */
  readonly region?: string | undefined;
  readonly sdkAppId: number;
  /** UserID of an app administrator. */
  readonly administrator: string;
  readonly environment: Environment;
  readonly credentialKind: CredentialKind;
}

/** An app one talks to, without its secret. */
export interface Connection extends ConnectionDetails {
  readonly id: string;
  /** Nothing is modified or recalled through it. */
  readonly readOnly: boolean;
  /** Users added by hand, in the order they were added. */
  readonly users: readonly string[];
  /** Users met as peers in conversation lists: the service has no call that lists users. */
  readonly met: readonly string[];
  /** Conversations added by hand, for those the service's list no longer has. */
  readonly conversations: readonly ConversationRef[];
  /** GroupIds of groups added by hand. */
  readonly groups: readonly string[];
  /** Ids that it had before its endpoint or administrator was edited: what is kept under them is its own. */
  readonly former: readonly string[];
}

/** True for the connection that a sandbox makes. */
export function isSandbox(connection: Connection): boolean {
  return connection.credentialKind === 'sandbox';
}

/**
 * The id of a connection comes from what it talks to, so that drafts and journal find a connection again that was
 * removed and added. A sandbox keeps its id whatever port it listens on.
 */
export function connectionId(
  details: Pick<ConnectionDetails, 'endpoint' | 'sdkAppId' | 'administrator' | 'credentialKind'>,
): string {
  const place = details.credentialKind === 'sandbox' ? 'sandbox' : details.endpoint;
  return createHash('sha256')
    .update(`${place}|${details.sdkAppId}|${details.administrator}`)
    .digest('hex')
    .slice(0, 16);
}

/**
 * The connection that has a name already, however it is written; a person could not tell another one of it apart.
 *
 * @param edited id of the one that is given the name, which may keep its own
 */
export function namesake(
  list: readonly Connection[],
  name: string,
  edited: string | undefined,
): Connection | undefined {
  const written = plainName(name);
  return list.find((other) => other.id !== edited && plainName(other.name) === written);
}

function plainName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** So many former ids are remembered. */
const MOST_FORMER = 8;

/** A connection from its details, with what an earlier version of it had besides. */
export function makeConnection(
  details: ConnectionDetails,
  kept: Partial<Pick<Connection, 'readOnly' | 'users' | 'met' | 'conversations' | 'groups' | 'former'>> = {},
): Connection {
  const id = connectionId(details);
  return {
    id,
    name: details.name,
    endpoint: details.endpoint,
    ...(details.region === undefined ? {} : { region: details.region }),
    sdkAppId: details.sdkAppId,
    administrator: details.administrator,
    environment: details.environment,
    credentialKind: details.credentialKind,
    readOnly: kept.readOnly ?? false,
    users: kept.users ?? [],
    met: kept.met ?? [],
    conversations: kept.conversations ?? [],
    groups: kept.groups ?? [],
    former: (kept.former ?? []).filter((other) => other !== id).slice(-MOST_FORMER),
  };
}

/** Reads what was stored; undefined for anything that is no connection, so that one bad entry harms no other. */
export function readConnection(value: unknown): Connection | undefined {
  if (!isRecord(value)) return undefined;
  const { name, endpoint, region, sdkAppId, administrator, environment, credentialKind } = value;
  if (typeof name !== 'string' || typeof endpoint !== 'string' || typeof administrator !== 'string')
    return undefined;
  // Whatever wrote the entry, no signature leaves for an endpoint that a person could not have entered.
  if ('problem' in checkEndpoint(endpoint)) return undefined;
  if (typeof sdkAppId !== 'number' || !Number.isSafeInteger(sdkAppId)) return undefined;
  if (environment !== 'sandbox' && environment !== 'test' && environment !== 'production') return undefined;
  if (credentialKind !== 'secretKey' && credentialKind !== 'userSig' && credentialKind !== 'sandbox')
    return undefined;
  return makeConnection(
    {
      name,
      endpoint,
      region: typeof region === 'string' ? region : undefined,
      sdkAppId,
      administrator,
      environment,
      credentialKind,
    },
    {
      readOnly: value.readOnly === true,
      users: strings(value.users),
      met: strings(value.met),
      conversations: conversations(value.conversations),
      groups: strings(value.groups),
      former: strings(value.former).filter((text) => /^[0-9a-f]{16}$/.test(text)),
    },
  );
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function conversations(value: unknown): ConversationRef[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (!isRecord(item) || typeof item.user !== 'string' || typeof item.peer !== 'string') return [];
    return [{ user: item.user, peer: item.peer }];
  });
}
