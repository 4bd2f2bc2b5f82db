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
  /** Of a message that is imported. Its `base` is empty; in a group its MsgSeq is 0 until it is there. */
  readonly source?: ImportSource;
}

/** What an imported message is beside its content. */
interface ImportSource {
  /** Its place in the list, from 0. */
  readonly index: number;
  /** `From_Account`. */
  readonly from: string;
  /** `MsgTimeStamp`, Unix seconds. */
  readonly time: number;
  /** Unsigned 32-bit, never another one: it is found again by it. */
  readonly random: number;
}

/** A message of a list that an import leaves out. */
export interface NotImported {
  /** Its place in the list, from 0; -1 where it has none. */
  readonly index: number;
  readonly reason: LeftOutReason;
  readonly address?: MessageAddress;
  /** What the service would answer. */
  readonly code?: number;
}

/** Why a message of a list is not imported. */
export type LeftOutReason =
  /** It is no object, or nothing names the message. */
  | 'notAMessage'
  | 'recalled'
  | 'placeholder'
  | 'system'
  /** It has no MsgBody, no sender, or no time. */
  | 'incomplete'
  /** The service would refuse it; `code` is what it would answer. */
  | 'wrong'
  /** The list has it twice: the service leaves out silently what has the same MsgKey, whoever sent it. */
  | 'doubled'
  /** The service has it. */
  | 'there'
  /** The group is not there. */
  | 'noGroup'
  /** Not newer than the group's newest message, or than the one before it in the list: groups take rising times only. */
  | 'notNewer'
  /** Its sender or receiver has no account, and was left out. */
  | 'noAccount';

/** What a plan was made from. */
export type PlanOrigin =
  | { readonly kind: 'list'; readonly title: string; readonly uri: string }
  | { readonly kind: 'drafts' }
  | { readonly kind: 'rollback'; readonly of: string }
  /** Messages of a file go into the app, in the order of the items. */
  | { readonly kind: 'import'; readonly title: string; readonly uri: string };

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
  /** Of an import: accounts that go first. */
  readonly accounts?: readonly string[];
  /** Of an import: what the list has besides. */
  readonly leftOut?: readonly NotImported[];
}

/** The list that a plan imports; undefined for one that modifies. */
export function importOf({
  origin,
}: Pick<Plan, 'origin'>): Extract<PlanOrigin, { kind: 'import' }> | undefined {
  return origin.kind === 'import' ? origin : undefined;
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

/** What no other plan is called. */
export function newPlanId(): string {
  return randomBytes(8).toString('hex');
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
  return { id: newPlanId(), at: now, connection, origin, items: [...items.values()] };
}
