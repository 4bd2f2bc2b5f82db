import type { GroupChat } from '../../chat/address';
import type { Connection } from '../../connections/connection';
import type { DayView } from './reading/conversationBranch';
import type { Branches } from './reading/branches';
import { keepsNothing } from './reading/groupsBranch';
import type { PagedListing } from './reading/pager';
import type { NodeCache } from './nodes/nodeCache';
import {
  isGroupNode,
  PART_SIZE,
  partCount,
  type ConnectionNode,
  type ConversationNode,
  type DayNode,
  type GroupsNode,
  type ParentNode,
  type RowNode,
  type TreeNode,
  type UserNode,
} from './nodes/nodes';

/** What stands around the items below a node, and where the last of them are. */
interface Shape {
  readonly around: string;
  /** The node below which reading goes on: the last day, or the node itself. */
  readonly last: ParentNode | undefined;
  readonly parts: number;
}

/** What stands below each node as far as it was read. Reads nothing. */
export class Listing {
  /** Conversations whose days were shown once: days that come later stand open. */
  private readonly listed = new Set<string>();
  private readonly joined = new Map<string, Record<'byHand' | 'loaded' | 'ids', readonly string[]>>();

  constructor(
    private readonly connection: (id: string) => Connection | undefined,
    private readonly nodes: NodeCache,
    private readonly branches: Branches,
  ) {}

  /** The items below a node or parts of them, and rows around them. */
  below(node: ParentNode): readonly TreeNode[] {
    if (isGroupNode(node) && keepsNothing(this.branches.infos(node.connectionId).get(node.chat.group))) {
      return [this.nodes.row(node, 'keepsNothing')];
    }
    const parts = partCount(this.count(node));
    const items =
      parts === 0
        ? this.items(node)
        : Array.from({ length: parts }, (_, index) => this.nodes.part(node, index * PART_SIZE));
    const before = this.before(node);
    const jumped =
      node.kind === 'conversation'
        ? this.branches.conversation(node).jumpedDays.map(({ day }) => this.nodes.day(node, day.id, true))
        : [];
    const pager = this.pagerOf(node);
    if (pager?.failure?.at === 'start') {
      return [this.nodes.row(node, 'retry', pager.failure.error), ...before, ...items, ...jumped];
    }
    const row = this.rowAfter(node, pager, before.length + items.length + jumped.length);
    return [...before, ...items, ...row, ...jumped];
  }

  /** The items from one position to another, the last one exclusive. */
  items(node: ParentNode, start = 0, end?: number): readonly TreeNode[] {
    const { connectionId } = node;
    switch (node.kind) {
      case 'connection':
        return this.userIds(node)
          .slice(start, end)
          .map((user) => this.nodes.user(connectionId, user));
      case 'groups':
        return this.groupIds(node)
          .slice(start, end)
          .map((group) => this.nodes.conversation({ connectionId, chat: { chat: 'group', group } }));
      case 'user':
        return this.chats(node)
          .slice(start, end)
          .map((chat) => this.nodes.conversation({ connectionId, chat, user: node.user }));
      case 'conversation': {
        const later = this.listed.has(node.id);
        return this.branches
          .conversation(node)
          .mainDays.slice(start, end)
          .map(({ day }, index) => this.nodes.day(node, day.id, later || start + index === 0));
      }
      case 'day':
        return (this.dayView(node)?.messages.slice(start, end) ?? []).map((message) =>
          this.nodes.message(node, message),
        );
    }
  }

  /** How many items stand below a node, rows, topics and days that were jumped to left out. */
  count(node: ParentNode): number {
    switch (node.kind) {
      case 'connection':
        return this.userIds(node).length;
      case 'groups':
        return this.groupIds(node).length;
      case 'user':
        return this.chats(node).length;
      case 'conversation':
        return this.branches.conversation(node).mainDays.length;
      case 'day':
        return this.dayView(node)?.messages.length ?? 0;
    }
  }

  /** What is known of a day. */
  dayView(node: DayNode): DayView | undefined {
    return this.branches.conversation(node).day(node.day);
  }

  /** The part below which a position stands, else the node itself. */
  holder(node: ParentNode, position: number): TreeNode {
    const parts = partCount(this.count(node));
    return parts === 0
      ? node
      : this.nodes.part(node, Math.floor(Math.max(position, 0) / PART_SIZE) * PART_SIZE);
  }

  /** The groups of a connection: those added by hand, then those of the app that were loaded. */
  groupIds({ connectionId }: GroupsNode): readonly string[] {
    const byHand = this.connection(connectionId)?.groups ?? [];
    const { loaded } = this.branches.groups(connectionId);
    if (byHand.length === 0) return loaded;
    // Each of a hundred parts asks for all of them, and putting them together takes its time.
    const known = this.joined.get(connectionId);
    if (known?.byHand === byHand && known.loaded === loaded) return known.ids;
    const ids = [...new Set([...byHand, ...loaded])];
    this.joined.set(connectionId, { byHand, loaded, ids });
    return ids;
  }

  /** Days of a conversation that come from now on stand open. */
  daysShown(node: ConversationNode): void {
    this.listed.add(node.id);
  }

  /** What reads on below a node. */
  pagerOf(node: ParentNode): PagedListing | undefined {
    switch (node.kind) {
      case 'connection':
      case 'groups':
        return undefined;
      case 'user':
        return this.branches.user(node).pager;
      case 'conversation':
        return this.branches.conversation(node);
      case 'day':
        return this.dayView(node)?.pager;
    }
  }

  /** What stands around the messages below a node, and the day that the newest read ones are in. */
  shape(node: ParentNode): Shape {
    const pager = this.pagerOf(node);
    const rows = [pager?.done, pager?.failure?.at, pager?.failure?.error];
    if (node.kind !== 'conversation') {
      const last = node.kind === 'day' ? node : undefined;
      return { around: rows.join(), last, parts: partCount(this.count(node)) };
    }
    const branch = this.branches.conversation(node);
    const lastDay = branch.mainDays.at(-1);
    const last = lastDay && this.nodes.day(node, lastDay.day.id, true);
    return {
      around: [
        ...rows,
        branch.unreadable.length,
        ...branch.mainDays.map(({ day }) => day.id),
        // *Load more* stands here: a day that reading on has reached moves to the other side of it.
        'then',
        ...branch.jumpedDays.map(({ day }) => day.id),
      ].join(),
      last,
      parts: last === undefined ? 0 : partCount(this.count(last)),
    };
  }

  /** What stands above the items: the groups of a connection, topics, messages that cannot be read. */
  private before(node: ParentNode): readonly TreeNode[] {
    switch (node.kind) {
      case 'connection':
        return [this.nodes.groups(node.connectionId)];
      case 'conversation': {
        const odd = this.branches.conversation(node).unreadable;
        return [...this.topics(node), ...odd.map((item) => this.nodes.unreadable(node, item))];
      }
      default:
        return [];
    }
  }

  /** Reading goes on here, or failed, or there is nothing at all. */
  private rowAfter(node: ParentNode, pager: PagedListing | undefined, count: number): RowNode[] {
    if (pager?.failure !== undefined) return [this.nodes.row(node, 'retry', pager.failure.error)];
    if (pager?.done === false) return [this.nodes.row(node, 'loadMore')];
    switch (node.kind) {
      case 'connection':
        return this.count(node) === 0 ? [this.nodes.row(node, 'empty')] : [];
      case 'groups':
        return [
          ...(count === 0 ? [this.nodes.row(node, 'empty')] : []),
          ...(this.branches.groups(node.connectionId).done ? [] : [this.nodes.row(node, 'loadGroups')]),
        ];
      default:
        return count === 0 ? [this.nodes.row(node, 'empty')] : [];
    }
  }

  private topics(node: ConversationNode): readonly TreeNode[] {
    if (!isGroupNode(node) || node.chat.topic !== undefined) return [];
    const { connectionId, user } = node;
    const { pager } = this.branches.topics(node);
    const topics = pager.items.map(({ id }) => {
      const chat: GroupChat = { chat: 'group', group: node.chat.group, topic: id };
      return this.nodes.conversation({ connectionId, chat, user });
    });
    return pager.failure === undefined
      ? topics
      : [this.nodes.row(node, 'retryTopics', pager.failure.error), ...topics];
  }

  private userIds({ connectionId }: ConnectionNode): string[] {
    const connection = this.connection(connectionId);
    return [...new Set([...(connection?.users ?? []), ...(connection?.met ?? [])])];
  }

  private chats(node: UserNode): ConversationNode['chat'][] {
    const byHand = this.connection(node.connectionId)?.conversations ?? [];
    const listed = this.branches.user(node).contacts.map(({ chat }) => chat);
    const known = new Set(listed.flatMap((chat) => (chat.chat === 'c2c' ? chat.peer : [])));
    const { user } = node;
    const added = new Set(
      byHand.flatMap((one) => (one.user === user && !known.has(one.peer) ? one.peer : [])),
    );
    return [...listed, ...[...added].map((peer) => ({ chat: 'c2c', user, peer }) as const)];
  }
}
