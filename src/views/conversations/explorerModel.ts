import {
  chatOf,
  type C2cChat,
  type ChatAddress,
  type GroupAddress,
  type GroupChat,
  type MessageAddress,
  type MessageRef,
} from '../../chat/address';
import type { ChatMessage } from '../../chat/chatMessage';
import type { GroupInfo } from '../../chat/client';
import { sameContent } from '../../message/changes';
import { hasConversation } from '../../connections/additions';
import type { Connection } from '../../connections/connection';
import { dayOf, type Day } from '../../ui/days';
import { Listing } from './listing';
import { NodeCache } from './nodes/nodeCache';
import {
  isGroupNode,
  PART_SIZE,
  type ConnectionNode,
  type ConversationNode,
  type DayNode,
  type GroupNode,
  type GroupsNode,
  type MessageNode,
  type PartNode,
  type RowNode,
  type TreeNode,
  type UserNode,
  type Viewpoint,
} from './nodes/nodes';
import { Branches, type ClientOf } from './reading/branches';
import type { DayView } from './reading/conversationBranch';
import { mayHaveTopics, keepsNothing } from './reading/groupsBranch';
import type { Contact } from './reading/userBranch';

/** What the tree needs of the connections. */
export interface ExplorerConnections {
  list(): readonly Connection[];
  get(id: string): Connection | undefined;
  /** Makes the connections that are there without having been added; may fail. */
  prepare(): Promise<void>;
  readonly client: ClientOf;
  /** Remembers peers as users. */
  meet(id: string, users: readonly string[]): Promise<void>;
}

/** What is known of a message since it was read. */
export interface MessageNews extends Partial<Pick<ChatMessage, 'content' | 'flags'>> {
  /** There is something to modify or to discard of it and there was not, or the other way round. */
  readonly remarked?: boolean;
}

/** The tree without its looks: which nodes there are, what stands below each, and how they are read. */
export class ExplorerModel {
  private readonly nodes = new NodeCache();
  private readonly branches: Branches;
  private readonly listing: Listing;
  private prepared: Promise<void> | undefined;

  /**
   * @param onChange told whose children changed; undefined for the whole tree.
   * @param onError told of what failed without anybody having to do something about it.
   */
  constructor(
    private readonly connections: ExplorerConnections,
    private readonly onChange: (node: TreeNode | undefined) => void,
    private readonly onError: (error: unknown) => void,
  ) {
    this.branches = new Branches((id, signal) => connections.client(id, signal), onError);
    this.listing = new Listing((id) => connections.get(id), this.nodes, this.branches);
  }

  /** The children of a node, or the top of the tree. What cannot be read becomes a row with the error. */
  async children(node?: TreeNode): Promise<readonly TreeNode[]> {
    switch (node?.kind) {
      case undefined:
        return this.top();
      case 'user': {
        const { pager } = this.branches.user(node);
        await pager.ensure();
        const chats = pager.items.map(({ chat }) => chat);
        const peers = chats.flatMap((chat) => (chat.chat === 'c2c' ? chat.peer : []));
        // Not waited for: that more users are known now is shown by itself.
        this.connections.meet(node.connectionId, peers).catch(this.onError);
        return this.named(this.listing.below(node));
      }
      case 'conversation': {
        if (isGroupNode(node) && !(await this.readGroup(node))) return this.listing.below(node);
        await this.branches.conversation(node).ensure();
        const below = this.listing.below(node);
        this.listing.daysShown(node);
        return below;
      }
      case 'connection':
      case 'day':
        return this.listing.below(node);
      case 'groups':
        return this.named(this.listing.below(node));
      case 'part':
        return this.named(this.listing.items(node.parent, node.start, node.start + PART_SIZE));
      case 'message':
      case 'row':
        return [];
    }
  }

  parent(node: TreeNode): TreeNode | undefined {
    switch (node.kind) {
      case 'connection':
        return undefined;
      case 'groups':
      case 'user':
        return this.connectionNode(node.connectionId);
      case 'conversation':
        return this.parentOfConversation(node);
      case 'day':
        return this.conversationNode(node);
      case 'message': {
        const day = this.nodes.day(node, dayOf(node.message.time).id, true);
        return this.listing.holder(day, this.dayView(day)?.messages.indexOf(node.message) ?? -1);
      }
      case 'part':
      case 'row':
        return node.parent;
    }
  }

  /** What is known of a day. */
  dayView(node: DayNode): DayView | undefined {
    return this.listing.dayView(node);
  }

  /** Positions of the children of a part, from 0, the last one exclusive. */
  partRange({ parent, start }: PartNode): { start: number; end: number } {
    return { start, end: Math.min(start + PART_SIZE, this.listing.count(parent)) };
  }

  /** True for the last of the parts below a node. */
  isLastPart({ parent, start }: PartNode): boolean {
    return start + PART_SIZE >= this.listing.count(parent);
  }

  /** What a user's list says of a conversation below them; undefined for one that it does not have. */
  contact({ connectionId, chat, user }: ConversationNode): Contact | undefined {
    return user === undefined
      ? undefined
      : this.branches.user(this.userNode(connectionId, user)).contact(chat);
  }

  /** What is known of a group. */
  groupInfo(connectionId: string, groupId: string): GroupInfo | undefined {
    return this.branches.infos(connectionId).get(groupId);
  }

  /** What a topic is called, once the topics of its community were read. */
  topicName(connectionId: string, { group, topic }: GroupChat): string | undefined {
    if (topic === undefined) return undefined;
    return this.branches.topics({ connectionId, chat: { chat: 'group', group } }).name(topic);
  }

  /** How many groups of the app are shown, and whether they are all. */
  groupCount(node: GroupsNode): { readonly count: number; readonly complete: boolean } {
    return { count: this.listing.count(node), complete: this.branches.groups(node.connectionId).done };
  }

  /**
   * Loads the groups of an app; those that came are shown also when it is stopped or fails.
   *
   * @param onPage told how many have come, and how many there are
   */
  async loadGroups(
    connectionId: string,
    signal: AbortSignal,
    onPage: (count: number, total: number) => void,
  ): Promise<void> {
    try {
      await this.branches.groups(connectionId).load(signal, onPage);
    } finally {
      this.onChange(this.nodes.groups(connectionId));
    }
  }

  /** Shows more below the parent of a *Load more*, or tries again below that of a *Retry*. */
  async more(row: RowNode): Promise<void> {
    const { parent } = row;
    if (row.row === 'retryTopics' && parent !== undefined && isGroupNode(parent)) {
      await this.branches.topics(parent).pager.retry();
      this.onChange(parent);
      return;
    }
    const pager = parent && this.listing.pagerOf(parent);
    if (parent === undefined || pager === undefined) {
      this.prepared = undefined;
      this.onChange(parent);
      return;
    }
    const before = this.listing.shape(parent);
    await (row.row === 'retry' ? pager.retry() : pager.loadMore());
    const after = this.listing.shape(parent);
    // Telling VS Code as little as possible: it reads everything below again, and a long list costs it dearly.
    if (after.last === undefined || after.around !== before.around) this.onChange(parent);
    else if (after.parts !== before.parts || after.parts === 0) this.onChange(after.last);
    else this.onChange(this.nodes.part(after.last, (after.parts - 1) * PART_SIZE));
  }

  /** Reads a node, or everything, anew when it is next shown; until that has succeeded, what is there stays. */
  refresh(node?: TreeNode): void {
    if (node === undefined) this.prepared = undefined;
    this.branches.invalidate(node);
    this.onChange(node);
  }

  /** The list of connections changed: forgets what belongs to those that are gone. */
  connectionsChanged(): void {
    const ids = new Set(this.connections.list().map(({ id }) => id));
    // The sandbox of a setting may be found, or be another one, now.
    this.prepared = undefined;
    this.branches.keepOnly(ids);
    this.nodes.forgetConnections((id) => ids.has(id));
    this.onChange(undefined);
  }

  /** The users of a connection, or its conversations and groups that were added by hand, changed. */
  usersChanged(connectionId: string): void {
    this.onChange(this.connectionNode(connectionId));
  }

  /** Reads a day of a conversation out of order and gives its node, or undefined when nothing is there to show. */
  async goToDate(node: ConversationNode, day: Day): Promise<DayNode | undefined> {
    if (isGroupNode(node) && !(await this.readGroup(node))) return undefined;
    const branch = this.branches.conversation(node);
    await branch.jump(day);
    this.listing.daysShown(node);
    this.onChange(node);
    return branch.day(day.id) === undefined ? undefined : this.nodes.day(node, day.id, true);
  }

  /**
   * Reads a day of a conversation as far as a message of it.
   *
   * @returns undefined when the day does not show it
   * @throws what kept the day from being read
   */
  async find(
    node: ConversationNode,
    address: MessageAddress,
    { day, signal }: { readonly day: Day; readonly signal: AbortSignal },
  ): Promise<MessageNode | undefined> {
    if (isGroupNode(node) && !(await this.readGroup(node))) return undefined;
    await this.goToDate(node, day);
    const branch = this.branches.conversation(node);
    try {
      for (;;) {
        const message = branch.message(address);
        if (message) return this.nodes.message(node, message);
        const reading = branch.day(day.id)?.pager ?? branch;
        if (reading.failure) throw reading.failure.error;
        if (reading.done || (reading === branch && branch.isCovered(day))) return undefined;
        signal.throwIfAborted();
        await reading.loadMore();
      }
    } finally {
      this.onChange(node);
    }
  }

  /** True when a user's list has the conversation, or somebody added it there. */
  async hasConversation(connectionId: string, chat: C2cChat): Promise<boolean> {
    const branch = this.branches.user(this.userNode(connectionId, chat.user));
    await branch.pager.ensure();
    if (branch.contact(chat) !== undefined) return true;
    const connection = this.connections.get(connectionId);
    return connection !== undefined && hasConversation(connection, chat);
  }

  /** Where a group was shown, or would be below *Groups* once it is added there. */
  placeOfGroup(
    connectionId: string,
    address: GroupAddress,
  ): { readonly node: ConversationNode; readonly isShown: boolean } {
    const group: GroupChat = { chat: 'group', group: address.group };
    const below = this.nodes.placesOf(connectionId, group).find(({ user }) => user !== undefined);
    const isListed = this.listing.groupIds(this.groupsNode(connectionId)).includes(address.group);
    const user = isListed ? undefined : below?.user;
    const node = this.conversationNode({ connectionId, chat: chatOf(address), user });
    return { node, isShown: isListed || below !== undefined };
  }

  /** Shows a newer version of a message wherever it stands. */
  updateMessage(connectionId: string, message: ChatMessage): void {
    for (const chat of this.branches.replaceMessage(connectionId, message)) {
      for (const place of this.nodes.placesOf(connectionId, chat)) {
        this.onChange(this.nodes.message(place, message));
      }
    }
  }

  /** The node with this id, if it was shown. */
  node(id: string): TreeNode | undefined {
    return this.nodes.get(id);
  }

  /** A message as the tree shows it; undefined for one that it never showed. */
  shownMessage(ref: MessageRef): ChatMessage | undefined {
    return this.branches.message(ref);
  }

  /** All messages of a connection as they were read, each once. */
  shownMessages(connectionId: string): ChatMessage[] {
    return this.branches.messages(connectionId);
  }

  /** Shows what was learned of a message since it was read, wherever it stands. */
  learned(ref: MessageRef, { content, flags, remarked = false }: MessageNews): void {
    const shown = this.branches.message(ref);
    if (!shown) return;
    const message = { ...shown, content: content ?? shown.content, flags: flags ?? shown.flags };
    const same = message.flags === shown.flags && sameContent(message.content, shown.content);
    if (same && !remarked) return;
    this.updateMessage(ref.connectionId, message);
  }

  /**
   * Shows that conversations have a message more. Where it is known it is put in its place; else they are read anew, and so
   * are the lists of users that they do not stand in yet.
   */
  arrived(connectionId: string, chats: readonly ChatAddress[], message?: ChatMessage): void {
    const users = new Set(this.connections.get(connectionId)?.users);
    for (const chat of chats) {
      const places = this.nodes.placesOf(connectionId, chat);
      const isKnown = message !== undefined && this.branches.addMessage(connectionId, chat, message);
      for (const place of places) {
        if (isKnown) this.onChange(place);
        else this.refresh(place);
      }
      if (places.length === 0 && chat.chat === 'c2c' && users.has(chat.user))
        this.refresh(this.userNode(connectionId, chat.user));
    }
  }

  connectionNode(connectionId: string): ConnectionNode {
    return this.nodes.connection(connectionId);
  }

  groupsNode(connectionId: string): GroupsNode {
    return this.nodes.groups(connectionId);
  }

  userNode(connectionId: string, user: string): UserNode {
    return this.nodes.user(connectionId, user);
  }

  conversationNode({ connectionId, chat, user }: Viewpoint): ConversationNode {
    return this.nodes.conversation({ connectionId, chat, user });
  }

  dispose(): void {
    this.branches.dispose();
  }

  private async top(): Promise<readonly TreeNode[]> {
    const rows: TreeNode[] = [];
    try {
      await (this.prepared ??= this.connections.prepare());
    } catch (error) {
      rows.push(this.nodes.row(undefined, 'retry', error));
    }
    return [...rows, ...this.connections.list().map(({ id }) => this.connectionNode(id))];
  }

  /** Reads what has to be known of a group before its messages. @returns false when it keeps none */
  private async readGroup(node: GroupNode): Promise<boolean> {
    const { connectionId, chat } = node;
    const infos = this.branches.infos(connectionId);
    await infos.ensure([chat.group]);
    const info = infos.get(chat.group);
    if (keepsNothing(info)) return false;
    if (chat.topic === undefined && mayHaveTopics(info)) await this.branches.topics(node).pager.ensure();
    return true;
  }

  /** Reads the names of the groups among some nodes, so that they are shown with them at once. */
  private async named(nodes: readonly TreeNode[]): Promise<readonly TreeNode[]> {
    const groups = nodes.filter(isGroupNode);
    const [first] = groups;
    if (first !== undefined) {
      await this.branches.infos(first.connectionId).ensure(groups.map(({ chat }) => chat.group));
    }
    return nodes;
  }

  private parentOfConversation(node: ConversationNode): TreeNode {
    const { connectionId, chat, user } = node;
    if (chat.chat === 'group' && chat.topic !== undefined) {
      return this.conversationNode({ connectionId, chat: { chat: 'group', group: chat.group }, user });
    }
    if (chat.chat === 'c2c') return this.userNode(connectionId, chat.user);
    if (user !== undefined) return this.userNode(connectionId, user);
    const groups = this.nodes.groups(connectionId);
    return this.listing.holder(groups, this.listing.groupIds(groups).indexOf(chat.group));
  }
}
