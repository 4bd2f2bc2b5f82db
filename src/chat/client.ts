import { meaningOf } from './catalogue';
import type { ChatAddress, MessageAddress } from './address';
import { C2cChats } from './chats/c2c';
import { GroupChats } from './chats/group';
import type { Chats, FoundMessage, HistoryPage, HistoryRequest } from './chats/chats';
import { ChatNetworkError, ChatServiceError } from './errors';
import type { ChatApp, Credential, MessageContent } from './chatMessage';
import * as accounts from './calls/accounts';
import * as contacts from './calls/contacts';
import * as groupMessages from './calls/groupMessages';
import * as groups from './calls/groups';
import * as messages from './calls/messages';
import { isReadOnlyCall } from './calls/specs';
import { UserSigSource } from './userSig';
import { readAnswer } from './wire/answer';
import type { Caller } from './wire/caller';
import { Transport, type HttpAnswer } from './wire/transport';

export type { FoundMessage, HistoryPage, HistoryRequest };
export type { HistoryCursor } from './chats/chats';
export type { UnreadableMessage } from './wire/historyItem';
export type { RecentContact } from './calls/contacts';
export type { AppGroupsPage, AppGroupsRequest, GroupInfo, GroupLookup, TopicInfo } from './calls/groups';

export interface ChatClientOptions {
  /** Milliseconds from a call to the end of its answer; default 10,000. The service gives itself 3,000, so less
   * than 3,001 counts as that. */
  readonly timeoutMs?: number;
  /** Told of every request when it has ended, whatever came of it. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** Asked before each call that is not known to change nothing: the error to refuse it with, if this app is only read. */
  readonly refuseToWrite?: (command: string) => Error | undefined;
  /** The clock in milliseconds, for the renewal of the UserSig and for default time windows. */
  readonly now?: () => number;
}

/** What the service answered to a call, as text. */
export interface Answer {
  readonly text: string;
  /** The code that it answered, unless that is 0. */
  readonly refusal?: ChatServiceError;
}

/** One request and what came back, without any secret. */
export interface Exchange {
  readonly command: string;
  /** With `usersig=…` in place of the signature. */
  readonly url: string;
  readonly requestBody: string;
  readonly responseBody?: string;
  readonly status?: number;
  readonly durationMs: number;
  readonly error?: Error;
}

/**
 * The service as its administrator sees it. All calls throw `ChatServiceError` for what the service answered and
 * `ChatNetworkError` for what the network did; an aborted signal makes a `ChatNetworkError` with reason `aborted`.
 * Where `refuseToWrite` refuses a call, its error is thrown before anything leaves.
 */
export class ChatClient {
  private readonly transport: Transport;
  private readonly userSig: UserSigSource;
  private readonly now: () => number;
  /** Who asks, as the query says it. */
  private readonly identity: string;
  private readonly c2c: C2cChats;
  private readonly groups: GroupChats;
  private offset: number | undefined;

  constructor(
    readonly app: ChatApp,
    credential: Credential,
    private readonly options: ChatClientOptions = {},
  ) {
    this.now = options.now ?? Date.now;
    this.identity = `sdkappid=${app.sdkAppId}&identifier=${queryText(app.administrator)}`;
    this.transport = new Transport(app.endpoint, Math.max(options.timeoutMs ?? 10_000, 3001));
    this.userSig = new UserSigSource(app, credential, this.now);
    this.c2c = new C2cChats(this.caller, this.now);
    this.groups = new GroupChats(this.caller);
  }

  /** How far the service's clock is ahead of this machine's, in ms, by the last answer's `Date` header. */
  get clockOffsetMs(): number | undefined {
    return this.offset;
  }

  /**
   * The one place that keeps a read-only connection from changing anything. Every call passes it; whoever asks a person
   * or writes something down before a call passes it first.
   *
   * @throws what the options' `refuseToWrite` gives for a call that must not be made
   */
  demand(command: string): void {
    const refusal = isReadOnlyCall(command) ? undefined : this.options.refuseToWrite?.(command);
    if (refusal) throw refusal;
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
      return { text: this.userSig.redact(text) };
    } catch (refusal) {
      if (!ChatServiceError.is(refusal)) throw refusal;
      return { text: this.userSig.redact(text), refusal };
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
    this.userSig.renew();
  }

  /** Aborts what is under way and closes the connections. */
  dispose(): void {
    this.transport.dispose();
  }

  private chatsOf({ chat }: Pick<ChatAddress, 'chat'>): Chats<ChatAddress, MessageAddress> {
    return chat === 'c2c' ? this.c2c : this.groups;
  }

  private readonly caller: Caller = async (command, body, read, signal) => {
    this.demand(command);
    const userSig = this.userSig.get();
    try {
      return await this.attempt(command, body, userSig, read, signal);
    } catch (error) {
      if (isExpired(error) && this.userSig.renew(userSig)) {
        return this.attempt(command, body, this.userSig.get(), read, signal);
      }
      const stale = ChatNetworkError.is(error) && error.reason === 'dropped' && isReadOnlyCall(command);
      if (stale) return this.attempt(command, body, userSig, read, signal);
      throw error;
    }
  };

  private async attempt<T>(
    command: string,
    body: string,
    userSig: string,
    read: (text: string) => T,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const started = performance.now();
    const random = Math.floor(Math.random() * 2 ** 32);
    const path = (sig: string) =>
      `/v4/${command}?${this.identity}&usersig=${sig}&random=${random}&contenttype=json`;
    let answer: HttpAnswer | undefined;
    let failure: Error | undefined;
    try {
      answer = await this.transport.post({ command, path: path(queryText(userSig)), body, signal });
      if (answer.date !== undefined) this.offset = answer.date - this.now();
      return read(answer.text);
    } catch (error) {
      failure = this.withoutSecrets(error);
      throw failure;
    } finally {
      const status = answer?.status ?? (ChatNetworkError.is(failure) ? failure.status : undefined);
      this.options.onExchange?.({
        command,
        url: this.app.endpoint + path('…'),
        requestBody: body,
        durationMs: performance.now() - started,
        ...(answer && { responseBody: this.userSig.redact(answer.text) }),
        ...(status !== undefined && { status }),
        ...(failure && { error: failure }),
      });
    }
  }

  /** Whatever the service quotes in its `ErrorInfo`, no secret gets out through an error. */
  private withoutSecrets(error: unknown): Error {
    if (!ChatServiceError.is(error)) return error as Error;
    return new ChatServiceError(error.command, error.code, this.userSig.redact(error.info));
  }
}

/** A refusal before anything is done, so that any call may be sent again with a new signature. */
function isExpired(error: unknown): boolean {
  return ChatServiceError.is(error) && meaningOf(error.code) === 'expiredUserSig';
}

/** Percent-encodes for the query; half a surrogate pair, which UTF-8 cannot carry, becomes U+FFFD. */
function queryText(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}
