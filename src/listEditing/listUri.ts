import * as vscode from 'vscode';
import { MESSAGE_SCHEME } from '../documents/messageRef';
import { isListId } from '../lists/listId';

/** A list on this machine and the connection that its messages are reached by. */
export interface ListRef {
  readonly connectionId: string;
  readonly id: string;
}

const ENDING = '.chatmsgs.json';

/** URI of a list: connection, `list`, and its id. It holds no secret. */
export function listUri({ connectionId, id }: ListRef): vscode.Uri {
  return vscode.Uri.from({
    scheme: MESSAGE_SCHEME,
    path: `/${encodeURIComponent(connectionId)}/list/${id}${ENDING}`,
  });
}

/** Reads a URI made by {@link listUri}; undefined for anything else. */
export function parseListUri(uri: vscode.Uri): ListRef | undefined {
  const match = /^\/([^/]+)\/list\/([^/]+)\.chatmsgs\.json$/.exec(uri.path);
  const [, connectionId, id = ''] = match ?? [];
  if (uri.scheme !== MESSAGE_SCHEME || connectionId === undefined || !isListId(id)) return undefined;
  return { connectionId: decodeURIComponent(connectionId), id };
}

/** True for every file that is a list or would be one, and for the folder of lists. */
export function isAmongLists(uri: vscode.Uri): boolean {
  return /^\/[^/]+\/list(\/[^/]+\.chatmsgs\.json)?$/.test(uri.path);
}
