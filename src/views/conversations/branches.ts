import { sidesOf, type MessageRef } from '../../chat/address';
import type { ChatMessage } from '../../chat/chatMessage';
import { ConversationBranch, type HistorySource } from './conversationBranch';
import { nodeId, type ConversationNode, type TreeNode, type UserNode } from './nodes';
import { UserBranch, type ContactSource } from './userBranch';

/** Gives the client of a connection; it may have to be made first, and that may fail. */
export type ClientOf = (connectionId: string, signal: AbortSignal) => Promise<HistorySource & ContactSource>;

/** Names a conversation and the side it is read from. */
export type Viewpoint = Pick<ConversationNode, 'connectionId' | 'operator' | 'peer'>;

/** What was read of users and conversations, by their nodes' ids. Made when first asked for. */
export class Branches {
  private readonly users = new Map<string, { connectionId: string; branch: UserBranch }>();
  private readonly conversations = new Map<string, { connectionId: string; branch: ConversationBranch }>();

  constructor(private readonly clientOf: ClientOf) {}

  user({ id, connectionId, user }: UserNode): UserBranch {
    const existing = this.users.get(id);
    if (existing !== undefined) return existing.branch;
    const branch = new UserBranch((signal) => this.clientOf(connectionId, signal), user);
    this.users.set(id, { connectionId, branch });
    return branch;
  }

  conversation({ connectionId, operator, peer }: Viewpoint): ConversationBranch {
    const id = nodeId(connectionId, operator, peer);
    const existing = this.conversations.get(id);
    if (existing !== undefined) return existing.branch;
    const branch = new ConversationBranch((signal) => this.clientOf(connectionId, signal), operator, peer);
    this.conversations.set(id, { connectionId, branch });
    return branch;
  }

  /** Puts a newer version of a message wherever it was read. @returns the viewpoints that have it */
  replaceMessage(connectionId: string, message: ChatMessage): Viewpoint[] {
    const views: Viewpoint[] = sidesOf(message.address).flatMap((side) =>
      side.chat === 'c2c' ? { connectionId, operator: side.user, peer: side.peer } : [],
    );
    return views.filter(({ operator, peer }) =>
      this.conversations.get(nodeId(connectionId, operator, peer))?.branch.replace(message),
    );
  }

  /** A message as it was read from either side. */
  message({ connectionId, address }: MessageRef): ChatMessage | undefined {
    for (const side of sidesOf(address)) {
      if (side.chat !== 'c2c') continue;
      const found = this.conversations
        .get(nodeId(connectionId, side.user, side.peer))
        ?.branch.message(address);
      if (found) return found;
    }
    return undefined;
  }

  /** Makes what stands below `node`, or everything, be read anew when it is next needed. */
  invalidate(node: TreeNode | undefined): void {
    for (const [id, { connectionId, branch }] of this.all()) {
      const below =
        node === undefined ||
        id === node.id ||
        (node.kind === 'connection' && connectionId === node.connectionId) ||
        (node.kind === 'user' && id.startsWith(`${node.id.slice(0, -1)},`));
      if (below) branch.invalidate();
    }
  }

  /** Forgets what belongs to connections that are gone. */
  keepOnly(connectionIds: ReadonlySet<string>): void {
    for (const [id, { connectionId, branch }] of this.all()) {
      if (connectionIds.has(connectionId)) continue;
      branch.dispose();
      this.users.delete(id);
      this.conversations.delete(id);
    }
  }

  dispose(): void {
    for (const [, { branch }] of this.all()) branch.dispose();
  }

  private all(): [string, { connectionId: string; branch: UserBranch | ConversationBranch }][] {
    return [...this.users, ...this.conversations];
  }
}
