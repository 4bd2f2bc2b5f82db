import type { MessageAddress } from '../chat/address';
import type { ChatClient } from '../chat/client';
import type { ChatNetworkError, ChatServiceError } from '../chat/errors';
import type { FailedReceiver, Revision, RevisionConnection } from '../journal/revision';
import type { Outgoing } from '../outgoing/outgoing';
import type { LockHolder } from '../modify/lock';

/** One message to be sent. */
export interface SendRequest {
  readonly connection: RevisionConnection;
  readonly client: ChatClient;
  /** The id of its document. */
  readonly document: string;
  /** What that says, all its text saved. */
  readonly outgoing: Outgoing;
}

/** The one question of sending; the shell answers it. */
export interface SendQuestions {
  /**
   * An earlier attempt may have sent it, and history does not tell.
   * @param error why it could not be read; undefined where history does not show such messages
   */
  again(
    earlier: Revision,
    error: ChatServiceError | ChatNetworkError | undefined,
  ): Promise<'send' | 'cancel'>;
}

/** What sending is doing. */
export type SendStep = 'waiting' | 'sending' | 'looking';

/** The documents of messages that are not sent yet, as far as sending goes. */
export interface UnsentDocuments {
  /** False for one that was sent, or given up. */
  has(id: string): Promise<boolean>;
  /**
   * It was sent, so that it is gone; those who did not get it get a document of their own. One that says something else
   * by now stays.
   *
   * @param wasSent whether a text is what was sent
   */
  sent(id: string, failed: readonly string[], wasSent: (text: string) => boolean): Promise<SentDocument>;
}

/** What became of the document of a message that was sent. */
export interface SentDocument {
  /** The document for those who did not get it, always the same for the same document. */
  readonly rest?: string;
  /** It says something else than what was sent, and stays. */
  readonly kept?: boolean;
}

/** What is there now. */
export interface SentMessages extends SentDocument {
  /** One message, and of one to many one for each who got it. */
  readonly addresses: readonly MessageAddress[];
  readonly failed: readonly FailedReceiver[];
}

/**
 * How a sending ended.
 * - `done`: `seen` when the answer was lost, and history shows it
 * - `earlier`: nothing was sent now, since history shows that an earlier attempt did it
 * - `dropped`: the service took a group's message and dropped it
 * - `absent`: the answer was lost, and history shows that nothing was sent
 * - `unknown`: the answer was lost, and history does not tell
 * - `unreachable`: the request never got there
 * - `busy`: another window sends this very document
 * - `gone`: the document was sent or given up, in another window for one
 */
export type SendOutcome =
  | (SentMessages & { readonly kind: 'done'; readonly revisionId: string; readonly seen: boolean })
  | (SentMessages & { readonly kind: 'earlier'; readonly revisionId: string })
  | { readonly kind: 'refused'; readonly error: ChatServiceError }
  | { readonly kind: 'dropped'; readonly reason: string }
  | { readonly kind: 'absent' | 'unknown'; readonly error: ChatServiceError | ChatNetworkError }
  | { readonly kind: 'unreachable'; readonly error: ChatNetworkError }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'busy'; readonly holder: LockHolder }
  | { readonly kind: 'gone' };
