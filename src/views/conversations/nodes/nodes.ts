import type { ChatAddress, GroupChat } from '../../../chat/address';
import type { UnreadableMessage } from '../../../chat/client';
import type { ChatMessage } from '../../../chat/chatMessage';

/** A connection. */
export interface ConnectionNode {
  readonly kind: 'connection';
  readonly id: string;
  readonly connectionId: string;
}

/** The groups of a connection: those added by hand, and those of the app once they were asked for. */
export interface GroupsNode {
  readonly kind: 'groups';
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

/** Where a conversation stands in the tree. A group stands below each user whose list it is in, and below *Groups*. */
export interface Viewpoint {
  readonly connectionId: string;
  readonly chat: ChatAddress;
  /** The user below whom it stands; of two users that is the one from whose viewpoint it is read. */
  readonly user?: string | undefined;
}

/** A conversation: of two users as one of them sees it, or a group or one of its topics. */
export interface ConversationNode extends Viewpoint {
  readonly kind: 'conversation';
  readonly id: string;
}

/** The node of a group or of a topic. */
export type GroupNode = ConversationNode & { readonly chat: GroupChat };

/** The messages of a conversation on one day. */
export interface DayNode extends Viewpoint {
  readonly kind: 'day';
  readonly id: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** Whether it stands open when it is first seen. */
  readonly open: boolean;
}

/** A message. It stays the same object when the message's content changes. */
export interface MessageNode extends Viewpoint {
  readonly kind: 'message';
  readonly id: string;
  message: ChatMessage;
}

/** A node whose children may be too many to stand below it at once. */
export type ParentNode = ConnectionNode | GroupsNode | UserNode | ConversationNode | DayNode;

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
 * A row that is no data: *Load more*, *Retry* with what went wrong, what to do where nothing is, or why nothing can be
 * there. It belongs to `parent`, undefined at the top.
 */
export interface RowNode {
  readonly kind: 'row';
  readonly id: string;
  readonly row: 'loadMore' | 'loadGroups' | 'retry' | 'retryTopics' | 'empty' | 'keepsNothing' | 'unreadable';
  readonly parent: ParentNode | undefined;
  readonly connectionId: string | undefined;
  /** What went wrong, of a *Retry*. */
  error?: unknown;
  /** The message that cannot be read. */
  readonly unreadable?: UnreadableMessage;
}

export type TreeNode = ParentNode | MessageNode | PartNode | RowNode;

/** True for the node of a group or of a topic. */
export function isGroupNode(node: TreeNode): node is GroupNode {
  return node.kind === 'conversation' && node.chat.chat === 'group';
}

/** Children a node has at most; a longer list freezes VS Code for seconds at each refresh. */
export const MAX_CHILDREN = 2000;

/** Children of a part. Parts are cut from the start, so that a full one never changes when more come at the end. */
export const PART_SIZE = 1000;

/** How many parts so many children need; 0 when they can stand as they are, with room for a few rows. */
export function partCount(children: number): number {
  return children <= MAX_CHILDREN - 10 ? 0 : Math.ceil(children / PART_SIZE);
}
