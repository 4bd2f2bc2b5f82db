/** What the sandbox keeps of groups, and how that changes. Times are Unix seconds. */

/** `Type` of a group, by its name in REST answers: a Private group is a Work one, a ChatRoom a Meeting. */
export type GroupType = 'Private' | 'Public' | 'ChatRoom' | 'AVChatRoom' | 'Community';

export type GroupRole = 'Owner' | 'Admin' | 'Member';

/** Basic information of a group. */
export interface GroupFacts {
  /** `GroupId`. */
  readonly id: string;
  readonly type: GroupType;
  readonly name: string;
  /** Empty for a group without one. */
  readonly owner: string;
  readonly introduction: string;
  readonly notification: string;
  readonly faceUrl: string;
  readonly createTime: number;
  readonly lastInfoTime: number;
  readonly maxMembers: number;
  readonly applyJoin: string;
  /** Only owner and administrators may write. */
  readonly shutUpAll: boolean;
  readonly supportsTopics: boolean;
  /** `AppDefinedData`. */
  readonly custom: Readonly<Record<string, string>>;
}

export interface GroupMember {
  readonly userId: string;
  readonly role: GroupRole;
  readonly joinTime: number;
  readonly nameCard?: string;
}

/** A topic of a community. */
export interface TopicFacts {
  /** `TopicId`. */
  readonly id: string;
  readonly name: string;
  readonly createTime: number;
  readonly introduction: string;
  readonly notification: string;
  readonly faceUrl: string;
  readonly custom: string;
}

/** A message as a change carries it: what is usual is left out. */
export interface GroupMessageRecord {
  readonly seq: number;
  readonly from: string;
  readonly random: number;
  readonly time: number;
  /** JSON text of `MsgBody`. */
  readonly body: string;
  /** JSON text of `CloudCustomData`, a string literal with its quotes. */
  readonly cloud?: string;
  /** `MsgPriority` in history: 1 high, 2 normal, 3 low, 4 lowest. */
  readonly priority?: number;
  /** `IsPlaceMsg`. */
  readonly place?: 1 | 2;
  /** `IsSystemMsg`. */
  readonly system?: boolean;
  /** Moves nobody's list of conversations. */
  readonly quiet?: boolean;
}

/** Where messages stand: a group, or one of its topics. */
export interface GroupPlace {
  readonly group: string;
  readonly topic?: string;
}

/** Every way in which what is kept of groups changes. */
export type GroupChange =
  /** A new group, or new facts of one. */
  | { readonly kind: 'group'; readonly facts: GroupFacts }
  | { readonly kind: 'groupDestroyed'; readonly group: string }
  /** A new member, or new facts of one. */
  | { readonly kind: 'groupMember'; readonly group: string; readonly member: GroupMember }
  | { readonly kind: 'groupMemberGone'; readonly group: string; readonly userId: string }
  /** It outlives the membership; 0 lifts it. */
  | { readonly kind: 'groupMuted'; readonly group: string; readonly userId: string; readonly until: number }
  | { readonly kind: 'topic'; readonly group: string; readonly topic: TopicFacts }
  | ({ readonly kind: 'groupMessage'; readonly message: GroupMessageRecord } & GroupPlace)
  /** A message that was sent and not kept took this MsgSeq. */
  | ({ readonly kind: 'groupSeq'; readonly seq: number; readonly time: number } & GroupPlace)
  | ({
      readonly kind: 'groupModified';
      readonly seq: number;
      readonly body?: string;
      readonly cloud?: string;
    } & GroupPlace)
  | ({ readonly kind: 'groupRecalled'; readonly seqs: readonly number[] } & GroupPlace);

/**
 * A change of a seed at the moment when it is loaded: times that are negative in it count back from then.
 *
 * @param now Unix seconds
 */
export function groupAtMoment(change: GroupChange, now: number): GroupChange {
  const at = (time: number): number => (time < 0 ? now + time : time);
  switch (change.kind) {
    case 'group': {
      const { createTime, lastInfoTime } = change.facts;
      const times = { createTime: at(createTime), lastInfoTime: at(lastInfoTime) };
      return { ...change, facts: { ...change.facts, ...times } };
    }
    case 'groupMember':
      return { ...change, member: { ...change.member, joinTime: at(change.member.joinTime) } };
    case 'topic':
      return { ...change, topic: { ...change.topic, createTime: at(change.topic.createTime) } };
    case 'groupMessage':
      return { ...change, message: { ...change.message, time: at(change.message.time) } };
    case 'groupSeq':
      return { ...change, time: at(change.time) };
    case 'groupMuted':
      return { ...change, until: at(change.until) };
    case 'groupDestroyed':
    case 'groupMemberGone':
    case 'groupModified':
    case 'groupRecalled':
      return change;
  }
}
