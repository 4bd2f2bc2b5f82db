import { addressKey, sideKey, type ChatAddress } from '../../../chat/address';
import type { ChatMessage } from '../../../chat/chatMessage';
import type { UnreadableMessage } from '../../../chat/client';
import type {
  ConnectionNode,
  ConversationNode,
  DayNode,
  GroupsNode,
  MessageNode,
  ParentNode,
  PartNode,
  RowNode,
  TreeNode,
  UserNode,
  Viewpoint,
} from './nodes';

type IdPart = string | number | readonly (string | null)[];

/** An id from any texts, unique for their sequence. Half surrogate pairs and separators in them do no harm. */
export function nodeId(...parts: readonly IdPart[]): string {
  return JSON.stringify(parts);
}

/**
 * What names a place of a conversation. Of a group it is one list of texts, so that none of two users is taken for it.
 */
function placeParts({ connectionId, chat, user }: Viewpoint): readonly IdPart[] {
  return chat.chat === 'c2c'
    ? [connectionId, chat.user, chat.peer]
    : [connectionId, [user ?? null, chat.group, chat.topic ?? null]];
}

function placeOf({ connectionId, chat, user }: Viewpoint): Viewpoint {
  const below = chat.chat === 'c2c' ? chat.user : user;
  return { connectionId, chat, ...(below !== undefined && { user: below }) };
}

/** Makes nodes and keeps them: VS Code refreshes by object, so a node must be the same one every time. */
export class NodeCache {
  private readonly nodes = new Map<string, TreeNode>();
  /** Where each conversation stands. */
  private readonly places = new Map<string, ConversationNode[]>();

  connection(connectionId: string): ConnectionNode {
    return this.keep(nodeId(connectionId), 'connection', (id) => ({ kind: 'connection', id, connectionId }));
  }

  groups(connectionId: string): GroupsNode {
    return this.keep(nodeId(connectionId, []), 'groups', (id) => ({ kind: 'groups', id, connectionId }));
  }

  user(connectionId: string, user: string): UserNode {
    return this.keep(nodeId(connectionId, user), 'user', (id) => ({ kind: 'user', id, connectionId, user }));
  }

  conversation(view: Viewpoint): ConversationNode {
    return this.keep(nodeId(...placeParts(view)), 'conversation', (id) => {
      const node: ConversationNode = { kind: 'conversation', id, ...placeOf(view) };
      const key = nodeId(view.connectionId, sideKey(view.chat));
      this.places.set(key, [...(this.places.get(key) ?? []), node]);
      return node;
    });
  }

  /** Where a conversation was shown. */
  placesOf(connectionId: string, chat: ChatAddress): readonly ConversationNode[] {
    return this.places.get(nodeId(connectionId, sideKey(chat))) ?? [];
  }

  /** @param open counts only when the day is seen for the first time. */
  day(view: Viewpoint, day: string, open: boolean): DayNode {
    return this.keep(nodeId(...placeParts(view), day), 'day', (id) => ({
      kind: 'day',
      id,
      ...placeOf(view),
      day,
      open,
    }));
  }

  message(view: Viewpoint, message: ChatMessage): MessageNode {
    const id = nodeId(...placeParts(view), 'message', addressKey(message.address));
    const node = this.keep(id, 'message', () => ({ kind: 'message', id, ...placeOf(view), message }));
    node.message = message;
    return node;
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

  /** A message below a conversation that cannot be read. */
  unreadable(parent: ConversationNode, unreadable: UnreadableMessage): RowNode {
    return this.keep(nodeId(parent.id, 'row', 'unreadable', unreadable.raw), 'row', (id) => ({
      ...{ kind: 'row', id, row: 'unreadable', parent, connectionId: parent.connectionId, unreadable },
    }));
  }

  /** The node with this id; undefined for one that is not known. */
  get(id: string): TreeNode | undefined {
    return this.nodes.get(id);
  }

  /** Forgets the nodes of connections that are gone. */
  forgetConnections(keep: (connectionId: string) => boolean): void {
    for (const [id, node] of this.nodes) {
      if (node.connectionId !== undefined && !keep(node.connectionId)) this.nodes.delete(id);
    }
    for (const [key, [first]] of this.places) {
      if (first !== undefined && !keep(first.connectionId)) this.places.delete(key);
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
