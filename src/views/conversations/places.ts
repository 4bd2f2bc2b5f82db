import {
  chatOf,
  type C2cChat,
  type GroupAddress,
  type GroupChat,
  type MessageAddress,
} from '../../chat/address';
import type { Connection } from '../../connections/connection';
import { hasConversation } from '../../connections/additions';
import type { Day } from '../../ui/days';
import type { Listing } from './listing';
import type { NodeCache } from './nodes/nodeCache';
import {
  isGroupNode,
  type ConversationNode,
  type DayNode,
  type MessageNode,
  type TreeNode,
} from './nodes/nodes';
import type { Branches } from './reading/branches';
import type { TreeGroups } from './treeGroups';

/** Where a message or a day stands in the tree, which is read as far as that. */
export class Places {
  constructor(
    private readonly connection: (id: string) => Connection | undefined,
    private readonly nodes: NodeCache,
    private readonly branches: Branches,
    private readonly listing: Listing,
    private readonly groups: TreeGroups,
    private readonly onChange: (node: TreeNode) => void,
  ) {}

  /** Reads a day of a conversation out of order and gives its node, or undefined when nothing is there to show. */
  async goToDate(node: ConversationNode, day: Day): Promise<DayNode | undefined> {
    if (isGroupNode(node) && !(await this.groups.read(node))) return undefined;
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
    if (isGroupNode(node) && !(await this.groups.read(node))) return undefined;
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
    const branch = this.branches.user(this.nodes.user(connectionId, chat.user));
    await branch.pager.ensure();
    if (branch.contact(chat) !== undefined) return true;
    const connection = this.connection(connectionId);
    return connection !== undefined && hasConversation(connection, chat);
  }

  /** Where a group was shown, or would be below *Groups* once it is added there. */
  ofGroup(
    connectionId: string,
    address: GroupAddress,
  ): { readonly node: ConversationNode; readonly isShown: boolean } {
    const group: GroupChat = { chat: 'group', group: address.group };
    const below = this.nodes.placesOf(connectionId, group).find(({ user }) => user !== undefined);
    const isListed = this.listing.groupIds(this.nodes.groups(connectionId)).includes(address.group);
    const user = isListed ? undefined : below?.user;
    const node = this.nodes.conversation({ connectionId, chat: chatOf(address), user });
    return { node, isShown: isListed || below !== undefined };
  }
}
