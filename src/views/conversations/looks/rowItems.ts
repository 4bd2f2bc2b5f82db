import * as vscode from 'vscode';
import { ChatServiceError } from '../../../chat/errors';
import { asCommand } from '../../../contributions/command';
import { commands } from '../../../contributions/commands';
import { MissingSecretError } from '../../../connections/connectionErrors';
import { needsAPerson } from '../../../localSandbox/sandboxTexts';
import { NoticeError } from '../../../ui/noticeError';
import { remediesFor } from '../../../ui/remedies';
import type { RowNode } from '../nodes/nodes';

/** What rows that are no data need of others. */
export interface RowSources {
  /** Words an error for a row. */
  readonly errorText: (error: unknown) => string;
  /** Where the JSON of a message that cannot be read is shown. */
  readonly rawUri: (raw: string) => vscode.Uri;
}

/** How a row that is no data looks. */
export function rowItem(node: RowNode, sources: RowSources): vscode.TreeItem {
  switch (node.row) {
    case 'loadMore': {
      const title = vscode.l10n.t('Load more');
      return row(node, title, 'ellipsis', asCommand(title, commands.explorerLoadMore, node));
    }
    case 'loadGroups': {
      const title = vscode.l10n.t('Load Groups of the App…');
      const { connectionId = '' } = node;
      return row(node, title, 'cloud-download', asCommand(title, commands.groupsLoad, { connectionId }));
    }
    case 'retry':
    case 'retryTopics':
      return failedRow(node, sources);
    case 'empty':
      return emptyRow(node);
    case 'keepsNothing':
      return keepsNothingRow(node);
    case 'unreadable':
      return unreadableRow(node, sources);
  }
}

/** Says why, and opens the JSON. */
function unreadableRow(node: RowNode, { rawUri }: RowSources): vscode.TreeItem {
  const { member = 'MsgList', problem, raw = '' } = node.unreadable ?? {};
  const why =
    problem === 'missing'
      ? vscode.l10n.t('{0} is missing', member)
      : vscode.l10n.t('{0} has a value of another type', member);
  const label = vscode.l10n.t('A message that cannot be read');
  const open = { title: vscode.l10n.t('Show JSON'), command: 'vscode.open', arguments: [rawUri(raw)] };
  const item = row(node, label, 'bracket-error', open);
  item.description = why;
  item.tooltip = `${label}: ${why}`;
  item.accessibilityInformation = { label: `${label}: ${why}` };
  return item;
}

function failedRow(node: RowNode, { errorText }: RowSources): vscode.TreeItem {
  const text = errorText(node.error);
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

/** *Enter Secret…* where the service says that the one it got is wrong. */
function secretRemedy({ error, connectionId }: RowNode): vscode.Command | undefined {
  if (!ChatServiceError.is(error)) return undefined;
  const [first] = remediesFor(error.code, { connectionId });
  return first?.action === 'enterSecret' ? first.command : undefined;
}

function keepsNothingRow(node: RowNode): vscode.TreeItem {
  const text = vscode.l10n.t('AVChatRoom: the service keeps no messages of groups of this type');
  const item = row(node, text, 'info');
  item.tooltip = text;
  return item;
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
    case 'groups':
      return row(
        node,
        vscode.l10n.t('Add a group by its GroupId…'),
        'add',
        asCommand(vscode.l10n.t('Add Group…'), commands.groupAdd, parent),
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
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = `row.${node.row}.${node.parent?.kind ?? 'top'}`;
  if (command !== undefined) item.command = command;
  return item;
}
