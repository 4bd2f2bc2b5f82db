import { isRecalled, RECALLED_FLAG } from '../../chat/chatMessage';
import { parseMsgKey } from '../../chat/msgKey';
import { Conversation, isVisibleTo } from './conversation';
import { Relations } from './relations';
import { Groups } from './groups/groups';
import type { GroupChange } from './groups/groupRecords';
import {
  type StoredMessage,
  type Account,
  type Change,
  type Contact,
  type MessageName,
  type MessageRecord,
} from './storedMessage';

/** Accounts that have none share it. */
const noProfile: Account['profile'] = new Map();

/**
 * The state of one app, in memory. It changes by {@link Store.change} only, and the same changes in the same order
 * make the same state: that is what the data file relies on.
 */
export class Store {
  readonly groups = new Groups();
  private readonly accounts = new Map<string, Account>();
  private readonly deletedAccounts = new Map<string, number>();
  /** In the order in which they began. */
  private readonly conversations: Conversation[] = [];
  /** By the lesser UserID, then by the other: no key is put together for each message. */
  private readonly byPair = new Map<string, Map<string, Conversation>>();
  private readonly contacts = new Map<string, Map<string, Contact>>();
  readonly relations = new Relations();
  private readonly listeners = new Set<(change: Change) => void>();

  /** Called with each change after it was made. */
  onChange(listener: (change: Change) => void): void {
    this.listeners.add(listener);
  }

  account(userId: string): Account | undefined {
    return this.accounts.get(userId);
  }

  get accountCount(): number {
    return this.accounts.size;
  }

  allAccounts(): Iterable<Account> {
    return this.accounts.values();
  }

  /** When the account was deleted, undefined when it never was or is there again. */
  deletedAt(userId: string): number | undefined {
    return this.deletedAccounts.get(userId);
  }

  allDeletedAccounts(): Iterable<[string, number]> {
    return this.deletedAccounts;
  }

  conversation(one: string, other: string): Conversation | undefined {
    return one < other ? this.byPair.get(one)?.get(other) : this.byPair.get(other)?.get(one);
  }

  allConversations(): Iterable<Conversation> {
    return this.conversations;
  }

  /** The message of that direction and key. */
  message({ from, to, key }: MessageName): StoredMessage | undefined {
    const position = parseMsgKey(key);
    return position && this.conversation(from, to)?.find(from, position);
  }

  /** True for a message that is there, and for a group or member that is there when the change knows of it by name only. */
  has(change: Change): boolean {
    switch (change.kind) {
      case 'message': {
        const { from, to } = change.message;
        return this.conversation(from, to)?.find(from, change.message) !== undefined;
      }
      case 'groupMessage':
        return this.groups.messagesOf(change)?.find(change.message.seq) !== undefined;
      case 'group':
        return change.facts.createTime === 0 && this.groups.get(change.facts.id) !== undefined;
      case 'groupMember':
        return (
          change.member.joinTime === 0 &&
          this.groups.get(change.group)?.members.has(change.member.userId) === true
        );
      default:
        return false;
    }
  }

  /** A user's conversation list, in no order. */
  contactsOf(userId: string): Iterable<Contact> {
    return this.contacts.get(userId)?.values() ?? [];
  }

  /** Every conversation list with its owner. */
  allContacts(): Iterable<[string, ReadonlyMap<string, Contact>]> {
    return this.contacts;
  }

  /** Makes a change and tells the listeners. */
  change(change: Change): void {
    this.apply(change);
    for (const listener of this.listeners) listener(change);
  }

  /** Replaces everything by what the changes make, without telling the listeners. */
  replace(changes: Iterable<Change>): void {
    this.accounts.clear();
    this.deletedAccounts.clear();
    this.conversations.length = 0;
    this.byPair.clear();
    this.contacts.clear();
    this.relations.clear();
    this.groups.clear();
    for (const change of changes) this.apply(change);
  }

  private apply(change: Change): void {
    switch (change.kind) {
      case 'account':
        this.putAccount(change.userId, change.profile);
        break;
      case 'accountDeleted':
        this.deleteAccount(change.userId, change.time);
        break;
      case 'message':
        this.addMessage(change.message);
        break;
      case 'modified':
        this.modify(change);
        break;
      case 'recalled':
        this.recall(change);
        break;
      case 'hidden':
        this.hide(change.owner, change.peer, change.keys);
        break;
      case 'cleared':
        this.clearHistory(change.owner, change.peer);
        break;
      case 'read':
        this.read(change.owner, change.peer, change.time);
        break;
      case 'contact':
        this.listContact(change.owner, contactKey(change.contact), change.contact);
        break;
      case 'contactDeleted':
        this.contacts.get(change.owner)?.delete(contactKey(change));
        break;
      case 'friend':
      case 'friendDeleted':
      case 'blocked':
      case 'unblocked':
      case 'status':
        this.relations.apply(change);
        break;
      default:
        this.applyToGroup(change);
    }
  }

  /** A message moves the group in the members' lists; with the group these lose it. */
  private applyToGroup(change: GroupChange): void {
    const group = 'group' in change ? this.groups.get(change.group) : undefined;
    this.groups.apply(change);
    const owners = group?.members.keys() ?? [];
    if (change.kind === 'groupMessage' && !change.message.quiet && change.topic === undefined) {
      for (const owner of owners)
        this.touchContact(owner, groupKey(change.group), change.message.time, change.group);
    } else if (change.kind === 'groupDestroyed') {
      for (const owner of owners) this.contacts.get(owner)?.delete(groupKey(change.group));
    } else if (change.kind === 'groupMemberGone') {
      this.contacts.get(change.userId)?.delete(groupKey(change.group));
    }
  }

  private recall(name: MessageName): void {
    const message = this.messageToChange(name);
    if (!message) return;
    if (!isRecalled(message)) message.flags += RECALLED_FLAG;
    message.unread = false;
  }

  private putAccount(userId: string, profile: Record<string, string | number>): void {
    const known = this.accounts.get(userId)?.profile ?? noProfile;
    const given = Object.entries(profile);
    this.accounts.set(userId, {
      userId,
      profile: given.length === 0 ? known : new Map([...known, ...given]),
    });
    this.deletedAccounts.delete(userId);
  }

  private deleteAccount(userId: string, time: number): void {
    this.accounts.delete(userId);
    this.contacts.delete(userId);
    this.relations.forget(userId);
    this.deletedAccounts.set(userId, time);
  }

  private addMessage(record: MessageRecord): void {
    const { from, to, time, quietFor } = record;
    (this.conversation(from, to) ?? this.begin(from, to)).add(record);
    if (quietFor === 'both') return;
    if (quietFor !== 'sender') this.touchContact(from, to, time);
    this.touchContact(to, from, time);
  }

  private begin(one: string, other: string): Conversation {
    const [lesser, greater] = one < other ? [one, other] : [other, one];
    const conversation = new Conversation();
    this.conversations.push(conversation);
    const known = this.byPair.get(lesser);
    if (known) known.set(greater, conversation);
    else this.byPair.set(lesser, new Map([[greater, conversation]]));
    return conversation;
  }

  private modify(change: Extract<Change, { kind: 'modified' }>): void {
    const message = this.messageToChange(change);
    if (!message) return;
    if (change.body !== undefined) message.body = change.body;
    if (change.cloud !== undefined) message.cloud = change.cloud;
  }

  /** What was made of it to show it is made anew. */
  private messageToChange({ from, to, key }: MessageName): StoredMessage | undefined {
    const position = parseMsgKey(key);
    const conversation = this.conversation(from, to);
    const message = position && conversation?.find(from, position);
    if (!message) return undefined;
    message.shown = undefined;
    conversation?.touch();
    return message;
  }

  private hide(owner: string, peer: string, keys: readonly string[]): void {
    const conversation = this.conversation(owner, peer);
    conversation?.touch();
    for (const key of keys) {
      for (const message of conversation?.withKey(key) ?? []) hideFrom(message, owner);
    }
  }

  private clearHistory(owner: string, peer: string): void {
    const conversation = this.conversation(owner, peer);
    conversation?.touch();
    for (const message of conversation?.all() ?? []) hideFrom(message, owner);
  }

  private read(owner: string, peer: string, time: number): void {
    for (const message of this.conversation(owner, peer)?.all() ?? []) {
      if (message.to === owner && message.time <= time) message.unread = false;
    }
  }

  /** With a peer, or with a group and its key. Each message of a seed comes here twice: nothing is made for one that is known. */
  private touchContact(owner: string, key: string, time: number, group?: string): void {
    const known = this.contacts.get(owner)?.get(key);
    if (known) known.time = Math.max(known.time, time);
    else
      this.listContact(
        owner,
        key,
        group === undefined ? { peer: key, time, pinned: false } : { group, time, pinned: false },
      );
  }

  private listContact(owner: string, key: string, contact: Contact): void {
    const list = this.contacts.get(owner);
    if (list) list.set(key, contact);
    else this.contacts.set(owner, new Map([[key, contact]]));
  }
}

function hideFrom(message: StoredMessage, owner: string): void {
  if (!isVisibleTo(message, owner)) return;
  if (message.from === owner) message.ofSender = false;
  if (message.to === owner) {
    message.ofReceiver = false;
    message.unread = false;
  }
}

function contactKey({ peer = '', group }: { readonly peer?: string; readonly group?: string }): string {
  return group === undefined ? peer : groupKey(group);
}

/** A UserID is printable, so that no group takes the place of a user. */
function groupKey(group: string): string {
  return `\n${group}`;
}
