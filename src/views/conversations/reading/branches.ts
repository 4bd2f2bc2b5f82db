import {
  addressKey,
  sideKey,
  sidesOf,
  type ChatAddress,
  type GroupChat,
  type MessageRef,
} from '../../../chat/address';
import type { ChatMessage } from '../../../chat/chatMessage';
import { nodeId } from '../nodes/nodeCache';
import type { TreeNode, UserNode } from '../nodes/nodes';
import { ConversationBranch, type HistorySource } from './conversationBranch';
import { GroupInfos } from './groupInfos';
import { GroupsBranch, type GroupSource } from './groupsBranch';
import { TopicsBranch } from './topics';
import { UserBranch, type ContactSource } from './userBranch';

/** What the tree asks a connection's client for. */
export type TreeSource = HistorySource & ContactSource & GroupSource;

/** Gives the client of a connection; it may have to be made first, and that may fail. */
export type ClientOf = (connectionId: string, signal: AbortSignal) => Promise<TreeSource>;

interface Branch {
  invalidate(): void;
  dispose(): void;
}

/** A branch and whose it is: `user` of a list and of what two users wrote, `chat` of a conversation. */
interface Kept<B extends Branch> {
  readonly connectionId: string;
  readonly user?: string;
  readonly chat?: ChatAddress;
  readonly branch: B;
}

/**
 * What was read of users, conversations and groups. Made when first asked for. A group is read once, wherever in the
 * tree it stands.
 */
export class Branches {
  private readonly users = new Map<string, Kept<UserBranch>>();
  private readonly conversations = new Map<string, Kept<ConversationBranch>>();
  private readonly topicLists = new Map<string, Kept<TopicsBranch>>();
  private readonly groupLists = new Map<string, Kept<GroupsBranch>>();
  private readonly groupInfos = new Map<string, Kept<GroupInfos>>();

  /** @param onError told of what failed without anybody having to do something about it. */
  constructor(
    private readonly clientOf: ClientOf,
    private readonly onError: (error: unknown) => void,
  ) {}

  user({ id, connectionId, user }: Omit<UserNode, 'kind'>): UserBranch {
    return kept(this.users, id, () => ({
      connectionId,
      user,
      branch: new UserBranch(this.source(connectionId), user, this.infos(connectionId)),
    }));
  }

  conversation({ connectionId, chat }: { connectionId: string; chat: ChatAddress }): ConversationBranch {
    return kept(this.conversations, nodeId(connectionId, sideKey(chat)), () => ({
      connectionId,
      ...(chat.chat === 'c2c' && { user: chat.user }),
      chat,
      branch: new ConversationBranch(this.source(connectionId), chat),
    }));
  }

  /** The topics of a community. */
  topics({ connectionId, chat }: { connectionId: string; chat: GroupChat }): TopicsBranch {
    return kept(this.topicLists, nodeId(connectionId, sideKey(chat)), () => ({
      connectionId,
      chat,
      branch: new TopicsBranch(this.source(connectionId), chat.group, this.infos(connectionId)),
    }));
  }

  /** The groups of an app. */
  groups(connectionId: string): GroupsBranch {
    return kept(this.groupLists, connectionId, () => ({
      connectionId,
      branch: new GroupsBranch(this.source(connectionId)),
    }));
  }

  /** What is known of the groups of an app. */
  infos(connectionId: string): GroupInfos {
    return kept(this.groupInfos, connectionId, () => ({
      connectionId,
      branch: new GroupInfos(this.source(connectionId), this.onError),
    }));
  }

  /** Puts a newer version of a message wherever it was read. @returns the conversations that have it */
  replaceMessage(connectionId: string, message: ChatMessage): ChatAddress[] {
    return sidesOf(message.address).filter((side) =>
      this.conversations.get(nodeId(connectionId, sideKey(side)))?.branch.replace(message),
    );
  }

  /** Shows a message that is new in a conversation. @returns false when that has to be read */
  addMessage(connectionId: string, chat: ChatAddress, message: ChatMessage): boolean {
    return this.conversations.get(nodeId(connectionId, sideKey(chat)))?.branch.add(message) === true;
  }

  /** A message as it was read, of two users from either side. */
  message({ connectionId, address }: MessageRef): ChatMessage | undefined {
    for (const side of sidesOf(address)) {
      const read = this.conversations.get(nodeId(connectionId, sideKey(side)))?.branch;
      const found = read?.message(address);
      if (found) return found;
    }
    return undefined;
  }

  /** All messages of a connection as they were read; one that was read from both its sides stands there once. */
  messages(connectionId: string): ChatMessage[] {
    const found = new Map<string, ChatMessage>();
    for (const entry of this.conversations.values()) {
      if (entry.connectionId !== connectionId) continue;
      const { mainDays, jumpedDays } = entry.branch;
      for (const { messages } of [...mainDays, ...jumpedDays])
        for (const message of messages) found.set(addressKey(message.address), message);
    }
    return [...found.values()];
  }

  /** Makes what stands below `node`, or everything, be read anew when it is next needed. */
  invalidate(node: TreeNode | undefined): void {
    const listed = node?.kind === 'user' ? this.users.get(node.id)?.branch.contacts : undefined;
    const groups = new Set(listed?.flatMap(({ chat }) => (chat.chat === 'group' ? chat.group : [])));
    for (const [, entry] of this.all()) if (standsBelow(entry, node, groups)) entry.branch.invalidate();
  }

  /** Forgets what belongs to connections that are gone. */
  keepOnly(connectionIds: ReadonlySet<string>): void {
    for (const [forget, { connectionId, branch }] of this.all()) {
      if (connectionIds.has(connectionId)) continue;
      branch.dispose();
      forget();
    }
  }

  dispose(): void {
    for (const [, { branch }] of this.all()) branch.dispose();
  }

  private source(connectionId: string): (signal: AbortSignal) => Promise<TreeSource> {
    return (signal) => this.clientOf(connectionId, signal);
  }

  private all(): [forget: () => void, Kept<Branch>][] {
    const maps: readonly Map<string, Kept<Branch>>[] = [
      this.users,
      this.conversations,
      this.topicLists,
      this.groupLists,
      this.groupInfos,
    ];
    return maps.flatMap((map) =>
      [...map].map(([key, entry]): [() => void, Kept<Branch>] => [() => map.delete(key), entry]),
    );
  }
}

function kept<B extends Branch>(map: Map<string, Kept<B>>, key: string, make: () => Kept<B>): B {
  const existing = map.get(key);
  if (existing !== undefined) return existing.branch;
  const entry = make();
  map.set(key, entry);
  return entry.branch;
}

/**
 * Whether what was read stands below a node.
 *
 * @param listed the groups in a user's list
 */
function standsBelow(entry: Kept<Branch>, node: TreeNode | undefined, listed: ReadonlySet<string>): boolean {
  if (node === undefined) return true;
  if (entry.connectionId !== node.connectionId) return false;
  const { chat } = entry;
  switch (node.kind) {
    case 'connection':
      return true;
    case 'groups':
      return entry.user === undefined;
    case 'user':
      if (chat?.chat === 'group') return listed.has(chat.group);
      return entry.user === node.user || entry.branch instanceof GroupInfos;
    case 'conversation': {
      if (chat === undefined) return node.chat.chat === 'group' && entry.branch instanceof GroupInfos;
      if (sideKey(chat) === sideKey(node.chat)) return true;
      return chat.chat === 'group' && node.chat.chat === 'group' && isTopicOf(chat, node.chat);
    }
    default:
      return false;
  }
}

function isTopicOf(topic: GroupChat, group: GroupChat): boolean {
  return topic.group === group.group && group.topic === undefined;
}
