import * as vscode from 'vscode';
import { ChatServiceError } from '../../chat/errors';
import { isRecalled } from '../../chat/chatMessage';
import { asCommand } from '../../contributions/command';
import { commands } from '../../contributions/commands';
import type { Connection } from '../../connections/connection';
import { MissingSecretError } from '../../connections/connections';
import { environmentName } from '../../connections/names';
import { needsAPerson } from '../../localSandbox/sandboxTexts';
import { messageUri } from '../../documents/messageRef';
import { summarize } from '../../message/summary';
import { remediesFor } from '../../ui/remedies';
import { NoticeError } from '../../ui/noticeError';
import { plainRow } from '../../ui/rows';
import type { ExplorerModel } from './explorerModel';
import { environmentIcon, kindIcon, kindName } from './labels';
import { dayName, hourAndMinute, shortTime, timeOfDay } from '../../ui/times';
import { messageTooltip } from './messageTooltip';
import type { DayNode, MessageNode, PartNode, RowNode, TreeNode } from './nodes';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** How nodes look. */
export class TreeItems {
  /**
   * @param connection looks a connection up.
   * @param errorText words an error for a row.
   * @param rawUri where the JSON of a message that cannot be read is shown.
   * @param hasOwnSandbox whether the sandbox is the extension's own, rather than one that a setting names.
   */
  constructor(
    private readonly model: ExplorerModel,
    private readonly connection: (id: string) => Connection | undefined,
    private readonly errorText: (error: unknown) => string,
    private readonly hasOwnSandbox: () => boolean,
    private readonly rawUri: (raw: string) => vscode.Uri,
  ) {}

  item(node: TreeNode): vscode.TreeItem {
    const item = this.looks(node);
    item.id = node.id;
    return plainRow(item);
  }

  /** Adds what is only needed once somebody looks closer. */
  resolve(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    if (node.kind === 'message') item.tooltip = messageTooltip(node.message);
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
      case 'conversation': {
        const item = new vscode.TreeItem(visible(node.peer), Collapsed);
        const contact = this.model.contact(node);
        const byHand = this.connection(node.connectionId)?.conversations.some(
          ({ user, peer }) => user === node.operator && peer === node.peer,
        );
        item.iconPath = new vscode.ThemeIcon(contact?.pinned === true ? 'pinned' : 'comment-discussion');
        if (contact !== undefined && contact.time > 0) item.description = shortTime(contact.time, now());
        item.contextValue = byHand === true ? 'conversation.byHand' : 'conversation.listed';
        item.tooltip = vscode.l10n.t(
          'Conversation of {0} with {1}, as {0} sees it',
          node.operator,
          node.peer,
        );
        return item;
      }
      case 'day':
        return this.dayItem(node);
      case 'part':
        return this.partItem(node);
      case 'message':
        return messageItem(node);
      case 'row':
        return this.rowItem(node);
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

  private rowItem(node: RowNode): vscode.TreeItem {
    switch (node.row) {
      case 'loadMore':
        return row(
          node,
          vscode.l10n.t('Load more'),
          'ellipsis',
          asCommand(vscode.l10n.t('Load more'), commands.explorerLoadMore, node),
        );
      case 'retry':
        return this.failedRow(node);
      case 'empty':
        return emptyRow(node);
      case 'unreadable':
        return this.unreadableRow(node);
    }
  }

  /** Says why, and opens the JSON. */
  private unreadableRow(node: RowNode): vscode.TreeItem {
    const { member = 'MsgList', problem, raw = '' } = node.unreadable ?? {};
    const why =
      problem === 'missing'
        ? vscode.l10n.t('{0} is missing', member)
        : vscode.l10n.t('{0} has a value of another type', member);
    const label = vscode.l10n.t('A message that cannot be read');
    const open = { title: vscode.l10n.t('Show JSON'), command: 'vscode.open', arguments: [this.rawUri(raw)] };
    const item = row(node, label, 'bracket-error', open);
    item.description = why;
    item.tooltip = `${label}: ${why}`;
    item.accessibilityInformation = { label: `${label}: ${why}` };
    return item;
  }

  private failedRow(node: RowNode): vscode.TreeItem {
    const text = this.errorText(node.error);
    // Without the right secret, or a sandbox that can be used, trying again is no use; all else may have changed meanwhile.
    const needsMore = node.error instanceof MissingSecretError || needsAPerson(node.error);
    const remedy = needsMore && NoticeError.is(node.error) ? node.error.actions[0] : secretRemedy(node);
    const command = remedy ?? asCommand(vscode.l10n.t('Retry'), commands.explorerRetry, node);
    const item = row(node, command.title, 'warning', command);
    item.description = text;
    item.tooltip = text;
    item.accessibilityInformation = { label: `${command.title}: ${text}` };
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    return item;
  }
}

function messageItem(node: MessageNode): vscode.TreeItem {
  const { message, connectionId } = node;
  const { kind, text } = summarize(message.content);
  const recalled = isRecalled(message);
  const shown = text === '' ? kindName(kind) : visible(text);
  // Time and direction come first: a narrow side bar cuts off what comes last, and that must not be them.
  const arrow = message.sender === node.operator ? '→' : '←';
  const content = isolated(recalled ? vscode.l10n.t('Recalled: {0}', shown) : shown);
  const item = new vscode.TreeItem(`${hourAndMinute(message.time)} ${arrow} ${content}`, None);
  const { address, sender } = message;
  const uri = messageUri({ connectionId, address });
  item.description = visible(sender);
  item.resourceUri = uri;
  item.iconPath = recalled
    ? new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground'))
    : kindIcon(kind);
  item.contextValue = recalled ? 'message.recalled' : 'message.editable';
  item.accessibilityInformation = {
    label: [
      ...(recalled ? [vscode.l10n.t('Recalled')] : []),
      kindName(kind),
      shown,
      vscode.l10n.t('from {0} at {1}', sender, timeOfDay(message.time)),
    ].join(', '),
  };
  item.command = {
    // With anything beside the URI, VS Code would no longer tell preview, pinning and opening to the side apart.
    title: vscode.l10n.t('Open Message'),
    command: 'vscode.open',
    arguments: [uri],
  };
  return item;
}

/** *Enter Secret…* where the service says that the one it got is wrong. */
function secretRemedy({ error, connectionId }: RowNode): vscode.Command | undefined {
  if (!ChatServiceError.is(error)) return undefined;
  const [first] = remediesFor(error.code, { connectionId });
  return first?.action === 'enterSecret' ? first.command : undefined;
}

function emptyRow(node: RowNode): vscode.TreeItem {
  const { parent } = node;
  switch (parent?.kind) {
    case undefined:
    case 'connection':
      return row(
        node,
        vscode.l10n.t('Add a user to see their conversations…'),
        'person-add',
        asCommand(vscode.l10n.t('Add User…'), commands.userAdd, parent),
      );
    case 'user':
      return row(
        node,
        vscode.l10n.t('No conversations. Add one by its other user…'),
        'add',
        asCommand(vscode.l10n.t('Add Conversation…'), commands.conversationAdd, parent),
      );
    case 'conversation':
      return row(node, vscode.l10n.t('No messages in the time for which the service keeps history'), 'info');
    case 'day':
      return row(node, vscode.l10n.t('No messages on this day'), 'info');
  }
}

function row(node: RowNode, label: string, icon: string, command?: vscode.Command): vscode.TreeItem {
  const item = new vscode.TreeItem(label, None);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = `row.${node.row}.${node.parent?.kind ?? 'top'}`;
  if (command !== undefined) item.command = command;
  return item;
}

/** A text in which spaces at the ends and an empty name can be seen. */
function visible(text: string): string {
  return /^\s|\s$|^$/.test(text) ? `“${text}”` : text;
}

/** A text that keeps its direction to itself, so that Arabic or Hebrew does not turn the time around. */
function isolated(text: string): string {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
