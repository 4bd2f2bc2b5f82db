import type { MessageAddress } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';

/** What a connection may be used for; the guard before a modify depends on it. */
export type Environment = 'sandbox' | 'test' | 'production';

/** By which connection a message was modified. Never a secret. */
export interface RevisionConnection {
  readonly id: string;
  readonly name: string;
  /** Base URL. */
  readonly endpoint: string;
  readonly sdkAppId: number;
  readonly administrator: string;
  readonly environment: Environment;
}

/** A connection without anything that a caller's object carries besides. */
export function plainConnection(connection: RevisionConnection): RevisionConnection {
  const { id, name, endpoint, sdkAppId, administrator, environment } = connection;
  return { id, name, endpoint, sdkAppId, administrator, environment };
}

/**
 * How a revision ended.
 * - `pending`: begun, and nothing known since
 * - `done`: the service carried it out
 * - `refused`: the service answered with an error code
 * - `notDone`: it never reached the message
 * - `foreign`: somebody else's content (or a recall, or nothing) was found where ours was to be
 * - `unknown`: the answer was lost and the message could not be read since
 */
export type OutcomeState = 'pending' | 'done' | 'refused' | 'notDone' | 'foreign' | 'unknown';

export interface RevisionOutcome {
  readonly state: OutcomeState;
  /** ErrorCode of the service. */
  readonly code?: number;
  /** ErrorInfo of the service, or a word on why: `recalled`, `gone`. */
  readonly info?: string;
  /** What the service showed afterwards. */
  readonly readBack?: MessageContent;
  /** Milliseconds since 1970. */
  readonly at?: number;
  /** Of a message to many, who did not get it, with the code for each where the service gave one. */
  readonly failed?: readonly FailedReceiver[];
}

/** A receiver who did not get a message. */
export interface FailedReceiver {
  readonly userId: string;
  readonly code?: number;
}

/** A request that sends a message, as it left. */
export interface SentRequest {
  /** e.g. `openim/sendmsg`. */
  readonly command: string;
  /** Its JSON text. */
  readonly body: string;
  /** The document it was made of: 16 hexadecimal digits. */
  readonly document: string;
}

/** What is going to happen to a message, written down before it does. */
export interface RevisionEntry {
  /** Of what is sent anew, what is known beforehand: the time in its MsgKey, or its MsgSeq, is 0 until its end is known. */
  readonly address: MessageAddress;
  readonly action: 'modify' | 'recall' | 'send' | 'import';
  readonly connection: RevisionConnection;
  /** What the service showed before; null when it could not be read. */
  readonly before: MessageContent | null;
  /** The members to be sent; empty for a recall. */
  readonly intent: MessageContent;
  /** The plan it belongs to: 16 hexadecimal digits. Absent for what was done by hand. */
  readonly plan?: string;
  /** What is sent, where `action` is `send`. */
  readonly request?: SentRequest;
  /** Which message of its plan it is, where `action` is `import`: what goes into a group has no name before it is there. */
  readonly item?: number;
}

/** One entry of the journal. */
export interface Revision extends RevisionEntry {
  /** Unique, sorts by time. */
  readonly id: string;
  /** When it was begun, milliseconds since 1970. */
  readonly at: number;
  readonly outcome: RevisionOutcome;
}

/** True while nobody knows whether the message was changed. */
export function isUnfinished(revision: Revision): boolean {
  return revision.outcome.state === 'pending' || revision.outcome.state === 'unknown';
}

/** What the message is after the revision, as far as it can be told beforehand. */
export function intendedContent(revision: Pick<RevisionEntry, 'before' | 'intent'>): MessageContent {
  return { ...revision.before, ...revision.intent };
}

/**
 * What we left of a message, which an undo may overwrite: of the members that were sent, what was read back, since the
 * service may fill something in; of the others, what was there before. Whatever else was read back, somebody made since. What
 * a plan modified is read back much later, so that what was sent counts there.
 */
export function leftContent(revision: Revision): MessageContent {
  const { intent, plan, outcome } = revision;
  const left = intendedContent(revision);
  const { msgBody, cloudCustomData }: MessageContent = plan === undefined ? (outcome.readBack ?? {}) : {};
  return {
    ...left,
    ...(intent.msgBody !== undefined && msgBody !== undefined && { msgBody }),
    ...(intent.cloudCustomData !== undefined && cloudCustomData !== undefined && { cloudCustomData }),
  };
}

/** What a message was before a revision, or what it was after; undefined where there is nothing to show. */
export function contentOfRevision(revision: Revision, side: 'before' | 'after'): MessageContent | undefined {
  if (side === 'before') return revision.before ?? undefined;
  return revision.action === 'recall' ? undefined : (revision.outcome.readBack ?? intendedContent(revision));
}
