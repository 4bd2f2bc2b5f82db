import { sidesOf, type MessageRef } from '../../chat/address';
import type { ChatMessage } from '../../chat/chatMessage';
import { sameContent } from '../../message/changes';
import type { Connection } from '../../connections/connection';
import { Branches, type ClientOf } from './branches';
import type { DayView } from './conversationBranch';
import { dayOf, type Day } from '../../ui/days';
import {
  NodeCache,
  PART_SIZE,
  partCount,
  type ConnectionNode,
  type ConversationNode,
  type DayNode,
  type MessageNode,
  type ParentNode,
  type PartNode,
  type RowNode,
  type TreeNode,
  type UserNode,
} from './nodes';
import type { PagedListing } from './pager';
import type { Contact } from './userBranch';

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
  /** Conversations whose days were shown once: days that come later stand open. */
  private readonly listed = new Set<string>();
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
    this.branches = new Branches((id, signal) => connections.client(id, signal));
  }

  /** The children of a node, or the top of the tree. What cannot be read becomes a row with the error. */
  async children(node?: TreeNode): Promise<readonly TreeNode[]> {
    switch (node?.kind) {
      case undefined:
        return this.top();
      case 'user': {
        const { pager } = this.branches.user(node);
        await pager.ensure();
        const peers = pager.items.map(({ peer }) => peer);
        // Not waited for: that more users are known now is shown by itself.
        this.connections.meet(node.connectionId, peers).catch(this.onError);
        return this.below(node);
      }
      case 'conversation': {
        await this.branches.conversation(node).ensure();
        const below = this.below(node);
        this.listed.add(node.id);
        return below;
      }
      case 'connection':
      case 'day':
        return this.below(node);
      case 'part':
        return this.items(node.parent, node.start, node.start + PART_SIZE);
      case 'message':
      case 'row':
        return [];
    }
  }

  parent(node: TreeNode): TreeNode | undefined {
    switch (node.kind) {
      case 'connection':
        return undefined;
      case 'user':
        return this.connectionNode(node.connectionId);
      case 'conversation':
        return this.userNode(node.connectionId, node.operator);
      case 'day':
        return this.conversationNode(node.connectionId, node.operator, node.peer);
      case 'message': {
        const day = this.nodes.day(node, dayOf(node.message.time).id, true);
        const position = this.dayView(day)?.messages.indexOf(node.message) ?? -1;
        const parts = partCount(this.count(day));
        return parts === 0 ? day : this.nodes.part(day, Math.floor(position / PART_SIZE) * PART_SIZE);
      }
      case 'part':
      case 'row':
        return node.parent;
    }
  }

  /** What is known of a day. */
  dayView(node: DayNode): DayView | undefined {
    return this.branches.conversation(node).day(node.day);
  }

  /** Positions of the children of a part, from 0, the last one exclusive. */
  partRange({ parent, start }: PartNode): { start: number; end: number } {
    return { start, end: Math.min(start + PART_SIZE, this.count(parent)) };
  }

  /** True for the last of the parts below a node. */
  isLastPart({ parent, start }: PartNode): boolean {
    return start + PART_SIZE >= this.count(parent);
  }

  /** What the service's list says of a conversation; undefined for one that it does not have. */
  contact({ connectionId, operator, peer }: ConversationNode): Contact | undefined {
    return this.branches.user(this.userNode(connectionId, operator)).contact(peer);
  }

  /** Shows more below the parent of a *Load more*, or tries again below that of a *Retry*. */
  async more(row: RowNode): Promise<void> {
    const { parent } = row;
    const pager = parent && this.pagerOf(parent);
    if (parent === undefined || pager === undefined) {
      this.prepared = undefined;
      this.onChange(parent);
      return;
    }
    const before = this.shape(parent);
    await (row.row === 'retry' ? pager.retry() : pager.loadMore());
    const after = this.shape(parent);
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

  /** The users of a connection or its hand-added conversations changed. */
  usersChanged(connectionId: string): void {
    this.onChange(this.connectionNode(connectionId));
  }

  /** Reads a day of a conversation out of order and gives its node, or undefined when nothing is there to show. */
  async goToDate(node: ConversationNode, day: Day): Promise<DayNode | undefined> {
    const branch = this.branches.conversation(node);
    await branch.jump(day);
    this.listed.add(node.id);
    this.onChange(node);
    return branch.day(day.id) === undefined ? undefined : this.nodes.day(node, day.id, true);
  }

  /** Shows a newer version of a message wherever it stands, from either side. */
  updateMessage(connectionId: string, message: ChatMessage): void {
    for (const view of this.branches.replaceMessage(connectionId, message)) {
      this.onChange(this.nodes.message(view, message));
    }
  }

  /** The node with this id, if it was shown. */
  node(id: string): TreeNode | undefined {
    return this.nodes.get(id);
  }

  /** A message as the tree shows it, from either side; undefined for one that it never showed. */
  shownMessage({ connectionId, address }: MessageRef): ChatMessage | undefined {
    for (const side of sidesOf(address)) {
      if (side.chat !== 'c2c') continue;
      const view = { connectionId, operator: side.user, peer: side.peer };
      const message = this.nodes.knownMessage(view, address);
      if (message) return message;
    }
    return undefined;
  }

  /** Shows what was learned of a message since it was read, wherever it stands. */
  learned(ref: MessageRef, { content, flags }: Partial<Pick<ChatMessage, 'content' | 'flags'>>): void {
    const shown = this.branches.message(ref);
    if (!shown) return;
    const message = { ...shown, content: content ?? shown.content, flags: flags ?? shown.flags };
    if (message.flags === shown.flags && sameContent(message.content, shown.content)) return;
    this.updateMessage(ref.connectionId, message);
  }

  connectionNode(connectionId: string): ConnectionNode {
    return this.nodes.connection(connectionId);
  }

  userNode(connectionId: string, user: string): UserNode {
    return this.nodes.user(connectionId, user);
  }

  conversationNode(connectionId: string, operator: string, peer: string): ConversationNode {
    return this.nodes.conversation(connectionId, operator, peer);
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

  /** What stands below a node as far as it was read: its items or parts of them, and rows around them. */
  private below(node: ParentNode): readonly TreeNode[] {
    const parts = partCount(this.count(node));
    const items =
      parts === 0
        ? this.items(node)
        : Array.from({ length: parts }, (_, index) => this.nodes.part(node, index * PART_SIZE));
    const jumped =
      node.kind === 'conversation'
        ? this.branches.conversation(node).jumpedDays.map(({ day }) => this.nodes.day(node, day.id, true))
        : [];
    const odd =
      node.kind === 'conversation'
        ? this.branches.conversation(node).unreadable.map((item) => this.nodes.unreadable(node, item))
        : [];
    const pager = this.pagerOf(node);
    if (pager?.failure?.at === 'start') {
      return [this.nodes.row(node, 'retry', pager.failure.error), ...odd, ...items, ...jumped];
    }
    const row = this.rowAfter(node, pager, odd.length + items.length + jumped.length);
    return [...odd, ...items, ...(row === undefined ? [] : [row]), ...jumped];
  }

  private rowAfter(node: ParentNode, pager: PagedListing | undefined, count: number): RowNode | undefined {
    if (pager?.failure !== undefined) return this.nodes.row(node, 'retry', pager.failure.error);
    if (pager?.done === false) return this.nodes.row(node, 'loadMore');
    return count === 0 ? this.nodes.row(node, 'empty') : undefined;
  }

  /** How many items stand below a node, rows and days that were jumped to left out. */
  private count(node: ParentNode): number {
    switch (node.kind) {
      case 'connection':
        return this.userIds(node).length;
      case 'user':
        return this.peers(node).length;
      case 'conversation':
        return this.branches.conversation(node).mainDays.length;
      case 'day':
        return this.dayView(node)?.messages.length ?? 0;
    }
  }

  private items(node: ParentNode, start = 0, end?: number): readonly TreeNode[] {
    switch (node.kind) {
      case 'connection':
        return this.userIds(node)
          .slice(start, end)
          .map((user) => this.userNode(node.connectionId, user));
      case 'user':
        return this.peers(node)
          .slice(start, end)
          .map((peer) => this.conversationNode(node.connectionId, node.user, peer));
      case 'conversation': {
        const later = this.listed.has(node.id);
        return this.branches
          .conversation(node)
          .mainDays.slice(start, end)
          .map(({ day }, index) => this.nodes.day(node, day.id, later || start + index === 0));
      }
      case 'day':
        return (this.dayView(node)?.messages.slice(start, end) ?? []).map((message): MessageNode =>
          this.nodes.message(node, message),
        );
    }
  }

  private userIds({ connectionId }: ConnectionNode): string[] {
    const connection = this.connections.get(connectionId);
    return [...new Set([...(connection?.users ?? []), ...(connection?.met ?? [])])];
  }

  private peers(node: UserNode): string[] {
    const byHand = this.connections.get(node.connectionId)?.conversations ?? [];
    return [
      ...new Set([
        ...this.branches.user(node).contacts.map(({ peer }) => peer),
        ...byHand.filter(({ user }) => user === node.user).map(({ peer }) => peer),
      ]),
    ];
  }

  private pagerOf(node: ParentNode): PagedListing | undefined {
    switch (node.kind) {
      case 'connection':
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
  private shape(node: ParentNode): { around: string; last: DayNode | undefined; parts: number } {
    const pager = this.pagerOf(node);
    const rows = [pager?.done, pager?.failure?.at, pager?.failure?.error];
    if (node.kind !== 'conversation') {
      const last = node.kind === 'day' ? node : undefined;
      return { around: rows.join(), last, parts: partCount(this.count(node)) };
    }
    const days = this.branches.conversation(node).mainDays;
    const lastDay = days.at(-1);
    const last = lastDay && this.nodes.day(node, lastDay.day.id, true);
    return {
      around: [
        ...rows,
        this.branches.conversation(node).unreadable.length,
        ...days.map(({ day }) => day.id),
        // *Load more* stands here: a day that reading on has reached moves to the other side of it.
        'then',
        ...this.branches.conversation(node).jumpedDays.map(({ day }) => day.id),
      ].join(),
      last,
      parts: last === undefined ? 0 : partCount(this.count(last)),
    };
  }
}
