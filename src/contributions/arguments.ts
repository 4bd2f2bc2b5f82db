import type * as vscode from 'vscode';
import { walkthroughSteps, type WalkthroughStep } from './walkthrough';
import { chatFromRecord, fromRecord, type ChatAddress, type MessageAddress } from '../chat/address';

/**
 * Reads one argument of a command. A menu, a keybinding, a link in a text or another extension may give anything, so
 * an argument is checked like a message from a page; undefined for what is not of the kind.
 */
export type Reader<T> = (value: unknown) => T | undefined;

/** What names a connection: a row of the tree, a button. */
export interface ConnectionArgument {
  readonly connectionId: string;
}

/** Accounts of a connection. */
export interface AccountsArgument extends ConnectionArgument {
  /** Asked for when none are named. */
  readonly userIds?: readonly string[] | undefined;
}

/** A user as one sees the app: `user` of a user's row. */
export interface UserArgument extends ConnectionArgument {
  readonly user?: string | undefined;
}

/** A conversation, or what is known of it: `chat` of the row of a conversation, a group or a topic, `user` of a user's. */
export interface ConversationArgument extends UserArgument {
  readonly chat?: ChatAddress | undefined;
}

/** What *Open Message by Key…* is told before it asks. */
export interface KeyArgument {
  readonly connectionId?: string | undefined;
  /** A MsgKey, or a text that holds one. */
  readonly text?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The address in a row of a message. */
interface MessageRowArgument extends ConnectionArgument {
  readonly message: { readonly address: MessageAddress };
}

/** A message: the URI of its document, a row that has one, or a row of the tree. */
export type MessageArgument = vscode.Uri | { readonly uri: vscode.Uri } | MessageRowArgument;

/** A row of the tree; which one, the tree finds out by its id. */
export interface NodeArgument {
  readonly kind: string;
  readonly id: string;
}

/** An item of a list: the list's URI and the key of its message. */
export interface ListItemArgument {
  readonly uri: vscode.Uri;
  readonly address: MessageAddress;
}

/** What has a history: a message, or a row of a conversation or a connection. */
export type HistoryArgument = MessageArgument | BranchArgument;

/** A row of a connection or a conversation. */
interface BranchArgument extends ConnectionArgument {
  readonly kind: 'connection' | 'conversation';
  readonly chat?: ChatAddress | undefined;
}

/** A row of the History view. */
export interface RevisionArgument {
  readonly revision: { readonly id: string };
}

/** A block of a request document. */
export interface RequestArgument {
  readonly uri: vscode.Uri;
  /** In the text of the document. */
  readonly offset: number;
}

/** What a conversation is shown of: its row, or that of a message in it, or the document of one. */
export type ShownArgument = MessageArgument | (ConversationArgument & Partial<MessageRowArgument>);

/** What can be copied: a request, a message, the row of a conversation or a user. */
export type CopyArgument = RequestArgument | MessageArgument | ConversationArgument;

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** True when each of the members is a text or not there. */
function areTexts(fields: Fields, ...names: readonly string[]): boolean {
  return names.every((name) => fields[name] === undefined || isText(fields[name]));
}

/** By its parts, so that the table of commands can be read where there is no `vscode`. */
function isUri(value: unknown): value is vscode.Uri {
  const fields = fieldsOf(value);
  return isText(fields?.scheme) && isText(fields.path) && typeof fields.with === 'function';
}

export const textArgument: Reader<string> = (value) => (isText(value) ? value : undefined);

/** A row of a message in a conversation names both. */
export const shownArgument: Reader<ShownArgument> = (value) => {
  const place = conversationArgument(value);
  const message = messageArgument(value);
  if (!place?.chat) return message ?? place;
  return { ...place, ...(message && 'message' in message && { message: message.message }) };
};

export const stepArgument: Reader<WalkthroughStep> = (value) =>
  walkthroughSteps.find((step) => step === value);

export const codeArgument: Reader<number> = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;

export const connectionArgument: Reader<ConnectionArgument> = (value) => {
  const fields = fieldsOf(value);
  return isText(fields?.connectionId) ? { connectionId: fields.connectionId } : undefined;
};

export const accountsArgument: Reader<AccountsArgument> = (value) => {
  const connection = connectionArgument(value);
  const userIds: unknown = fieldsOf(value)?.userIds;
  if (!connection || userIds === undefined) return connection;
  return Array.isArray(userIds) && userIds.every(isText) ? { ...connection, userIds } : undefined;
};

export const conversationArgument: Reader<ConversationArgument> = (value) => {
  const connection = connectionArgument(value);
  const fields = fieldsOf(value);
  if (!connection || !fields || !areTexts(fields, 'user')) return undefined;
  const { user, chat: named } = fields as { readonly user?: string; readonly chat?: unknown };
  const record = fieldsOf(named);
  const chat = record && chatFromRecord(record);
  if (named !== undefined && !chat) return undefined;
  return { ...connection, ...(user !== undefined && { user }), ...(chat && { chat }) };
};

export const userArgument: Reader<UserArgument> = (value) => {
  const connection = connectionArgument(value);
  const user = fieldsOf(value)?.user;
  if (!connection || user === undefined) return connection;
  return isText(user) ? { ...connection, user } : undefined;
};

export const keyArgument: Reader<KeyArgument> = (value) => {
  const fields = fieldsOf(value);
  if (!fields || !areTexts(fields, 'connectionId', 'text', 'from', 'to')) return undefined;
  const { connectionId, text, from, to } = fields as KeyArgument;
  return { connectionId, text, from, to };
};

export const messageArgument: Reader<MessageArgument> = (value) => {
  if (isUri(value)) return value;
  const fields = fieldsOf(value);
  if (isUri(fields?.uri)) return { uri: fields.uri };
  const connection = connectionArgument(value);
  const named = fieldsOf(fieldsOf(fields?.message)?.address);
  const address = named && fromRecord(named);
  return connection && address ? { ...connection, message: { address } } : undefined;
};

/** Rows that were selected together. Those among them that are no messages are passed over. */
export const messagesArgument: Reader<readonly MessageArgument[]> = (value) =>
  Array.isArray(value) ? value.flatMap((one) => messageArgument(one) ?? []) : undefined;

export const nodeArgument: Reader<NodeArgument> = (value) => {
  const fields = fieldsOf(value);
  return isText(fields?.kind) && isText(fields.id) ? { kind: fields.kind, id: fields.id } : undefined;
};

/** A conversation, or the URI of a list, whose item at the caret says who writes to whom. */
export const receiverArgument: Reader<ConversationArgument | vscode.Uri> = (value) =>
  isUri(value) ? value : conversationArgument(value);

/** What is set of a message that is not sent yet. */
export interface OptionArgument {
  readonly uri: vscode.Uri;
  /** The member that is asked for at once. */
  readonly name?: string | undefined;
}

/** The document, or one of its members. */
export const optionArgument: Reader<OptionArgument> = (value) => {
  const uri = documentArgument(value);
  const name = fieldsOf(value)?.name;
  return uri && { uri, ...(isText(name) && { name }) };
};

/** A row of a connection, or the URI of a list. */
export const importArgument: Reader<ConnectionArgument | vscode.Uri> = (value) =>
  isUri(value) ? value : connectionArgument(value);

/** A row of the tree, or the URI of a list. */
export const exportArgument: Reader<NodeArgument | vscode.Uri> = (value) =>
  isUri(value) ? value : nodeArgument(value);

export const nodesArgument: Reader<readonly NodeArgument[]> = (value) => {
  if (!Array.isArray(value)) return undefined;
  const nodes = value.map(nodeArgument);
  return nodes.every((node) => node !== undefined) ? nodes : undefined;
};

export const uriArgument: Reader<vscode.Uri> = (value) => (isUri(value) ? value : undefined);

/** A code, or the URI of a page. */
export const codeOrPageArgument: Reader<number | vscode.Uri> = (value) =>
  codeArgument(value) ?? uriArgument(value);

/** A document: its URI, or a row that has one. */
export const documentArgument: Reader<vscode.Uri> = (value) =>
  uriArgument(value) ?? uriArgument(fieldsOf(value)?.uri);

export const listItemArgument: Reader<ListItemArgument> = (value) => {
  const fields = fieldsOf(value);
  const named = fieldsOf(fields?.address);
  const address = named && fromRecord(named);
  return isUri(fields?.uri) && address ? { uri: fields.uri, address } : undefined;
};

export const planArgument: Reader<string> = (value) => {
  const plan: unknown = isText(value) ? value : fieldsOf(value)?.plan;
  return isText(plan) ? plan : undefined;
};

export const historyArgument: Reader<HistoryArgument> = (value) => {
  const fields = fieldsOf(value);
  const { kind } = fields ?? {};
  if (kind !== 'connection' && kind !== 'conversation') return messageArgument(value);
  const place = conversationArgument(value);
  return place && { kind, connectionId: place.connectionId, ...(place.chat && { chat: place.chat }) };
};

export const revisionArgument: Reader<RevisionArgument> = (value) => {
  const revision = fieldsOf(fieldsOf(value)?.revision);
  return isText(revision?.id) ? { revision: { id: revision.id } } : undefined;
};

export const requestArgument: Reader<RequestArgument> = (value) => {
  const fields = fieldsOf(value);
  const offset = codeArgument(fields?.offset);
  return isUri(fields?.uri) && offset !== undefined ? { uri: fields.uri, offset } : undefined;
};

export const copyArgument: Reader<CopyArgument> = (value) =>
  requestArgument(value) ?? messageArgument(value) ?? conversationArgument(value);
