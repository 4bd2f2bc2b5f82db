import * as vscode from 'vscode';
import type { C2cChat, GroupChat } from '../../../chat/address';
import type { GroupInfo } from '../../../chat/client';
import { hasConversation } from '../../../connections/additions';
import type { Connection } from '../../../connections/connection';
import { shortTime } from '../../../ui/times';
import type { ExplorerModel } from '../explorerModel';
import type { ConversationNode, GroupNode } from '../nodes/nodes';
import { isGroupNode } from '../nodes/nodes';
import { visible } from './visible';

const { Collapsed } = vscode.TreeItemCollapsibleState;

/** How a conversation looks in the tree: of two users, a group, or a topic. */
export function conversationItem(
  node: ConversationNode,
  model: ExplorerModel,
  connection: Connection | undefined,
): vscode.TreeItem {
  const contact = model.contact(node);
  const time = contact !== undefined && contact.time > 0 ? shortTime(contact.time, now()) : undefined;
  const pinned = contact?.pinned === true;
  if (!isGroupNode(node)) return ofTwo(node.chat as C2cChat, connection, time, pinned);
  return node.chat.topic === undefined
    ? ofGroup(node, model.groups.info(node.connectionId, node.chat.group), connection, time, pinned)
    : ofTopic(node.chat, model.groups.topicName(node.connectionId, node.chat));
}

function ofTwo(
  { user, peer }: C2cChat,
  connection: Connection | undefined,
  time: string | undefined,
  pinned: boolean,
): vscode.TreeItem {
  const item = new vscode.TreeItem(visible(peer), Collapsed);
  const byHand = connection !== undefined && hasConversation(connection, { user, peer });
  item.iconPath = new vscode.ThemeIcon(pinned ? 'pinned' : 'comment-discussion');
  if (time !== undefined) item.description = time;
  item.contextValue = byHand ? 'conversation.byHand' : 'conversation.listed';
  item.tooltip = vscode.l10n.t('Conversation of {0} with {1}, as {0} sees it', user, peer);
  return item;
}

function ofGroup(
  { chat: { group }, user }: GroupNode,
  info: GroupInfo | undefined,
  connection: Connection | undefined,
  time: string | undefined,
  pinned: boolean,
): vscode.TreeItem {
  const named = info?.name !== undefined && info.name !== '';
  const item = new vscode.TreeItem(visible(named ? info.name : group), Collapsed);
  const type = info?.type;
  item.description = [type, time].filter((part) => part !== undefined).join(' · ');
  item.iconPath = new vscode.ThemeIcon(pinned ? 'pinned' : 'organization');
  const byHand = user === undefined && connection?.groups.includes(group) === true;
  item.contextValue = byHand ? 'conversation.group.byHand' : 'conversation.group.listed';
  item.tooltip = [
    vscode.l10n.t('Group {0}', group),
    ...(named ? [vscode.l10n.t('Name: {0}', info.name)] : []),
    ...(type === undefined ? [] : [vscode.l10n.t('Type: {0}', type)]),
    ...(info?.memberCount === undefined ? [] : [vscode.l10n.t('Members: {0}', info.memberCount)]),
  ].join('\n');
  return item;
}

function ofTopic({ group, topic = '' }: GroupChat, name: string | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(visible(name === undefined || name === '' ? topic : name), Collapsed);
  item.iconPath = new vscode.ThemeIcon('comment');
  item.contextValue = 'conversation.topic';
  item.tooltip = [vscode.l10n.t('Topic {0}', topic), vscode.l10n.t('Group {0}', group)].join('\n');
  return item;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
