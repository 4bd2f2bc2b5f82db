import { addressKey, type MessageAddress } from '../../chat/address';
import type { UnreadableMessage } from '../../chat/client';
import type { ChatMessage } from '../../chat/chatMessage';

/** A connection. */
export interface ConnectionNode {
  readonly kind: 'connection';
  readonly id: string;
  readonly connectionId: string;
}

/** A user of an app. */
export interface UserNode {
  readonly kind: 'user';
  readonly id: string;
  readonly connectionId: string;
  readonly user: string;
}

/** A conversation of `operator`, the user from whose viewpoint it is read, with `peer`. */
export interface ConversationNode {
  readonly kind: 'conversation';
  readonly id: string;
  readonly connectionId: string;
  readonly operator: string;
  readonly peer: string;
}

/** The messages of a conversation on one day. */
export interface DayNode {
  readonly kind: 'day';
  readonly id: string;
  readonly connectionId: string;
  readonly operator: string;
  readonly peer: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** Whether it stands open when it is first seen. */
  readonly open: boolean;
}

/** A message. It stays the same object when the message's content changes. */
export interface MessageNode {
  readonly kind: 'message';
  readonly id: string;
  readonly connectionId: string;
  readonly operator: string;
  readonly peer: string;
  message: ChatMessage;
}

/** A node whose children may be too many to stand below it at once. */
export type ParentNode = ConnectionNode | UserNode | ConversationNode | DayNode;

/** Some of the children of a node that has too many. */
export interface PartNode {
  readonly kind: 'part';
  readonly id: string;
  readonly connectionId: string;
  readonly parent: ParentNode;
  /** Position of its first child among all, from 0. */
  readonly start: number;
}

/**
 * A row that is no data: *Load more*, *Retry* with what went wrong, or what to do where nothing is. It belongs to
 * `parent`, undefined at the top.
 */
export interface RowNode {
  readonly kind: 'row';
  readonly id: string;
  readonly row: 'loadMore' | 'retry' | 'empty' | 'unreadable';
  readonly parent: ParentNode | undefined;
  readonly connectionId: string | undefined;
  /** What went wrong, of a *Retry*. */
  error?: unknown;
  /** The message that cannot be read. */
  readonly unreadable?: UnreadableMessage;
}

export type TreeNode = ParentNode | MessageNode | PartNode | RowNode;

/** An id from any texts, unique for their sequence. Half surrogate pairs and separators in them do no harm. */
export function nodeId(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts);
}

function messageId(connectionId: string, operator: string, peer: string, address: MessageAddress): string {
  return nodeId(connectionId, operator, peer, 'message', addressKey(address));
}

/** Children a node has at most; a longer list freezes VS Code for seconds at each refresh. */
export const MAX_CHILDREN = 2000;

/** Children of a part. Parts are cut from the start, so that a full one never changes when more come at the end. */
export const PART_SIZE = 1000;

/** How many parts so many children need; 0 when they can stand as they are, with room for a few rows. */
export function partCount(children: number): number {
  return children <= MAX_CHILDREN - 10 ? 0 : Math.ceil(children / PART_SIZE);
}

/** Makes nodes and keeps them: VS Code refreshes by object, so a node must be the same one every time. */
export class NodeCache {
  private readonly nodes = new Map<string, TreeNode>();

  connection(connectionId: string): ConnectionNode {
    return this.keep(nodeId(connectionId), 'connection', (id) => ({ kind: 'connection', id, connectionId }));
  }

  user(connectionId: string, user: string): UserNode {
    return this.keep(nodeId(connectionId, user), 'user', (id) => ({ kind: 'user', id, connectionId, user }));
  }

  conversation(connectionId: string, operator: string, peer: string): ConversationNode {
    return this.keep(nodeId(connectionId, operator, peer), 'conversation', (id) => ({
      kind: 'conversation',
      id,
      connectionId,
      operator,
      peer,
    }));
  }

  /** @param open counts only when the day is seen for the first time. */
  day({ connectionId, operator, peer }: Viewpoint, day: string, open: boolean): DayNode {
    return this.keep(nodeId(connectionId, operator, peer, day), 'day', (id) => ({
      kind: 'day',
      id,
      connectionId,
      operator,
      peer,
      day,
      open,
    }));
  }

  message({ connectionId, operator, peer }: Viewpoint, message: ChatMessage): MessageNode {
    const node = this.keep(messageId(connectionId, operator, peer, message.address), 'message', (id) => ({
      kind: 'message',
      id,
      connectionId,
      operator,
      peer,
      message,
    }));
    node.message = message;
    return node;
  }

  /** A message as it was last read for this conversation. */
  knownMessage(
    { connectionId, operator, peer }: Viewpoint,
    address: MessageAddress,
  ): ChatMessage | undefined {
    const node = this.nodes.get(messageId(connectionId, operator, peer, address));
    return node?.kind === 'message' ? node.message : undefined;
  }

  part(parent: ParentNode, start: number): PartNode {
    const { connectionId } = parent;
    return this.keep(nodeId(parent.id, 'part', start), 'part', (id) => ({
      kind: 'part',
      id,
      connectionId,
      parent,
      start,
    }));
  }

  row(parent: ParentNode | undefined, row: RowNode['row'], error?: unknown): RowNode {
    const node = this.keep(nodeId(parent?.id ?? '', 'row', row), 'row', (id) => ({
      kind: 'row',
      id,
      row,
      parent,
      connectionId: parent?.connectionId,
    }));
    node.error = error;
    return node;
  }

  /** The node with this id; undefined for one that is not known. */
  get(id: string): TreeNode | undefined {
    return this.nodes.get(id);
  }

  /** A message below a conversation that cannot be read. */
  unreadable(parent: ConversationNode, unreadable: UnreadableMessage): RowNode {
    return this.keep(nodeId(parent.id, 'row', 'unreadable', unreadable.raw), 'row', (id) => ({
      ...{ kind: 'row', id, row: 'unreadable', parent, connectionId: parent.connectionId, unreadable },
    }));
  }

  /** Forgets the nodes of connections that are gone. */
  forgetConnections(keep: (connectionId: string) => boolean): void {
    for (const [id, node] of this.nodes) {
      if (node.connectionId !== undefined && !keep(node.connectionId)) this.nodes.delete(id);
    }
  }

  private keep<Kind extends TreeNode['kind']>(
    id: string,
    kind: Kind,
    make: (id: string) => NodeOf<Kind>,
  ): NodeOf<Kind> {
    const existing = this.nodes.get(id);
    // Ids of two kinds never meet: they differ in length or hold a word that only one kind has.
    if (existing?.kind === kind) return existing as NodeOf<Kind>;
    const node = make(id);
    this.nodes.set(id, node);
    return node;
  }
}

type NodeOf<Kind extends TreeNode['kind']> = Extract<TreeNode, { kind: Kind }>;
/** A conversation as one of its users sees it. */
export type Viewpoint = Pick<ConversationNode, 'connectionId' | 'operator' | 'peer'>;
