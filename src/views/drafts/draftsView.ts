import * as vscode from 'vscode';
import { asCommand } from '../../contributions/command';
import { commands } from '../../contributions/commands';
import type { Connections } from '../../connections/connections';
import { environmentName } from '../../connections/names';
import { conditionText, type Draft, type DraftCondition, type DraftList } from '../../documents/draftList';
import { refKey } from '../../chat/address';
import { plainRow } from '../../ui/rows';
import { addressText, keyText } from '../../ui/addressTexts';

/** Lists every draft of every connection, with a badge that counts them. */
export class DraftsView implements vscode.TreeDataProvider<Draft>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly list: DraftList,
    private readonly connections: Connections,
    private readonly view: vscode.TreeView<Draft>,
  ) {
    this.subscriptions = [
      this.changed,
      list.onDidChange(() => this.refreshSoon()),
      connections.onDidChange(() => this.refreshSoon()),
    ];
  }

  async getChildren(node?: Draft): Promise<Draft[]> {
    if (node) return [];
    const drafts = await this.list.all();
    this.view.badge =
      drafts.length === 0
        ? undefined
        : {
            value: drafts.length,
            tooltip: vscode.l10n.t('Drafts not yet on the service: {0}', drafts.length),
          };
    return drafts;
  }

  getTreeItem({ ref, uri, condition, text }: Draft): vscode.TreeItem {
    const item = new vscode.TreeItem(addressText(ref.address));
    const connection = this.connections.get(ref.connectionId);
    item.id = refKey(ref);
    item.resourceUri = uri;
    item.description = text;
    item.iconPath = new vscode.ThemeIcon(icons[condition]);
    item.contextValue = `draft.${condition}`;
    item.tooltip = [
      conditionText(condition),
      connection
        ? `${connection.name} (${environmentName(connection.environment)})`
        : vscode.l10n.t('Its connection was removed; add it again to modify the message.'),
      keyText(ref.address),
    ].join('\n');
    item.command = asCommand(vscode.l10n.t('Show Changes'), commands.draftShow, { uri });
    item.accessibilityInformation = {
      label: `${addressText(ref.address)}, ${conditionText(condition)}, ${text}`,
    };
    return plainRow(item);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.changed.fire(undefined), 100);
  }
}

const icons: Readonly<Record<DraftCondition, string>> = {
  ready: 'edit',
  broken: 'error',
  unmerged: 'git-merge',
  conflict: 'git-merge',
  recalled: 'circle-slash',
  gone: 'circle-slash',
};
