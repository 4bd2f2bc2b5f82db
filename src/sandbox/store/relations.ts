/** A field of a friend, e.g. `Tag_SNS_IM_Remark`; lists are for `Tag_SNS_IM_Group` only. */
export type FriendFields = ReadonlyMap<string, FriendValue>;
export type FriendValue = string | number | readonly string[];

/** Where a user is logged in. */
export type OnlineStatus = 'Online' | 'PushOnline' | 'Offline';

/** What is known of a user's clients: platform and status of each. */
export type Clients = Readonly<Record<string, OnlineStatus>>;

/** A change of who knows whom and who is online. */
export type RelationChange =
  | {
      readonly kind: 'friend';
      readonly owner: string;
      readonly friend: string;
      /** Fields that are set; others stay. */
      readonly fields: Readonly<Record<string, FriendValue>>;
    }
  | { readonly kind: 'friendDeleted'; readonly owner: string; readonly friend: string }
  | { readonly kind: 'blocked'; readonly owner: string; readonly user: string; readonly time: number }
  | { readonly kind: 'unblocked'; readonly owner: string; readonly user: string }
  | {
      readonly kind: 'status';
      readonly userId: string;
      readonly status: OnlineStatus;
      readonly clients?: Clients;
    };

/** How often a list changed, as its answers tell it. */
export interface Sequences {
  readonly standard: number;
  readonly custom: number;
}

const NEVER: Sequences = { standard: 0, custom: 0 };
const CUSTOM = 'Tag_SNS_Custom_';

/** Who is whose friend, whom who blocks, and who is online. */
export class Relations {
  private readonly friends = new Map<string, Map<string, Map<string, FriendValue>>>();
  private readonly blocked = new Map<string, Map<string, number>>();
  private readonly statuses = new Map<string, { status: OnlineStatus; clients: Clients }>();
  private readonly sequences = new Map<string, Sequences>();
  private readonly blockSequences = new Map<string, number>();

  /** A user's friends with their fields, in the order in which they were added. */
  friendsOf(owner: string): ReadonlyMap<string, FriendFields> {
    return this.friends.get(owner) ?? new Map<string, FriendFields>();
  }

  isFriend(owner: string, other: string): boolean {
    return this.friends.get(owner)?.has(other) === true;
  }

  /** Whom a user blocks, and since when, Unix seconds. */
  blockedBy(owner: string): ReadonlyMap<string, number> {
    return this.blocked.get(owner) ?? new Map<string, number>();
  }

  isBlocked(owner: string, other: string): boolean {
    return this.blocked.get(owner)?.has(other) === true;
  }

  /** Changes of a user's friends so far. */
  friendSequences(owner: string): Sequences {
    return this.sequences.get(owner) ?? NEVER;
  }

  /** Changes of a user's block list so far. */
  blockSequence(owner: string): number {
    return this.blockSequences.get(owner) ?? 0;
  }

  /** Nobody logs in here, so that everybody is offline who was not said to be online. */
  statusOf(userId: string): { status: OnlineStatus; clients: Clients } {
    return this.statuses.get(userId) ?? { status: 'Offline', clients: {} };
  }

  /** Every list of friends, and every block list, with its owner. */
  allFriends(): Iterable<[string, ReadonlyMap<string, FriendFields>]> {
    return this.friends;
  }

  allBlocked(): Iterable<[string, ReadonlyMap<string, number>]> {
    return this.blocked;
  }

  clear(): void {
    for (const map of [this.friends, this.blocked, this.statuses, this.sequences, this.blockSequences]) {
      map.clear();
    }
  }

  apply(change: RelationChange): void {
    switch (change.kind) {
      case 'friend':
        this.putFriend(change.owner, change.friend, change.fields);
        break;
      case 'friendDeleted':
        if (this.friends.get(change.owner)?.delete(change.friend)) this.count(change.owner, true);
        break;
      case 'blocked':
        listOf(this.blocked, change.owner).set(change.user, change.time);
        this.blockSequences.set(change.owner, this.blockSequence(change.owner) + 1);
        break;
      case 'unblocked':
        this.blocked.get(change.owner)?.delete(change.user);
        this.blockSequences.set(change.owner, this.blockSequence(change.owner) + 1);
        break;
      case 'status':
        this.statuses.set(change.userId, { status: change.status, clients: change.clients ?? {} });
    }
  }

  /** Forgets a user, also in the lists of others. */
  forget(userId: string): void {
    for (const map of [this.friends, this.blocked, this.statuses]) map.delete(userId);
    for (const list of [...this.friends.values(), ...this.blocked.values()]) list.delete(userId);
  }

  private putFriend(owner: string, friend: string, fields: Readonly<Record<string, FriendValue>>): void {
    const known = listOf(this.friends, owner);
    const kept = known.get(friend) ?? new Map<string, FriendValue>();
    for (const [tag, value] of Object.entries(fields)) kept.set(tag, value);
    known.set(friend, kept);
    this.count(
      owner,
      Object.keys(fields).some((tag) => tag.startsWith(CUSTOM)),
    );
  }

  private count(owner: string, custom: boolean): void {
    const known = this.friendSequences(owner);
    this.sequences.set(owner, {
      standard: known.standard + 1,
      custom: known.custom + (custom ? 1 : 0),
    });
  }
}

function listOf<T>(lists: Map<string, Map<string, T>>, owner: string): Map<string, T> {
  let list = lists.get(owner);
  if (!list) lists.set(owner, (list = new Map<string, T>()));
  return list;
}
