import * as vscode from 'vscode';
import type { C2cAddress, MessageAddress } from '../chat/address';
import { parseMsgKey } from '../chat/msgKey';
import { addressText, keyText } from './addressTexts';
import { fullTime } from './times';

/** What a person tells messages apart by: who wrote to whom, and when. For every notice about a message. */
export function messageName({ address }: { readonly address: MessageAddress }): string {
  // The number of a group's message is part of that text already, and says no time.
  if (address.chat === 'group') return addressText(address);
  return vscode.l10n.t('{0}, {1}', addressText(address), timeOf(address));
}

/**
 * As {@link messageName}, for a question before something that cannot be taken back: a group's message with who wrote it
 * and when, as far as that is known, since its address tells neither.
 *
 * @param facts `time` in Unix seconds, 0 when it is not known
 */
export function messageInFull(
  address: MessageAddress,
  facts: { readonly time: number; readonly sender?: string } | undefined,
): string {
  if (address.chat === 'c2c' || facts?.sender === undefined || facts.time === 0)
    return messageName({ address });
  return vscode.l10n.t('{0}, from {1}, {2}', addressText(address), facts.sender, fullTime(facts.time));
}

/** When a message was sent, as its key tells, in short; else what names it. */
function timeOf(address: C2cAddress): string {
  const sent = parseMsgKey(address.key);
  if (!sent) return keyText(address);
  return fullTime(sent.time);
}
