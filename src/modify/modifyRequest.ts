import type { ChatClient } from '../chat/client';
import type { ChatNetworkError, ChatServiceError } from '../chat/errors';
import type { MessageAddress, MessageRef } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import type { RevisionConnection } from '../journal/revision';
import type { Member } from '../message/changes';
import type { Problem } from '../message/checks';
import type { LockHolder } from './lock';

/** The connection a modify goes through, without its secret. */
export type ModifyConnection = RevisionConnection;

/** One message to be overwritten. */
export interface ModifyRequest {
  readonly connection: ModifyConnection;
  readonly client: ChatClient;
  readonly address: MessageAddress;
  /** The message document's text; exactly its members are sent. */
  readonly text: string;
  /** What the document was made from. */
  readonly base: MessageContent;
  /**
   * How the message is overwritten: a call that overwrites this message with these members and nothing else. Without it,
   * the client's own.
   */
  readonly call?: (signal: AbortSignal | undefined) => Promise<void>;
  /** Ask for confirmation even where the environment would not. */
  readonly alwaysAsk?: boolean;
}

/** The message that is to be overwritten or recalled, or that a revision is of. */
export function refOf({ connection, address }: Pick<ModifyRequest, 'connection' | 'address'>): MessageRef {
  return { connectionId: connection.id, address };
}

/** What a person confirms. */
export interface ModifyChange {
  readonly connection: ModifyConnection;
  readonly address: MessageAddress;
  /** What the service shows; null when it cannot be read. */
  readonly before: MessageContent | null;
  /** What the message will be. */
  readonly after: MessageContent;
  /** The members that are sent. */
  readonly members: readonly Member[];
}

export interface ModifyConflict {
  readonly connection: ModifyConnection;
  readonly address: MessageAddress;
  readonly base: MessageContent;
  readonly mine: MessageContent;
  readonly service: MessageContent;
}

export type ConflictChoice = 'keepMine' | 'takeService' | 'mergeByHand' | 'cancel';

/** The questions of a modify; the shell answers them. */
export interface ModifyQuestions {
  problems(problems: readonly Problem[]): Promise<'sendAnyway' | 'cancel'>;
  conflict(conflict: ModifyConflict): Promise<ConflictChoice>;
  /** The message could not be read, so that nothing can be kept of it. */
  unreadable(reason: ChatServiceError | ChatNetworkError): Promise<'withoutCopy' | 'cancel'>;
  confirm(change: ModifyChange): Promise<'modify' | 'cancel'>;
}

/** What a modify is doing. Before `sending`, cancelling leaves no trace. */
export type ModifyStep =
  | 'waiting'
  | 'checking'
  | 'reading'
  | 'asking'
  | 'journal'
  | 'sending'
  | 'retrying'
  | 'settling'
  | 'readingBack';

export interface ModifyRunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: ModifyStep) => void;
}

/**
 * How a modify ended. Where `content` is given it is the document's new base.
 * - `done`: carried out. `differs`: what was read back is not what was sent. `shown`: false when the change could
 *   not be read back in time; `content` is then what was sent
 * - `refused`: by the service, nothing was changed; `sent` is empty when reading was refused already
 * - `unknown`: the answer was lost and the message cannot be read; settled at the next start
 * - `nothingToDo`: the service shows this content already
 * - `unreachable`: the network failed, and nothing was changed
 * - `busy`: another modify of this message is under way
 */
export type ModifyOutcome =
  | {
      readonly kind: 'done';
      readonly content: MessageContent;
      readonly revisionId: string;
      readonly differs: boolean;
      readonly shown: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly error: ChatServiceError;
      readonly sent: MessageContent;
      readonly revisionId?: string;
    }
  | {
      readonly kind: 'unknown';
      readonly error: ChatNetworkError | ChatServiceError;
      readonly sent: MessageContent;
      readonly revisionId: string;
    }
  | { readonly kind: 'cancelled'; readonly at: ModifyStep }
  | { readonly kind: 'nothingToDo'; readonly content?: MessageContent }
  | {
      readonly kind: 'conflict';
      readonly choice: Exclude<ConflictChoice, 'keepMine'>;
      readonly service: MessageContent;
    }
  | { readonly kind: 'gone'; readonly why: 'recalled' | 'gone' }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'unreachable'; readonly error: ChatNetworkError }
  | { readonly kind: 'busy'; readonly holder: LockHolder };
