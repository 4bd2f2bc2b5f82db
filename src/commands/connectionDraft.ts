import * as vscode from 'vscode';
import { isLoopback, regions } from '../chat/regions';
import { decodeUserSig } from '../chat/userSig';
import {
  connectionId,
  namesake,
  type Connection,
  type ConnectionDetails,
  type Environment,
} from '../connections/connection';
import type { Connections } from '../connections/connections';
import { checkUserSig } from '../connections/inputChecks';

/** What a person has said of a connection. What nobody has said yet is what {@link detailsOf} makes of the rest. */
export interface ConnectionDraft {
  name?: string;
  endpoint?: string;
  sdkAppId?: string;
  administrator?: string;
  /** A new secret key or a UserSig, which tell themselves apart; without it the stored one stays. */
  secret?: string;
  /** The id of what the secret that is stored is to be used for. */
  storedFor?: string;
  environment?: Environment;
  readOnly?: boolean;
}

/** What a draft is judged beside. */
export interface DraftContext {
  readonly connections: Pick<Connections, 'list' | 'sameAs' | 'trial'>;
  /** The connection that is edited. */
  readonly edited?: Connection | undefined;
}

/** What is edited, as a person would have said it. */
export function draftOf(edited: Connection): ConnectionDraft {
  const { id, name, endpoint, sdkAppId, administrator, environment, readOnly } = edited;
  return {
    ...{ name, endpoint, administrator, environment, readOnly },
    sdkAppId: String(sdkAppId),
    storedFor: id,
  };
}

/** All of a connection, as it is with what was said so far. */
export function detailsOf(draft: ConnectionDraft, { connections, edited }: DraftContext): ConnectionDetails {
  const { endpoint = '', sdkAppId = '', secret } = draft;
  const userSig = secret === undefined ? undefined : decodeUserSig(secret);
  const kind = userSig ? 'userSig' : 'secretKey';
  return {
    name: draft.name ?? freeName(sdkAppId, connections.list()),
    endpoint,
    region: regions.find((region) => region.endpoint === endpoint)?.id,
    sdkAppId: Number(sdkAppId),
    administrator: draft.administrator ?? userSig?.identifier ?? 'administrator',
    environment: draft.environment ?? usualEnvironment(endpoint),
    credentialKind: secret === undefined ? (edited?.credentialKind ?? kind) : kind,
  };
}

function freeName(sdkAppId: string, list: readonly Connection[]): string {
  const name = vscode.l10n.t('App {0}', sdkAppId);
  let free = name;
  for (let count = 2; namesake(list, free, undefined); count += 1) free = `${name} (${count})`;
  return free;
}

/** Nothing that nobody was asked takes the question before a modification away: what listens here may lead anywhere. */
function usualEnvironment(endpoint: string): Environment {
  return URL.canParse(endpoint) && isLoopback(new URL(endpoint).hostname) ? 'test' : 'production';
}

/** Why a draft is no connection yet, localised; undefined when it is one. */
export function complaintOf(draft: ConnectionDraft, context: DraftContext): string | undefined {
  const details = detailsOf(draft, context);
  const other = otherOf(details, context);
  if (other !== undefined) return sameAppText(other);
  if (draft.secret === undefined)
    return draft.storedFor === connectionId(details)
      ? undefined
      : vscode.l10n.t('The stored secret was given for something else. Choose Secret to say what to use.');
  return details.credentialKind === 'userSig' ? checkUserSig(draft.secret, details, Date.now()) : undefined;
}

/** Another connection that has the same endpoint, app and administrator already. */
export function otherOf(
  details: ConnectionDetails,
  { connections, edited }: DraftContext,
): Connection | undefined {
  const same = connections.sameAs(details);
  return same?.id === edited?.id ? undefined : same;
}

/** Why there cannot be a second one. */
export function sameAppText({ name }: Connection): string {
  return vscode.l10n.t('{0} is a connection to the same app by the same administrator.', name);
}
