import * as vscode from 'vscode';
import type { MessageAddress } from '../../../chat/address';
import { isRecalled, type ChatMessage } from '../../../chat/chatMessage';
import { MESSAGE_LIMIT, messageBytes } from '../../../message/size';
import { summarize } from '../../../message/summary';
import { Tooltip } from '../../../ui/tooltip';
import { kindName } from './labels';
import { fullTime } from '../../../ui/times';

/** All that is known of a message. What people wrote stands in it as text only: no link, command or picture works. */
export function messageTooltip(message: ChatMessage): vscode.MarkdownString {
  const { kind, text } = summarize(message.content);
  const tooltip = new Tooltip();
  if (isRecalled(message)) tooltip.heading(vscode.l10n.t('Recalled'));
  tooltip.text(text).rule();
  const facts: readonly Fact[] = [
    [vscode.l10n.t('Kind'), kindName(kind)],
    [vscode.l10n.t('From'), message.sender],
    ...whereTo(message.address),
    [vscode.l10n.t('Time'), `${fullTime(message.time)} (${message.time})`],
    ...wireFacts(message),
    [vscode.l10n.t('Size'), vscode.l10n.t('{0} of {1} bytes', messageBytes(message.content), MESSAGE_LIMIT)],
  ];
  for (const [name, value] of facts) tooltip.fact(name, value);
  return tooltip.markdown;
}

type Fact = readonly [name: string, value: string | number];

function whereTo(address: MessageAddress): Fact[] {
  if (address.chat === 'c2c') return [[vscode.l10n.t('To'), address.to]];
  const { group, topic } = address;
  return [
    [vscode.l10n.t('Group'), group],
    ...(topic === undefined ? [] : [[vscode.l10n.t('Topic'), topic] as const]),
  ];
}

/** What the service tells besides, by its own names. */
function wireFacts({ address, seq, random, flags, peerRead, priority }: ChatMessage): Fact[] {
  if (address.chat === 'group') {
    return [
      ['MsgSeq', seq],
      ['MsgRandom', random],
      ...(priority === undefined ? [] : [['MsgPriority', priority] as const]),
    ];
  }
  return [
    ['MsgKey', address.key],
    ['MsgSeq', seq],
    ['MsgRandom', random],
    ['MsgFlagBits', flags],
    [vscode.l10n.t('Read receipt'), peerRead ? vscode.l10n.t('yes') : vscode.l10n.t('no')],
  ];
}
