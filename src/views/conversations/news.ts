import type { ChatAddress, MessageRef } from '../../chat/address';
import type { ChatMessage } from '../../chat/chatMessage';
import { sameContent } from '../../message/changes';
import type { NodeCache } from './nodes/nodeCache';
import type { TreeNode } from './nodes/nodes';
import type { Branches } from './reading/branches';

/** What is known of a message since it was read. */
export interface MessageNews extends Partial<Pick<ChatMessage, 'content' | 'flags'>> {
  /** There is something to modify or to discard of it and there was not, or the other way round. */
  readonly remarked?: boolean;
}

/** What others than the tree's own reading tell of messages, put where they stand in it. */
export class News {
  /**
   * @param usersOf those whom a connection has
   * @param onChange told whose looks or children changed
   * @param refresh reads a node anew
   */
  constructor(
    private readonly usersOf: (connectionId: string) => readonly string[],
    private readonly nodes: NodeCache,
    private readonly branches: Branches,
    private readonly onChange: (node: TreeNode) => void,
    private readonly refresh: (node: TreeNode) => void,
  ) {}

  /** Shows a newer version of a message wherever it stands. */
  update(connectionId: string, message: ChatMessage): void {
    for (const chat of this.branches.replaceMessage(connectionId, message)) {
      for (const place of this.nodes.placesOf(connectionId, chat)) {
        this.onChange(this.nodes.message(place, message));
      }
    }
  }

  /** Shows what was learned of a message since it was read, wherever it stands. */
  learned(ref: MessageRef, { content, flags, remarked = false }: MessageNews): void {
    const shown = this.branches.message(ref);
    if (!shown) return;
    const message = { ...shown, content: content ?? shown.content, flags: flags ?? shown.flags };
    const same = message.flags === shown.flags && sameContent(message.content, shown.content);
    if (same && !remarked) return;
    this.update(ref.connectionId, message);
  }

  /**
   * Shows that conversations have a message more. Where it is known it is put in its place; else they are read anew, and so
   * are the lists of users that they do not stand in yet.
   */
  arrived(connectionId: string, chats: readonly ChatAddress[], message?: ChatMessage): void {
    const users = new Set(this.usersOf(connectionId));
    for (const chat of chats) {
      const places = this.nodes.placesOf(connectionId, chat);
      const isKnown = message !== undefined && this.branches.addMessage(connectionId, chat, message);
      for (const place of places) {
        if (isKnown) this.onChange(place);
        else this.refresh(place);
      }
      if (places.length === 0 && chat.chat === 'c2c' && users.has(chat.user))
        this.refresh(this.nodes.user(connectionId, chat.user));
    }
  }
}
