import * as vscode from 'vscode';
import { isRecalled, type ChatMessage } from '../../chat/chatMessage';
import { MESSAGE_LIMIT, messageBytes } from '../../message/size';
import { summarize } from '../../message/summary';
import { Tooltip } from '../../ui/tooltip';
import { kindName } from './labels';
import { fullTime } from '../../ui/times';

/** All that is known of a message. What people wrote stands in it as text only: no link, command or picture works. */
export function messageTooltip(message: ChatMessage): vscode.MarkdownString {
  const c2c = message.address.chat === 'c2c' ? message.address : undefined;
  const { kind, text } = summarize(message.content);
  const tooltip = new Tooltip();
  if (isRecalled(message)) tooltip.heading(vscode.l10n.t('Recalled'));
  tooltip.text(text).rule();
  const facts: readonly Fact[] = [
    [vscode.l10n.t('Kind'), kindName(kind)],
    [vscode.l10n.t('From'), message.sender],
    ...(c2c ? [fact(vscode.l10n.t('To'), c2c.to)] : []),
    [vscode.l10n.t('Time'), `${fullTime(message.time)} (${message.time})`],
    ...(c2c ? [fact('MsgKey', c2c.key)] : []),
    ['MsgSeq', message.seq],
    ['MsgRandom', message.random],
    ['MsgFlagBits', message.flags],
    [vscode.l10n.t('Read receipt'), message.peerRead ? vscode.l10n.t('yes') : vscode.l10n.t('no')],
    [vscode.l10n.t('Size'), vscode.l10n.t('{0} of {1} bytes', messageBytes(message.content), MESSAGE_LIMIT)],
  ];
  for (const [name, value] of facts) tooltip.fact(name, value);
  return tooltip.markdown;
}

type Fact = readonly [string, string | number];

function fact(name: string, value: string | number): Fact {
  return [name, value];
}
