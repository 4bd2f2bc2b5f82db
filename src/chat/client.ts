import type { ChatAddress, MessageAddress } from './address';
import { C2cChats } from './chats/c2c';
import { GroupChats } from './chats/group';
import type { Chats, FoundMessage, HistoryPage, HistoryRequest } from './chats/chats';
import { ChatServiceError } from './errors';
import type { ChatApp, Credential, MessageContent } from './chatMessage';
import * as accounts from './calls/accounts';
import * as contacts from './calls/contacts';
import * as groupMessages from './calls/groupMessages';
import * as groups from './calls/groups';
import * as messages from './calls/messages';
import { readAnswer } from './wire/answer';
import type { Caller } from './wire/caller';
import { SignedCalls, type CallOptions } from './wire/signedCalls';

export type { FoundMessage, HistoryPage, HistoryRequest };
export type { CallOptions as ChatClientOptions, Exchange } from './wire/signedCalls';
export type { HistoryCursor } from './chats/chats';
export type { UnreadableMessage } from './wire/historyItem';
export type { RecentContact } from './calls/contacts';
export type { AppGroupsPage, AppGroupsRequest, GroupInfo, GroupLookup, TopicInfo } from './calls/groups';

/** What the service answered to a call, as text. */
export interface Answer {
  readonly text: string;
  /** The code that it answered, unless that is 0. */
  readonly refusal?: ChatServiceError;
}

/**
 * The service as its administrator sees it. All calls throw `ChatServiceError` for what the service answered and
 * `ChatNetworkError` for what the network did; an aborted signal makes a `ChatNetworkError` with reason `aborted`.
 * Where `refuseToWrite` refuses a call, its error is thrown before anything leaves.
 */
export class ChatClient {
  private readonly calls: SignedCalls;
  private readonly caller: Caller;
  private readonly c2c: C2cChats;
  private readonly groups: GroupChats;

  constructor(
    readonly app: ChatApp,
    credential: Credential,
    options: CallOptions = {},
  ) {
    this.calls = new SignedCalls(app, credential, options);
    this.caller = this.calls.call;
    this.c2c = new C2cChats(this.caller, options.now ?? Date.now);
    this.groups = new GroupChats(this.caller);
  }

  /** How far the service's clock is ahead of this machine's, in ms, by the last answer's `Date` header. */
  get clockOffsetMs(): number | undefined {
    return this.calls.clockOffsetMs;
  }

  /**
   * Asked before whoever asks a person or writes something down before a call; each call asks it itself.
   *
   * @throws what the options' `refuseToWrite` gives for a call that must not be made
   */
  demand(command: string): void {
    this.calls.demand(command);
  }

  /**
   * One call on the lowest level.
   *
   * @param command e.g. `openim/sendmsg`
   * @param body JSON text, sent byte for byte
   * @returns the text of an answer whose envelope says that it succeeded
   */
  call(command: string, body: string, signal?: AbortSignal): Promise<string> {
    const read = (text: string) => {
      readAnswer(command, text);
      return text;
    };
    return this.caller(command, body, read, signal);
  }

  /**
   * One call on the lowest level, whose answer is wanted whatever it says: also one that refuses.
   *
   * @param command e.g. `openim/sendmsg`
   * @param body sent byte for byte, JSON or not
   * @returns the answer without any secret, and what it refused with, if it did
   */
  async answer(command: string, body: string, signal?: AbortSignal): Promise<Answer> {
    let text = '';
    const read = (answer: string): void => {
      text = answer;
      readAnswer(command, answer);
    };
    try {
      await this.caller(command, body, read, signal);
      return { text: this.calls.redact(text) };
    } catch (refusal) {
      if (!ChatServiceError.is(refusal)) throw refusal;
      return { text: this.calls.redact(text), refusal };
    }
  }

  /** `account_check` for any number of users, in their order. */
  accountCheck(userIds: readonly string[], signal?: AbortSignal): Promise<accounts.CheckedAccount[]> {
    return accounts.accountCheck(this.caller, userIds, signal);
  }

  accountImport(account: accounts.NewAccount, signal?: AbortSignal): Promise<void> {
    return accounts.accountImport(this.caller, account, signal);
  }

  /** Imports any number of accounts. @returns the UserIDs that failed */
  multiImport(list: readonly accounts.NewAccount[], signal?: AbortSignal): Promise<string[]> {
    return accounts.multiImport(this.caller, list, signal);
  }

  /** Deletes accounts; irreversible. */
  accountDelete(userIds: readonly string[], signal?: AbortSignal): Promise<accounts.AccountResult[]> {
    return accounts.accountDelete(this.caller, userIds, signal);
  }

  portraitGet(
    userIds: readonly string[],
    tags: readonly string[],
    signal?: AbortSignal,
  ): Promise<accounts.Portrait[]> {
    return accounts.portraitGet(this.caller, userIds, tags, signal);
  }

  /** Pages of a user's conversations, in the service's order. */
  recentContacts(userId: string, signal?: AbortSignal): AsyncIterable<contacts.RecentContact[]> {
    return contacts.recentContacts(this.caller, userId, signal);
  }

  /** Removes a conversation from a user's list; with `clearHistory`, also what that side sees of its history. */
  recentDelete(request: contacts.RecentDelete, signal?: AbortSignal): Promise<void> {
    return contacts.recentDelete(this.caller, request, signal);
  }

  /** A user's unread messages: in all, and for each of `peers` (at most 10 a call, so several calls for more). */
  unread(userId: string, peers?: readonly string[], signal?: AbortSignal): Promise<contacts.Unread> {
    return contacts.unread(this.caller, userId, peers, signal);
  }

  /** Marks what `reader` got from `peer` as read. */
  setRead(request: contacts.SetRead, signal?: AbortSignal): Promise<void> {
    return contacts.setRead(this.caller, request, signal);
  }

  /** Pages of a conversation, newest first, until the service says that the window is complete. */
  history(request: HistoryRequest, signal?: AbortSignal): AsyncIterable<HistoryPage> {
    return this.chatsOf(request.chat).history(request, signal);
  }

  /** Looks a message up; undefined when the service shows it nowhere. See {@link Chats.find}. */
  async findMessage(address: MessageAddress, signal?: AbortSignal): Promise<FoundMessage | undefined> {
    return this.chatsOf(address).find(address, signal);
  }

  sendMessage(message: messages.NewMessage, signal?: AbortSignal): Promise<messages.SentMessage> {
    return messages.sendMessage(this.caller, message, signal);
  }

  /** One message to up to 500 receivers. Fires no webhooks. */
  batchSend(message: messages.NewBatchMessage, signal?: AbortSignal): Promise<messages.BatchResult> {
    return messages.batchSend(this.caller, message, signal);
  }

  /** Puts an old message into history. Fires no webhooks. @returns the key it gets */
  importMessage(message: messages.ImportedMessage, signal?: AbortSignal): Promise<string> {
    return messages.importMessage(this.caller, message, signal);
  }

  /**
   * Overwrites the given members of a message; irreversible, and the service checks no version.
   *
   * @param asTyped whether a member may be no JSON, so that the service can say what is wrong with it
   */
  async modifyMessage(
    address: MessageAddress,
    content: MessageContent,
    signal?: AbortSignal,
    asTyped = false,
  ): Promise<void> {
    return this.chatsOf(address).modify(address, content, signal, asTyped);
  }

  /** Recalls a message; irreversible. */
  async recallMessage(address: MessageAddress, signal?: AbortSignal): Promise<void> {
    return this.chatsOf(address).recall(address, signal);
  }

  /** `get_group_info` for any number of groups, in their order; each with its own code. */
  groupInfos(ids: readonly string[], signal?: AbortSignal): Promise<groups.GroupLookup[]> {
    return groups.groupInfos(this.caller, ids, signal);
  }

  /** Pages of the groups that a user joined, communities with topics last. */
  joinedGroups(userId: string, signal?: AbortSignal): AsyncIterable<groups.GroupInfo[]> {
    return groups.joinedGroups(this.caller, userId, signal);
  }

  /** Pages of all groups of the app; the service allows one a second. */
  appGroups(
    request: groups.AppGroupsRequest = {},
    signal?: AbortSignal,
  ): AsyncIterable<groups.AppGroupsPage> {
    return groups.appGroups(this.caller, request, signal);
  }

  /** The topics of a community. */
  groupTopics(group: string, signal?: AbortSignal): Promise<groups.TopicInfo[]> {
    return groups.groupTopics(this.caller, group, this.app.administrator, signal);
  }

  sendGroupMessage(
    message: groupMessages.NewGroupMessage,
    signal?: AbortSignal,
  ): Promise<groupMessages.SentGroupMessage> {
    return groupMessages.sendGroupMessage(this.caller, message, signal);
  }

  /** Puts old messages into a group, by rising time. Fires no webhooks. @see groupMessages.importGroupMessages */
  importGroupMessages(
    request: groupMessages.GroupImport,
    onResults: (results: readonly groupMessages.GroupMessageResult[]) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    return groupMessages.importGroupMessages(this.caller, request, onResults, signal);
  }

  /** Recalls any number of messages of one group or topic; irreversible. @returns what became of each */
  recallGroupMessages(
    request: groupMessages.GroupRecall,
    signal?: AbortSignal,
  ): Promise<groupMessages.GroupMessageResult[]> {
    return groupMessages.recallGroupMessages(this.caller, request, signal);
  }

  /** Deletes messages on the operator's side only. @returns the keys that the service did not know */
  deleteMessages(request: messages.DeleteMessages, signal?: AbortSignal): Promise<string[]> {
    return messages.deleteMessages(this.caller, request, signal);
  }

  /** Signs anew at the next call. */
  renewUserSig(): void {
    this.calls.renew();
  }

  /** Aborts what is under way and closes the connections. */
  dispose(): void {
    this.calls.dispose();
  }

  private chatsOf({ chat }: Pick<ChatAddress, 'chat'>): Chats<ChatAddress, MessageAddress> {
    return chat === 'c2c' ? this.c2c : this.groups;
  }
}
