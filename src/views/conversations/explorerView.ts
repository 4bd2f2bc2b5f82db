import * as vscode from 'vscode';
import { viewIds } from '../../contributions/ids';
import type { ChatAddress, GroupChat, MessageRef } from '../../chat/address';
import type { ChatMessage } from '../../chat/chatMessage';
import { onNewDay } from '../../message/newDay';
import { withConversation, withGroup, withMet, withUser } from '../../connections/additions';
import { isSandbox } from '../../connections/connection';
import type { Connections } from '../../connections/connections';
import type { Log } from '../../ui/log';
import { withProgressIn } from '../../ui/progress';
import type { Notices } from '../../ui/notices';
import { chatText } from '../../ui/addressTexts';
import { dayOf, type Day } from '../../ui/days';
import { ExplorerModel } from './explorerModel';
import type { MessageNews } from './news';
import type { ConversationNode, DayNode, MessageNode, RowNode, TreeNode, Viewpoint } from './nodes/nodes';
import { RawDocuments } from './looks/rawDocuments';
import { TreeItems } from './looks/treeItems';
import { revealRow } from './revealRow';

/** What the tree is made of. */
export interface ExplorerServices {
  readonly connections: Connections;
  readonly notices: Notices;
  readonly log: Log;
  /** Whether there is something to modify or to discard of a message. */
  readonly isChanged: (ref: MessageRef) => boolean;
}

/** The tree: connections → users and groups → conversations → days → messages. Reads nothing before it is looked at. */
export class ExplorerView implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeNode | undefined>();
  private readonly selected = new vscode.EventEmitter<MessageNode>();
  private readonly model: ExplorerModel;
  private readonly items: TreeItems;
  private readonly parts: readonly { dispose(): unknown }[];
  private moving: Promise<void> = Promise.resolve();

  readonly onDidChangeTreeData = this.changed.event;
  /** A person chose a message, which opens it. */
  readonly onDidSelectMessage = this.selected.event;

  constructor(
    private readonly services: ExplorerServices,
    private readonly view: vscode.TreeView<TreeNode>,
  ) {
    const { connections, notices, log } = services;
    this.model = new ExplorerModel(
      {
        list: () => connections.list(),
        get: (id) => connections.get(id),
        prepare: () => connections.prepare(),
        meet: (id, users) => connections.change(id, withMet(users)),
        // A tree that is looked at may start the sandbox, but never asks for a secret by itself.
        client: (id, signal) => connections.client(id, { startSandbox: true, signal }),
      },
      (node) => this.changed.fire(node),
      (error) => log.error(error, 'tree'),
    );
    const raws = new RawDocuments();
    this.items = new TreeItems(
      this.model,
      (id) => connections.get(id),
      () => connections.sandbox.configured === undefined,
      services.isChanged,
      { errorText: (error) => notices.message(error), rawUri: (raw) => raws.uri(raw) },
    );
    this.parts = [
      raws,
      this.changed,
      this.selected,
      this.model,
      // Days have other names then, and conversations other times; nothing is read for that.
      { dispose: onNewDay(() => this.changed.fire(undefined)) },
      this.view.onDidChangeSelection(() => {
        const node = this.selectedMessage;
        if (node) this.selected.fire(node);
      }),
      connections.onDidChange(({ id, what }) => {
        if (what === 'list' || id === undefined) this.model.connectionsChanged();
        else if (what === 'users') this.model.usersChanged(id);
        else this.model.refresh(this.model.connectionNode(id));
      }),
    ];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return this.items.item(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    return this.items.resolve(item, node);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    return [...(await this.model.children(node))];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.model.parent(node);
  }

  /** Reads a node, or everything, anew; what is there stays until that has succeeded. */
  refresh(node?: TreeNode): void {
    const { connections } = this.services;
    // A sandbox may have been started anew meanwhile, elsewhere and with another key.
    for (const { id } of connections.list().filter(isSandbox)) {
      if (node === undefined || node.connectionId === id) connections.signAgain(id);
    }
    this.model.refresh(node);
  }

  /** The node with this id, if the tree has it. */
  node(id: string): TreeNode | undefined {
    return this.model.node(id);
  }

  /** What a group or a topic is called, as far as the tree knows. */
  nameOf(connectionId: string, chat: GroupChat): string | undefined {
    const named = this.model.groups.named(connectionId, chat);
    return named && chatText(named);
  }

  /** Shows more, or tries again, below the parent of a row. */
  async more(row: RowNode): Promise<void> {
    await this.busy(() => this.model.more(row));
  }

  /** Opens a day of a conversation and puts the focus on it. @returns undefined when nothing is there to show */
  async goToDate(at: Viewpoint, day: Day): Promise<DayNode | undefined> {
    const conversation = this.model.conversationNode(at);
    const node = await this.busy(() => this.model.places.goToDate(conversation, day));
    if (node !== undefined) await this.focus(node);
    return node;
  }

  /** Puts the focus on a connection or a user and opens it. */
  async reveal(connectionId: string, user?: string): Promise<void> {
    await this.focus(
      user === undefined ? this.model.connectionNode(connectionId) : this.model.userNode(connectionId, user),
    );
  }

  /** Puts the focus on a conversation, a group or a topic and opens it. */
  async revealConversation(view: Viewpoint): Promise<void> {
    await this.focus(this.model.conversationNode(view));
  }

  /**
   * Puts the focus on a message, whose conversation is added to the tree where it lacks.
   *
   * @param time Unix seconds: on its day it is looked for
   * @returns false when that day does not show it; then the focus is on its conversation
   */
  async revealMessage(ref: MessageRef, time: number, signal: AbortSignal): Promise<boolean> {
    const conversation = await this.placeOf(ref);
    const node = await this.busy(() =>
      this.model.places.find(conversation, ref.address, { day: dayOf(time), signal }),
    );
    await this.focus(node ?? conversation);
    return node !== undefined;
  }

  /** Puts the focus on the groups of a connection and opens them. */
  async revealGroups(connectionId: string): Promise<void> {
    await this.focus(this.model.groupsNode(connectionId));
  }

  /**
   * Loads the groups of an app; those that came are shown also when it is stopped or fails.
   *
   * @param onPage told how many have come, and how many there are
   */
  loadGroups(
    connectionId: string,
    signal: AbortSignal,
    onPage: (count: number, total: number) => void,
  ): Promise<void> {
    return this.model.groups.load(connectionId, signal, onPage);
  }

  /** Shows that conversations have a message more, without reading them where it is known which. */
  arrived(connectionId: string, chats: readonly ChatAddress[], message?: ChatMessage): void {
    this.model.news.arrived(connectionId, chats, message);
  }

  /** Shows what was learned of a message since it was read, for instance that it was modified or recalled. */
  learned(ref: MessageRef, news: MessageNews): void {
    this.model.news.learned(ref, news);
  }

  /** A message as the tree shows it; undefined for one that it never showed. */
  shownMessage(ref: MessageRef): ChatMessage | undefined {
    return this.model.shownMessage(ref);
  }

  /** The message whose row is selected, if it is the only one. */
  get selectedMessage(): MessageNode | undefined {
    const [node, ...more] = this.view.selection;
    return node?.kind === 'message' && more.length === 0 ? node : undefined;
  }

  /** All messages of a connection that the tree has read. */
  shownMessages(connectionId: string): ChatMessage[] {
    return this.model.shownMessages(connectionId);
  }

  /** Moves the focus by a row, one key after the other; a message that gets it is shown, as with Space. */
  moveFocus(direction: 'Down' | 'Up'): Promise<void> {
    const moved = this.moving.then(() => this.move(direction));
    this.moving = moved.catch(() => undefined);
    return moved;
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  /**
   * VS Code tells an extension what is selected, not what has the focus. So the row with the focus is selected for a
   * moment, which opens nothing: on a message it stays so, and any other is as it was.
   */
  private async move(direction: 'Down' | 'Up'): Promise<void> {
    const before = this.view.selection;
    await vscode.commands.executeCommand(`list.focus${direction}`);
    await vscode.commands.executeCommand('list.toggleSelection');
    const focused = this.view.selection.find((node) => !before.includes(node));
    await vscode.commands.executeCommand(
      focused?.kind === 'message' ? 'list.selectAndPreserveFocus' : 'list.toggleSelection',
    );
  }

  /** Where the conversation of a message stands: of two users below one who is known. */
  private async placeOf({ connectionId, address }: MessageRef): Promise<ConversationNode> {
    const { connections } = this.services;
    if (address.chat === 'group') {
      const { node, isShown } = this.model.places.ofGroup(connectionId, address);
      if (!isShown) await connections.change(connectionId, withGroup(address.group));
      return node;
    }
    const { users = [], met = [] } = connections.get(connectionId) ?? {};
    const { from, to } = address;
    const isKnown = (user: string): boolean => users.includes(user) || met.includes(user);
    const user = isKnown(to) && !isKnown(from) ? to : from;
    const chat = { chat: 'c2c', user, peer: user === from ? to : from } as const;
    if (!isKnown(user)) await connections.change(connectionId, withUser(user));
    if (!(await this.model.places.hasConversation(connectionId, chat)))
      await connections.change(connectionId, withConversation(chat));
    return this.model.conversationNode({ connectionId, chat });
  }

  private focus(node: TreeNode): Promise<void> {
    return revealRow(this.view, node);
  }

  private async busy<T>(task: () => Promise<T>): Promise<T> {
    return withProgressIn(viewIds.explorer, task);
  }
}
