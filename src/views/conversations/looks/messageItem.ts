import * as vscode from 'vscode';
import { isRecalled, type ChatMessage } from '../../../chat/chatMessage';
import { messageUri } from '../../../documents/messageRef';
import { summarize } from '../../../message/summary';
import { hourAndMinute, timeOfDay } from '../../../ui/times';
import type { MessageNode } from '../nodes/nodes';
import { kindIcon, kindName } from './labels';
import { isolated, visible } from './visible';

const { None } = vscode.TreeItemCollapsibleState;

/** How a message looks in the tree; in a group also what is left of one that is gone. */
export function messageItem(node: MessageNode): vscode.TreeItem {
  return node.message.isGone === true ? goneItem(node.message) : presentItem(node);
}

function presentItem({ message, connectionId, chat }: MessageNode): vscode.TreeItem {
  const { kind, text } = summarize(message.content);
  const recalled = isRecalled(message);
  // Its MsgBody is no list of elements, and nobody's to summarise.
  const isSystem = message.isSystem === true;
  const shown = isSystem
    ? vscode.l10n.t('Notice of the service')
    : text === ''
      ? kindName(kind)
      : visible(text);
  const content = isolated(recalled ? recalledText(message, shown) : shown);
  const { address, sender } = message;
  const inGroup = chat.chat === 'group';
  // Time and who wrote come first: a narrow side bar cuts off what comes last, and that must not be them.
  const who = inGroup
    ? sender === ''
      ? content
      : vscode.l10n.t('{0}: {1}', isolated(visible(sender)), content)
    : `${sender === chat.user ? '→' : '←'} ${content}`;
  const item = new vscode.TreeItem(`${hourAndMinute(message.time)} ${who}`, None);
  const uri = messageUri({ connectionId, address });
  if (!inGroup) item.description = visible(sender);
  item.resourceUri = uri;
  item.iconPath = recalled
    ? new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground'))
    : isSystem
      ? new vscode.ThemeIcon('info')
      : kindIcon(kind);
  item.contextValue = recalled ? 'message.recalled' : 'message.editable';
  item.accessibilityInformation = {
    label: [
      ...(recalled ? [vscode.l10n.t('Recalled')] : []),
      ...(isSystem ? [] : [kindName(kind)]),
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

/** The service keeps what two users recalled; of a group's message it may show that there was one, and no more. */
function recalledText({ content }: ChatMessage, shown: string): string {
  const empty = content.msgBody === undefined && content.cloudCustomData === undefined;
  return empty ? vscode.l10n.t('Recalled') : vscode.l10n.t('Recalled: {0}', shown);
}

/** A place in a group whose message is not there any more, or never was: there is nothing to open. */
function goneItem({ seq }: ChatMessage): vscode.TreeItem {
  const label = vscode.l10n.t('MsgSeq {0}: expired or deleted', seq);
  const item = new vscode.TreeItem(label, None);
  item.iconPath = new vscode.ThemeIcon('dash', new vscode.ThemeColor('disabledForeground'));
  item.contextValue = 'placeholder';
  item.tooltip = vscode.l10n.t(
    'The service keeps the place of this message and nothing of it: it is older than the history that is kept, was deleted, or was never stored.',
  );
  item.accessibilityInformation = { label };
  return item;
}
