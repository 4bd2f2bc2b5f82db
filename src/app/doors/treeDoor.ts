import * as vscode from 'vscode';
import type { Log } from '../../ui/log';
import { sayInView } from '../../ui/titles';
import { RoomError, tellRoomError, type Entrance } from '../../ui/room';

/** A view that is there from the extension's first moment on; what fills it is loaded when it is first looked at. */
export class TreeDoor<Node> implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly view: vscode.TreeView<Node>;
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  private listening: vscode.Disposable | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    id: string,
    private readonly room: Entrance<vscode.TreeDataProvider<Node>>,
    private readonly log: Log,
    options: Pick<vscode.TreeViewOptions<Node>, 'showCollapseAll' | 'canSelectMany'> = {},
  ) {
    room.whenMade((tree) => {
      // Nodes of this tree only: that is what it fills.
      this.listening = tree.onDidChangeTreeData?.((node) => this.changed.fire(node as Node | undefined));
    });
    this.view = vscode.window.createTreeView(id, { ...options, treeDataProvider: this });
  }

  async getChildren(node?: Node): Promise<Node[]> {
    try {
      const tree = await this.room.load();
      sayInView(this.view, '');
      return (await tree.getChildren(node)) ?? [];
    } catch (error) {
      if (!RoomError.is(error)) throw error;
      sayInView(this.view, error.message);
      tellRoomError(error, this.log, () => this.changed.fire(undefined));
      return [];
    }
  }

  async getTreeItem(node: Node): Promise<vscode.TreeItem> {
    return (await this.room.load()).getTreeItem(node);
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: Node,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem | undefined> {
    const tree = await this.room.load();
    return (await tree.resolveTreeItem?.(item, node, token)) ?? item;
  }

  async getParent(node: Node): Promise<Node | undefined> {
    return (await (await this.room.load()).getParent?.(node)) ?? undefined;
  }

  dispose(): void {
    this.view.dispose();
    this.listening?.dispose();
    this.changed.dispose();
  }
}
