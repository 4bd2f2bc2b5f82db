import * as vscode from 'vscode';
import { fromRecord, type MessageAddress, type MessageRef } from '../chat/address';
import { parseChangesUri } from './changesUri';
import { messageUri, parseDocumentUri } from './messageRef';

/** What a command about a message acts on: the URI of its document, and the message if it has a connection. */
export interface MessageTarget {
  readonly uri: vscode.Uri;
  /** Undefined for a file of the workspace. */
  readonly ref: MessageRef | undefined;
}

/**
 * Finds the message a command is about: the argument of a menu (a URI, or a row of the tree), else the active editor,
 * a diff's side included. Undefined where there is none.
 */
export function messageTarget(argument: unknown): MessageTarget | undefined {
  if (argument instanceof vscode.Uri) return targetOf(argument);
  if (isMessageRow(argument)) {
    const { connectionId, message } = argument;
    const ref = { connectionId, address: message.address };
    return { uri: messageUri(ref), ref };
  }
  if (hasUri(argument)) return targetOf(argument.uri);
  // What names no message is not taken for the one in view.
  if (argument !== undefined && argument !== null) return undefined;
  return messageOfTab(vscode.window.tabGroups.activeTabGroup.activeTab);
}

/** The message that a tab shows, a diff's side included. */
export function messageOfTab(tab: vscode.Tab | undefined): MessageTarget | undefined {
  const input = tab?.input;
  if (input instanceof vscode.TabInputTextDiff) return targetOf(input.modified) ?? targetOf(input.original);
  if (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText)
    return targetOf(input.uri);
  return undefined;
}

function targetOf(uri: vscode.Uri): MessageTarget | undefined {
  const ref = parseDocumentUri(uri)?.ref ?? parseChangesUri(uri)?.ref;
  if (ref) return { uri: messageUri(ref), ref };
  return uri.path.endsWith('.chatmsg.json') ? { uri, ref: undefined } : undefined;
}

interface MessageRow {
  readonly connectionId: string;
  readonly message: { readonly address: MessageAddress };
}

function isMessageRow(value: unknown): value is MessageRow {
  if (typeof value !== 'object' || value === null || !('connectionId' in value) || !('message' in value)) {
    return false;
  }
  const { message } = value;
  if (typeof message !== 'object' || message === null || !('address' in message)) return false;
  const { address } = message;
  return typeof address === 'object' && address !== null && fromRecord({ ...address }) !== undefined;
}

function hasUri(value: unknown): value is { uri: vscode.Uri } {
  return typeof value === 'object' && value !== null && 'uri' in value && value.uri instanceof vscode.Uri;
}
