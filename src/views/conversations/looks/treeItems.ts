import * as vscode from 'vscode';
import type { MessageRef } from '../../../chat/address';
import type { Connection } from '../../../connections/connection';
import { environmentName } from '../../../connections/names';
import { plainRow } from '../../../ui/rows';
import { dayName, timeOfDay } from '../../../ui/times';
import type { ExplorerModel } from '../explorerModel';
import type { DayNode, PartNode, TreeNode } from '../nodes/nodes';
import { conversationItem } from './conversationItem';
import { environmentIcon } from './labels';
import { messageItem } from './messageItem';
import { messageTooltip } from './messageTooltip';
import { rowItem, type RowSources } from './rowItems';
import { visible } from './visible';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** How nodes look. */
export class TreeItems {
  /**
   * @param connection looks a connection up.
   * @param hasOwnSandbox whether the sandbox is the extension's own, rather than one that a setting names.
   * @param isChanged whether there is something to modify or to discard of a message.
   */
  constructor(
    private readonly model: ExplorerModel,
    private readonly connection: (id: string) => Connection | undefined,
    private readonly hasOwnSandbox: () => boolean,
    private readonly isChanged: (ref: MessageRef) => boolean,
    private readonly sources: RowSources,
  ) {}

  item(node: TreeNode): vscode.TreeItem {
    const item = this.looks(node);
    item.id = node.id;
    return plainRow(item);
  }

  /** Adds what is only needed once somebody looks closer. */
  resolve(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    if (node.kind === 'message' && node.message.isGone !== true) item.tooltip = messageTooltip(node.message);
    return item;
  }

  private looks(node: TreeNode): vscode.TreeItem {
    switch (node.kind) {
      case 'connection':
        return this.connectionItem(node.connectionId);
      case 'user': {
        const item = new vscode.TreeItem(visible(node.user), Collapsed);
        const byHand = this.connection(node.connectionId)?.users.includes(node.user) === true;
        item.iconPath = new vscode.ThemeIcon('account');
        item.contextValue = byHand ? 'user.byHand' : 'user.met';
        item.tooltip = vscode.l10n.t('User {0}', node.user);
        return item;
      }
      case 'groups': {
        const { count, complete } = this.model.groups.count(node);
        const item = new vscode.TreeItem(vscode.l10n.t('Groups'), Collapsed);
        item.iconPath = new vscode.ThemeIcon('organization');
        if (count > 0) item.description = complete ? String(count) : `${count}+`;
        item.contextValue = 'groups';
        item.tooltip = vscode.l10n.t(
          'Groups that were added by hand, and those of the app once they are loaded',
        );
        return item;
      }
      case 'conversation':
        return conversationItem(node, this.model, this.connection(node.connectionId));
      case 'day':
        return this.dayItem(node);
      case 'part':
        return this.partItem(node);
      case 'message': {
        const item = messageItem(node);
        const { connectionId, message } = node;
        item.contextValue = [
          item.contextValue,
          ...(this.isChanged({ connectionId, address: message.address }) ? ['draft'] : []),
          ...(this.connection(connectionId)?.readOnly === true ? ['readOnly'] : []),
        ].join('.');
        return item;
      }
      case 'row':
        return rowItem(node, this.sources);
    }
  }

  private connectionItem(id: string): vscode.TreeItem {
    const connection = this.connection(id);
    if (connection === undefined) return new vscode.TreeItem(vscode.l10n.t('Removed connection'), None);
    const { name, environment, sdkAppId, endpoint, administrator, credentialKind, readOnly } = connection;
    const item = new vscode.TreeItem(name, Collapsed);
    // A narrow side bar cuts off what comes last.
    item.description = [
      ...(readOnly ? [vscode.l10n.t('read-only')] : []),
      ...(name === environmentName(environment) ? [] : [environmentName(environment)]),
      sdkAppId,
    ].join(' · ');
    item.iconPath = environmentIcon(environment);
    // Only a sandbox that is ours can be started, stopped and reset.
    const sandbox = this.hasOwnSandbox() ? 'connection.sandbox.own' : 'connection.sandbox.setting';
    const kind = credentialKind === 'sandbox' ? sandbox : `connection.app.${environment}`;
    item.contextValue = readOnly ? `${kind}.readOnly` : kind;
    item.tooltip = [
      name,
      vscode.l10n.t('Environment: {0}', environmentName(environment)),
      vscode.l10n.t('Endpoint: {0}', endpoint),
      vscode.l10n.t('SDKAppID: {0}', sdkAppId),
      vscode.l10n.t('Administrator: {0}', administrator),
    ].join('\n');
    return item;
  }

  private dayItem(node: DayNode): vscode.TreeItem {
    const item = new vscode.TreeItem(dayName(node.day, now()), node.open ? Expanded : Collapsed);
    const view = this.model.dayView(node);
    const count = view?.messages.length ?? 0;
    item.description = view?.complete === true ? String(count) : `${count}+`;
    item.iconPath = new vscode.ThemeIcon('calendar');
    item.contextValue = 'day';
    item.tooltip =
      view?.complete === true
        ? vscode.l10n.t('{0}: {1} messages', node.day, count)
        : vscode.l10n.t('{0}: {1} messages, and more on the service', node.day, count);
    return item;
  }

  private partItem(node: PartNode): vscode.TreeItem {
    const { start, end } = this.model.partRange(node);
    const label =
      node.parent.kind === 'day'
        ? this.timesOf(node.parent, start, end)
        : vscode.l10n.t('{0} to {1}', start + 1, end);
    // The last part is where reading goes on.
    const item = new vscode.TreeItem(label, this.model.isLastPart(node) ? Expanded : Collapsed);
    item.description = String(end - start);
    item.iconPath = new vscode.ThemeIcon('list-flat');
    item.contextValue = 'part';
    return item;
  }

  private timesOf(day: DayNode, start: number, end: number): string {
    const messages = this.model.dayView(day)?.messages ?? [];
    const [first, last] = [messages[start], messages[end - 1]];
    return first && last ? vscode.l10n.t('{0} to {1}', timeOfDay(first.time), timeOfDay(last.time)) : '';
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
