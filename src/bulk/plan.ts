import { randomBytes } from 'node:crypto';
import { addressKey, type MessageAddress } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import type { RevisionConnection } from '../journal/revision';
import { changedMembers, sameContent } from '../message/changes';
import { pickMembers } from '../modify/checkedText';

/** One message of a plan. */
export interface PlanItem {
  readonly address: MessageAddress;
  /** What the change was made on: what the service must still show. */
  readonly base: MessageContent;
  /** The members that change, as they are to be. */
  readonly content: MessageContent;
}

/** What a plan was made from. */
export type PlanOrigin =
  | { readonly kind: 'list'; readonly title: string; readonly uri: string }
  | { readonly kind: 'drafts' }
  | { readonly kind: 'rollback'; readonly of: string };

/** What is to be done to many messages of one connection, written down before the first call. It never changes. */
export interface Plan {
  /** 16 hexadecimal digits. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly connection: RevisionConnection;
  readonly origin: PlanOrigin;
  /** No two of one message. */
  readonly items: readonly PlanItem[];
}

/** Why a plan stopped before its end. */
export type PauseReason =
  /** A person paused it. */
  | 'asked'
  /** A person cancelled it: nothing more is tried unless it is continued. */
  | 'cancelled'
  /** The service refuses everything for now: credentials, permission, a quota. */
  | 'stopAll'
  /** Ten answers in a row, and none of them done. */
  | 'tenWithoutOne'
  /** The service cannot be reached. */
  | 'network';

/** Where a plan stands. What became of each message stands in the journal. */
export type PlanState =
  | { readonly kind: 'ready' }
  /** Under way, or left so by a crash. */
  | { readonly kind: 'running' }
  | { readonly kind: 'paused'; readonly why: PauseReason; readonly code?: number }
  /** Every message was tried, or a person gave the others up. */
  | { readonly kind: 'ended' };

/**
 * What a reading said of a message to which nothing was sent; of one that something was sent to the journal tells.
 * `code`: what the service answered.
 */
export interface PlanNote {
  readonly index: number;
  readonly end: 'nothingToDo' | 'conflict' | 'recalled' | 'gone' | 'unreadable' | 'busy';
  readonly code?: number;
}

/** Why a message that the service shows with this content is left out; undefined where the plan may overwrite it. */
export function whyLeftOut(
  { base, content }: PlanItem,
  shown: MessageContent,
): 'nothingToDo' | 'conflict' | undefined {
  // Somebody else made the same change.
  if (changedMembers(shown, content).length === 0) return 'nothingToDo';
  return sameContent(shown, base) ? undefined : 'conflict';
}

/** A new plan; of two items for one message the last counts, and what changes nothing is left out. */
export function newPlan(
  connection: RevisionConnection,
  origin: PlanOrigin,
  wanted: readonly {
    readonly address: MessageAddress;
    readonly base: MessageContent;
    readonly mine: MessageContent;
  }[],
  now: number,
): Plan {
  const items = new Map<string, PlanItem>();
  for (const { address, base, mine } of wanted) {
    const members = changedMembers(base, mine);
    if (members.length > 0)
      items.set(addressKey(address), { address, base, content: pickMembers(mine, members) });
  }
  return { id: randomBytes(8).toString('hex'), at: now, connection, origin, items: [...items.values()] };
}
