import type { GroupChat } from '../../chat/address';
import type { GroupInfo } from '../../chat/client';
import type { Listing } from './listing';
import type { NodeCache } from './nodes/nodeCache';
import { isGroupNode, type GroupNode, type GroupsNode, type TreeNode } from './nodes/nodes';
import type { Branches } from './reading/branches';
import { keepsNothing, mayHaveTopics } from './reading/groupsBranch';

/** What the tree knows of groups besides their messages, and what has to be read of it before anything is shown. */
export class TreeGroups {
  constructor(
    private readonly nodes: NodeCache,
    private readonly branches: Branches,
    private readonly listing: Listing,
    private readonly onChange: (node: TreeNode) => void,
  ) {}

  /** What is known of one. */
  info(connectionId: string, groupId: string): GroupInfo | undefined {
    return this.branches.infos(connectionId).get(groupId);
  }

  /** What a topic is called, once the topics of its community were read. */
  topicName(connectionId: string, { group, topic }: GroupChat): string | undefined {
    if (topic === undefined) return undefined;
    return this.branches.topics({ connectionId, chat: { chat: 'group', group } }).name(topic);
  }

  /** A group or a topic with names in the place of ids; undefined while nobody asked for them, and where it has none. */
  named(connectionId: string, chat: GroupChat): GroupChat | undefined {
    const [group, topic] = [
      this.info(connectionId, chat.group)?.name,
      this.topicName(connectionId, chat),
    ].map((name) => (name === '' ? undefined : name));
    if (group === undefined && topic === undefined) return undefined;
    return { ...chat, group: group ?? chat.group, ...(topic !== undefined && { topic }) };
  }

  /** How many groups of the app are shown, and whether they are all. */
  count(node: GroupsNode): { readonly count: number; readonly complete: boolean } {
    return { count: this.listing.count(node), complete: this.branches.groups(node.connectionId).done };
  }

  /**
   * Loads the groups of an app; those that came are shown also when it is stopped or fails.
   *
   * @param onPage told how many have come, and how many there are
   */
  async load(
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

  /** Reads what has to be known of a group before its messages. @returns false when it keeps none */
  async read(node: GroupNode): Promise<boolean> {
    const { connectionId, chat } = node;
    const infos = this.branches.infos(connectionId);
    await infos.ensure([chat.group]);
    const info = infos.get(chat.group);
    if (keepsNothing(info)) return false;
    if (chat.topic === undefined && mayHaveTopics(info)) await this.branches.topics(node).pager.ensure();
    return true;
  }

  /** Reads the names of the groups among some nodes, so that they are shown with them at once. */
  async withNames(nodes: readonly TreeNode[]): Promise<readonly TreeNode[]> {
    const groups = nodes.filter(isGroupNode);
    const [first] = groups;
    if (first !== undefined) {
      await this.branches.infos(first.connectionId).ensure(groups.map(({ chat }) => chat.group));
    }
    return nodes;
  }
}
