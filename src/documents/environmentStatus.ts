import * as vscode from 'vscode';
import { statusItemIds } from '../contributions/ids';
import { messageTarget } from './activeMessage';
import { StatusItem } from '../ui/statusBar';
import type { ConnectionFacts } from './messageFacts';

/** Says in the status bar which production app the active message belongs to. */
export class EnvironmentStatus implements vscode.Disposable {
  private readonly item = new StatusItem(statusItemIds.environment, 101);
  private readonly subscriptions: vscode.Disposable[];

  /** @param onDidChangeConnections tells that a connection came, went, or has another environment */
  constructor(
    private readonly connection: (id: string) => ConnectionFacts | undefined,
    onDidChangeConnections: vscode.Event<unknown>,
  ) {
    this.subscriptions = [
      onDidChangeConnections(() => this.update()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.update()),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.update()),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.item.dispose();
  }

  private update(): void {
    const id = messageTarget(undefined)?.ref?.connectionId;
    const connection = id === undefined ? undefined : this.connection(id);
    if (connection?.environment !== 'production') {
      this.item.hide();
      return;
    }
    this.item.show({
      name: vscode.l10n.t('Tencent Chat: Environment'),
      parts: [{ icon: 'warning', text: vscode.l10n.t('Production: {0}', connection.name) }],
      tooltip: vscode.l10n.t('This message belongs to an app in production. Modifying it asks every time.'),
      backgroundColor: new vscode.ThemeColor('statusBarItem.warningBackground'),
    });
  }
}
