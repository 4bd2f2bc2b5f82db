import type { ChatAddress, MessageAddress } from '../address';
import type { ChatMessage, MessageContent } from '../chatMessage';
import type { UnreadableMessage } from '../wire/historyItem';

/** Which part of a conversation's history is read. */
export interface HistoryRequest<Chat extends ChatAddress = ChatAddress> {
  /** The conversation, and for two users from whose viewpoint: what one side deleted, only the other still shows. */
  readonly chat: Chat;
  /** Unix seconds, inclusive; default: as far back as the service keeps history. */
  readonly minTime?: number;
  /** Unix seconds, inclusive; default: beyond now by a day, so that a slow clock here hides nothing. */
  readonly maxTime?: number;
  /** Messages a page at most; default: as many as the service gives. It may give fewer, and of a group 20 at most. */
  readonly pageSize?: number;
  /** Continues where an earlier reading of the same window stopped. */
  readonly after?: HistoryCursor;
}

export interface HistoryPage {
  /** Newest first; none of them was on an earlier page. May be empty. In a group also what is gone and was recalled. */
  readonly messages: ChatMessage[];
  /** Items of the page that cannot be read, as often as it has them: the service may repeat some. */
  readonly unreadable: readonly UnreadableMessage[];
  /** True on the last page of the window. */
  readonly complete: boolean;
  /** Where to go on; absent on the last page. Plain JSON. */
  readonly cursor?: HistoryCursor;
}

/** Where a reading of history goes on; of the kind of chat that is read. */
export type HistoryCursor = C2cCursor | GroupCursor;

/** Where the history of two users goes on. */
export interface C2cCursor {
  /** Unix seconds: everything newer has been read. */
  readonly time: number;
  /** Where the page before stopped, in the service's words: `LastMsgKey`. */
  readonly key: string;
  /** The messages of that very second that have been read. */
  readonly seen: readonly string[];
}

/** Where the history of a group goes on. */
interface GroupCursor {
  /** `ReqMsgSeq`: the newest that has not been read. */
  readonly seq: number;
}

export interface FoundMessage {
  readonly message: ChatMessage;
  /** From whose history it was read; a group has one history for all. */
  readonly viewpoint: 'sender' | 'receiver' | 'group';
}

/**
 * What can be done with the messages of one kind of chat. All throw `ChatServiceError` for what the service answered
 * and `ChatNetworkError` for what the network did.
 */
export interface Chats<Chat extends ChatAddress, Address extends MessageAddress> {
  /** Pages of a conversation, newest first, until the service says that the window is complete. */
  history(request: HistoryRequest<Chat>, signal?: AbortSignal): AsyncIterable<HistoryPage>;

  /**
   * Looks one message up; undefined when the service shows it nowhere. Ends after a bounded number of pages with the
   * reason `tooManyPages`.
   */
  find(address: Address, signal?: AbortSignal): Promise<FoundMessage | undefined>;

  /**
   * Overwrites the given members of a message; irreversible, and the service checks no version.
   *
   * @param asTyped whether a member may be no JSON, so that the service can say what is wrong with it
   */
  modify(address: Address, content: MessageContent, signal?: AbortSignal, asTyped?: boolean): Promise<void>;

  /** Recalls a message; irreversible. */
  recall(address: Address, signal?: AbortSignal): Promise<void>;
}
