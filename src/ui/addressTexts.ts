import * as vscode from 'vscode';
import type { MessageAddress } from '../chat/address';

/** Between whom a message is, for a person: sender → receiver, or the group with its topic and the message's number. */
export function addressText(address: MessageAddress): string {
  if (address.chat === 'c2c') return vscode.l10n.t('{0} → {1}', address.from, address.to);
  const { group, topic, seq } = address;
  return topic === undefined
    ? vscode.l10n.t('{0} #{1}', group, seq)
    : vscode.l10n.t('{0} / {1} #{2}', group, topic, seq);
}

/** What names a message within its chat, in the service's words. */
export function keyText(address: MessageAddress): string {
  return address.chat === 'c2c' ? `MsgKey ${address.key}` : `MsgSeq ${address.seq}`;
}
