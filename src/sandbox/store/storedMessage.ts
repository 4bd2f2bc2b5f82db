import { formatMsgKey } from '../../chat/msgKey';
import type { Wire } from '../wire';
import type { RelationChange } from './relations';
import { groupAtMoment, type GroupChange } from './groups/groupRecords';

/** What the sandbox keeps. Times are Unix seconds unless a name says otherwise. */

export interface Account {
  readonly userId: string;
  /** Profile fields by tag, e.g. `Tag_Profile_IM_Nick`; values are strings or numbers. */
  readonly profile: ReadonlyMap<string, string | number>;
}

/** One stored message; what may change later is not readonly. */
export class StoredMessage {
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  readonly random: number;
  readonly time: number;
  /** JSON text of `MsgBody`, as it was sent. */
  body: string;
  /** JSON text of `CloudCustomData`, a string literal with its quotes. */
  cloud: string | undefined;
  /** `MsgFlagBits`. */
  flags: number;
  /** Stands in the sender's history. */
  ofSender: boolean;
  /** Stands in the receiver's history. */
  ofReceiver: boolean;
  /** The receiver sent a read receipt. */
  peerRead: boolean;
  /** Counts as unread for the receiver. */
  unread: boolean;
  /** Sent through the push plugin, which makes it impossible to modify. */
  readonly push: boolean;
  /** JSON of it as history shows it; made when it is first asked for. */
  shown: Wire | undefined = undefined;

  constructor(record: MessageRecord) {
    const { seenBy } = record;
    this.from = record.from;
    this.to = record.to;
    this.seq = record.seq;
    this.random = record.random;
    this.time = record.time;
    this.body = record.body;
    this.cloud = record.cloud;
    this.flags = record.flags ?? 0;
    this.ofSender = seenBy === undefined || seenBy === 'sender';
    this.ofReceiver = seenBy === undefined || seenBy === 'receiver';
    this.peerRead = record.peerRead ?? false;
    this.unread = record.unread ?? false;
    this.push = record.push ?? false;
  }

  /** `MsgSeq_MsgRandom_MsgTimeStamp`. */
  get key(): string {
    return formatMsgKey(this);
  }
}

/** One entry of a user's conversation list: with a user (`peer`) or with a group. */
export interface Contact {
  readonly peer?: string;
  readonly group?: string;
  time: number;
  readonly pinned: boolean;
}

/** A message as a change carries it: what is usual is left out. */
export interface MessageRecord {
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  readonly random: number;
  readonly time: number;
  readonly body: string;
  readonly cloud?: string;
  readonly flags?: number;
  /** Whose history it stands in; both when absent. */
  readonly seenBy?: 'sender' | 'receiver' | 'nobody';
  readonly peerRead?: boolean;
  readonly unread?: boolean;
  readonly push?: boolean;
  /** Whose conversation list it does not move; nobody's when absent. */
  readonly quietFor?: 'sender' | 'both';
}

/** Names one message; unique within an app, since a sender's repeated key is a duplicate. */
export interface MessageName {
  readonly from: string;
  readonly to: string;
  readonly key: string;
}

/** Every way in which the store changes. One line of the log each. */
export type Change =
  | RelationChange
  | { readonly kind: 'account'; readonly userId: string; readonly profile: Record<string, string | number> }
  | { readonly kind: 'accountDeleted'; readonly userId: string; readonly time: number }
  | { readonly kind: 'message'; readonly message: MessageRecord }
  | ({ readonly kind: 'modified'; readonly body?: string; readonly cloud?: string } & MessageName)
  | ({ readonly kind: 'recalled' } & MessageName)
  | {
      readonly kind: 'hidden';
      readonly owner: string;
      readonly peer: string;
      readonly keys: readonly string[];
    }
  | { readonly kind: 'cleared'; readonly owner: string; readonly peer: string }
  | { readonly kind: 'read'; readonly owner: string; readonly peer: string; readonly time: number }
  | { readonly kind: 'contact'; readonly owner: string; readonly contact: Contact }
  | {
      readonly kind: 'contactDeleted';
      readonly owner: string;
      readonly peer?: string;
      readonly group?: string;
    }
  | GroupChange;

/**
 * A change of a seed at the moment when it is loaded: times that are negative in a seed count back from it. What comes
 * out shares nothing that the store will change with what went in, so that one seed can be loaded again and again.
 *
 * @param now Unix seconds
 */
export function atMoment(change: Change, now: number): Change {
  const at = (time: number): number => (time < 0 ? now + time : time);
  switch (change.kind) {
    case 'message':
      return change.message.time < 0
        ? { kind: 'message', message: { ...change.message, time: at(change.message.time) } }
        : change;
    case 'contact':
      return { ...change, contact: { ...change.contact, time: at(change.contact.time) } };
    case 'accountDeleted':
    case 'read':
    case 'blocked':
      return { ...change, time: at(change.time) };
    case 'account':
    case 'modified':
    case 'recalled':
    case 'hidden':
    case 'cleared':
    case 'contactDeleted':
    case 'friend':
    case 'friendDeleted':
    case 'unblocked':
    case 'status':
      return change;
    default:
      return groupAtMoment(change, now);
  }
}
