import * as vscode from 'vscode';
import type { MessageAddress } from '../chat/address';
import { parseMsgKey } from '../chat/msgKey';
import { addressText, keyText } from './addressTexts';

/** What a person tells messages apart by: who wrote to whom, and when. For every notice about a message. */
export function messageName({ address }: { readonly address: MessageAddress }): string {
  return vscode.l10n.t('{0}, {1}', addressText(address), timeOf(address));
}

/** When a message was sent, as its key tells, in short; else what names it. */
function timeOf(address: MessageAddress): string {
  const sent = address.chat === 'c2c' ? parseMsgKey(address.key) : undefined;
  if (!sent) return keyText(address);
  return new Date(sent.time * 1000).toLocaleString(vscode.env.language, {
    dateStyle: 'short',
    timeStyle: 'medium',
  });
}
