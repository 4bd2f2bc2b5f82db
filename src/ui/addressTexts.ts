import * as vscode from 'vscode';
import type { ChatAddress, MessageAddress } from '../chat/address';

/** Between whom a message is, for a person: sender → receiver, or the group with its topic and the message's number. */
export function addressText(address: MessageAddress): string {
  if (address.chat === 'c2c') return vscode.l10n.t('{0} → {1}', address.from, address.to);
  const { group, topic, seq } = address;
  return topic === undefined
    ? vscode.l10n.t('{0} #{1}', group, seq)
    : vscode.l10n.t('{0} / {1} #{2}', group, topic, seq);
}

/** What names a message within its chat, in the service's words. */
export function keyOf(address: MessageAddress): {
  readonly name: 'MsgKey' | 'MsgSeq';
  readonly text: string;
} {
  return address.chat === 'c2c'
    ? { name: 'MsgKey', text: address.key }
    : { name: 'MsgSeq', text: String(address.seq) };
}

/** As {@link keyOf}, in one text. */
export function keyText(address: MessageAddress): string {
  const { name, text } = keyOf(address);
  return `${name} ${text}`;
}

/**
 * What *Copy Key* puts onto the clipboard: the MsgKey; of a group's message, whose MsgSeq says nothing without its
 * group, the members that name it as calls and *Open Message by Key…* take them.
 */
export function copiedKey(address: MessageAddress): string {
  if (address.chat === 'c2c') return address.key;
  const { group: GroupId, topic: TopicId, seq: MsgSeq } = address;
  return JSON.stringify({ GroupId, ...(TopicId !== undefined && { TopicId }), MsgSeq });
}

/** What copying that is called. */
export function copyKeyTitle(address: MessageAddress): string {
  return address.chat === 'c2c' ? vscode.l10n.t('Copy MsgKey') : vscode.l10n.t('Copy GroupId and MsgSeq');
}

/** Names in one line, at most so many of them, and how many more there are. */
export function namesText(names: readonly string[], most: number): string {
  const first = names.slice(0, most).join(', ');
  const more = names.length - most;
  return more > 0 ? vscode.l10n.t('{0} and {1} more', first, more) : first;
}

/** What a conversation is called, for a person: its two users, or the group with its topic. */
export function chatText(chat: ChatAddress): string {
  if (chat.chat === 'c2c') return vscode.l10n.t('{0} and {1}', chat.user, chat.peer);
  return chat.topic === undefined ? chat.group : vscode.l10n.t('{0} / {1}', chat.group, chat.topic);
}
