import { GroupMessages } from './groupMessages';
import type { GroupChange, GroupFacts, GroupMember, GroupPlace, TopicFacts } from './groupRecords';

/** A topic and its messages. */
export interface Topic {
  readonly facts: TopicFacts;
  readonly messages: GroupMessages;
}

/** One group: facts, members, messages, topics. */
export class Group {
  readonly members = new Map<string, GroupMember>();
  /** Until when users may not write, members or not. */
  readonly muted = new Map<string, number>();
  readonly messages = new GroupMessages();
  readonly topics = new Map<string, Topic>();

  constructor(public facts: GroupFacts) {}

  get id(): string {
    return this.facts.id;
  }

  /** Where messages of the group, or of a topic of it, stand; undefined without such a topic. */
  messagesIn(topic: string | undefined): GroupMessages | undefined {
    return topic === undefined ? this.messages : this.topics.get(topic)?.messages;
  }
}

/** All groups of the app, in the order in which they were made. */
export class Groups {
  private readonly groups = new Map<string, Group>();
  private readonly destroyed = new Set<string>();

  get(id: string): Group | undefined {
    return this.groups.get(id);
  }

  all(): Iterable<Group> {
    return this.groups.values();
  }

  /** True when there was such a group, and it was destroyed. */
  wasDestroyed(id: string): boolean {
    return this.destroyed.has(id);
  }

  messagesOf({ group, topic }: GroupPlace): GroupMessages | undefined {
    return this.groups.get(group)?.messagesIn(topic);
  }

  clear(): void {
    this.groups.clear();
    this.destroyed.clear();
  }

  /** Makes a change; one of a group that is not there changes nothing. */
  apply(change: GroupChange): void {
    switch (change.kind) {
      case 'group':
        this.put(change.facts);
        break;
      case 'groupDestroyed':
        this.groups.delete(change.group);
        this.destroyed.add(change.group);
        break;
      case 'groupMember':
        this.get(change.group)?.members.set(change.member.userId, change.member);
        break;
      case 'groupMemberGone':
        this.get(change.group)?.members.delete(change.userId);
        break;
      case 'groupMuted':
        this.get(change.group)?.muted.set(change.userId, change.until);
        break;
      case 'topic':
        this.putTopic(this.get(change.group), change.topic);
        break;
      case 'groupMessage':
        this.messagesOf(change)?.add(change.message);
        break;
      case 'groupSeq':
        this.messagesOf(change)?.pass(change.seq, change.time);
        break;
      case 'groupModified':
        this.modify(change);
        break;
      case 'groupRecalled':
        for (const seq of change.seqs) this.recall(change, seq);
    }
  }

  private put(facts: GroupFacts): void {
    const group = this.groups.get(facts.id);
    if (group) group.facts = facts;
    else this.groups.set(facts.id, new Group(facts));
    this.destroyed.delete(facts.id);
  }

  private putTopic(group: Group | undefined, facts: TopicFacts): void {
    const messages = group?.topics.get(facts.id)?.messages ?? new GroupMessages();
    group?.topics.set(facts.id, { facts, messages });
  }

  private modify(change: Extract<GroupChange, { kind: 'groupModified' }>): void {
    const message = this.messagesOf(change)?.find(change.seq);
    if (!message) return;
    message.shown = undefined;
    if (change.body !== undefined) message.body = change.body;
    if (change.cloud !== undefined) message.cloud = change.cloud;
  }

  private recall(place: GroupPlace, seq: number): void {
    const message = this.messagesOf(place)?.find(seq);
    if (!message) return;
    message.shown = undefined;
    message.place = 2;
  }
}
