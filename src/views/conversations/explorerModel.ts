import type { MessageRef } from '../../chat/address';
import type { ChatMessage } from '../../chat/chatMessage';
import type { Connection } from '../../connections/connection';
import { dayOf } from '../../ui/days';
import { Listing } from './listing';
import { News } from './news';
import { NodeCache } from './nodes/nodeCache';
import {
  isGroupNode,
  PART_SIZE,
  type ConnectionNode,
  type ConversationNode,
  type DayNode,
  type GroupsNode,
  type PartNode,
  type RowNode,
  type TreeNode,
  type UserNode,
  type Viewpoint,
} from './nodes/nodes';
import { Places } from './places';
import { Branches, type ClientOf } from './reading/branches';
import type { DayView } from './reading/conversationBranch';
import type { Contact } from './reading/userBranch';
import { TreeGroups } from './treeGroups';

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

/** The tree without its looks: which nodes there are, what stands below each, and how they are read. */
export class ExplorerModel {
  private readonly nodes = new NodeCache();
  private readonly branches: Branches;
  private readonly listing: Listing;
  private prepared: Promise<void> | undefined;

  readonly groups: TreeGroups;
  readonly places: Places;
  readonly news: News;

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
    const connection = (id: string): Connection | undefined => connections.get(id);
    const { nodes, branches } = this;
    this.listing = new Listing(connection, nodes, branches);
    this.groups = new TreeGroups(nodes, branches, this.listing, onChange);
    this.places = new Places(connection, nodes, branches, this.listing, this.groups, onChange);
    this.news = new News(
      (id) => connection(id)?.users ?? [],
      nodes,
      branches,
      onChange,
      (node) => this.refresh(node),
    );
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
        return this.groups.withNames(this.listing.below(node));
      }
      case 'conversation': {
        if (isGroupNode(node) && !(await this.groups.read(node))) return this.listing.below(node);
        await this.branches.conversation(node).ensure();
        const below = this.listing.below(node);
        this.listing.daysShown(node);
        return below;
      }
      case 'connection':
      case 'day':
        return this.listing.below(node);
      case 'groups':
        return this.groups.withNames(this.listing.below(node));
      case 'part':
        return this.groups.withNames(this.listing.items(node.parent, node.start, node.start + PART_SIZE));
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
