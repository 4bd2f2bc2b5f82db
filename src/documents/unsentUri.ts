import * as vscode from 'vscode';
import { MESSAGE_SCHEME } from './messageRef';

/** A message on this machine that is not sent yet, and the connection that it goes through. */
export interface UnsentRef {
  readonly connectionId: string;
  readonly id: string;
}

/** URI of a message that is not sent yet: connection, `new`, and its id. It holds no secret. */
export function unsentUri({ connectionId, id }: UnsentRef): vscode.Uri {
  return vscode.Uri.from({
    scheme: MESSAGE_SCHEME,
    path: `/${encodeURIComponent(connectionId)}/new/${id}.chatmsg.json`,
  });
}

/** Reads a URI made by {@link unsentUri}; undefined for anything else. */
export function parseUnsentUri(uri: vscode.Uri): UnsentRef | undefined {
  const [, connectionId, id] = /^\/([^/]+)\/new\/([0-9a-f]{16})\.chatmsg\.json$/.exec(uri.path) ?? [];
  if (uri.scheme !== MESSAGE_SCHEME || connectionId === undefined || id === undefined) return undefined;
  return { connectionId: decodeURIComponent(connectionId), id };
}

/** True for every file that is a message that is not sent yet or would be one, and for their folder. */
export function isAmongUnsent(uri: vscode.Uri): boolean {
  return /^\/[^/]+\/new(\/[^/]+\.chatmsg\.json)?$/.test(uri.path);
}
